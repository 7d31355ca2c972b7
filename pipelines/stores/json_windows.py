"""A sample of a large file of a JSON record a line by byte ranges: within a record no line can end."""

from __future__ import annotations

from pipelines.stores import charsets, windows
from pipelines.stores.json_parsing import Record, of_line
from pipelines.stores.row_estimates import rounded
from pipelines.stores.sources import File


def drawn(file: File, codec: str, rows: int, seed: int) -> list[Record] | None:
    """At most `rows` random records in the file's order; None where the file must be read whole."""
    if not windows.applies(file, codec):
        return None
    ranges = windows.ranges(file, 0, _head(file), rows, seed)
    if ranges is None:
        return None
    try:
        parsed = [of_line(line.decode(codec)) for lines in ranges for line in lines if line.strip()]
    except UnicodeDecodeError:
        # whoever reads the file whole tells which lines
        return None
    whole = [record for record in parsed if record is not None]
    return [whole[at] for at in windows.chosen(len(whole), rows, seed)] if len(whole) >= rows else None


def records(file: File, codec: str) -> int | None:
    """How many records a large file has, estimated by the length of some lines all over it."""
    ranges = windows.ranges(file, 0, _head(file), 1, 0) if windows.applies(file, codec) else None
    lengths = [len(line) + 1 for lines in ranges or () for line in lines]
    if not lengths:
        return None
    length = sum(lengths) / len(lengths)
    return rounded(file.size / length)


def _head(file: File) -> bytes:
    with file.open() as opened:
        return opened.read(charsets.HEAD)
