"""What in a row does not agree with the person's keys: what contradicts them, and what merely differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from classifiers.people import address, compare_addresses, dates, mail, phone
from classifiers.people.keys import name_keys
from classifiers.people.places import Address
from pipelines.disclosure.matching import Key, Match
from pipelines.disclosure.places import Place, Role
from pipelines.disclosure.sought import Sought

Contradiction = Literal["birth_date", "kana", "name"]
Differing = Literal["email", "phone", "address"]

NAME_KEYS: frozenset[Key] = frozenset({"name", "kana", "romaji", "former_name"})
_NOBODYS_BIRTH_YEARS = frozenset({1, 1900, 9999})
"""Years that systems fill in where no birth date is known."""
_BETWEEN_NUMBERS = re.compile("[\n/／,，、;；]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a row, what stands in it, and what of the person's keys it holds."""

    place: Place
    text: str = field(repr=False)
    matches: tuple[Match, ...]

    @property
    def of_the_record(self) -> bool:
        """Whether it speaks of whom the row is about: a name in a memo of somebody else's row does not."""
        return self.place.role != "text" or any(match.where == "whole" for match in self.matches)


def contradictions(cells: Sequence[Cell], keys: set[Key], sought: Sought) -> Iterator[Contradiction]:
    """What a person has for life and the row has otherwise; `keys` are those that the row holds."""
    born = {day for text in _texts(cells, "birth_date") for day in dates(text)}
    if sought.birth_date and "birth_date" not in keys and {day.year for day in born} - _NOBODYS_BIRTH_YEARS:
        yield "birth_date"
    if "former_name" in keys - {"name"}:
        return  # how the name was read then was not told
    if "name" in keys:
        kana = [cell for cell in cells if cell.place.role == "kana"]
        if sought.kana_told and kana and not any(cell.matches for cell in kana):
            yield "kana"
    elif is_anothers(cells, sought):
        yield "name"


def differing(cells: Sequence[Cell], keys: set[Key], sought: Sought) -> Iterator[Differing]:
    """What a person may have had otherwise once, and the row has otherwise; `keys` are those that the row holds.

    A cell that cannot be compared (blank, a dash, a town without a street) differs from nothing.
    """
    given = {one.kind for one in sought.numbers} - keys
    if "email" in given and any(map(mail, _texts(cells, "email"))):
        yield "email"
    if "phone" in given and any(map(_is_phone, _texts(cells, "phone"))):
        yield "phone"
    if sought.addresses and "address" not in keys:
        here = [address(text) for text in _texts(cells, "address")]
        if any(all(_is_another_place(one, other) for one in sought.addresses) for other in here):
            yield "address"


def is_anothers(cells: Sequence[Cell], sought: Sought) -> bool:
    """Whether the row names somebody else, and not the person by surname or given name alone."""
    named = [cell for cell in cells if cell.place.role == "name"]
    if not sought.names or any(match.key in NAME_KEYS for cell in named for match in cell.matches):
        return False
    own = {form for part in sought.parts for form in part.kana}
    return any(own.isdisjoint(name_keys(cell.text).kana) for cell in named)


def _texts(cells: Sequence[Cell], role: Role) -> Iterator[str]:
    return (cell.text for cell in cells if cell.place.role == role)


def _is_phone(text: str) -> bool:
    numbers = map(phone, _BETWEEN_NUMBERS.split(text))
    return any(number.strip("0") for number in numbers)  # nothing but zeros fills a required field


def _is_another_place(one: Address, other: Address) -> bool:
    """Whether two addresses part before one of them ends; the one that ends early may be the other, cut short."""
    if not (one.city and other.city):
        return False
    if compare_addresses(one, other) == "none" or (one.town and other.town and one.town != other.town):
        return True
    told = min(len(one.number), len(other.number))
    return one.number[:told] != other.number[:told]
