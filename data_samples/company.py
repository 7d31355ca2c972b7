"""What the writers of all stores draw from: the cast, the trade's rows and sentences, and how many rows there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from data_samples.people import Cast, Person

TODAY = date(2026, 11, 23)
"""The day on which the stores were exported."""


@cache
def _rows(name: str) -> dict[str, Any]:
    document = yaml.safe_load(files("data_samples.rows").joinpath(f"{name}.yml").read_text(encoding="utf-8"))
    return dict(document)


@dataclass(frozen=True, slots=True)
class Company:
    """The fictional company at one seed and scale."""

    cast: Cast
    scale: float = 1.0

    def numbers(self, count: int) -> range:
        """Row numbers 1 … `count` × scale, at least one."""
        return range(1, max(1, round(count * self.scale)) + 1)

    def members(self, role: str, count: int, ages: tuple[int, int] = (20, 78)) -> Iterator[tuple[int, Person]]:
        """`count` × scale people of a role, numbered from 1."""
        for number in self.numbers(count):
            yield number, self.cast.person(role, number, ages)

    def customer(self, number: int) -> Person:
        """Customer `number`; every fortieth is one of the listed lawyers, who may buy here like anybody else."""
        return self.lawyer(number // 40) if number % 40 == 0 else self.cast.person("customer", number)

    def customers(self, count: int) -> Iterator[tuple[int, Person]]:
        """`count` × scale customers, numbered from 1."""
        return ((number, self.customer(number)) for number in self.numbers(count))

    def lawyer(self, number: int) -> Person:
        """Listed lawyer `number`."""
        return self.cast.person("lawyer", number, (28, 75))

    def registration(self, number: int) -> str:
        """Listed lawyer `number`'s registration number: one for life, whoever writes it down."""
        return f"{self.cast.random('registration', number).randint(20000, 68000)}"

    def trade(self, name: str) -> list[Any]:
        """A list of `rows/trade.yml`."""
        return list(_rows("trade")[name])

    def phrase(self, random: Random, name: str) -> str:
        """One of the sentences of that name in `rows/texts.yml`, as it stands."""
        return str(random.choice(_rows("texts")[name]))

    def employer(self, random: Random, person: Person) -> tuple[str, str]:
        """Another company's name, and the person's mail address there."""
        name, domain = random.choice(self.trade("companies"))
        given, surname = person.romaji
        return name, f"{surname}.{given}@{domain}".lower()

    def sentence(self, random: Random, name: str, about: Person, other: Person | None = None) -> str:
        """One of the sentences of that name in `rows/texts.yml`, filled with somebody's details."""
        template = self.phrase(random, name)
        if "{" not in template:
            return template
        return template.format(
            name=about.joined,
            surname=about.surname,
            phone=about.mobile,
            mail=about.email,
            address=about.address,
            company=random.choice(self.trade("companies"))[0],
            date=f"{random.randint(1, 12)}月{random.randint(1, 28)}日",
            order=f"2026{random.randrange(10**8):08}",
            other=(other or self.cast.person("acquaintance", random.randrange(400))).joined,
        )


def day(random: Random, first: date = date(2023, 4, 1), last: date = TODAY) -> str:
    """A random day, ISO 8601."""
    return (first + timedelta(days=random.randrange((last - first).days))).isoformat()


def moment(random: Random, first: date = date(2024, 1, 1), last: date = TODAY) -> str:
    """A random second, ISO 8601 with a space."""
    clock = f"{random.randrange(24):02}:{random.randrange(60):02}:{random.randrange(60):02}"
    return f"{day(random, first, last)} {clock}"
