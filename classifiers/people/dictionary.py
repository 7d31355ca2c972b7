"""The dictionary of names: `japanese-personal-name-dataset`, 2,000 surnames that some 80 % of the people bear, and
given names, each with readings. Variant letters, kana and romaji are folded on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from japanese_personal_name_dataset import load_dataset

from classifiers.people.kana import fold_kana
from classifiers.people.letters import fold_variants
from classifiers.people.romaji import fold_romaji


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Surnames and given names, each in the ways that they are written."""

    surnames: Mapping[str, frozenset[str]]
    """Kanji with variants folded → readings in hiragana."""
    given: Mapping[str, frozenset[str]]
    surname_kana: frozenset[str]
    """Folded katakana."""
    given_kana: frozenset[str]
    surname_romaji: frozenset[str]
    """Folded romaji."""
    given_romaji: frozenset[str]


@cache
def dictionary() -> Dictionary:
    """The dictionary, read once."""
    men, women, last = load_dataset(include_last_names=True)
    given = [(kanji, sound) for names in (men, women) for sound, row in names.items() for kanji in row["kanji"]]
    return Dictionary(
        _readings((kanji, row["reading"]) for kanji, row in last.items()),
        _readings(given),
        frozenset(fold_kana(row["reading"]) for row in last.values()),
        frozenset(fold_kana(sound) for sound in (*men, *women)),
        frozenset(fold_romaji(row["en"].lower()) for row in last.values()),
        frozenset(fold_romaji(row["en"].lower()) for names in (men, women) for row in names.values()),
    )


def _readings(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    readings: dict[str, set[str]] = {}
    for kanji, sound in pairs:
        readings.setdefault(fold_variants(kanji), set()).add(sound)
    return {kanji: frozenset(sounds) for kanji, sounds in readings.items()}


def is_surname(word: str) -> bool:
    """Whether one of the 2,000 surnames of the dictionary, in kanji.

    >>> is_surname("髙橋"), is_surname("渡邊"), is_surname("佐々木"), is_surname("株式")
    (True, True, True, False)
    """
    return fold_variants(word) in dictionary().surnames


def is_given(word: str) -> bool:
    """Whether a given name of the dictionary, in kanji."""
    return fold_variants(word) in dictionary().given


def is_kana_given(word: str) -> bool:
    """Whether a given name of the dictionary, in kana."""
    return fold_kana(word) in dictionary().given_kana


def is_romaji_surname(word: str) -> bool:
    """Whether a Latin word spells one of the dictionary's surnames."""
    return fold_romaji(word.lower()) in dictionary().surname_romaji


def is_romaji_given(word: str) -> bool:
    """Whether a Latin word spells one of the dictionary's given names."""
    return fold_romaji(word.lower()) in dictionary().given_romaji
