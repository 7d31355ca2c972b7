"""Some rows of a dataset as a dataset of their own: their columns, those left out that hardly any of them fills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from classifiers.tags import Column, ColumnTag, Table

FULL, HARDLY = 0.5, 0.15
"""Share of some rows from which a column is theirs, and under which it is not: hands slip, and `-` fills a cell."""

Row = Sequence[str | None]
Whose = Callable[[Table, Sequence[ColumnTag]], str]
"""The subject that a table's names and columns speak for, `unresolved` where they do not decide."""


def rows_of(table: Table) -> list[Row]:
    """The rows that were read, each a cell a column; [] where none are at hand."""
    if table.records is None:
        return []
    return list(zip(*(column.to_pylist() for column in table.records.columns), strict=True))


def columns_of(table: Table, rows: Sequence[Row]) -> list[Column]:
    """The table's columns with the values of some of its rows alone."""
    counted = [Counter(cell for cell in cells if cell) for cells in zip(*rows, strict=True)]
    return [
        replace(column, values=tuple(counts), counts=tuple(counts.values()), rows=len(rows))
        for column, counts in zip(table.columns, counted, strict=True)
    ]


def fills(rows: Sequence[Row]) -> list[float]:
    """The share of the rows that fill each column."""
    return [sum(cell is not None for cell in cells) / len(rows) for cells in zip(*rows, strict=True)]


def apart(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether a column is filled in some rows and hardly ever in others, by the shares of each."""
    return any((a >= FULL and b <= HARDLY) or (b >= FULL and a <= HARDLY) for a, b in zip(some, others, strict=True))


def whose_alone(table: Table, tags: Sequence[ColumnTag], rows: Sequence[Row], whose: Whose) -> str:
    """Whose some rows would be if they were a dataset of their own."""
    kept = [
        (column, tag)
        for column, tag, filled in zip(columns_of(table, rows), tags, fills(rows), strict=True)
        if filled > HARDLY
    ]
    alone = replace(table, columns=tuple(column for column, _ in kept), records=None)
    return whose(alone, [tag for _, tag in kept])
