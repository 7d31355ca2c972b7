"""A person's keys compiled: expressions that find them in whole columns, and comparisons that judge what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from classifiers.people import address, mail, number, phone
from classifiers.people.contacts import mail_pattern, number_pattern, phone_pattern
from classifiers.people.dates import pattern as date_pattern
from classifiers.people.keys import NameKeys, name_keys
from classifiers.people.letters import prepare
from classifiers.people.names import Level
from classifiers.people.places import Address
from classifiers.people.spellings import pattern as name_pattern
from pipelines.disclosure.person import Person

NameKind = Literal["name", "kana", "romaji", "former_name"]

_MOST_READINGS = 16
"""Readings that are tried for a name whose kana nobody gave."""


@dataclass(frozen=True)
class NameSought:
    """One spelling of the person's name."""

    kind: NameKind
    keys: NameKeys = field(repr=False)
    ceiling: Level
    """The best level that a match of this spelling can claim: a kana name is many kanji names'."""
    which: int = 1
    """The how many-th of its kind on the form."""

    @cached_property
    def pattern(self) -> str:
        """Finds it in prepared text."""
        return name_pattern(self.keys)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """`pattern`, compiled for cells that were found."""
        return re.compile(self.pattern)


@dataclass(frozen=True, slots=True)
class NumberSought:
    """A phone, a mail address or a member number."""

    kind: Literal["phone", "email", "member_id"]
    normal: str = field(repr=False)
    pattern: str = field(repr=False)
    expression: re.Pattern[str] = field(repr=False)
    """`pattern` between boundaries."""
    which: int
    """The how many-th of its kind on the form."""


@dataclass(frozen=True)
class Sought:
    """Everything that a look-up searches by. Lives as long as the look-up."""

    names: tuple[NameSought, ...] = field(repr=False)
    numbers: tuple[NumberSought, ...] = field(repr=False)
    addresses: tuple[Address, ...] = field(repr=False)
    birth_date: date | None = field(repr=False)
    parts: tuple[NameKeys, ...] = field(repr=False)
    """Surnames and given names by themselves: with the birth date, they make a row worth a look."""

    @property
    def kana_told(self) -> bool:
        """Whether somebody said how the name is read: only then does another reading speak against a row."""
        return any(name.kind == "kana" and name.ceiling != "reading" for name in self.names)

    @cached_property
    def anywhere(self) -> str:
        """Finds the keys that count wherever they stand."""
        numbers = (one.pattern for one in self.numbers if one.kind != "member_id")
        return _any((*(one.pattern for one in self.names), *numbers))

    @cached_property
    def everything(self) -> str:
        """Finds those, and member numbers too, which are short enough to stand by chance in amounts and codes."""
        return _any((*(one.pattern for one in self.names), *(one.pattern for one in self.numbers)))

    @cached_property
    def issued(self) -> str:
        """Finds cells that are a member number and nothing else; '' where none was given."""
        return _any(rf"^\s*{one.pattern}\s*$" for one in self.numbers if one.kind == "member_id")

    @cached_property
    def any_of_all(self) -> str:
        """Finds whatever one of the other expressions finds, wherever it stands in a text."""
        return "|".join(filter(None, (self.everything, self.born)))

    @cached_property
    def born(self) -> str:
        """Finds the birth date; '' where it was not given."""
        return date_pattern(self.birth_date) if self.birth_date else ""

    @cached_property
    def near(self) -> str:
        """Finds the surname or the given name alone."""
        return _any(map(name_pattern, self.parts))

    def shows_in(self, text: str) -> bool:
        """Whether a text that is kept in clear (a reason, a case's number) holds one of the keys, in any spelling."""
        parts = [name_pattern(part) for part in self.parts if len("".join(part.parts)) > 1]
        return any(re.search(one, prepare(text)) for one in (self.everything, self.born, *parts) if one)


def seek(person: Person) -> Sought:
    """The person's keys, compiled."""
    names = tuple(_names(person))
    parts = {part for one in names for order in one.keys.orders if len(order) > 1 for part in order}
    return Sought(
        names=names,
        numbers=tuple(_numbers(person)),
        addresses=tuple(map(address, person.addresses)),
        birth_date=person.birth_date,
        parts=tuple(name_keys(part) for part in sorted(parts)),
    )


def _names(person: Person) -> Iterator[NameSought]:
    given = [name_keys(name) for name in person.names]
    yield from (NameSought("name", keys, "exact", which) for which, keys in enumerate(given, start=1))
    for which, former in enumerate(person.former_names, start=1):
        yield from (NameSought("former_name", keys, "exact", which) for keys in _former(name_keys(former), given))
    for which, kana in enumerate(person.kana, start=1):
        yield NameSought("kana", name_keys(kana), "kana" if given else "exact", which)
    for which, romaji in enumerate(person.romaji, start=1):
        yield NameSought("romaji", name_keys(romaji), "romaji" if given or person.kana else "exact", which)
    if not person.kana:
        for keys in given:
            for surname, first in sorted(keys.read)[:_MOST_READINGS]:
                yield NameSought("kana", NameKeys((surname, first)), "reading")


def _former(former: NameKeys, given: Sequence[NameKeys]) -> Iterator[NameKeys]:
    """A former full name as it is; a former surname, before today's given names, never by itself."""
    surname = "".join(former.parts)
    first_names = {parts[1] for keys in given for parts in keys.divided}
    if len(former.parts) == 1 and not former.divided and first_names:
        yield from (NameKeys((surname, first)) for first in sorted(first_names))
    else:
        yield former


def _numbers(person: Person) -> Iterator[NumberSought]:
    for normal, which in _told(map(phone, person.phones)):
        pattern = phone_pattern(normal)
        lead = r"(?P<lead>(?:\+|00|010)[\s-]*81[\s()./‐‑‒–—―−ー-]*0?\)?[\s-]*|\(?0[\s-]*)?"
        lead = r"(?P<lead>\+|00|010)?" if normal.startswith("+") else lead
        yield NumberSought("phone", normal, pattern, re.compile(rf"(?<![0-9]){lead}{pattern}(?![0-9])"), which)
    for normal, which in _told(map(mail, person.mails)):
        pattern = mail_pattern(normal)
        between = rf"(?<![a-z0-9._%+-]){pattern}(?![a-z0-9-]|\.[a-z0-9])"
        yield NumberSought("email", normal, pattern, re.compile(between), which)
    for normal, which in _told(map(number, person.member_ids)):
        pattern = number_pattern(normal)
        yield NumberSought("member_id", normal, pattern, re.compile(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])"), which)


def _told(normals: Iterable[str]) -> list[tuple[str, int]]:
    """Each once, with its place on the form: what is proven of one says nothing of the next."""
    first: dict[str, int] = {}
    for which, normal in enumerate(normals, start=1):
        first.setdefault(normal, which)
    return sorted(first.items())


def _any(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in dict.fromkeys(patterns))
