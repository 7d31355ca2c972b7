"""The statements' texts in an exported query log: a table, JSON lines, or a plain file as databases write it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, dropwhile, islice
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
# How databases begin an entry: a time, a process id in brackets, MySQL's `# Time:` and what it says at every start.
_ENTRY = re.compile(
    r"\s*[\[(<\"']?(?:[0-9]{4}[-/年][0-9]{1,2}[-/月][0-9]{1,2}|[0-9]{1,2}[-/](?:[0-9]{1,2}|[A-Za-z]{3})[-/][0-9]{2,4}|"
    r"[A-Z][a-z]{2} +[0-9]{1,2} [0-9]{2}:|[0-9]{6} +[0-9]{1,2}:[0-9]{2}|[0-9]{10,13}\b|[IWEFD][0-9]{4} )|"
    r"# (?:Time|User@Host|Query_time)|\S*mysqld\S*, Version:|Tcp port: |Time +Id +Command"
)
_PARAMETERS = re.compile(
    r"(?i)(?:^|\s)(?:DETAIL|CONTEXT|HINT|LOCATION|STATEMENT PARAMETERS|parameters|bind(?:s| variables)?)\s*[:=]"
)
_HEADLESS = re.compile(r"(?i)\s*insert\s+into\s+\S+\s*(?:\([^()]*\))?\s*\Z")
_TITLE = re.compile(r"[^/:;'\"\\=]{1,40}\Z")
_SPEAKS_SQL = re.compile(r"(?i)quer|sql|statement|command|message|argument|request|text|クエリ|文|コマンド")
_PEEKED = 50
"""Lines that tell what a log is: a table, lines that are each a statement, or a server's own."""
_WIDEST = 16_000_000
"""Characters that a table's cell may have."""

Entry = tuple[int, str]
"""The line that an entry begins on, from 1 on, and its text."""


def entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The statements' texts, in order; a server's prefixes, users and parameters left out."""
    rows = dropwhile(lambda row: not row[1].strip(), enumerate(lines, start=1))
    head = list(islice(rows, _PEEKED))
    peeked = [text for _, text in head]
    rest = chain(head, rows)
    if peeked and peeked[0].lstrip("\ufeff").strip().startswith(("{", "[{")):
        yield from _of_json(rest)
    elif (delimiter := _delimiter(peeked)) is not None:
        yield from _of_table(rest, delimiter)
    else:
        yield from _of_plain(rest)


def _of_json(rows: Iterable[Entry]) -> Iterator[Entry]:
    for number, line in rows:
        try:
            document = json.loads(line.strip().rstrip(",").lstrip("\ufeff[").removesuffix("]") or "null")
        except (ValueError, RecursionError):
            if _WITHIN.search(line):
                yield from _of_plain([(number, line)])
            continue
        yield from ((number, text) for text in _texts(document))


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


def _delimiter(peeked: Sequence[str]) -> str | None:
    """What parts the cells of a table that begins with these lines; None where it is no table."""
    first = peeked[0].lstrip("\ufeff").strip() if peeked else ""
    for delimiter in ("\t", ",", ";"):
        cells = next(_rows(first.splitlines()[:1], delimiter), [])
        if len(cells) < 2 or _WITHIN.search(cells[0]) or _STATEMENT.match(first):
            continue
        if all(_TITLE.match(cell) for cell in cells) and any(_SPEAKS_SQL.search(cell) for cell in cells):
            return delimiter
        if first.count('"') > 1 and any(_texts_in(cell) for cell in cells):
            return delimiter
        if _is_even(peeked, delimiter):
            return delimiter
    return None


def _is_even(lines: Sequence[str], delimiter: str) -> bool:
    """Whether lines are a table without a heading: every row quoted as CSV is, and as wide as the others. A server's
    first lines seldom are statements."""
    if not any(f'{delimiter}"' in line for line in lines):
        return False
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    widths: list[int] = []
    try:
        widths += (len(row) for row in rows if row)
    except csv.Error:
        # the last row may go on behind the lines that were looked at
        if rows.line_num < len(lines):
            return False
    return len(widths) > 1 and len(set(widths)) == 1


def _texts_in(cell: str) -> bool:
    return bool(_STATEMENT.match(cell) or _after_prefix(cell))


def _of_table(lines: Iterable[Entry], delimiter: str) -> Iterator[Entry]:
    number = 0

    def numbered() -> Iterator[str]:
        nonlocal number
        for number, line in lines:  # noqa: B007 which line the reader stands on
            yield line if line.endswith("\n") else line + "\n"

    rows = _rows(numbered(), delimiter)
    ended = 0
    for row in rows:
        begins, ended = ended + 1, number
        for cell in row:
            if _STATEMENT.match(cell):
                yield begins, cell
            elif not _PARAMETERS.match(cell) and (found := _after_prefix(cell)):
                yield begins, found


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """The rows of a table; one that is none, or whose cells are too wide, is left out."""
    csv.field_size_limit(max(csv.field_size_limit(), _WIDEST))
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue


def _of_plain(lines: Iterable[Entry]) -> Iterator[Entry]:
    rows = ((number, line.rstrip("\r\n")) for number, line in lines)
    peeked = [row for row in islice(rows, _PEEKED) if row[1].strip()]
    whole = sum(1 for _, text in peeked if _WITHIN.search(text) and not _HEADLESS.match(text))
    each = whole >= 0.9 * len(peeked)
    begins = 0
    entry: list[str] = []
    for number, text in chain(peeked, rows):
        ended = bool(entry) and entry[-1].rstrip().endswith(";") and _STATEMENT.match(text)
        if (
            _ENTRY.match(text)
            or ended
            or (each and not (entry and _HEADLESS.match(entry[-1])) and _WITHIN.search(text))
        ):
            yield from _entry(begins, entry)
            entry = []
        begins = begins if entry else number
        entry.append(text)
    yield from _entry(begins, entry)


def _entry(begins: int, lines: list[str]) -> Iterator[Entry]:
    if not lines:
        return
    text = "\n".join(lines)
    if _PARAMETERS.search(lines[0]) and not re.search(r"(?i)statement:|execute\s", lines[0]):
        return
    if _STATEMENT.match(text):
        yield begins, text
    elif found := _after_prefix(text):
        yield begins, found


def _after_prefix(text: str) -> str:
    """The statement behind times, users and message words, out of the quotes it stands in; '' where there is none."""
    found = _WITHIN.search(text)
    if not found:
        return ""
    mark, statement = text[: found.start()][-1:], text[found.start() :]
    if mark in ('"', "'") and mark in statement:
        return statement[: statement.rindex(mark)].replace(mark * 2, mark).replace(f"\\{mark}", mark)
    return statement
