"""What people wrote into the last ledger, taken over into the next one: nothing they entered is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from pipelines.reports.sheets.fields import Cell, Rows, Sheet, is_to_fill, sheets
from pipelines.reports.writing.cells import safe


@dataclass(slots=True)
class Entries:
    """(sheet, row's key, field) → what people wrote."""

    known: dict[tuple[str, str, str], Cell] = field(default_factory=dict)

    def fill(self, sheet: Sheet, rows: Rows) -> Rows:
        """The rows with what people wrote of them; what is used up is no entry any more."""
        filled = {column.id for column in sheet.fields if column.fill}
        for row in rows:
            for id in filled:
                if (entry := self.known.pop((sheet.id, str(row[sheet.key]), id), None)) is not None:
                    row[id] = entry
        return rows

    def left(self, language: str) -> Rows:
        """What people wrote of rows that are no more."""
        rows: Rows = []
        for (sheet_id, key, id), entry in sorted(self.known.items(), key=lambda item: item[0]):
            if sheet_id == "lost":
                continue
            sheet = sheets()[sheet_id]
            column = next(column for column in sheet.fields if column.id == id)
            words = {"sheet": sheet.title[language], "field": column.words[language]}
            rows.append({"number": f"{sheet_id}/{id}/{key}", **words, "entry": entry})
        return rows


PREFILLED = "prefilled"
"""A sheet that nobody sees: what daicho itself wrote into fields that people may write, so that it is no entry."""


def remember(book: Workbook, prefilled: set[tuple[str, str, str, str]]) -> None:
    """Note in a workbook what daicho itself wrote into fields that people may write."""
    page = book.create_sheet(PREFILLED)
    page.sheet_state = "veryHidden"
    for place in sorted(prefilled):
        page.append([str(safe(part)) for part in place])


def prefilled(sheet: Sheet, rows: Rows) -> Iterator[tuple[str, str, str, str]]:
    """(sheet, row's key, field, text) of what daicho knows of fields that people may write."""
    for row in rows:
        for column in sheet.fields:
            if column.fill and not is_to_fill(row[column.id]):
                yield sheet.id, str(row[sheet.key]), column.id, str(safe(row[column.id]))


def entries_of(ledger: Path) -> Entries:
    """What people wrote into a ledger; raises ValueError where the file is no ledger that can be read."""
    try:
        book = load_workbook(ledger)
    except (zipfile.BadZipFile, KeyError, TypeError, EOFError, SyntaxError, ValueError):
        raise ValueError("not a workbook") from None
    pages = [
        (sheet, title) for sheet in sheets().values() for title in sheet.title.values() if title in book.sheetnames
    ]
    if not pages:
        raise ValueError("no ledger")
    own = set(book[PREFILLED].iter_rows(values_only=True)) if PREFILLED in book.sheetnames else set()
    found = Entries()
    for sheet, title in pages:
        rows = book[title].iter_rows(values_only=True)
        _collect(found, sheet, next(rows, ()), rows)
    found.known = {place: entry for place, entry in found.known.items() if (*place, str(entry)) not in own}
    return found


def _collect(found: Entries, sheet: Sheet, header: tuple[Any, ...], rows: Any) -> None:
    names = {name: column for column in sheet.fields for name in column.words.values()}
    columns = [names.get(str(name)) for name in header]
    keys = [place for place, column in enumerate(columns) if column and column.id == sheet.key]
    if not keys:
        return
    for row in rows:
        key = str(row[keys[0]] or "")
        for column, cell in zip(columns, row, strict=False):
            if key and column and column.fill and not is_to_fill(cell):
                place = (sheet.id, key, column.id)
                if sheet.id == "lost":
                    # an entry that had lost its row: it may have come back
                    sheet_id, _, rest = key.partition("/")
                    field_id, _, row_key = rest.partition("/")
                    place = (sheet_id, row_key, field_id)
                found.known.setdefault(place, cell)
