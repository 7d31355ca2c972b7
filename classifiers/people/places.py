"""Addresses split into levels and compared level by level: prefecture, municipality, town, number, building, room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from classifiers.addresses.gazetteer import listed
from classifiers.people.letters import fold_variants, prepare
from classifiers.people.numerals import digits_of_place

AddressLevel = Literal["room", "building", "number", "town", "city", "none"]
ADDRESS_LEVELS: tuple[AddressLevel, ...] = ("room", "building", "number", "town", "city", "none")
"""Best first: equal down to that level. From `number` on it is strong, `town` is weak, `city` says nothing."""

_POSTCODE = re.compile("^(?:〒|郵便番号)?[ :]*[0-9]{3}-?[0-9]{4}(?![0-9-])")
_DASHES = re.compile("[‐‑‒–—―−ー](?=[0-9])|(?<=[0-9])[‐‑‒–—―−ー]")
_COUNTERS = re.compile(r"(?<=[0-9])(?:丁目|番地ノ?|番|号室|号|ノ(?=[0-9]))")
_SECTIONS = re.compile("大字|字(?=[^0-9])")
_OF_PLACES = str.maketrans({"ヶ": "ケ", "が": "ケ", "ガ": "ケ", "箇": "ケ", "の": "ノ", "之": "ノ", "乃": "ノ"})
# 北1条西1丁目: the street's number is part of the town's name in Hokkaidō
_NUMBER = re.compile("[0-9]+(?![0-9]*(?:条|線))(?:-+[0-9]+)*-*")
_ROOM = re.compile("([0-9]{1,4})[a-z]?$")


@dataclass(frozen=True, slots=True)
class Address:
    """An address by levels, folded: '' where a level is not in the text."""

    prefecture: str = field(repr=False)
    city: str = field(repr=False)
    town: str = field(repr=False)
    number: tuple[str, ...] = field(repr=False)
    """Chōme, block, house: `1丁目2番3号` and `1-2-3` are the same."""
    building: str = field(repr=False)
    room: str = field(repr=False)


def address(text: str) -> Address:
    """An address split into its levels, the prefecture filled in where only one has the municipality.

    >>> one = address("〒105-0011 港区芝公園四丁目2番8号 芝ハイツ301号室")
    >>> one.prefecture, one.city, one.town, one.number, one.building, one.room
    ('東京都', '港区', '芝公園', ('4', '2', '8'), '芝ハイツ', '301')
    """
    rest = _fold(text)
    prefecture = next((name for name in _municipalities().prefectures if rest.startswith(name)), "")
    rest = rest.removeprefix(prefecture)
    city = _city(rest)
    rest = rest.removeprefix(city)
    if city and not prefecture and len(of := _municipalities().cities[city]) == 1:
        (prefecture,) = of
    found = _NUMBER.search(rest)
    if not found:
        return Address(prefecture, _short(city), rest, (), "", "")
    numbers = tuple(str(int(part)) for part in found[0].split("-") if part)
    building, room = rest[found.end() :].strip("-"), ""
    if last := _ROOM.search(building):
        building, room = building[: last.start()], last[1]
    elif len(numbers) > 3:
        *first, room = numbers
        numbers = tuple(first)
    return Address(prefecture, _short(city), rest[: found.start()], numbers, building, room)


def compare_addresses(one: Address, other: Address) -> AddressLevel:
    """The deepest level down to which two addresses are equal.

    >>> compare_addresses(address("東京都港区芝公園4-2-8"), address("港区芝公園４丁目２番８号"))
    'number'
    >>> compare_addresses(address("千葉県龍ヶ崎町1-2"), address("千葉県市川市八幡1-2"))
    'none'
    """
    if one.prefecture != other.prefecture and one.prefecture and other.prefecture:
        return "none"
    if not one.city or one.city != other.city:
        return "none"
    if one.town != other.town or not (one.town or one.number):
        return "city"
    if not one.number or one.number != other.number:
        return "town" if one.town else "city"
    if one.room and one.room == other.room:
        return "room"
    return "building" if one.building and one.building == other.building and one.room == other.room else "number"


def is_of_a_place(text: str, start: int, end: int) -> bool:
    """Whether letters of a prepared text are a part of a longer name of a prefecture or municipality.

    >>> is_of_a_place("北海道への配送", 0, 2), is_of_a_place("北海と申します", 0, 2)
    (True, False)
    """
    known, folded = _municipalities(), fold_variants(text)
    return any(
        word in known.prefectures or word in known.cities
        for left in range(max(0, end - known.longest), start + 1)
        for right in range(end, min(len(text), left + known.longest) + 1)
        if right - left > end - start and (word := folded[left:right])
    )


def _fold(text: str) -> str:
    folded = digits_of_place(fold_variants(prepare(text).strip()))
    folded = _POSTCODE.sub("", _DASHES.sub("-", folded)).translate(_OF_PLACES)
    return _SECTIONS.sub("", re.sub(r"[\s,、]", "", _COUNTERS.sub("-", _spaced(folded))))


def _spaced(folded: str) -> str:
    # 1-2-3 405 is a room behind a house number, not a longer number
    return re.sub(r"(?<=[0-9])\s+(?=[0-9])", "-", folded)


@dataclass(frozen=True, slots=True)
class _Municipalities:
    prefectures: tuple[str, ...]
    cities: Mapping[str, frozenset[str]]
    longest: int


@cache
def _municipalities() -> _Municipalities:
    pairs = {(prefecture, city) for prefecture, city, _ in listed()}
    cities: dict[str, set[str]] = {}
    for prefecture, city in pairs:
        folded = _place(city)
        for name in {folded, _short(folded)}:
            cities.setdefault(name, set()).add(_place(prefecture))
    return _Municipalities(
        tuple(sorted({_place(prefecture) for prefecture, _ in pairs})),
        {name: frozenset(of) for name, of in cities.items()},
        max(map(len, cities)),
    )


def _place(name: str) -> str:
    return fold_variants(prepare(name)).translate(_OF_PLACES)


def _short(city: str) -> str:
    """A town or village without its district (郡), which is often left out."""
    return re.sub("^[^市区]+?郡(?=.+[町村]$)", "", city)


def _city(rest: str) -> str:
    known = _municipalities()
    return next((rest[:end] for end in range(known.longest, 1, -1) if rest[:end] in known.cities), "")
