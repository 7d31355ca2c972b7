"""Names of Japanese persons: is a string a full name, a surname, a given name, in kanji, kana or romaji?

By the dictionary of names and Sudachi's 姓/名. Half of the surnames are places too, and a column of places must not
become one of surnames: that is judged over many values (`name_shares`), never over one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from classifiers import addresses, nlp, organisations
from classifiers.name_lookup import dictionary, fold_romaji, unify
from classifiers.normalize import fold
from classifiers.people.kana import fold_kana

NameKind = Literal[
    "name",
    "surname",
    "given_name",
    "name_kana",
    "surname_kana",
    "given_name_kana",
    "name_romaji",
    "company_name",
]
KINDS: tuple[NameKind, ...] = (
    "name", "surname", "given_name", "name_kana", "surname_kana", "given_name_kana", "name_romaji", "company_name",
)  # fmt: skip

_KANJI = re.compile(r"[一-龥々〆ヶケノぁ-んァ-ヴー]+")
_LONGEST_KANA = 24
_KANA = re.compile(r"[ぁ-んァ-ヴー]+(?:[ ・･,、　]+[ぁ-んァ-ヴー]+)*")
_LATIN = re.compile(r"[A-Za-z'’.-]+")
_JOIN = re.compile(r"[ ・･,、　]+")
_HONORIFIC = re.compile(r"(?:様|さま|さん|殿|氏|先生)$")


def kana_kind(text: str) -> NameKind | None:
    """What a string of kana alone is; parts of a full name may be joined or apart.

    >>> kana_kind("ヤマダ タロウ"), kana_kind("やまだたろう"), kana_kind("ヤマダ"), kana_kind("サーバー")
    ('name_kana', 'name_kana', 'surname_kana', None)
    """
    names = dictionary()
    if len(text) > _LONGEST_KANA or not _KANA.fullmatch(text):
        return None
    parts = _JOIN.split(fold_kana(text).strip())
    if len(parts) == 2:
        surname, given = parts
        known = (surname in names.surname_kana) + (given in names.given_kana)
        return "name_kana" if known == 2 or (known and min(len(surname), len(given)) > 1) else None
    if len(parts) > 2:
        return None
    whole = parts[0]
    if whole in names.surname_kana:
        return "surname_kana"
    if whole in names.given_kana:
        return "given_name_kana"
    splits = ((whole[:size], whole[size:]) for size in range(2, len(whole) - 1))
    found = any(surname in names.surname_kana and given in names.given_kana for surname, given in splits)
    return "name_kana" if found else None


def romaji_kind(text: str) -> NameKind | None:
    """`name_romaji` where Latin words are a surname and a given name, in either order, or with one initial.

    >>> romaji_kind("YAMADA Taro"), romaji_kind("Taroh Yamada"), romaji_kind("Data Center")
    ('name_romaji', 'name_romaji', None)
    """
    words = [word for word in re.split(r"[ ,_.]+", text.strip()) if word]
    if len(words) != 2 or not all(_LATIN.fullmatch(word) for word in words):
        return None
    names = dictionary()
    first, second = map(fold_romaji, words)
    for surname, given in ((first, second), (second, first)):
        if surname in names.surname_romaji and given in names.given_romaji:
            return "name_romaji"
    return None


def _kanji_kinds(values: Sequence[str]) -> list[NameKind | None]:
    """Kinds of strings with kanji in them, by dictionary and Sudachi."""
    joined = [unify(_JOIN.sub("", value)) for value in values]
    return [
        _kanji_kind(value, whole, tokens)
        for value, whole, tokens in zip(values, joined, nlp.nouns(joined), strict=True)
    ]


def _kanji_kind(value: str, whole: str, tokens: list[nlp.Token]) -> NameKind | None:
    names = dictionary()
    if not 1 <= len(whole) <= 10 or not _KANJI.fullmatch(whole):
        return None
    kinds = [token.kind for token in tokens]
    covered = sum(token.end - token.start for token in tokens) == len(whole)
    if kinds == ["surname", "given"] and covered:
        return "name"
    parts = [unify(part) for part in _JOIN.split(value)]
    if len(parts) == 2:
        return "name" if _is_pair(parts[0], parts[1], certain=False) else None
    if len(parts) > 2:
        return None
    if whole in names.surnames or (kinds == ["surname"] and covered):
        return "surname"
    if whole in names.given or (kinds == ["given"] and covered):
        return "given_name"
    if any(token.kind in ("noun", "place") and token.end - token.start > 1 and token.start > 0 for token in tokens):
        return None
    pairs = ((whole[:size], whole[size:]) for size in range(1, min(5, len(whole))))
    return "name" if any(_is_pair(surname, given, certain=True) for surname, given in pairs) else None


def _is_pair(surname: str, given: str, *, certain: bool) -> bool:
    """Whether a surname and a given name. Apart, one known part is enough; joined, the surname must be known."""
    names = dictionary()
    if surname in names.surnames:
        return given in names.given or (len(given) <= 4 and (not certain or len(surname) > 1 < len(given) <= 3))
    return not certain and given in names.given and len(surname) <= 5


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
    places = addresses.places()
    placed = sum(unify(fold(value)) in places for value in values) / len(values)
    if placed > 0.8 * shares["surname"]:
        shares["surname"] = 0.0
    if placed > 0.5:
        shares["given_name"] = 0.0
    return shares
