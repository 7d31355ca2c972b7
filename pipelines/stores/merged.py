"""Merged cells of a sheet: what a reader sees in them, and headers that take two rows (氏名 over 姓 and 名)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from classifiers.headers import header_row
from pipelines.stores.headings import unique

Cell = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Merge:
    """The rectangle of cells that are one, counted from the first cell that was read."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Band:
    """The rows a header takes, first and last, and the names they make together."""

    names: tuple[str, ...] = field(repr=False)
    first: int
    last: int


def merges(ranges: Iterable[tuple[Cell, Cell]], start: Cell) -> list[Merge]:
    """The merged ranges of a sheet whose first used cell is `start`."""
    return [
        Merge(top - start[0], left - start[1], bottom - start[0], right - start[1])
        for (top, left), (bottom, right) in ranges
    ]


def spread(rows: Sequence[Sequence[str]], merged: Iterable[Merge]) -> list[list[str]]:
    """The rows with a merged cell's text in all the cells it covers; a title, alone in its row, stays one cell."""
    shown = [list(row) for row in rows]
    for merge in merged:
        if not (0 <= merge.top < len(rows) and 0 <= merge.left < len(rows[merge.top])):
            continue
        label = rows[merge.top][merge.left]
        if any(cell and cell != label for cell in rows[merge.top]):
            for row in shown[merge.top : merge.bottom + 1]:
                row[merge.left : merge.right + 1] = [label] * (min(merge.right + 1, len(row)) - merge.left)
    return shown


def band(rows: Sequence[Sequence[str]], header: int, merged: Sequence[Merge]) -> Band:
    """The header around the row `header` of `rows`, which were `spread`."""
    first = header - 1 if _grouped_above(header, merged) else header
    last = header + 1 if _grouped_below(rows, header, merged) else header
    width = max(map(len, rows), default=0)
    names = [" ".join(dict.fromkeys(row[at] for row in rows[first : last + 1] if row[at])) for at in range(width)]
    return Band(unique(names), first, last)


def _grouped_above(header: int, merged: Sequence[Merge]) -> bool:
    above = [merge for merge in merged if merge.top == header - 1]
    return any(merge.bottom == header for merge in above) or sum(merge.left < merge.right for merge in above) > 1


def _grouped_below(rows: Sequence[Sequence[str]], header: int, merged: Sequence[Merge]) -> bool:
    here = [merge for merge in merged if merge.top == header]
    if any(merge.bottom == header + 1 for merge in here):
        return True
    return any(merge.left < merge.right for merge in here) and header_row(rows[header + 1 :]) == 0
