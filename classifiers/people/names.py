"""Are these two names the same, and how alike are they?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classifiers.people import letters
from classifiers.people.keys import NameKeys, name_keys

Level = Literal["exact", "variant", "kana", "reading", "romaji", "none"]
Why = Literal[
    "same_letters",
    "variant_letters",
    "same_kana",
    "long_vowel",
    "mixed_letters",
    "voiced_marks",
    "lost_letter",
    "dictionary_reading",
    "same_romaji",
    "romaji_of_kana",
    "romaji_of_reading",
    "nothing",
]
LEVELS: tuple[Level, ...] = ("exact", "variant", "kana", "reading", "romaji", "none")
"""Best first."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How well two names agree.

    `reading` means: the same only by sound, by letters people mix up, or but for a lost letter. It is no proof, and
    neither is `romaji`, which many names share.
    """

    level: Level
    why: Why

    def __bool__(self) -> bool:
        return self.level != "none"

    @property
    def rank(self) -> int:
        """0 for exact … 5 for none."""
        return LEVELS.index(self.level)


NO_MATCH = NameMatch("none", "nothing")


def compare_names(one: str, other: str) -> NameMatch:
    """How well two spellings agree; the same answer whichever comes first.

    >>> compare_names("髙橋　太郎 様", "高橋太郎").level, compare_names("タカハシ タロウ", "ﾀｶﾊｼﾀﾛｳ").level
    ('variant', 'exact')
    >>> compare_names("Taro OHNO", "オオノ タロウ").level, compare_names("田中太郎", "田中太朗").level
    ('romaji', 'reading')
    >>> compare_names("荻原 祐", "萩原 祐").level
    'none'
    """
    return compare_keys(name_keys(one), name_keys(other))


def compare_keys(one: NameKeys, other: NameKeys) -> NameMatch:
    """`compare_names` for names whose keys are there already."""
    if not one.parts or not other.parts:
        return NO_MATCH
    if one.lost or other.lost:
        agree = any(letters.same_but_lost(left, right) for left in one.mixed for right in other.mixed)
        return NameMatch("reading", "lost_letter") if agree else NO_MATCH
    if one.plain & other.plain:
        return NameMatch("exact", "same_letters")
    if one.folded & other.folded:
        return NameMatch("variant", "variant_letters")
    if one.kana & other.kana:
        return NameMatch("kana", "same_kana")
    if one.short & other.short:
        return NameMatch("reading", "long_vowel")
    if one.mixed & other.mixed:
        return NameMatch("reading", "mixed_letters")
    if one.unvoiced & other.unvoiced:
        return NameMatch("reading", "voiced_marks")
    if one.sounds & (other.sounds | other.short) or one.short & other.sounds:
        return NameMatch("reading", "dictionary_reading")
    return _compare_latin(one, other)


def _compare_latin(one: NameKeys, other: NameKeys) -> NameMatch:
    if one.latin & other.latin:
        return NameMatch("romaji", "same_romaji")
    if one.latin & other.latin_of_kana or one.latin_of_kana & other.latin:
        return NameMatch("romaji", "romaji_of_kana")
    if one.latin & other.latin_of_reading or one.latin_of_reading & other.latin:
        return NameMatch("romaji", "romaji_of_reading")
    return NO_MATCH
