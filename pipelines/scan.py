"""A scan of one store: what to read of it, one read a dataset, and what the classifiers make of what was read."""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from classifiers.masking import mask, mask_identifier
from classifiers.tags import Column, ColumnTag, Evidence, SubjectTag, Table, UseTag
from pipelines.stores import Dataset, NotRead, Reason, Store, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipelines.declarations import StoreDeclaration

ROWS = 1_000
"""Rows that are read of a dataset where nobody asks for more: enough for every rate the classifiers judge by."""


@dataclass(frozen=True, slots=True)
class Link:
    """A column that points at another dataset's column (結合): a disclosure follows it."""

    column: str
    target: str
    """The other dataset's masked name, in the same store."""
    target_column: str
    origin: str = "foreign_key"


@dataclass(frozen=True, slots=True)
class Scanned:
    """One dataset as a scan saw it. Names are masked, ids opaque; no value of the data is in it."""

    id: str
    store: str
    name: str
    label: str
    kind: str
    records: int | None
    rows_read: int
    columns: tuple[ColumnTag, ...]
    partitions: tuple[SubjectTag, ...]
    uses: tuple[UseTag, ...] = ()
    links: tuple[Link, ...] = ()
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something a scan could not read, and why: it stands in the register like everything else."""

    store: str
    name: str
    reason: Reason
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a scan reads: how many random rows a dataset, by which seed, judged as of which day, beside whose mail."""

    as_of: date
    rows: int = ROWS
    seed: int = 0
    own_domains: tuple[str, ...] = ()


def dataset_id(store: str, name: str) -> str:
    """The opaque id of a dataset, the same at every scan, from its store's id and its name as the store spells it."""
    return "ds-" + hashlib.blake2b(f"{store}\0{name}".encode(), digest_size=8).hexdigest()


def shown(kind: str, name: str) -> str:
    """A dataset's name as the register may show it: in a database a programmer named it, elsewhere anybody."""
    return mask_identifier(name) if kind in ("sql", "data_dictionary") else mask(name)


def reach(declared: StoreDeclaration) -> Store:
    """Open a declared store; raises StoreError, for a password that is not in the environment, too."""
    from pipelines.declarations import MissingVariableError
    from pipelines.stores import open_store

    try:
        location = declared.location()
    except MissingVariableError as error:
        raise StoreError("denied", f"環境変数 {error} が設定されていません") from None
    return open_store(
        declared.kind, location, include=declared.include, exclude=declared.exclude, elsewhere=declared.elsewhere
    )


def datasets(declared: StoreDeclaration) -> tuple[tuple[Dataset, ...], tuple[Unread, ...]]:
    """What lies in a store, and what of it cannot be read, by metadata alone. Never raises for the store's sake."""
    found: list[Dataset] = []
    missed: list[Unread] = []
    try:
        for entry in reach(declared).datasets():
            if isinstance(entry, NotRead):
                missed.append(unread(declared, entry.name, entry.reason, entry.hint))
            else:
                found.append(entry)
    except StoreError as error:
        missed.append(Unread(declared.id, "", error.reason, error.hint))
    except Exception as error:
        missed.append(_fault(declared, "", error))
    if not found and not missed:
        missed.append(Unread(declared.id, "", "empty", "中に表もファイルもありません"))
    return tuple(found), tuple(missed)


def scan_group(declared: StoreDeclaration, group: Sequence[Dataset], reading: Reading) -> Iterator[Scanned | Unread]:
    """Scan a bounded group of one store's datasets, in order. Never raises for a dataset's sake."""
    try:
        store = reach(declared)
    except StoreError as error:
        yield from (unread(declared, dataset.name, error.reason, error.hint) for dataset in group)
        return
    for dataset in group:
        try:
            yield classify(declared, dataset, store.sample(dataset, reading.rows, reading.seed), reading)
        except StoreError as error:
            yield unread(declared, dataset.name, error.reason, error.hint)
        except Exception as error:
            yield _fault(declared, dataset.name, error)


def _fault(declared: StoreDeclaration, name: str, error: Exception) -> Unread:
    # a fault of ours must cost no other dataset, and its message may quote a value: only its place is told
    if os.environ.get("DAICHO_DEBUG"):
        raise error
    return unread(declared, name, "failed", f"プログラムの不具合です（{place(error)}）")


def place(error: BaseException) -> str:
    """Kind and place of an error, without its message: that may quote a value."""
    frames = traceback.extract_tb(error.__traceback__)
    return type(error).__name__ + (f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "")


def classify(declared: StoreDeclaration, dataset: Dataset, records: pa.Table, reading: Reading) -> Scanned:
    """What the classifiers make of a dataset of which `records` were read."""
    from classifiers.columns import tag_columns
    from classifiers.subjects import tag_subjects
    from classifiers.uses import infer_uses

    name = shown(declared.kind, dataset.name)
    known = declared.dataset(name)
    label = known.label or dataset.label
    table = Table(
        store=declared.id,
        name=dataset.name,
        label=label,
        kind=dataset.kind,
        hints=(declared.label, *dataset.hints, dataset.statement),
        columns=tuple(_columns(dataset, records)),
        records=records,
        own_domains=reading.own_domains,
    )
    columns = tag_columns(table)
    partitions = tag_subjects(table, columns, reading.as_of)
    contract = known.contract or declared.contract
    if declared.custody == "entrusted" or known.contract:
        partitions = tuple(_entrusted(partition) for partition in partitions)
    return Scanned(
        id=dataset_id(declared.id, dataset.name),
        store=declared.id,
        name=name,
        label=mask(label),
        kind=dataset.kind,
        records=_count(declared, dataset, records.num_rows, reading.rows),
        rows_read=records.num_rows,
        columns=columns,
        partitions=partitions,
        uses=infer_uses(dataset.name, label, statement=dataset.statement),
        links=tuple(_links(declared, dataset)),
        contract=contract,
    )


def _count(declared: StoreDeclaration, dataset: Dataset, read: int, asked: int) -> int | None:
    """How many records there are: all that were read if the sample was not full, else what the store says."""
    return dataset.records if declared.kind == "data_dictionary" or read >= asked else read


def _columns(dataset: Dataset, records: pa.Table) -> Iterator[Column]:
    import pyarrow as pa
    import pyarrow.compute as pc

    declared = {field.name: field for field in dataset.fields}
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


def _links(declared: StoreDeclaration, dataset: Dataset) -> Iterator[Link]:
    for link in dataset.links:
        for column, target in zip(link.columns, link.target_columns, strict=True):
            yield Link(mask_identifier(column), shown(declared.kind, link.target), mask_identifier(target))


def _entrusted(partition: SubjectTag) -> SubjectTag:
    if partition.nature == "none" or partition.custody == "entrusted":
        return partition
    reason = Evidence("declared_entrusted", says=partition.subject, weight=10.0)
    return replace(partition, custody="entrusted", evidence=(reason, *partition.evidence))


def unread(declared: StoreDeclaration, name: str, reason: Reason, hint: str = "") -> Unread:
    """Something of a store as not read, its name masked."""
    return Unread(declared.id, shown(declared.kind, name), reason, hint)
