"""How many rows a large delimited file has, without reading all of it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from pipelines.stores.layouts import CELL, Layout
from pipelines.stores.sources import File

WINDOWS = 32
"""Places of the file, evenly spread, whose lines are counted: rows may grow longer towards its end."""
WINDOW = 64 * 2**10
"""Bytes of one place."""
HEAD = 256 * 2**10
"""Bytes at the start that are parsed, to learn how many lines a row takes: a memo in quotes may span several."""


def estimated(file: File, found: Layout) -> int | None:
    """The file's rows of data, rounded to two significant digits; None where its head holds not one whole row."""
    size = file.size
    with file.open() as opened:
        head = opened.read(HEAD)
        # counted as bytes in head and windows alike, so that what the encoding makes of them cancels out
        end = b"\n" if b"\n" in head else b"\r"
        whole = head[: head.rfind(end) + 1]
        rows, lines = _rows(whole, found), whole.count(end)
        if not rows:
            return None
        counted = read = 0
        for start in _starts(size):
            opened.seek(start)
            window = opened.read(WINDOW)
            counted, read = counted + window.count(end), read + len(window)
    return rounded(counted / read * size * rows / lines)


def rounded(rows: float) -> int:
    """An estimate as it may be shown: nobody takes two digits for a count.

    >>> rounded(287431.4), rounded(7.2)
    (290000, 7)
    """
    return int(float(f"{rows:.1e}"))


def _rows(whole: bytes, found: Layout) -> int:
    text = codecs.getincrementaldecoder(found.codec)("replace").decode(whole)
    csv.field_size_limit(CELL)
    return sum(bool(row) for row in csv.reader(StringIO(text, newline=""), delimiter=found.delimiter))


def _starts(size: int) -> Iterator[int]:
    last = max(0, size - WINDOW)
    return (last * at // (WINDOWS - 1) for at in range(WINDOWS))
