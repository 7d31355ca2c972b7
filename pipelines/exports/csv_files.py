"""CSV, one file a section: UTF-8 with a mark, so that a Japanese Excel reads it, and no cell that becomes a formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from pipelines.exports.contents.told import Row, Told
from pipelines.register.sections import FIELDS
from pipelines.reports.writing.cells import safe

NAME = "csv"
TITLE_JA = "台帳の表（CSV）"
TITLE_EN = "the register's tables as CSV files"


def files(told: Told) -> Mapping[str, bytes]:
    """One file a section."""
    return {f"{section}.csv": _written(fields, told.sections[section]) for section, fields in FIELDS.items()}


def _written(fields: Mapping[str, type], rows: Sequence[Row]) -> bytes:
    text = StringIO(newline="")
    # all text in quotes: a spreadsheet that parts cells at another sign finds no cell inside of one
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(fields)
    writer.writerows([_cell(row[field]) for field in fields] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str | int | float:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | dict):
        return str(safe(json.dumps(value, ensure_ascii=False)))
    return str(safe(value or ""))
