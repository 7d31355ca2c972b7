"""The first rows of a sheet or a delimited file: titles, the header, or data from the first row on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from classifiers.headers import header_row

HEAD = 30
"""Rows that are looked at for a header."""
JUDGED = 300
"""Cells of a row that say whether it is one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the data, and where the data begins."""

    names: tuple[str, ...] = field(repr=False)
    """A unique name for every column; `列3` where the header has none."""
    row: int | None
    """The header's row, counted from 0 among the rows that were given; None: there is no header."""
    titles: tuple[str, ...] = field(default=(), repr=False)
    """The texts of the rows above the header."""


def heading(rows: Sequence[Sequence[str]]) -> Heading:
    """The heading of a table from its first rows, blank ones among them."""
    filled = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    found = header_row([rows[at][:JUDGED] for at in filled]) if filled else None
    width = max((len(rows[at]) for at in filled), default=0)
    if found is None:
        return Heading(unique([""] * width), None)
    row = filled[found]
    above = (cell.strip() for at in filled[:found] for cell in rows[at])
    return Heading(unique([*rows[row], *[""] * (width - len(rows[row]))]), row, tuple(filter(None, above)))


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names as columns can bear them: one line each, none empty, none twice.

    >>> unique(["氏名", "", "氏名", "電話\\n番号"])
    ('氏名', '列2', '氏名 (2)', '電話 番号')
    """
    taken: dict[str, None] = {}
    for at, raw in enumerate(names, start=1):
        name = plain = " ".join(raw.splitlines()).strip() or f"列{at}"
        number = 2
        while name in taken:
            name, number = f"{plain} ({number})", number + 1
        taken[name] = None
    return tuple(taken)
