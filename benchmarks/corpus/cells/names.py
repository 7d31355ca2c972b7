"""Names of persons, in the spellings that columns and texts have."""

from __future__ import annotations

from collections.abc import Callable

import jaconv

from benchmarks.corpus.cells import Cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.people import draw
from benchmarks.corpus.who import Who

_GAPS = ("", "", " ", "　")


def full(who: Who, pen: Pen) -> str:
    """山田太郎, 山田 太郎; マイケル・ジョンソン."""
    name = who.name
    if name.foreign:
        return f"{name.given}・{name.surname}" if pen.chance(0.8) else f"{name.surname} {name.given}"
    return name.surname + pen.usual(_GAPS) + name.given


def _spaced(who: Who, _pen: Pen) -> str:
    name = who.name
    return f"{name.given}・{name.surname}" if name.foreign else f"{name.surname}　{name.given}"


def kana(who: Who, pen: Pen) -> str:
    """ヤマダ タロウ in katakana, hiragana or half width; a foreign name by its katakana."""
    name = who.name
    return _scripted(name.surname_kana + pen.usual((" ", "", "　")) + name.given_kana, pen)


def _scripted(text: str, pen: Pen) -> str:
    scripts: tuple[Callable[[str], str], ...] = (str, str, jaconv.kata2hira, jaconv.z2h)
    return pen.usual(scripts)(text)


def _holder(who: Who, pen: Pen) -> str:
    name = who.name
    text = f"{name.surname_kana}{pen.usual((' ', ' ', ''))}{name.given_kana}"
    # banks know no small kana
    text = text.translate(str.maketrans("ァィゥェォャュョッ", "アイウエオヤユヨツ"))
    return text if pen.usual((False, False, True)) else str(jaconv.z2h(text, kana=True, ascii=True))


def _romaji(who: Who, pen: Pen) -> str:
    name = who.name
    return pen.usual(
        (
            f"{name.given_latin} {name.surname_latin}",
            f"{name.surname_latin.upper()} {name.given_latin.upper()}",
            f"{name.surname_latin} {name.given_latin}",
            f"{name.surname_latin.upper()}, {name.given_latin}",
        )
    )


def _other_full(who: Who, pen: Pen) -> str:
    return full(who.other, pen)


def _former(who: Who, _pen: Pen) -> str:
    return draw(who.random, who.split).surname


def _surname_reading(who: Who, pen: Pen) -> str:
    return _scripted(who.name.surname_kana, pen)


def _given_reading(who: Who, pen: Pen) -> str:
    return _scripted(who.name.given_kana, pen)


CELLS = {
    "full": Cell("name", full),
    "full_spaced": Cell("name", _spaced),
    "surname": Cell("surname", lambda who, _pen: who.name.surname, ("name",)),
    "given": Cell("given_name", lambda who, _pen: who.name.given, ("name",)),
    "other_full": Cell("name", _other_full),
    "other_surname": Cell("surname", lambda who, _pen: who.other.name.surname, ("name",)),
    "former": Cell("former_name", _former, ("surname",)),
    "romaji": Cell("name_romaji", _romaji, ("name",)),
    "surname_latin": Cell("surname", lambda who, _pen: who.name.surname_latin, ("name_romaji",)),
    "given_latin": Cell("given_name", lambda who, _pen: who.name.given_latin, ("name_romaji",)),
    "kana": Cell("name_kana", kana),
    "surname_kana": Cell("surname_kana", _surname_reading, ("name_kana",)),
    "given_kana": Cell("given_name_kana", _given_reading, ("name_kana",)),
    "holder": Cell("bank_account_holder", _holder, ("name_kana",)),
}
