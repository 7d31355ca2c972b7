"""Names in the fields of a table or a record inside a text: JSON keys, rows below a header, values of an INSERT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.listed import cells
from classifiers.names.scripts import kana_kind
from classifiers.tags import Mention
from classifiers.texts.reasons import person
from classifiers.texts.words import Words
from classifiers.vocabulary import entity_words

_KEY = (
    r"(?:(?:full|last|first|family|given|middle|sur|user|customer|contact|holder|person|display|member|client|staff|employee)?"
    r"[_ -]?names?(?:[_ -]?(?:kana|kanji|ja|jp))?|(?:sei|mei|shimei|namae)(?:[_ -]?kana)?|fname|lname"
    r"|氏名|お名前|名前|姓名|(?:氏名|名前|姓|名)?(?:カナ|かな|フリガナ|ふりがな|漢字)|姓|担当者名?|代表者名?|契約者名?|顧客名|会員名|社員名|受取人|名義人?)"
)
_KEYED = re.compile(rf"[\"']{_KEY}[\"'] ?(?::|=>|=) ?[\"']([^\"'\n]{{1,40}})[\"']", re.IGNORECASE)
_BRACKETED = re.compile(r"\((?:姓|名|セイ|メイ|せい|めい)\) ?([^\W\d_]{1,12})")
"""Two boxes of a form: (姓)喜屋武 (名)ひかる."""
_MAILED = re.compile(r"(?:(?<=[:;,、]) ?|(?<![^\n])[ >]*)[\"']?([^\W\d_][^\n<>:;,、\"'()0-9@]{1,30}?)[\"']? ?<、、>")
"""A mail address's name before it: 圷 光一 <…>. The address is masked."""
_GROUP = re.compile(
    r"[部課室係科局店社所団会校院館組]\Z|センター|窓口|事務局|サポート|チーム|担当|御中|(?i:info|support|team|sales|no-?reply|mail|service|office|group)"
)
_HEADING = re.compile(_KEY, re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d@:/\\{}\[\]()<>=、]{0,38}")


def in_fields(words: Words) -> Iterator[Mention]:
    """Every value of a field that is headed as a person's name."""
    text = words.text
    for match in _KEYED.finditer(text) if '"' in text or "'" in text else ():
        yield from _value(text, *match.span(1))
    for match in _BRACKETED.finditer(text) if "(" in text else ():
        yield from _value(text, *match.span(1))
    if "<、" in text:
        for match in _MAILED.finditer(text):
            if not _GROUP.search(match[1]):
                yield from _value(text, *match.span(1))
    for span in cells(text, _HEADING, _NAME, fewest=2):
        yield from _value(text, *span)


def _value(text: str, start: int, end: int) -> Iterator[Mention]:
    value = text[start:end]
    if _NAME.fullmatch(value) and value not in entity_words("not_person") and not _HEADING.fullmatch(value):
        trimmed = len(value) - len(value.lstrip())
        yield person(start + trimmed, start + len(value.rstrip()), "text_label", kana_kind(value) or "name")
