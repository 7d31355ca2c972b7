"""What an item of a text is numbered with: 第3条, 1., (1), ①, 一, ア, イ, a., iv), 2.1 …; headings and bullets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_KANJI = "〇一二三四五六七八九"
_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ONES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a marker: its style, and which item of that style it is; 0 where the style does not count."""

    style: str
    number: int


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before an item's text."""

    text: str
    """As written, without the space after it."""
    readings: tuple[Reading, ...]
    """The ways to read it: `イ` is the second of アイウ and the first of イロハ."""
    rest: str
    """The item's text."""
    absolute: bool = False
    """It names its place in the whole text: 第3条, 2.1."""

    @property
    def counts(self) -> bool:
        """A number or a letter, no heading and no bullet."""
        return any(reading.number for reading in self.readings)


_NUMERAL = r"[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5}"
_SPACE = r"[ \t\u3000\u00a0]"
_ARTICLE = re.compile(
    rf"(第{_SPACE}*({_NUMERAL}){_SPACE}*(条|章|節|項|号|編)(?:の[0-9０-９一二三四五])?"
    rf"|(?:Article|Section|Chapter|Part|Clause){_SPACE}+([0-9]{{1,3}}|[IVX]{{1,5}}))[.．:：]?{_SPACE}*",
    re.IGNORECASE,
)
_DOTTED = re.compile(rf"([0-9０-９]{{1,2}}(?:[.．\-－‐][0-9０-９]{{1,2}})+)(?:[.．、]|{_SPACE}|(?=[^0-9０-９.,年月/]))")
_PAREN = re.compile(
    rf"[(（〔]{_SPACE}*({_NUMERAL}|[ァ-ヶｱ-ﾝ]|[a-zA-Zａ-ｚＡ-Ｚ]|[ivx]{{1,5}}){_SPACE}*[)）〕]{_SPACE}*"
)
_PLAIN = re.compile(
    rf"({_NUMERAL}|[アイウエオカキクケコサシスセソタチツテトロハニホヘリヌル]|[a-zA-Zａ-ｚＡ-Ｚ]|[ivxIVX]{{1,5}}"
    rf"|[Ⅰ-Ⅻⅰ-ⅻ])([.．)）:：]|、(?={_SPACE}|.)|{_SPACE}+(?=\S))"
)
_SINGLE = re.compile("[①-⑳㉑-㉟㊱-㊿❶-❿➀-➓⓵-⓾⑴-⒇⒈-⒛㈠-㈩]")
_HEADING = re.compile(rf"([■◆●▼◎★□◇▽○◯❖▶►]+|[#＃]{{1,4}}(?={_SPACE})){_SPACE}*")
_BULLET = re.compile(r"([・･•‣▪◦\-*–—●○◯✓✔][ \t\u3000\u00a0]*)(?=\S)")
_BRACKET = re.compile(r"[【《〈＜<\[［]([^】》〉＞>\]］]{1,40})[】》〉＞>\]］](.*)")
_LONG = 60
"""Letters (a Japanese one counts two) from which on a line with a square before it is an item, not a heading."""


