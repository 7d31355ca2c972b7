"""How a delimited file is laid out: its encoding, its delimiter, where its header is and where its rows begin."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from pipelines.stores import charsets
from pipelines.stores.headings import HEAD, heading, unique
from pipelines.stores.sources import File

DELIMITERS = ",\t;|"
"""The first of them where they cut equally well."""
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


def layout(file: File) -> Layout:
    """The layout of a file, from its head; StoreError where it is in no encoding."""
    codec, text = charsets.head(file)
    lines = list(islice(StringIO(text, newline=""), 4 * HEAD))
    delimiter = delimiter_of(lines)
    rows, ends = _rows(lines, delimiter)
    found = heading(rows)
    first = 0 if found.row is None else found.row + 1
    body = [row for row in rows[first:] if row]
    width = max((len(row) for row in body if any(cell.strip() for cell in row)), default=0)
    names = unique([*found.names, *[""] * (width - len(found.names))])
    return Layout(
        codec=codec,
        delimiter=delimiter,
        names=names,
        skip=ends[first - 1] if first else 0,
        regular=all(len(row) == len(names) for row in body),
        titles=found.titles,
    )


def _rows(lines: Sequence[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows, and how many lines each row and all above it take."""
    csv.field_size_limit(CELL)
    reader = csv.reader(lines, delimiter=delimiter)
    numbered = [(row, reader.line_num) for row in islice(reader, HEAD)]
    return [row for row, _ in numbered], [end for _, end in numbered]


def delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter that cuts most rows into equally many cells, two at least."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: Sequence[str], delimiter: str) -> float:
    lengths = Counter(len(row) for row in _rows(lines, delimiter)[0] if row)
    (length, rows), *_ = lengths.most_common(1) or [(0, 0)]
    return rows / lengths.total() if length > 1 else 0.0
