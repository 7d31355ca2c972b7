"""Names in the fields of a table or a record inside a text: JSON keys, rows below a header, values of an INSERT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.names.scripts import kana_kind
from classifiers.tags import Mention
from classifiers.texts.reasons import person
from classifiers.vocabulary import entity_words

_KEY = (
    r"(?:(?:full|last|first|family|given|middle|sur|user|customer|contact|holder|person|display|member|client|staff|employee)?"
    r"[_ -]?names?(?:[_ -]?(?:kana|kanji|ja|jp))?|(?:sei|mei|shimei|namae)(?:[_ -]?kana)?|fname|lname"
    r"|氏名|お名前|名前|姓名|(?:氏名|名前|姓|名)?(?:カナ|かな|フリガナ|ふりがな|漢字)|姓|担当者名?|代表者名?|契約者名?|顧客名|会員名|社員名|受取人|名義人?)"
)
_KEYED = re.compile(rf"[\"']{_KEY}[\"'] ?(?::|=>|=) ?[\"']([^\"'\n]{{1,40}})[\"']", re.IGNORECASE)
_BRACKETED = re.compile(r"\((?:姓|名|セイ|メイ|せい|めい)\) ?([^\W\d_]{1,12})")
"""Two boxes of a form: (姓)喜屋武 (名)ひかる."""
_MAILED = re.compile(r"(?:(?<=[:;,、]) ?|(?<![^\n])[ >]*)[\"']?([^\W\d_][^\n<>:;,、\"'()0-9@]{1,30}?)[\"']? ?<、{5,}>")
_GROUP = re.compile(
    r"[部課室係科局店社所団会校院館組]\Z|センター|窓口|事務局|サポート|チーム|担当|御中|(?i:info|support|team|sales|no-?reply|mail|service|office|group)"
)
"""A mail address's name before it: 圷 光一 <…>. The address is masked."""
_HEADING = re.compile(rf" ?[\"'`]?(?:{_KEY})(?: ?\([^()]*\))?[\"'`]? ?", re.IGNORECASE)
_INSERT = re.compile(r"\(([^()\n]+)\)\s*VALUES\s*", re.IGNORECASE)
_TUPLE = re.compile(r"\(([^()\n]*)\)\s*,?\s*")
_SEPARATORS = "\t,;|"
_FEWEST = 2
"""Separators that a line of a table has at least."""
_NAME = re.compile(r"[^\W\d_][^\d@:/\\{}\[\]()<>=、]{0,38}")


def in_fields(text: str) -> Iterator[Mention]:
    """Every value of a field that is headed as a person's name."""
    for match in _KEYED.finditer(text):
        yield from _value(text, *match.span(1))
    for match in _BRACKETED.finditer(text):
        yield from _value(text, *match.span(1))
    if "<、" in text:
        for match in _MAILED.finditer(text):
            if not _GROUP.search(match[1]):
                yield from _value(text, *match.span(1))
    if any(mark in text for mark in _SEPARATORS):
        yield from _in_rows(text)
        for match in _INSERT.finditer(text):
            at = match.end()
            held = _headed(match[1].split(","))
            while held and (row := _TUPLE.match(text, at)):
                yield from _cells(text, row.start(1), row[1], ",", held)
                at = row.end()


def _in_rows(text: str) -> Iterator[Mention]:
    at, separator, count = 0, "", 0
    held: list[int] = []
    for line in text.split("\n"):
        mark = max(_SEPARATORS, key=line.count)
        if held and line.count(separator) == count:
            yield from _cells(text, at, line, separator, held)
        elif line.count(mark) >= _FEWEST and (found := _headed(line.split(mark))):
            separator, count, held = mark, line.count(mark), found
        elif line.strip():
            held = []
        at += len(line) + 1


def _headed(cells: list[str]) -> list[int]:
    return [number for number, cell in enumerate(cells) if _HEADING.fullmatch(cell)]


def _cells(text: str, at: int, line: str, separator: str, held: list[int]) -> Iterator[Mention]:
    for number, cell in enumerate(line.split(separator)):
        if number in held:
            bare = cell.strip(" \"'")
            start = at + cell.find(bare) if bare else at
            yield from _value(text, start, start + len(bare))
        at += len(cell) + 1


def _value(text: str, start: int, end: int) -> Iterator[Mention]:
    value = text[start:end]
    if _NAME.fullmatch(value) and value not in entity_words("not_person") and not _HEADING.fullmatch(value):
        trimmed = len(value) - len(value.lstrip())
        yield person(start + trimmed, start + len(value.rstrip()), "text_label", kana_kind(value) or "name")
