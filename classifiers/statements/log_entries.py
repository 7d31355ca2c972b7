"""The statements' texts in an exported query log: a table, JSON lines, or a plain file as databases write it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

_STARTS = (
    r"(?:select\s|with\s+[^\s]+(?:\s*\([^()]*\))?\s+as\s*\(|insert\s+(?:into|overwrite|ignore|all)\s|replace\s+into\s|"
    r"update\s+\S+(?:\s+(?:as\s+)?\S+)?\s+(?:set|join|inner|left)\s|delete\s+(?:from\s|\S+\s+from\s)|"
    r"merge\s+(?:into\s)?|"
    r"truncate\s|copy\s+(?:into\s)?\S|unload\s*\(|export\s+data\s|load\s+data\s|"
    r"create\s+(?:or\s+replace\s+)?[a-z ]*(?:view|table)\s)"
)
_OPENING = r"(?:\s|/\*.*?\*/|--[^\n]*\n|\()*"
_STATEMENT = re.compile(rf"(?is)\A{_OPENING}{_STARTS}")
_WITHIN = re.compile(rf"(?i)(?<![A-Za-z0-9_.`(]){_STARTS}")
# How databases begin an entry: a time, a process id in brackets, MySQL's `# Time:`.
_ENTRY = re.compile(
    r"\s*[\[(<\"']?(?:[0-9]{4}[-/年][0-9]{1,2}[-/月][0-9]{1,2}|[0-9]{1,2}[-/](?:[0-9]{1,2}|[A-Za-z]{3})[-/][0-9]{2,4}|"
    r"[A-Z][a-z]{2} +[0-9]{1,2} [0-9]{2}:|[0-9]{6} +[0-9]{1,2}:[0-9]{2}|[0-9]{10,13}\b|[IWEFD][0-9]{4} )|"
    r"# (?:Time|User@Host|Query_time)"
)
_PARAMETERS = re.compile(
    r"(?i)(?:^|\s)(?:DETAIL|CONTEXT|HINT|LOCATION|STATEMENT PARAMETERS|parameters|bind(?:s| variables)?)\s*[:=]"
)
_HEADLESS = re.compile(r"(?i)\s*insert\s+into\s+\S+\s*(?:\([^()]*\))?\s*\Z")
_TITLE = re.compile(r"[^/:;'\"\\=]{1,40}\Z")
_SPEAKS_SQL = re.compile(r"(?i)quer|sql|statement|command|message|argument|request|text|クエリ|文|コマンド")
_PEEKED = 50
"""Lines that tell whether every line is a statement of its own."""
_WIDEST = 16_000_000
"""Characters that a table's cell may have."""


def entries(lines: Iterable[str]) -> Iterator[str]:
    """The statements' texts, in order; a server's prefixes, users and parameters left out."""
    rows = iter(lines)
    head: list[str] = []
    for line in rows:
        head.append(line)
        if line.strip():
            break
    first = head[-1].lstrip("\ufeff").strip() if head else ""
    rest = chain(head, rows)
    if first.startswith(("{", "[{")):
        yield from _of_json(rest)
    elif (delimiter := _delimiter(first)) is not None:
        yield from _of_table(rest, delimiter)
    else:
        yield from _of_plain(rest)


def _of_json(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        try:
            document = json.loads(line.strip().rstrip(",").lstrip("\ufeff[").removesuffix("]") or "null")
        except (ValueError, RecursionError):
            if _WITHIN.search(line):
                yield from _of_plain([line])
            continue
        yield from _texts(document)


def _texts(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        if _STATEMENT.match(document):
            yield document
        elif found := _after_prefix(document):
            yield found
    elif isinstance(document, dict):
        for value in document.values():
            yield from _texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value)


def _delimiter(first: str) -> str | None:
    """What parts the cells of a table whose first line this is; None where it is no table."""
    for delimiter in ("\t", ",", ";"):
        cells = next(csv.reader(first.splitlines()[:1], delimiter=delimiter), [])
        if len(cells) < 2 or _WITHIN.search(cells[0]) or _STATEMENT.match(first):
            continue
        if all(_TITLE.match(cell) for cell in cells) and any(_SPEAKS_SQL.search(cell) for cell in cells):
            return delimiter
        if first.count('"') > 1 and any(_texts_in(cell) for cell in cells):
            return delimiter
    return None


def _texts_in(cell: str) -> bool:
    return bool(_STATEMENT.match(cell) or _after_prefix(cell))


def _of_table(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    csv.field_size_limit(max(csv.field_size_limit(), _WIDEST))
    rows = csv.reader((line if line.endswith("\n") else line + "\n" for line in lines), delimiter=delimiter)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue
        for cell in row:
            if _STATEMENT.match(cell):
                yield cell
            elif not _PARAMETERS.match(cell) and (found := _after_prefix(cell)):
                yield found


def _of_plain(lines: Iterable[str]) -> Iterator[str]:
    rows = (line.rstrip("\r\n") for line in lines)
    peeked = [row for row in islice(rows, _PEEKED) if row.strip()]
    whole = sum(1 for row in peeked if _WITHIN.search(row) and not _HEADLESS.match(row))
    each = whole >= 0.9 * len(peeked)
    entry: list[str] = []
    for text in chain(peeked, rows):
        ended = bool(entry) and entry[-1].rstrip().endswith(";") and _STATEMENT.match(text)
        if (
            _ENTRY.match(text)
            or ended
            or (each and not (entry and _HEADLESS.match(entry[-1])) and _WITHIN.search(text))
        ):
            yield from _entry(entry)
            entry = []
        entry.append(text)
    yield from _entry(entry)


def _entry(lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    text = "\n".join(lines)
    if _PARAMETERS.search(lines[0]) and not re.search(r"(?i)statement:|execute\s", lines[0]):
        return
    if _STATEMENT.match(text):
        yield text
    elif found := _after_prefix(text):
        yield found


def _after_prefix(text: str) -> str:
    """The statement behind times, users and message words, out of the quotes it stands in; '' where there is none."""
    found = _WITHIN.search(text)
    if not found:
        return ""
    mark, statement = text[: found.start()][-1:], text[found.start() :]
    if mark in ('"', "'") and mark in statement:
        return statement[: statement.rindex(mark)].replace(mark * 2, mark).replace(f"\\{mark}", mark)
    return statement
