"""A sample of a large delimited file by byte ranges, where its rows are lines."""

from __future__ import annotations

import csv

import pyarrow as pa

from pipelines.stores import charsets, frames, windows
from pipelines.stores.layouts import Layout
from pipelines.stores.sources import File

ODD = 0.25
"""Share of the ranges, or of the lines in the others, that may be passed over; beyond that the file is read whole."""


def sampled(file: File, found: Layout, rows: int, seed: int) -> pa.Table | None:
    """At most `rows` random rows in the file's order; None where the file must be read whole.

    A line feed within quotes cuts a row in two, and nothing in a range says whether it begins within quotes. So a file
    that has one in its head is read whole; elsewhere a range with a line whose quotes are not even is passed over, and
    in every range the lines that have not as many cells as the header.
    """
    if not (windows.applies(file, found.codec) and found.regular):
        return None
    with file.open() as opened:
        head = opened.read(charsets.HEAD)
    above = head.split(b"\n", found.skip)
    start = len(head) - len(above[-1])
    if len(above) <= found.skip or _spans_lines(head, above[-1]):
        return None
    ranges = windows.ranges(file, start, above[-1], rows, seed)
    if ranges is None:
        return None
    clear = [lines for lines in ranges if not any(line.count(b'"') % 2 for line in lines)]
    try:
        parsed = [_row(line.decode(found.codec), found) for lines in clear for line in lines if line]
    except UnicodeDecodeError:
        # whoever reads the file whole tells which lines
        return None
    whole = [row for row in parsed if row is not None]
    if len(whole) < max(rows, (1 - ODD) * len(parsed)) or len(clear) < (1 - ODD) * len(ranges):
        return None
    some = (whole[at] for at in windows.chosen(len(whole), rows, seed))
    return pa.Table.from_batches(list(frames.pieces(some, found.names)))


def _row(line: str, found: Layout) -> list[str] | None:
    row = next(csv.reader([line], delimiter=found.delimiter), [])
    return row if len(row) == len(found.names) else None


def _spans_lines(head: bytes, body: bytes) -> bool:
    """Whether a row of the body takes several lines, or lines end otherwise than by a line feed."""
    # the head may be cut between the two bytes of one line's end
    alone = head[:-1].count(b"\r") > head.count(b"\r\n")
    return alone or any(line.count(b'"') % 2 for line in body.split(b"\n")[:-1])
