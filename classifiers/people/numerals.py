"""Kanji numerals made digits, only before the counters they count: 四日市 and 三田 are names."""

from __future__ import annotations

import re

_ONES = {letter: value for value, letter in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[〇零一二三四五六七八九十百千壱弐参]+"
_IN_DATES = re.compile(f"{_NUMERAL}(?=年|月|日)")
_IN_PLACES = re.compile(f"{_NUMERAL}(?=丁目|番|号|条|線)")


def digits_of_date(text: str) -> str:
    """The text with the kanji numerals of a date as digits.

    >>> digits_of_date("昭和五十五年一月二十日")
    '昭和55年1月20日'
    """
    return _IN_DATES.sub(lambda found: str(_value(found[0])), text)


def digits_of_place(text: str) -> str:
    """The text with the kanji numerals of an address as digits.

    >>> digits_of_place("四日市市三田二丁目十番地")
    '四日市市三田2丁目10番地'
    """
    return _IN_PLACES.sub(lambda found: str(_value(found[0])), text)


def _value(numeral: str) -> int:
    if not any(letter in _UNITS for letter in numeral):
        return int("".join(str(_ONES[letter]) for letter in numeral))
    total = pending = 0
    for letter in numeral:
        if letter in _UNITS:
            total += (pending or 1) * _UNITS[letter]
            pending = 0
        else:
            pending = _ONES[letter]
    return total + pending
