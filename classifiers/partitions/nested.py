"""A partition parted once more: former staff among the staff of a list that holds others too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from classifiers.partitions import row_filters
from classifiers.partitions.kind_columns import Partition
from classifiers.partitions.rows import columns_of
from classifiers.partitions.staff import of_staff
from classifiers.tags import ColumnTag, Table


def with_former_staff(
    parts: Sequence[Partition], table: Table, tags: Sequence[ColumnTag], as_of: date
) -> tuple[Partition, ...]:
    """The partitions, the one of current staff parted by who has left, where a day, a status or a flag tells."""
    return tuple(found for part in parts for found in _parted(part, table, tags, as_of))


def _parted(part: Partition, table: Table, tags: Sequence[ColumnTag], as_of: date) -> Iterator[Partition]:
    inside = _rows(part, table, tags, as_of) if part.subject == "employee" and part.row_filter else []
    found = of_staff(columns_of(table, inside), tags, as_of, part.subject) if inside else ()
    if len(found) < 2:
        yield replace(part, subject=found[0].subject, evidence=(*part.evidence, *found[0].evidence)) if found else part
        return
    for inner in found:
        yield Partition(
            row_filters.both(part.row_filter, inner.row_filter),
            inner.subject,
            part.share * inner.share,
            (*part.evidence, *inner.evidence),
        )


def _rows(part: Partition, table: Table, tags: Sequence[ColumnTag], as_of: date) -> list[tuple[str | None, ...]]:
    if table.records is None:
        return []
    names = [tag.column for tag in tags]
    rows = zip(*(column.to_pylist() for column in table.records.columns), strict=True)
    return [row for row in rows if row_filters.holds(part.row_filter, dict(zip(names, row, strict=True)), as_of)]
