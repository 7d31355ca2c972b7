"""The dictionary of names: `japanese-personal-name-dataset`, 2,000 surnames that some 80 % of the people bear, and
given names, each with readings. Variant letters, kana and romaji are folded on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from classifiers.people import letters, romaji
from classifiers.people.kana import fold_kana


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Surnames and given names: kanji with variants folded, folded katakana, folded romaji."""

    surnames: frozenset[str]
    given: frozenset[str]
    surname_kana: frozenset[str]
    given_kana: frozenset[str]
    surname_romaji: frozenset[str]
    given_romaji: frozenset[str]


@cache
def dictionary() -> Dictionary:
    """The dictionary, read once."""
    from japanese_personal_name_dataset import load_dataset

    men, women, last = load_dataset(include_last_names=True)
    surnames = frozenset(unify(name) for name in last)
    readings = {*men, *women}
    return Dictionary(
        surnames,
        frozenset(unify(kanji) for names in (men, women) for row in names.values() for kanji in row["kanji"]),
        frozenset(fold_kana(row["reading"]) for row in last.values()),
        frozenset(map(fold_kana, readings)),
        frozenset(fold_romaji(row["en"]) for row in last.values()),
        frozenset(fold_romaji(row["en"]) for names in (men, women) for row in names.values()),
    )


@cache
def _variants() -> dict[int, str]:
    return {ord(letter): group.id for group in letters.variant_groups() for letter in group.letters}


def unify(text: str) -> str:
    """Variant letters of names folded to the dictionaries' (髙→高, 邊→辺), length kept.

    >>> unify("髙橋・渡邊・佐々木")
    '高橋・渡辺・佐々木'
    """
    return text.translate(_variants())


def fold_romaji(word: str) -> str:
    """One spelling for what Hepburn, Kunrei and passports write differently: `Ōno`, `Ono`, `Oono`, `Ohno`."""
    return romaji.fold_romaji(word.lower())


def is_surname(word: str) -> bool:
    """Whether one of the 2,000 surnames of the dictionary, variant letters folded."""
    return unify(word) in dictionary().surnames


def is_given(word: str) -> bool:
    """Whether a given name of the dictionary, in kanji, variant letters folded."""
    return unify(word) in dictionary().given


def is_kana_given(word: str) -> bool:
    """Whether a given name of the dictionary, in kana."""
    return fold_kana(word) in dictionary().given_kana


def is_romaji_surname(word: str) -> bool:
    """Whether a Latin word spells one of the dictionary's surnames."""
    return fold_romaji(word) in dictionary().surname_romaji


def is_romaji_given(word: str) -> bool:
    """Whether a Latin word spells one of the dictionary's given names."""
    return fold_romaji(word) in dictionary().given_romaji
