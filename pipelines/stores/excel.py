"""Excel and OpenDocument workbooks: every sheet, hidden ones too, one dataset a sheet (`path#sheet`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipelines.stores import Dataset, Field, NotRead, StoreError, frames
from pipelines.stores.containers import LOCKED, demand_bearable, demand_dense, demand_open
from pipelines.stores.headings import HEAD, heading
from pipelines.stores.hidden import hidden_columns
from pipelines.stores.merged import band, merges, spread
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "excel"
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
LARGEST = 300 * 2**20
COLLECTS = None

UNPACKED = 4 * 2**30
"""Bytes a workbook may unpack to: sheets are read as a stream."""
CELLS = 50_000_000
"""Cells of the largest rectangle a sheet may span: one far-off cell makes billions of it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows under their columns' names."""

    names: tuple[str, ...] = field(repr=False)
    rows: list[list[Any]] = field(repr=False)
    titles: tuple[str, ...] = field(default=(), repr=False)


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """One dataset a sheet that holds cells, hidden or not; chart and macro sheets hold none."""
    book = _book(piece.files[0])
    columns = hidden_columns(piece.files[0])
    for meta in book.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet:
            listed = _listed(book, meta.name, f"{piece.name}#{meta.name}")
            if isinstance(listed, Dataset):
                # titles above a header are content
                titles = () if piece.level == "metadata" else listed.hints
                hidden = _hidden(meta.visible != SheetVisibleEnum.Visible, columns.get(meta.name, 0))
                listed = replace(listed, hints=(*titles, *hidden))
            yield listed


def sample(piece: Piece, dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """A uniform random sample of the sheet's rows."""
    return frames.reservoir(batches(piece, dataset), rows, seed)


def batches(piece: Piece, dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All rows of the sheet that are not blank."""
    book = _book(piece.files[0])
    name = dataset.name.removeprefix(f"{piece.name}#")
    if name not in book.sheet_names:
        raise StoreError("missing", "一覧を作った後にシートがなくなりました")
    sheet = _sheet(book, name)
    yield from frames.pieces(sheet.rows, sheet.names)


def sheets(file: File) -> Iterator[tuple[str, list[list[str]]]]:
    """Every sheet's name and cells as text, blank rows among them; for a reader that looks for its own header."""
    book = _book(file)
    for meta in book.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet:
            cells = _cells(book, meta.name)[1]
            yield meta.name, [[(frames.text(cell) or "").strip() for cell in row] for row in cells]


def _listed(book: CalamineWorkbook, name: str, known_as: str) -> Dataset | NotRead:
    try:
        sheet = _sheet(book, name)
    except (StoreError, CalamineError):
        return NotRead(known_as, "broken", "シートの内容が壊れています")
    if not sheet.names:
        return NotRead(known_as, "empty", "空のシートです")
    return Dataset(known_as, fields=tuple(map(Field, sheet.names)), records=len(sheet.rows), hints=sheet.titles)


def _hidden(sheet: bool, columns: int) -> Iterator[str]:
    if sheet:
        yield "非表示のシートです"
    if columns:
        yield f"非表示の列が{columns}列あります"


def _book(file: File) -> CalamineWorkbook:
    with file.open() as opened:
        demand_open(opened)
        demand_bearable(opened, UNPACKED)
        demand_dense(opened, CELLS)
    try:
        return CalamineWorkbook.from_filelike(file.open())
    except PasswordError:
        raise StoreError("locked", LOCKED) from None
    except BaseException as error:
        raise _calm(error) from None


def _cells(book: CalamineWorkbook, name: str) -> tuple[CalamineSheet, list[list[Any]]]:
    try:
        sheet = book.get_sheet_by_name(name)
        return sheet, sheet.to_python()
    except BaseException as error:
        raise _calm(error) from None


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    sheet, rows = _cells(book, name)
    merged = merges(sheet.merged_cell_ranges or (), sheet.start or (0, 0))
    top = spread([[(frames.text(cell) or "").strip() for cell in row] for row in rows[:HEAD]], merged)
    found = heading(top)
    if found.row is None:
        return Sheet(found.names, _filled(rows))
    header = band(top, found.row, merged)
    titles = tuple(cell for row in top[: header.first] for cell in row if cell)
    return Sheet(header.names, _filled(rows[header.last + 1 :]), titles)


def _filled(rows: list[list[Any]]) -> list[list[Any]]:
    return [row for row in rows if any(cell not in ("", None) for cell in row)]


def _calm(error: BaseException) -> BaseException:
    """What to raise instead: a crash of the reader's (a Rust panic) is no Exception and would end the program."""
    return StoreError("broken", "ブックの内容が壊れています") if type(error).__name__ == "PanicException" else error
