"""Which columns of a workbook are hidden: people hide what should not be seen, and send the file all the same."""

from __future__ import annotations

import re
import zipfile
from html import unescape

from pipelines.stores.sources import File

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_COLUMN = re.compile(r"<(?:\w+:)?col\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_WIDEST = 16_384
"""Columns an .xlsx can have; the last range often hides all that are not used."""
_HEAD = 2**20
"""Bytes of a sheet or a list of sheets that are looked at: columns are told above the cells."""


def hidden_columns(file: File) -> dict[str, int]:
    """A sheet's name → how many of its columns are hidden, of an .xlsx; empty of other workbooks."""
    with file.open() as opened:
        if not zipfile.is_zipfile(opened):
            return {}
        with zipfile.ZipFile(opened) as archive:
            names = set(archive.namelist())
            if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
                return {}
            related = {
                told["Id"]: told.get("Target", "").removeprefix("/").removeprefix("xl/")
                for told in _told(_RELATION, _head(archive, "xl/_rels/workbook.xml.rels"))
                if "Id" in told
            }
            counted = {}
            for sheet in _told(_SHEET, _head(archive, "xl/workbook.xml")):
                member = f"xl/{related.get(sheet.get('r:id', ''), '')}"
                if member in names:
                    counted[sheet.get("name", "")] = _hidden(_head(archive, member).partition("<sheetData")[0])
            return counted


def _hidden(above: str) -> int:
    count = 0
    for told in _told(_COLUMN, above):
        first, last = int(told.get("min", 0)), int(told.get("max", 0))
        if told.get("hidden") in ("1", "true") and last < _WIDEST:
            count += last - first + 1
    return count


def _told(tag: re.Pattern[str], markup: str) -> list[dict[str, str]]:
    return [{name: unescape(value) for name, value in _ATTRIBUTE.findall(one)} for one in tag.findall(markup)]


def _head(archive: zipfile.ZipFile, member: str) -> str:
    with archive.open(member) as opened:
        return opened.read(_HEAD).decode("utf-8", "replace")
