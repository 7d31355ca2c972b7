"""Romaji of names: one key for Hepburn, Kunrei, passport and everyday spellings.

Hepburn is the official scheme (内閣告示, 2025-12-22); passports leave long vowels out and write M before B, M and P.
Different kanji share a romaji, and 小野 shares its own with 大野: a romaji match is always a weak one.
"""

from __future__ import annotations

import re
import unicodedata

import jaconv

_LATIN = re.compile(r"[a-z]+(?:['’`-][a-z]+)*")
_MARKS = re.compile("['’`-]")
_FOLDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("l", "r"),
        ("v", "b"),
        ("dzu|du", "zu"),
        ("(?:tch|tc)(?=[aiueo])", "cch"),
        ("[dz]i", "ji"),
        ("(?:zy|jy|dy)(?=[auo])", "j"),
        ("si", "shi"),
        ("sy(?=[auo])", "sh"),
        ("ti", "chi"),
        ("[tc]y(?=[auo])", "ch"),
        ("tu", "tsu"),
        ("(?<![csp])hu", "fu"),
        ("wo(?![aiueo])", "o"),
        ("m(?=[bmp])", "n"),
    )
)
_LONG = (re.compile("o(?:u|o|h(?![aiueoy]))+"), re.compile("uu+"))


def is_latin(text: str) -> bool:
    """Whether a prepared token is a word of Latin letters, macrons allowed."""
    return _LATIN.fullmatch(_unmarked(text)) is not None


def fold_romaji(token: str) -> str:
    """One prepared word of a name in romaji, folded over the schemes.

    >>> fold_romaji("ōno") == fold_romaji("ohno") == fold_romaji("oono") == fold_romaji("ono")
    True
    >>> fold_romaji("syouiti"), fold_romaji("shimbashi"), fold_romaji("jun'ichi"), fold_romaji("hatchobori")
    ('shoichi', 'shinbashi', 'junichi', 'hacchobori')
    """
    folded = _MARKS.sub("", _unmarked(token))
    for pattern, sound in _FOLDS:
        folded = pattern.sub(sound, folded)
    for pattern in _LONG:
        folded = pattern.sub(lambda found: found[0][0], folded)
    return folded


def spell(kana: str) -> str:
    """A prepared kana word in folded romaji.

    >>> spell("オオノ"), spell("しょういち"), spell("イチロー")
    ('ono', 'shoichi', 'ichiro')
    """
    hiragana: str = jaconv.kata2hira(kana)
    romaji: str = jaconv.kana2alphabet(hiragana.replace("ー", ""))
    return fold_romaji(romaji)


def _unmarked(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
