"""What is read of one dataset: its names, a random sample of its rows, or all of them, as far as its level allows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from classifiers.tags import Column
from pipelines.stores import Dataset, Field, Level, Store
from pipelines.stores.limits import least

if TYPE_CHECKING:
    import pyarrow as pa

    from classifiers.statements import Statement

ROWS = 1_000
"""Rows that are read of a dataset where nobody asks for more: enough for every rate the classifiers judge by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a scan reads: how many random rows a dataset, by which seed, judged as of which day, beside whose mail."""

    as_of: date
    rows: int = ROWS
    seed: int = 0
    own_domains: tuple[str, ...] = ()
    full: bool = False
    """Whether all rows are read where the level allows it."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """What the answers are judged by."""
    stop_list: str = ""
    """Where the stop list lies that datasets are held against; '' there is none."""
    stops: str = ""
    """That list's state."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was read of a dataset."""

    columns: tuple[Column, ...]
    records: pa.Table = field(repr=False)
    """Whole rows, aligned: all that were read of a sample, a sample of all that were read."""
    rows: int
    """Rows that were read."""
    level: Level
    distinct: Mapping[str, int] = field(default_factory=dict)
    """How many distinct values each column has in all of the dataset, estimated where not all were seen."""
    bytes: int = 0
    """Of the text that was read."""
    statements: tuple[Statement, ...] = ()
    """What its SQL does: a view's definition, a file of statements."""


Through = Callable[[Iterable["pa.RecordBatch"]], Iterable["pa.RecordBatch"]]
"""Something that all batches of a dataset go through."""


def observe(
    store: Store, allowed: Level, dataset: Dataset, reading: Reading, through: Through = lambda batches: batches
) -> Observed:
    """Read a dataset as far as it is allowed and asked; raises StoreError.

    `through`: what sees all rows where all are read, while they go by.
    """
    level = least(allowed, dataset.level)
    if dataset.kind == "statements":
        found = replace(_named(dataset), level=level)
        return found if level == "metadata" else replace(found, statements=store.statements(dataset))
    if level == "metadata":
        found = _named(dataset)
    elif level == "full" and reading.full:
        found = _whole(through(store.batches(dataset)), dataset, reading)
    else:
        found = _sampled(store.sample(dataset, reading.rows, reading.seed), dataset)
    return replace(found, statements=store.statements(dataset))


def _named(dataset: Dataset) -> Observed:
    from pipelines.stores.frames import nothing

    columns = (Column(field.name, field.label, field.sql_type) for field in dataset.fields)
    return Observed(tuple(columns), nothing(field.name for field in dataset.fields), 0, "metadata")


def _whole(batches: Iterable[pa.RecordBatch], dataset: Dataset, reading: Reading) -> Observed:
    from pipelines.profiles import Profile
    from pipelines.stores.frames import nothing

    profile = Profile(reading.rows, reading.seed)
    profile.add(batches)
    records = profile.records()
    return Observed(
        columns=tuple(profile.columns(dataset.fields)),
        records=nothing(field.name for field in dataset.fields) if records is None else records,
        rows=profile.rows,
        level="full",
        distinct=profile.distinct(),
        bytes=profile.bytes,
    )


def _sampled(records: pa.Table, dataset: Dataset) -> Observed:
    columns = tuple(columns_of(records, dataset.fields))
    rows = max(dataset.records or 0, records.num_rows)
    distinct = {column.name: _estimated(column, rows) for column in columns}
    return Observed(columns, records, records.num_rows, "sample", distinct, records.nbytes)


def columns_of(records: pa.Table, fields: Sequence[Field] = ()) -> Iterator[Column]:
    """Records as a classifier sees them; `fields` are what the store declares of their columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    declared = {field.name: field for field in fields}
    for name in records.column_names or declared:
        field = declared.get(name)
        column = records.column(name) if name in records.column_names else pa.chunked_array([], pa.string())
        cells = pc.list_flatten(column) if pa.types.is_list(column.type) else column
        counted = pc.value_counts(cells.drop_null())
        yield Column(
            name=name,
            label=field.label if field else "",
            sql_type=field.sql_type if field else "",
            values=tuple(counted.field("values").to_pylist()),
            counts=tuple(counted.field("counts").to_pylist()),
            rows=records.num_rows,
        )


def _estimated(column: Column, rows: int) -> int:
    """Distinct values of all `rows`, from a sample's: those that it shows once stand for more of their kind.

    The guaranteed-error estimator of Charikar, Chaudhuri, Motwani and Narasayya (PODS 2000).
    """
    once = sum(count == 1 for count in column.counts)
    scale = math.sqrt(rows / column.rows) if column.rows else 1.0
    return min(round(scale * once + len(column.counts) - once), rows)


def individuals(distinct: Mapping[str, int], categories: Iterable[tuple[str, str]]) -> int | None:
    """About how many persons a dataset is of: the distinct values of what best tells them apart; None: nothing does.

    `categories` are the columns' names and data categories.
    """
    held: dict[str, Any] = {}
    for name, category in categories:
        held.setdefault(category, name)
    return next((distinct[held[one]] for one in TELLING if held.get(one) in distinct), None)


TELLING = ("my_number", "account_id", "employee_number", "email", "phone", "name", "name_kana")
"""Data categories by how well their values tell persons apart, best first."""
