"""What the classifiers make of what was read of one dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from classifiers.columns import tag_columns
from classifiers.masking import mask, mask_identifier
from classifiers.subjects import tag_subjects
from classifiers.tags import Column, ColumnTag, Evidence, SubjectTag, Table
from classifiers.uses import shown_uses, uses_of
from pipelines.scan.answers import Link, Scanned, Step, dataset_id, shown
from pipelines.scan.basis import basis
from pipelines.scan.reaching import reach
from pipelines.scan.reading import Observed, Reading, individuals
from pipelines.stores import Dataset
from pipelines.stores.access import Reader

if TYPE_CHECKING:
    import pyarrow as pa

    from pipelines.declarations import StoreDeclaration
    from pipelines.scan.stopping import Comparison

_DATED = frozenset({"subject_left", "subject_not_left"})
"""Reasons that may be others on another day."""


def tagged(
    declared: StoreDeclaration,
    dataset: Dataset,
    columns: tuple[Column, ...],
    records: pa.Table,
    reading: Reading,
) -> tuple[tuple[ColumnTag, ...], tuple[SubjectTag, ...]]:
    """What the columns hold, and whose the rows are."""
    known = declared.dataset(shown(declared.kind, dataset.name))
    table = Table(
        store=declared.id,
        name=dataset.name,
        label=known.label or dataset.label,
        kind="documents" if dataset.kind == "documents" else "table",
        hints=(declared.label, *dataset.hints, dataset.statement),
        columns=columns,
        records=records,
        own_domains=reading.own_domains,
    )
    tags = tag_columns(table)
    partitions = tag_subjects(table, tags, reading.as_of)
    if declared.custody == "entrusted" or known.contract:
        partitions = tuple(_entrusted(partition) for partition in partitions)
    return tags, partitions


def classify(
    declared: StoreDeclaration, dataset: Dataset, observed: Observed, reading: Reading, comparison: Comparison
) -> Scanned:
    """The dataset's tags, how much of it there is, and how much of the stop list's persons."""
    if dataset.kind == "statements":
        return _job(declared, dataset, observed, reading)
    name = shown(declared.kind, dataset.name)
    known = declared.dataset(name)
    label = known.label or dataset.label
    columns, partitions = tagged(declared, dataset, observed.columns, observed.records, reading)
    contract = known.contract or declared.contract
    named = [(column.name, tag.data_category) for column, tag in zip(observed.columns, columns, strict=True)]
    stops, rests_on = comparison.outcome(dict(named), partitions, observed)
    return Scanned(
        id=dataset_id(declared.id, dataset.name),
        store=declared.id,
        name=name,
        label=mask(label),
        kind=dataset.kind,
        records=_count(declared, dataset, observed, reading.rows),
        rows_read=observed.rows,
        columns=columns,
        partitions=partitions,
        uses=uses_of(*observed.statements, names=(dataset.name, label)),
        links=tuple(_links(declared, dataset)),
        steps=tuple(_steps(observed, (dataset.name, label))),
        contract=contract,
        level=observed.level,
        individuals=individuals(observed.distinct, named) if any(one.nature != "none" for one in partitions) else None,
        version=dataset.version,
        basis=basis(declared, reading, dated=any(map(_is_dated, partitions)), stops=rests_on),
        stops=stops,
        bytes_read=observed.bytes,
        access=_access(dataset),
        reach=reach(observed.columns, columns, reading.as_of),
    )


def _access(dataset: Dataset) -> tuple[Reader, ...]:
    return tuple(replace(reader, name=mask_identifier(reader.name)) for reader in dataset.access)


def _job(declared: StoreDeclaration, dataset: Dataset, observed: Observed, reading: Reading) -> Scanned:
    """A file of statements: it holds nobody's records, and says what those of others are used for."""
    name = shown(declared.kind, dataset.name)
    label = declared.dataset(name).label
    # a log is called after the server that wrote it, a dbt model's folder after its layer
    name_of = {"query_log": "", "dbt": dataset.name.rpartition("/")[2]}
    names = (name_of.get(declared.kind, dataset.name), label)
    return Scanned(
        id=dataset_id(declared.id, dataset.name),
        store=declared.id,
        name=name,
        label=mask(label),
        kind=dataset.kind,
        records=None if observed.level == "metadata" else len(observed.statements),
        rows_read=0,
        columns=(),
        partitions=(),
        uses=uses_of(*observed.statements, names=names),
        steps=tuple(_steps(observed, names)),
        level=observed.level,
        version=dataset.version,
        basis=basis(declared, reading, dated=False),
    )


def _steps(observed: Observed, names: Collection[str]) -> Iterator[Step]:
    for statement in observed.statements:
        yield Step(statement, shown_uses(statement, names))


def _is_dated(partition: SubjectTag) -> bool:
    return "as_of" in partition.row_filter or any(reason.code in _DATED for reason in partition.evidence)


def _count(declared: StoreDeclaration, dataset: Dataset, observed: Observed, asked: int) -> int | None:
    """How many records there are: all that were read where all were, else what the store says."""
    if observed.level == "full":
        return observed.rows
    if observed.level == "metadata" or declared.kind == "data_dictionary" or observed.rows >= asked:
        return dataset.records
    return observed.rows


def _links(declared: StoreDeclaration, dataset: Dataset) -> Iterator[Link]:
    for link in dataset.links:
        for column, target in zip(link.columns, link.target_columns, strict=True):
            yield Link(mask_identifier(column), shown(declared.kind, link.target), mask_identifier(target))


def _entrusted(partition: SubjectTag) -> SubjectTag:
    if partition.nature == "none" or partition.custody == "entrusted":
        return partition
    reason = Evidence("declared_entrusted", says=partition.subject, weight=10.0)
    return replace(partition, custody="entrusted", evidence=(reason, *partition.evidence))
