"""Names of persons in a text that are written in kana or romaji: Sudachi knows few of them, the dictionary does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from classifiers.names.scripts import kana_kind, romaji_kind
from classifiers.people.dictionary import is_kana_given, is_romaji_given, is_romaji_surname
from classifiers.tags import Mention
from classifiers.texts.reasons import person
from classifiers.texts.words import NAMED, Words
from classifiers.vocabulary import entity_words

_LETTER, _CAPITAL = "A-Za-zÀ-ÖØ-öø-ž", "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_CAPITAL}][{_LETTER}'’-]+"
_LATIN_PAIR = re.compile(rf"(?<![{_LETTER}0-9@./_-])({_WORD}),? {{1,2}}({_WORD})(?: ({_WORD}))?(?![{_LETTER}0-9@_])")
_LATIN_LISTED = re.compile(rf" ?[;,&、] ?({_WORD} {_WORD})(?![{_LETTER}0-9@_])")
_HONOURED = re.compile(r" ?(?:様|さん|氏|さま|殿)|-san")
_LATIN_ONE = re.compile(
    rf"(?<![{_LETTER}@./_-])(?:(?:Mr|Ms|Mrs|Dr|Miss)\.? ?({_WORD})"
    rf"|([{_LETTER}][{_LETTER}'-]+)(?= ?(?:様|さん|氏|さま|殿)|-san))"
)
_SYLLABLES = re.compile(
    r"(?:(?:[kgsztdnhbpmr]y|sh|ch|ts|j|[kgsztdnhbpmyrwf])?(?:[aiueo]|[aou]h)|n(?![aiueoy])|tt|kk|pp|ss|t(?=ch)|m(?=[bmp]))+",
    re.IGNORECASE,
)
_KANA_RUN = re.compile(r"[ァ-ヴー]{2,}")
_HIRAGANA_NAME = re.compile(r"(?<![ぁ-ん])([ぁ-んー]{2,7}) ([ぁ-んー]{2,6})")
_HIRAGANA_RUN = re.compile(r"(?<![ぁ-ん一-龥ァ-ヶ])[ぁ-ん]{4,9}(?![ぁ-ん一-龥ァ-ヶ])")
_READING = re.compile(r" ?[(（]((?:[ァ-ヴー]{2,}(?:[ ・][ァ-ヴー]{2,})?|[ぁ-んー]{2,}(?: [ぁ-んー]{2,})?))[)）]")
_FOREIGN_KINDS = NAMED | {"unknown"}
_GLUE = re.compile("[一-龥A-Z]")
_FOREIGN = re.compile(
    r"(?<![ァ-ヴー])(?:[A-Z]\.)?[ァ-ヴー]{2,20}(?:(?:[・=]|(?<=\.)[ ・]?)(?:[A-Z]\.?|[ァ-ヴー]{1,}))+"
)


def in_kana(words: Words) -> Iterator[Mention]:
    """Full names in katakana or hiragana by the dictionary, and foreign ones joined by a middle dot."""
    text = words.text
    runs = list(_KANA_RUN.finditer(text))
    for run, following in zip_longest(runs, runs[1:]):
        if kana_kind(run[0]) == "name_kana":
            yield person(run.start(), run.end(), "text_kana_name", "name_kana")
        elif (
            following
            and following.start() == run.end() + 1
            and text[run.end()] == " "
            and _are_name(run[0], following[0])
        ):
            yield person(run.start(), following.end(), "text_kana_name", "name_kana")
    for match in _HIRAGANA_NAME.finditer(text):
        given = next((size for size in range(len(match[2]), 1, -1) if is_kana_given(match[2][:size])), 0)
        if given and match[1] not in entity_words("label") and kana_kind(f"{match[1]} {match[2][:given]}"):
            yield person(match.start(), match.start(2) + given, "text_kana_name", "name_kana")
    for match in _HIRAGANA_RUN.finditer(text):
        if kana_kind(match[0]) == "name_kana":
            yield person(*match.span(), "text_kana_name", "name_kana")
    for match in _FOREIGN.finditer(text):
        first = re.split("[・=]", match[0])[0]
        if first in entity_words("label") or first in entity_words("role"):
            continue
        goes_on = _GLUE.match(text, match.end()) and not words.marked(match.end(), "honorific", "title")
        inside = words.between(*match.span())
        strange = match[0].count("・") > 1 and all(token.kind == "unknown" for token in inside)
        if not goes_on and (strange or any(token.kind in NAMED for token in inside)):
            yield person(*match.span(), "text_foreign_name")


def _are_name(surname: str, given: str) -> bool:
    """Whether both words are names: where all is katakana, every second word sounds like somebody (レンラク アリ)."""
    return kana_kind(surname) == "surname_kana" and is_kana_given(given)


def readings(text: str, names: Iterable[Mention]) -> Iterator[Mention]:
    """Readings in brackets behind names: 上白石 凪（カミシライシ ナギ）."""
    for name in names:
        if match := _READING.match(text, name.end):
            yield person(*match.span(1), "text_kana_name", "name_kana")


def in_latin(words: Words) -> Iterator[Mention]:
    """Full names in romaji, and one name with Mr., 様 or -san."""
    text, at = words.text, 0
    while match := _LATIN_PAIR.search(text, at):
        at = match.end(1)
        first, second = match[1], match[2]
        pair = (match.start(), match.end(2))
        if match[3] is None and _HONOURED.match(text, match.end(2)):
            yield person(*pair, "text_romaji_name")
            at = match.end(2)
        elif match[3] is not None and _HONOURED.match(text, match.end(3)):
            yield person(*match.span(), "text_romaji_name")
            at = match.end(3)
        elif romaji_kind(f"{first} {second}") or _sounds_like_name(first, second):
            yield person(*pair, "text_romaji_name")
            at = match.end(2)
        else:
            continue
        while listed := _LATIN_LISTED.match(text, at):
            yield person(*listed.span(1), "text_romaji_name")
            at = listed.end()
    for match in _LATIN_ONE.finditer(text):
        group = 1 if match[1] else 2
        token = words.starting.get(match.start(group))
        named = token is not None and token.end == match.end(group) and token.kind in _FOREIGN_KINDS
        if group == 1 or named or is_romaji_surname(match[group]) or is_romaji_given(match[group]):
            yield person(*match.span(group), "text_romaji_name")


def _sounds_like_name(first: str, second: str) -> bool:
    """Whether one of two Latin words is a listed name and the other is spelled in Japanese syllables."""
    ordinary = entity_words("not_name_latin")
    if first.lower() in ordinary or second.lower() in ordinary or min(len(first), len(second)) < 3:
        return False
    if not (_SYLLABLES.fullmatch(first) and _SYLLABLES.fullmatch(second)):
        return False
    return any(is_romaji_surname(word) or (is_romaji_given(word) and len(word) > 3) for word in (first, second))
