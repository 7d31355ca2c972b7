"""Are these two names the same? A ladder of keys, from the letters as written to how they sound in romaji."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import Literal

from classifiers.people import kana, letters, romaji
from classifiers.people.readings import readings, splits

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

_TITLES = (
    *("様", "さま", "さん", "殿", "先生", "氏", "君", "くん", "ちゃん", "御中"),
    *("弁護士", "弁理士", "税理士", "司法書士", "行政書士", "社会保険労務士", "公認会計士", "中小企業診断士"),
    *("土地家屋調査士", "医師", "教授", "准教授", "社長", "専務", "常務", "取締役", "部長", "課長", "係長", "主任"),
)
_TITLE_BEHIND = re.compile(rf"(?<=..)[ 　]*(?:{'|'.join(sorted(_TITLES, key=len, reverse=True))})$")
_POLITE_BEHIND = re.compile("(?<=.)(?:様|さま|さん|殿|先生)$")
"""All that is taken from a second part of two letters: 昭君 and 正氏 are given names."""
_TITLE_AHEAD = re.compile(rf"[ 　]*(?:サマ|{'|'.join(_TITLES)})")
_TITLE_WORDS = frozenset((*_TITLES, "mr", "mrs", "ms", "miss", "dr", "prof", "esq"))
_BRACKETS = re.compile(r"[(\[〔【「][^)\]〕】」]*[)\]〕】」]")
_MOST_PARTS = 4
"""Parts of a name whose order is left open; longer ones are compared as they stand and sorted."""


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


@dataclass(frozen=True)
class NameKeys:
    """A name's keys. They are personal values: they live for one comparison or one look-up and are never stored."""

    parts: tuple[str, ...] = field(repr=False)
    """Prepared parts of the name, titles and brackets left out."""

    @cached_property
    def lost(self) -> bool:
        """Whether a letter of the name was lost: it then matches any letter, and proves nothing."""
        return any(map(letters.has_lost, self.parts))

    @cached_property
    def orders(self) -> frozenset[tuple[str, ...]]:
        """The parts in every order: family name first, or last."""
        if 1 < len(self.parts) <= _MOST_PARTS:
            return frozenset(permutations(self.parts))
        if len(self.parts) == 1:
            pairs = splits(letters.fold_variants(self.parts[0]))
            cuts = {len(pair[0]) for pair in pairs}
            name = self.parts[0]
            # 々 opened keeps the length, so a cut of the folded name is one of the name
            return frozenset({self.parts, *((name[cut:], name[:cut]) for cut in cuts)})
        return frozenset({self.parts, tuple(sorted(self.parts))})

    @cached_property
    def plain(self) -> frozenset[str]:
        """K1: as written."""
        return frozenset("".join(order) for order in self.orders)

    @cached_property
    def folded(self) -> frozenset[str]:
        """K2: variants of a letter made one."""
        return frozenset("".join(map(letters.fold_variants, order)) for order in self.orders)

    @cached_property
    def kana(self) -> frozenset[str]:
        """K3: K2 with its kana folded."""
        return frozenset(map(kana.fold_kana, self.folded))

    @cached_property
    def short(self) -> frozenset[str]:
        """K3 without long vowels."""
        return frozenset(map(kana.shorten, self.kana))

    @cached_property
    def mixed(self) -> frozenset[str]:
        """K3 without long vowels, with letters that people mix up made one."""
        return frozenset(map(letters.fold_mixed, self.short))

    @cached_property
    def unvoiced(self) -> frozenset[str]:
        """The key before, without voiced marks."""
        return frozenset(map(kana.unvoice, self.mixed))

    @cached_property
    def read(self) -> frozenset[tuple[str, str]]:
        """What a dictionary knows the name to be read as; nothing for names that are not kanji."""
        folded = tuple(map(letters.fold_variants, self.parts))
        pairs = set(permutations(folded)) if len(folded) == 2 else set(splits("".join(folded)))
        return frozenset(reading for pair in pairs for reading in readings(pair))

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Short kana keys of the dictionary's readings, both orders."""
        return frozenset(
            kana.shorten(kana.fold_kana("".join(order))) for pair in self.read for order in permutations(pair)
        )

    @cached_property
    def latin(self) -> frozenset[str]:
        """K4 of a name in Latin letters; nothing for others."""
        if not all(map(romaji.is_latin, self.parts)):
            return frozenset()
        return frozenset(romaji.fold_romaji("".join(map(romaji.fold_romaji, order))) for order in self.orders)

    @cached_property
    def latin_of_kana(self) -> frozenset[str]:
        """K4 of a name in kana; nothing for others."""
        if not all(map(kana.is_kana, self.parts)):
            return frozenset()
        return frozenset(map(_latin, self.orders))

    @cached_property
    def latin_of_reading(self) -> frozenset[str]:
        """K4 of the dictionary's readings."""
        return frozenset(_latin(order) for pair in self.read for order in permutations(pair))


def name_keys(name: str) -> NameKeys:
    """A name's keys, from any spelling of it: kanji, kana or romaji, titles and remarks in brackets left out."""
    bare = _BRACKETS.sub(" ", letters.prepare(name))
    parts = letters.tokens(bare) or letters.tokens(name)
    named = tuple(part for part in parts if part not in _TITLE_WORDS) or parts
    last = _TITLE_BEHIND.sub("", named[-1]) if named else ""
    if len(named) > 1:
        last = _POLITE_BEHIND.sub("", last)
    return NameKeys((*named[:-1], last) if last else named)


def opens_with_title(text: str) -> bool:
    """Whether a prepared text begins with a title, as what follows a name may.

    >>> opens_with_title("様より"), opens_with_title("郎様")
    (True, False)
    """
    return _TITLE_AHEAD.match(text) is not None


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


def best(matches: Iterable[NameMatch]) -> NameMatch:
    """The best of them; `none` where there are none."""
    return min(matches, key=lambda match: match.rank, default=NO_MATCH)


def _compare_latin(one: NameKeys, other: NameKeys) -> NameMatch:
    if one.latin & other.latin:
        return NameMatch("romaji", "same_romaji")
    if one.latin & other.latin_of_kana or one.latin_of_kana & other.latin:
        return NameMatch("romaji", "romaji_of_kana")
    if one.latin & other.latin_of_reading or one.latin_of_reading & other.latin:
        return NameMatch("romaji", "romaji_of_reading")
    return NO_MATCH


def _latin(parts: Iterable[str]) -> str:
    return romaji.fold_romaji("".join(map(romaji.spell, parts)))
