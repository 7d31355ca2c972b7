"""Delimited text: CSV, TSV and their like, in any encoding Japanese systems write, with or without a header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa
from pyarrow import csv as arrow_csv

from pipelines.stores import Dataset, Field, NotRead, StoreError, charsets, frames
from pipelines.stores.delimited_windows import sampled
from pipelines.stores.layouts import CELL, Layout, layout
from pipelines.stores.row_estimates import estimated
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "delimited"
SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".psv"})
LARGEST = 100 * 2**30
COLLECTS = None

BLOCK = 4 * 2**20
"""Bytes that are parsed at once."""
COUNTED = 4 * 2**20
"""Bytes of the largest file whose rows are counted for the listing; those of a larger one are estimated."""
EXTRA = 64
"""Columns that rows longer than their header may add; further cells stay together in the last of them."""
RUNAWAY = 10_000
"""Lines in one cell that are no text any more but an unclosed quotation mark."""


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The file's one dataset, its columns from its header, its hints from the titles above it."""
    found = layout(piece.files[0])
    if not found.names:
        yield NotRead(piece.name, "empty", "空白の行しかありません")
        return
    fields = tuple(map(Field, found.names))
    if piece.level == "metadata":
        # titles above a header are content
        yield Dataset(piece.name, fields=fields, records=estimated(piece.files[0], found), records_estimated=True)
    else:
        yield Dataset(
            piece.name,
            fields=fields,
            records=_records(piece.files[0], found),
            records_estimated=piece.files[0].size > COUNTED,
            hints=found.titles,
        )


def sample(piece: Piece, dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """A uniform random sample: of a large file by byte ranges where that is sound, else in one pass."""
    file = piece.files[0]
    found = sampled(file, layout(file), rows, seed)
    return found if found is not None else frames.reservoir(batches(piece, dataset), rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All rows: parsed by Arrow, and from the first row it refuses on (a ragged one) cell by cell."""
    file = piece.files[0]
    yield from _all(file, layout(file))


def _all(file: File, found: Layout) -> Iterator[pa.RecordBatch]:
    last = None
    for batch in _batches(file, found):
        last = batch if batch.num_rows else last
        yield batch
    if last is not None:
        _demand_closed(file, last)


def _records(file: File, found: Layout) -> int | None:
    if file.size > COUNTED:
        return estimated(file, found)
    try:
        return sum(int(batch.num_rows) for batch in _all(file, found))
    except StoreError:
        # whoever reads the rows is told
        return None


def _batches(file: File, found: Layout) -> Iterator[pa.RecordBatch]:
    read, refused = 0, not found.regular
    try:
        for batch in () if refused else _parsed(file, found):
            read += batch.num_rows
            yield batch
    except (pa.ArrowInvalid, UnicodeError):
        refused = True
    if refused:
        yield from _cell_by_cell(file, found, read)


def _parsed(file: File, found: Layout) -> Iterator[pa.RecordBatch]:
    names = list(found.names)
    reader = arrow_csv.open_csv(
        file.open(),
        read_options=arrow_csv.ReadOptions(
            column_names=names,
            skip_rows=found.skip,
            block_size=BLOCK,
            encoding={"utf-8": "utf8", "utf-8-sig": "utf8"}.get(found.codec, found.codec),
        ),
        parse_options=arrow_csv.ParseOptions(delimiter=found.delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    yield from reader


def _cell_by_cell(file: File, found: Layout, done: int) -> Iterator[pa.RecordBatch]:
    """All rows from the `done`th on; a row longer than the header adds columns at the end."""
    width = max((len(row) for row in islice(_rows(file, found), done, None)), default=0)
    names = found.widened(min(width, len(found.names) + EXTRA))
    rows = (_fitted(row, len(names), found.delimiter) for row in islice(_rows(file, found), done, None))
    yield from frames.pieces(rows, names)


def _rows(file: File, found: Layout) -> Iterator[list[str]]:
    csv.field_size_limit(CELL)
    reader = csv.reader(islice(charsets.lines(file, found.codec), found.skip, None), delimiter=found.delimiter)
    before = 0
    try:
        for row in reader:
            if reader.line_num - before > RUNAWAY:
                raise StoreError("broken", _open_quote(found.skip + before + 1))
            before = reader.line_num
            if row:
                yield row
    except csv.Error:
        raise StoreError("broken", _open_quote(found.skip + before + 1)) from None


def _fitted(row: list[str], width: int, delimiter: str) -> list[str]:
    return row if len(row) <= width else [*row[: width - 1], delimiter.join(row[width - 1 :])]


def _demand_closed(file: File, last: pa.RecordBatch) -> None:
    """StoreError where the last row has swallowed the rest of the file behind an unclosed quotation mark."""
    tail = last.slice(last.num_rows - 1).to_pylist()[0].values()
    swallowed = sum((cell or "").count("\n") for cell in tail)
    if not swallowed:
        return
    with file.open() as opened:
        quotes = sum(block.count(b'"') for block in iter(lambda: opened.read(BLOCK), b""))
        opened.seek(0)
        lines = sum(block.count(b"\n") for block in iter(lambda: opened.read(BLOCK), b""))
    if quotes % 2:
        raise StoreError("broken", _open_quote(max(1, lines - swallowed + 1)))


def _open_quote(line: int) -> str:
    return f"{line}行目あたりで始まる引用符が閉じていません"
