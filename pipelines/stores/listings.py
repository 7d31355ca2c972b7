"""Listings of columns as people keep them: JSONL, JSON, CSV and its like, or a workbook of table definitions."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import pairwise
from typing import Any

from pipelines.stores import charsets, excel, frames
from pipelines.stores.dictionary_headings import Member, heads
from pipelines.stores.headings import HEAD
from pipelines.stores.layouts import delimiter_of
from pipelines.stores.sources import File

Row = tuple[int, list[str]]
"""A line's number, from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One file or sheet, and what its lines tell."""

    sheet: int
    """Which sheet of a workbook, from 1; 0: the file is none."""
    is_blank: bool
    lines: tuple[tuple[int, Member], ...] | None = field(repr=False)
    """What each line says, under its number; None where no headings tell tables and columns."""


def listings(file: File) -> Iterator[Listing]:
    """The listing of a file, or one a sheet; may raise anything."""
    if file.suffix in excel.SUFFIXES:
        for number, (name, cells) in enumerate(excel.sheets(file), start=1):
            rows = [(at, row) for at, row in enumerate(cells, start=1) if any(row)]
            yield Listing(number, not rows, _of_grid(rows, name))
        return
    text = charsets.decode(file.read()).lstrip("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        yield Listing(0, False, _of_objects([*_objects(text)]))
    else:
        rows = [*_delimited(text)]
        yield Listing(0, not rows, _of_grid(rows, ""))


def _of_grid(rows: Sequence[Row], otherwise: str) -> tuple[tuple[int, Member], ...] | None:
    """Titles, headings, one line a column; `otherwise` is the table's name where nothing in the grid tells it.

    A blank cell under a table's name is the same table's: sheets merge them.
    """
    at = next((at for at, (_, row) in enumerate(rows[:HEAD]) if heads(row).make_a_header), None)
    if at is None:
        return None
    header = rows[at][1]
    found = heads(header)
    width = len(header)
    body = [(number, [*row, *[""] * (width - len(row))]) for number, row in rows[at + 1 :] if row != header]
    if not found.table:
        table, label = _above([row for _, row in rows[:at]])
        if not (table or otherwise):
            return None
        found = found.settled([row for _, row in body])
        return tuple(
            (number, replace(found.member(row), table=table or otherwise, table_label=label)) for number, row in body
        )
    for (_, before), (_, row) in pairwise(body):
        same = not row[found.table[0]]
        for position in (*found.table, *found.table_label) if same else ():
            row[position] = row[position] or before[position]
    found = found.settled([row for _, row in body])
    return tuple((number, found.member(row)) for number, row in body)


def _above(rows: Sequence[Sequence[str]]) -> tuple[str, str]:
    """Name and label of the one table that a sheet defines, beside or under their headings: `テーブル名 | 顧客`."""
    told: dict[str, str] = {}
    for row, below in pairwise([*rows, []]):
        for position, cell in enumerate(row):
            beside = next((other for other in row[position + 1 :] if other), "")
            under = below[position] if position < len(below) else ""
            value = beside if beside and not _is_heading(beside) else under
            if _is_heading(cell) and value and not _is_heading(value):
                told.setdefault(cell, value)
    of, values = heads(list(told)), list(told.values())
    # a bare 物理名 is the table's here, and a better name than テーブル名
    names = [values[at] for at in (*of.column, *of.table)]
    labels = [values[at] for at in (*of.table_label, *of.label, *of.table)]
    table = next(iter(names), "")
    return table, next((label for label in labels if label != table), "")


def _is_heading(cell: str) -> bool:
    of = heads([cell])
    return bool(of.table or of.table_label or of.column or of.column_label or of.label)


def _of_objects(objects: Sequence[tuple[int, dict[str, Any]]]) -> tuple[tuple[int, Member], ...] | None:
    keys = list(dict.fromkeys(key for _, one in objects for key in one))
    found = heads(keys)
    if not (found.table and found.column):
        return None
    rows = [(number, [(frames.text(one.get(key)) or "").strip() for key in keys]) for number, one in objects]
    found = found.settled([row for _, row in rows])
    return tuple((number, found.member(row)) for number, row in rows)


def _objects(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    if text.lstrip().startswith("["):
        yield from enumerate((row if isinstance(row, dict) else {} for row in json.loads(text)), start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        yield number, row if isinstance(row, dict) else {}


def _delimited(text: str) -> Iterator[Row]:
    lines = list(StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter_of(lines))
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, [cell.strip() for cell in row]
