"""What a free text holds in a table or a list: the cells under a header, the entries under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DELIMITERS = ",;|"
_DELIMITED = re.compile(rf"[{_DELIMITERS}][^\n]*")
"""A line from its first delimiter on."""
_AROUND = " \"'()[]|"
_REACH = 400
_LINES = 200


def headed(text: str, start: int, heading: re.Pattern[str]) -> bool:
    """Whether a heading's word stands in the lines before: `マイナンバー一覧` above names with numbers."""
    return heading.search(text, max(0, start - _REACH), start) is not None


def cells(text: str, label: re.Pattern[str], value: re.Pattern[str], *, fewest: int = 1) -> Iterator[tuple[int, int]]:
    """The cells of comma, semicolon and pipe tables, and of SQL's values, under a header cell that is a label.

    `fewest`: delimiters that a header has at least; a label that starts sentences, too, asks for more.

    >>> text = "社員番号,氏名\\nE104,鰐淵\\nE105,雲母"
    >>> [text[start:end] for start, end in cells(text, re.compile("社員番号"), re.compile("[A-Z]?[0-9]+"))]
    ['E104', 'E105']
    """
    for line in _DELIMITED.finditer(text) if "\n" in text else ():
        end = line.end()
        header = text[text.rfind("\n", 0, end) + 1 : end]
        delimiter = max(_DELIMITERS, key=header.count)
        count = header.count(delimiter)
        if count < fewest:
            continue
        for column, cell in enumerate(header.split(delimiter)):
            # A sentence with a comma in it is no header: the label fills its cell.
            if label.fullmatch(_stripped(cell.rpartition("(")[2].partition(")")[0])):
                yield from _below(text, end, delimiter, max(count - 1, column), column, value)


def _below(
    text: str, end: int, delimiter: str, fewest: int, column: int, value: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """The cells of a column in the lines below the one that ends there, which have so many delimiters at least."""
    for _ in range(_LINES):
        begin, end = end + 1, _line_end(text, end + 1)
        if begin > len(text) or text.count(delimiter, begin, end) < fewest:
            return
        at = begin
        for _ in range(column):
            at = text.index(delimiter, at) + 1
        stop = text.find(delimiter, at, end)
        cell = text[at : stop if stop >= 0 else end]
        at += len(cell) - len(cell.lstrip(_AROUND))
        if (found := _stripped(cell)) and value.fullmatch(found):
            yield at, at + len(found)


def entries(text: str, heading: re.Pattern[str], entry: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What matches `entry` at the beginning of the lines below a heading, down to an empty line."""
    for match in heading.finditer(text):
        end = _line_end(text, match.end())
        for _ in range(_LINES):
            begin, end = end + 1, _line_end(text, end + 1)
            if begin >= end:
                break
            if found := entry.match(text, begin, end):
                yield found


def _stripped(cell: str) -> str:
    return cell.strip(_AROUND)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
