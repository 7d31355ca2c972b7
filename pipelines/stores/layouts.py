"""How a delimited file is laid out: its encoding, its delimiter, where its header is and where its rows begin."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path

from pipelines import encodings
from pipelines.stores.headings import HEAD, heading, unique

DELIMITERS = ",\t;|"
CELL = 16 * 2**20
"""Characters of the longest cell that is taken for one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a reader must know before it parses the rows."""

    codec: str
    delimiter: str
    names: tuple[str, ...] = field(repr=False)
    skip: int
    """Lines above the first row of data."""
    regular: bool
    """Whether the first rows are all as long as the header."""
    titles: tuple[str, ...] = field(default=(), repr=False)

    def widened(self, width: int) -> tuple[str, ...]:
        """The names of that many columns at least."""
        return unique([*self.names, *[""] * (width - len(self.names))])


def layout(path: Path) -> Layout:
    """The layout of a file, from its head; StoreError where it is in no encoding."""
    codec = encodings.of_file(path)
    with path.open(encoding=codec, newline="") as file:
        # the end of the head may be cut inside a letter, which only a reader of the file itself passes over
        lines = [line for line in islice(_lines(file.read(encodings.HEAD)), 4 * HEAD)]
    delimiter = _delimiter(lines, path.suffix.lower())
    rows, ends = _rows(lines, delimiter)
    found = heading(rows)
    first = 0 if found.row is None else found.row + 1
    while first < len(rows) and not any(cell.strip() for cell in rows[first]) and found.row is not None:
        first += 1
    body = [row for row in rows[first:] if row]
    width = max((len(row) for row in body), default=0)
    names = unique([*found.names, *[""] * (width - len(found.names))])
    return Layout(
        codec=codec,
        delimiter=delimiter,
        names=names,
        skip=ends[first - 1] if first else 0,
        regular=all(len(row) == len(names) for row in body),
        titles=found.titles,
    )
