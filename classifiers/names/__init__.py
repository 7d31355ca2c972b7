"""Names of Japanese persons: is a string a full name, a surname, a given name, in kanji, kana or romaji?

By the dictionary of names and Sudachi's 姓/名. Half of the surnames are places too, and a column of places must not
become one of surnames: that is judged over many values (`name_shares`), never over one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from classifiers import nlp, organisations
from classifiers.addresses.gazetteer import places
from classifiers.names.scripts import PARTS, NameKind, kana_kind, romaji_kind
from classifiers.normalize import fold
from classifiers.people.dictionary import is_given, is_surname
from classifiers.people.letters import unify

KINDS: tuple[NameKind, ...] = (
    "name", "surname", "given_name", "name_kana", "surname_kana", "given_name_kana", "name_romaji", "company_name",
)  # fmt: skip

_KANJI = re.compile(r"[一-龥々〆ヶケノぁ-んァ-ヴー]+")
_HONORIFIC = re.compile(r"(?:様|さま|さん|殿|氏|先生)$")


def kinds(values: Iterable[str]) -> list[NameKind | None]:
    """What kind of name each value is, None where it is none; a value is a whole cell, folded or not."""
    folded = [_HONORIFIC.sub("", fold(value)) for value in values]
    found: list[NameKind | None] = [None] * len(folded)
    kanji: list[int] = []
    for number, value in enumerate(folded):
        if not value or len(value) > 60:
            continue
        if organisations.is_organisation(value):
            found[number] = "company_name"
        elif value.isascii():
            found[number] = romaji_kind(value)
        elif (kana := kana_kind(value)) is not None:
            found[number] = kana
        elif not any(character.isascii() and character != " " for character in value):
            kanji.append(number)
    for number, kind in zip(kanji, _kanji_kinds([folded[number] for number in kanji]), strict=True):
        found[number] = kind
    return found


def name_shares(values: Sequence[str]) -> dict[NameKind, float]:
    """Shares (0..1) of distinct values that look like each kind of name.

    Where about as many values are places as are surnames or given names, the values are places: those shares are 0.

    >>> shares = name_shares(["札幌", "仙台", "松本", "山口", "長崎", "名古屋", "横浜"])
    >>> shares["surname"], shares["name"]
    (0.0, 0.0)
    >>> name_shares(["山田 太郎", "佐藤花子", "髙橋　健一"])["name"]
    1.0
    """
    if not values:
        return dict.fromkeys(KINDS, 0.0)
    counts = Counter(kind for kind in kinds(values) if kind)
    shares = {kind: counts[kind] / len(values) for kind in KINDS}
    known = places()
    placed = sum(unify(fold(value)) in known for value in values) / len(values)
    if placed > 0.8 * shares["surname"]:
        shares["surname"] = 0.0
    if placed > 0.5:
        shares["given_name"] = 0.0
    return shares


def _kanji_kinds(values: Sequence[str]) -> list[NameKind | None]:
    """Kinds of strings with kanji in them, by dictionary and Sudachi."""
    joined = [unify(PARTS.sub("", value)) for value in values]
    return [
        _kanji_kind(value, whole, tokens)
        for value, whole, tokens in zip(values, joined, nlp.nouns(joined), strict=True)
    ]


def _kanji_kind(value: str, whole: str, tokens: list[nlp.Token]) -> NameKind | None:
    if not 1 <= len(whole) <= 10 or not _KANJI.fullmatch(whole):
        return None
    kinds = [token.kind for token in tokens]
    covered = sum(token.end - token.start for token in tokens) == len(whole)
    if kinds == ["surname", "given"] and covered:
        return "name"
    parts = PARTS.split(value)
    if len(parts) == 2:
        return "name" if _is_pair(parts[0], parts[1], certain=False) else None
    if len(parts) > 2:
        return None
    if is_surname(whole) or (kinds == ["surname"] and covered):
        return "surname"
    if is_given(whole) or (kinds == ["given"] and covered):
        return "given_name"
    if any(token.kind in ("noun", "place") and token.end - token.start > 1 and token.start > 0 for token in tokens):
        return None
    pairs = ((whole[:size], whole[size:]) for size in range(1, min(5, len(whole))))
    return "name" if any(_is_pair(surname, given, certain=True) for surname, given in pairs) else None


def _is_pair(surname: str, given: str, *, certain: bool) -> bool:
    """Whether a surname and a given name. Apart, one known part is enough; joined, the surname must be known."""
    if is_surname(surname):
        return is_given(given) or (len(given) <= 4 and (not certain or len(surname) > 1 < len(given) <= 3))
    return not certain and is_given(given) and len(surname) <= 5
