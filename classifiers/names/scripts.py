"""Names in one script: what a string of kana, or of Latin words, is by the dictionary of names alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from classifiers.people.dictionary import dictionary
from classifiers.people.kana import fold_kana
from classifiers.people.romaji import fold_romaji

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

_LONGEST_KANA = 24
_KANA = re.compile(r"[ぁ-んァ-ヴー]+(?:[ ・･,、　]+[ぁ-んァ-ヴー]+)*")
_LATIN = re.compile(r"[A-Za-z'’.-]+")
PARTS = re.compile(r"[ ・･,、　]+")
"""What stands between the parts of a name."""


@lru_cache(maxsize=100_000)
def kana_kind(text: str) -> NameKind | None:
    """What a string of kana alone is; parts of a full name may be joined or apart.

    >>> kana_kind("ヤマダ タロウ"), kana_kind("やまだたろう"), kana_kind("ヤマダ"), kana_kind("サーバー")
    ('name_kana', 'name_kana', 'surname_kana', None)
    """
    known = dictionary()
    if len(text) > _LONGEST_KANA or not _KANA.fullmatch(text):
        return None
    parts = PARTS.split(fold_kana(text).strip())
    if len(parts) == 2:
        surname, given = parts
        sides = (surname in known.surname_kana) + (given in known.given_kana)
        return "name_kana" if sides == 2 or (sides and min(len(surname), len(given)) > 1) else None
    if len(parts) > 2:
        return None
    whole = parts[0]
    if whole in known.surname_kana:
        return "surname_kana"
    if whole in known.given_kana:
        return "given_name_kana"
    splits = ((whole[:size], whole[size:]) for size in range(2, len(whole) - 1))
    found = any(surname in known.surname_kana and given in known.given_kana for surname, given in splits)
    return "name_kana" if found else None


def romaji_kind(text: str) -> NameKind | None:
    """`name_romaji` where Latin words are a surname and a given name, in either order, or with one initial.

    >>> romaji_kind("YAMADA Taro"), romaji_kind("Taroh Yamada"), romaji_kind("Data Center")
    ('name_romaji', 'name_romaji', None)
    """
    words = [word for word in re.split(r"[ ,_.]+", text.strip()) if word]
    if len(words) != 2 or not all(_LATIN.fullmatch(word) for word in words):
        return None
    known = dictionary()
    first, second = (fold_romaji(word.lower()) for word in words)
    for surname, given in ((first, second), (second, first)):
        if surname in known.surname_romaji and given in known.given_romaji:
            return "name_romaji"
    return None
