"""A name's spellings as one regular expression: to find where it may stand, in cells and in running text.

The expression reads prepared text (NFKC, small letters) and is understood by RE2 and by Python alike, so that it runs
over whole columns at once. It finds more than it should: what it found is compared by `compare_names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.people import kana, letters, romaji
from classifiers.people.keys import NameKeys

_BETWEEN = f"[{letters.SEPARATORS}{letters.SELECTORS}]*"
_BETWEEN_LATIN = f"[{letters.SEPARATORS}_・-]*"
_DASHES = "ー‐‑‒–—―−-"
_SOUNDS = {
    big: "".join(dict.fromkeys(big + other))
    for big, other in (
        *zip("アイウエオツヤユヨワカケ", "ァィゥェォッャュョヮヵヶ", strict=True),
        *zip("カキクケコサシスセソタチツテト", "ガギグゲゴザジズゼゾダヂヅデド", strict=True),
        *zip("ハヒフヘホ", ("バパ", "ビピ", "ブプヴ", "ベペ", "ボポ"), strict=True),
    )
}
_SOUNDS["カ"] += "ヵ"
_SOUNDS["ケ"] += "ヶ"
_SOUNDS["ツ"] += "ッ"
_SOUNDS["オ"] += "ヲ"
_SOUNDS["エ"] += "ヱ"
_SOUNDS["イ"] += "ヰ"
_SOUNDS["シ"] += "ヂ"
_SOUNDS["ス"] += "ヅ"
_V = {"ハ": "ァ", "ヒ": "ィ", "フ": "", "ヘ": "ェ", "ホ": "ォ"}
_LONG = f"[{_DASHES}ウうオおゥォヲを]*"

_UNITS = {
    "sha": "s[hy]a",
    "shu": "s[hy]u",
    "sho": "s[hy]o",
    "shi": "sh?i",
    "cha": "[ct][hy]a",
    "chu": "[ct][hy]u",
    "cho": "[ct][hy]o",
    "chi": "(?:ch|t)i",
    "cch": "(?:cc|tc|t|c)[hy]?",
    "tsu": "ts?u",
    "fu": "[fh]u",
    "ja": "(?:jy?|zy|dy)a",
    "ju": "(?:jy?|zy|dy)u",
    "jo": "(?:jy?|zy|dy)o",
    "ji": "[jzd]i",
    "zu": "d?z?u",
    "o": "w?o",
    "n": "[nm]",
    "r": "[rl]",
    "b": "[bv]",
}
_VOWELS = {"a": "aāâà", "i": "iīî", "u": "uūû", "e": "eēê", "o": "oōôuh"}
_UNIT = re.compile("|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + "|.")


def pattern(name: NameKeys) -> str:
    """An expression, without groups that capture, that matches the name in whatever spelling its letters allow.

    >>> from classifiers.people.keys import name_keys
    >>> bool(re.search(pattern(name_keys("高橋 花子")), letters.prepare("担当は髙橋　花子様")))
    True
    >>> bool(re.search(pattern(name_keys("ショウコ")), "しようこ"))
    True
    >>> bool(re.search(pattern(name_keys("大野 一")), "太野一"))
    False
    """
    return "|".join(dict.fromkeys(_alternatives(name)))


def _alternatives(name: NameKeys) -> Iterator[str]:
    for order in sorted(name.orders):
        yield _in_japanese("".join(order)) if not _all_latin(order) else _in_latin(map(romaji.fold_romaji, order))
        if all(map(kana.is_kana, order)):
            yield _in_latin(map(romaji.spell, order))


def _all_latin(order: tuple[str, ...]) -> bool:
    return all(map(romaji.is_latin, order))


def _in_japanese(text: str) -> str:
    folded = kana.shorten(kana.fold_kana(letters.fold_variants(text)))
    return _BETWEEN.join(map(_letter, folded))


def _letter(letter: str) -> str:
    if not kana.is_kana(letter):
        # 佐佐木 is written 佐々木
        return f"[{_class(letters.spelt(letter))}々{letters.LOST}]"
    plain = kana.unvoice(letter)
    sounds = _SOUNDS.get(plain, plain)
    spelt = "".join(dict.fromkeys(sounds + "".join(map(_hiragana, sounds))))
    one = f"[{spelt}{letters.LOST}][\u3099\u309a]?"
    if plain in _V:
        one = f"(?:{one}|[ヴゔ][{_V[plain]}{_hiragana(_V[plain])}]?)" if _V[plain] else f"(?:{one}|[ヴゔ])"
    return one + _LONG


def _hiragana(katakana: str) -> str:
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in katakana)


def _class(text: str) -> str:
    return "".join(f"\\{letter}" if letter in r"\]^-[" else letter for letter in text)


def _in_latin(words: Iterator[str]) -> str:
    return _BETWEEN_LATIN.join("['’`-]?".join(map(_unit, _UNIT.findall(word))) for word in words)


def _unit(unit: str) -> str:
    spelt = _UNITS.get(unit, re.escape(unit))
    vowel = _VOWELS.get(unit[-1])
    return f"{spelt[:-1]}[{vowel}]+" if vowel else f"{spelt}"
