"""Invented people: who they are, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import jaconv
import yaml

from benchmarks.corpus.labels import Split
from benchmarks.corpus.word_lists import document

_FOREIGN, _ASIAN, _TAIL, _VARIANT = 0.02, 0.015, 0.16, 0.035
"""Shares of foreign names in katakana, of Chinese and Korean ones in kanji, of rare surnames, of old letters."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in every spelling. Readings in katakana; Latin without long vowels."""

    surname: str
    given: str
    surname_kana: str
    given_kana: str
    surname_latin: str
    given_latin: str
    gender: str
    """`m` or `f`."""
    foreign: bool = False
    """Written in katakana, its parts with ・ between them, given name first."""


def draw(random: Random, split: Split) -> Name:
    """One name; rare surnames and given names are another half of the lists in each split."""
    gender = random.choice("mf")
    fate = random.random()
    if fate < _FOREIGN:
        katakana, latin, gender = random.choice(_half(split, "foreign")).split("|")
        given_kana, _, surname_kana = katakana.rpartition("・")
        given_latin, _, surname_latin = latin.rpartition(" ")
        return Name(surname_kana, given_kana, surname_kana, given_kana, surname_latin, given_latin, gender, True)
    if fate < _FOREIGN + _ASIAN:
        kanji, reading, latin, gender = random.choice(_half(split, "asian")).split("|")
        surname_kana, given_kana = reading.split(" ")
        surname_latin, given_latin = latin.split(" ")
        return Name(kanji[0], kanji[1:], surname_kana, given_kana, surname_latin, given_latin.title(), gender)
    if fate < _FOREIGN + _ASIAN + _TAIL:
        surname, surname_kana = random.choice(_rare(split))
    else:
        ((surname, surname_kana),) = random.choices(_pairs("surnames"), cum_weights=_surname_weights())
    own = random.random() < 0.75
    given, given_kana = random.choice(_pairs(_GIVEN[gender]) if own else _gimei(split, gender))
    if random.random() < _VARIANT:
        surname = _old(surname, random)
    return Name(surname, given, surname_kana, given_kana, romaji(surname_kana), romaji(given_kana), gender)


def romaji(kana: str) -> str:
    """Hepburn as in a passport: サトウ → Sato, ジュンコ → Junko, ショウヘイ → Shohei."""
    text = str(jaconv.kana2alphabet(jaconv.kata2hira(kana)))
    for long, short in (("ou", "o"), ("oo", "o"), ("uu", "u")):
        text = text.replace(long, short)
    return text.replace("-", "").capitalize()


_GIVEN = {"m": "given_male", "f": "given_female"}


@cache
def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    lines = document("names")[name]
    return tuple((pair.split(" ")[0], pair.split(" ")[1]) for line in lines for pair in line.split(","))


@cache
def _surname_weights() -> tuple[float, ...]:
    """The first surnames are the most common: about one over the square root of the rank."""
    return tuple(accumulate((rank + 2) ** -0.6 for rank in range(len(_pairs("surnames")))))


def _mine(split: Split, word: str) -> bool:
    return crc32(word.encode()) % 2 == (split == "test")


@cache
def _half(split: Split, name: str) -> tuple[str, ...]:
    return tuple(row for row in document("names")[name] if _mine(split, row))


@cache
def _rare(split: Split) -> tuple[tuple[str, str], ...]:
    common = {surname for surname, _ in _pairs("surnames")}
    others = [(kanji, kana) for kanji, _, kana in _gimei_document()["last_name"] if kanji not in common]
    return tuple(pair for pair in [*_pairs("rare"), *others] if _mine(split, pair[0]))


@cache
def _gimei(split: Split, gender: str) -> tuple[tuple[str, str], ...]:
    rows = _gimei_document()["first_name"]["male" if gender == "m" else "female"]
    return tuple((kanji, kana) for kanji, _, kana in rows if _mine(split, kanji))


@cache
def _gimei_document() -> Any:
    # found, not imported: importing it reads all of its lists with a slow loader
    found = find_spec("gimei")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("the benchmark's names need gimei: install the extra 'dev'")
    path = Path(found.submodule_search_locations[0], "data", "names.yml")
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _old(surname: str, random: Random) -> str:
    variants = document("names")["variants"]
    return "".join(random.choice(variants[letter]) if letter in variants else letter for letter in surname)