def width(text: str) -> int:
    """How wide a text is set: a Japanese letter counts two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def number(numeral: str) -> int:
    """A numeral of any kind as a number.

    >>> number("３"), number("十二"), number("二十"), number("7")
    (3, 12, 20, 7)
    """
    folded = unicodedata.normalize("NFKC", numeral)
    if folded.isdecimal():
        return int(folded)
    total, digit = 0, 0
    for letter in folded:
        if letter in "十百":
            total += max(digit, 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _KANJI.index(letter)
    return total + digit


def marker(line: str) -> Marker | None:
    """What numbers a line, or marks it as a heading or a bullet; None for running text.

    >>> for found in map(marker, ["第３条（目的）", "(2) 発送", "③発送"]):
    ...     print(found.text, found.readings[0].style, found.readings[0].number, found.rest)
    第３条 article 3 （目的）
    (2) (1) 2 発送
    ③ ① 3 発送
    >>> marker("1つの会社") is None, marker("2026年4月1日") is None, marker("一般の方") is None
    (True, True, True)
    """
    text = line.strip()
    for read in (_article, _dotted, _single, _paren, _plain, _square):
        if found := read(text):
            return found
    return None


def _article(text: str) -> Marker | None:
    found = _ARTICLE.match(text)
    # 「第27条第2項の手続」 is a citation, no heading
    if not found or re.match(r"第[0-9０-９一二三四五六七八九十]+[項号条]|[のにをはがで]", text[found.end() :]):
        return None
    if found[4]:
        roman = found[4].lower()
        return Marker(found[1], (Reading("article", int(roman) if roman.isdecimal() else _roman(roman)),),
                      text[found.end():], absolute=True)  # fmt: skip
    style = "article" if found[3] in "条" else found[3]
    return Marker(found[1], (Reading(style, number(found[2])),), text[found.end() :], absolute=True)


def _dotted(text: str) -> Marker | None:
    found = _DOTTED.match(text)
    if not found or not (rest := text[found.end() :].strip()):
        return None
    parts = re.split(r"[.\-]", unicodedata.normalize("NFKC", found[1]).replace("‐", "-"))
    if any(int(part) > 60 for part in parts) or re.match(r"[0-9%％円]", rest):
        return None
    return Marker(found[1], (Reading("1" + ".1" * (len(parts) - 1), int(parts[-1])),), rest, absolute=True)


def _single(text: str) -> Marker | None:
    found = _SINGLE.match(text)
    if not found:
        return None
    folded = unicodedata.normalize("NFKC", found[0]) if found[0] not in "❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉" else ""
    digits = re.sub(r"[().]", "", folded)
    value = number(digits) if digits else 1 + "❶❷❸❹❺❻❼❽❾❿".find(found[0]) or 1 + "➀➁➂➃➄➅➆➇➈➉".find(found[0])
    style = "(1)" if "(" in folded and digits.isdecimal() else "1" if "." in folded else "①" if digits else "❶"
    style = "(一)" if digits and not digits.isdecimal() else style
    return Marker(found[0], (Reading(style, value),), text[found.end() :].strip())


def _paren(text: str) -> Marker | None:
    found = _PAREN.match(text)
    if not found:
        return None
    ways = tuple(Reading(f"({way.style})", way.number) for way in _readings(found[1]))
    return Marker(found[0].strip(), ways, text[found.end() :].strip()) if ways else None


def _plain(text: str) -> Marker | None:
    found = _PLAIN.match(text)
    if not found:
        return None
    rest = text[found.end() :].strip()
    spaced = found[2].isspace()
    sign = unicodedata.normalize("NFKC", found[2].strip())
    body = unicodedata.normalize("NFKC", found[1])
    if spaced and (
        not (body.isdecimal() or (not found[1].isascii() and len(found[1]) == 1)) or re.match(r"[0-9年月日,円]", rest)
    ):
        return None
    # a decimal point, a time, a sentence's first word
    if (
        sign in (".", ":")
        and body.isdecimal()
        and re.match(r"[0-9]", rest)
        and not text[found.end() : found.end() + 1].isspace()
    ):
        return None
    if not rest and sign not in (".", ")"):
        return None
    ways = _readings(found[1])
    style = ")" if sign == ")" else ""
    return (
        Marker(found[0].strip(" \t\u3000:："), tuple(Reading(way.style + style, way.number) for way in ways), rest)
        if ways
        else None
    )


def _square(text: str) -> Marker | None:
    if (found := _BRACKET.match(text)) and width(found[2]) <= 20:
        return Marker("", (Reading("【】", 0),), (found[1] + found[2]).strip())
    if (found := _HEADING.match(text)) and found.end() < len(text):
        rest = text[found.end() :].strip()
        item = found[1][0] in "●○◯" and (width(rest) > _LONG or rest.endswith("。"))
        if not item and width(rest) <= _LONG and not rest.endswith(("。", ".")):
            return Marker("", (Reading(found[1], 0),), rest)
    if found := _BULLET.match(text):
        return Marker("", (Reading("・", 0),), text[found.end() :].strip())
    return None


def _readings(numeral: str) -> tuple[Reading, ...]:
    folded = unicodedata.normalize("NFKC", numeral)
    if folded.isdecimal():
        return (Reading("1", int(folded)),)
    if re.fullmatch("[一二三四五六七八九十百]+", folded):
        return (Reading("一", number(folded)),)
    if len(folded) == 1 and folded in _GOJUON:
        return tuple(
            Reading(style, order.index(folded) + 1)
            for style, order in (("ア", _GOJUON), ("イロハ", _IROHA))
            if folded in order
        )
    return tuple(_latin(folded))


def _latin(folded: str) -> Iterator[Reading]:
    case = "a" if folded.islower() else "A"
    lower = folded.lower()
    if len(lower) == 1 and "a" <= lower <= "z":
        yield Reading(case, ord(lower) - 96)
    if _ROMAN.fullmatch(lower):
        yield Reading("i" if case == "a" else "I", _roman(lower))


def _roman(lower: str) -> int:
    values = [_ONES.get(letter, 0) for letter in lower]
    return sum(-value if later > value else value for value, later in zip(values, [*values[1:], 0], strict=True))


def letters_of(style: str, count: int) -> str:
    """The marker of item `count` of a list that numbers itself (`<ol type=…>`): `1.`, `a.`, `iv.`, `ア.`."""
    if style in ("a", "A"):
        made = chr(96 + (count - 1) % 26 + 1)
    elif style in ("i", "I"):
        made = "x" * (count // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[count % 10]
    elif style in ("ア", "イ"):
        order = _GOJUON if style == "ア" else _IROHA
        return order[(count - 1) % len(order)] + "."
    else:
        return f"{count}."
    return (made.upper() if style in ("A", "I") else made) + "."
