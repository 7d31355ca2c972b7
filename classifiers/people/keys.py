"""A name's keys: a ladder from the letters as written to how they sound in romaji."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

from classifiers.people import kana, letters, romaji
from classifiers.people.readings import readings, splits

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
    def divided(self) -> frozenset[tuple[str, str]]:
        """Surname and given name: as the space parts them, else every way that the dictionary knows."""
        if len(self.parts) == 2:
            return frozenset({(self.parts[0], self.parts[1])})
        if len(self.parts) != 1:
            return frozenset()
        [name] = self.parts
        # 々 opened and variants folded keep the length: a cut of the folded name is one of the name
        cuts = {len(surname) for surname, _ in splits(letters.fold_variants(name))}
        return frozenset((name[:cut], name[cut:]) for cut in cuts)

    @cached_property
    def orders(self) -> frozenset[tuple[str, ...]]:
        """The parts in every order: family name first, or last."""
        if 1 < len(self.parts) <= _MOST_PARTS:
            return frozenset(permutations(self.parts))
        if len(self.parts) == 1:
            return frozenset({self.parts, *((given, surname) for surname, given in self.divided)})
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


def _latin(parts: Iterable[str]) -> str:
    return romaji.fold_romaji("".join(map(romaji.spell, parts)))
