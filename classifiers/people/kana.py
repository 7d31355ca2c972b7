"""Kana of names: one key for each of the ways the same reading is written.

Bank files and old systems have big kana only (キヨウコ for キョウコ), half-width kana, or no long-vowel mark.
"""

from __future__ import annotations

import re

import jaconv

_BIG = str.maketrans("ァィゥェォッャュョヮヵヶヂヅヲヱヰ", "アイウエオツヤユヨワカケジズオエイ")
_HIRAGANA = {code: ord(jaconv.hira2kata(chr(code))) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_KATAKANA = {code: _BIG.get(katakana, katakana) for code, katakana in _HIRAGANA.items()} | _BIG
"""Small and hiragana letters to big katakana, in one pass: this runs on every word of every text."""
_SMALL_V = str.maketrans("ぁぃぇぉ", "ァィェォ")
_V_ROW = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))
_UNVOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダデドバビブベボパピプペポ", "カキクケコサシスセソタテトハヒフヘホハヒフヘホ"
)
_O_ROW = "オコソトノホモヨロゴゾドボポ"
_LONG = re.compile(f"ー|(?<=[{_O_ROW}])[ウオ]")
_KANA = re.compile("[\u3041-\u3096\u309d\u309e\u30a1-\u30fe]+")


def is_kana(text: str) -> bool:
    """Whether a prepared text is kana alone."""
    return _KANA.fullmatch(text) is not None


def fold_kana(text: str) -> str:
    """A prepared text with its kana made big katakana, ヂヅヲヱヰヴ as they sound. Voiced marks stay.

    >>> fold_kana("きょうこ") == fold_kana("キヨウコ"), fold_kana("ヤマサキ") == fold_kana("ヤマザキ")
    (True, False)
    """
    if text.isascii():
        return text
    if "ヴ" in text or "ゔ" in text:
        text = text.replace("ゔ", "ヴ").translate(_SMALL_V)
        for written, sound in _V_ROW:
            text = text.replace(written, sound)
    return text.translate(_KATAKANA)


def shorten(kana: str) -> str:
    """Folded kana without its long vowels: to find by, オオノ, オウノ and オーノ being written for one another.

    >>> shorten("オオノ") == shorten("オーノ") == shorten("オノ"), shorten("シヨウコ")
    (True, 'シヨコ')
    """
    while (shorter := _LONG.sub("", kana)) != kana:
        kana = shorter
    return kana


def unvoice(kana: str) -> str:
    """Folded kana without voiced marks: ヤマサキ and ヤマザキ are different readings that one bearer may be given.

    >>> unvoice("ヤマザキ")
    'ヤマサキ'
    """
    return kana.translate(_UNVOICED)
