"""Names of persons in a text that are written in kana or romaji: Sudachi knows few of them, the dictionary does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifiers import nlp
from classifiers.names.scripts import kana_kind, romaji_kind
from classifiers.people.dictionary import is_kana_given, is_romaji_given, is_romaji_surname
from classifiers.tags import Mention
from classifiers.texts.name_marks import person
from classifiers.texts.spans import within

_LATIN_PAIR = re.compile(r"(?<![A-Za-z@./_-])([A-Z][A-Za-z'’-]+),? {1,2}([A-Z][A-Za-z'’-]+)(?![A-Za-z@_])")
_LATIN_ONE = re.compile(
    r"(?<![A-Za-z@./_-])(?:(?:Mr|Ms|Mrs|Dr)\.? ?([A-Z][A-Za-z'-]+)"
    r"|([A-Za-z][A-Za-z'-]+)(?= ?(?:様|さん|氏|さま|殿)|-san))"
)
_KANA_RUN = re.compile(r"[ァ-ヴー]{2,}(?:[ ・][ァ-ヴー]{2,})?")
_HIRAGANA_NAME = re.compile(r"(?<![ぁ-ん])([ぁ-んー]{2,7}) ([ぁ-んー]{2,6})")
_HIRAGANA_RUN = re.compile(r"(?<![ぁ-ん一-龥ァ-ヶ])[ぁ-ん]{4,9}(?![ぁ-ん一-龥ァ-ヶ])")
_FOREIGN = re.compile(r"(?<![ァ-ヴー])[ァ-ヴー]{2,20}(?:[・=][ァ-ヴーA-Z.]{1,})+")


def in_kana(text: str, tokens: Sequence[nlp.Token]) -> Iterator[Mention]:
    """Full names in katakana or hiragana by the dictionary, and foreign ones joined by a middle dot."""
    named = [token.start for token in tokens if token.kind in ("surname", "given", "person")]
    for match in _KANA_RUN.finditer(text):
        if kana_kind(match[0]) == "name_kana":
            yield person(*match.span(), "text_kana_name", "name_kana")
    for match in _HIRAGANA_NAME.finditer(text):
        given = next((size for size in range(len(match[2]), 1, -1) if is_kana_given(match[2][:size])), 0)
        if given and kana_kind(f"{match[1]} {match[2][:given]}"):
            yield person(match.start(), match.start(2) + given, "text_kana_name", "name_kana")
    for match in _HIRAGANA_RUN.finditer(text):
        if kana_kind(match[0]) == "name_kana":
            yield person(*match.span(), "text_kana_name", "name_kana")
    for match in _FOREIGN.finditer(text):
        if named[within(named, *match.span())]:
            yield person(*match.span(), "text_foreign_name")


def in_latin(text: str) -> Iterator[Mention]:
    """Full names in romaji, and one name with Mr., 様 or -san."""
    for match in _LATIN_PAIR.finditer(text):
        if romaji_kind(f"{match[1]} {match[2]}"):
            yield person(*match.span(), "text_romaji_name")
    for match in _LATIN_ONE.finditer(text):
        group = 1 if match[1] else 2
        if is_romaji_surname(match[group]) or is_romaji_given(match[group]):
            yield person(*match.span(group), "text_romaji_name")
