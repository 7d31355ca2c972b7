"""What of a row speaks for the person, what against, and how strongly it may be his or hers.

It only sorts rows for a responder. Whether one is disclosed is another decision, on papers: nothing here releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classifiers.people import dates
from classifiers.people.keys import name_keys
from classifiers.people.names import Level
from pipelines.disclosure.matching import Key, Match, Where, matches
from pipelines.disclosure.places import Place, Role
from pipelines.disclosure.sought import Sought

Contradiction = Literal["birth_date", "kana", "name"]
Disposition = Literal["candidate", "weak", "excluded"]
DISPOSITIONS: tuple[Disposition, ...] = ("candidate", "weak", "excluded")
"""Best first. `excluded` rows contradict the keys (別人の可能性) and are listed for the responder all the same."""

_NAME_KEYS = frozenset({"name", "kana", "romaji", "former_name"})
_STRONG_NAMES = frozenset({"exact", "variant"})
_WEIGHTS: Mapping[str, float] = {"email": 6, "member_id": 6, "phone": 5, "birth_date": 4, "address": 3}
_NAME_WEIGHTS: Mapping[Level, float] = {"exact": 6, "variant": 5.5, "kana": 4, "reading": 2.5, "romaji": 2, "none": 0}
_LESS = 0.8
"""What is left of a number's weight where it is not the very same: a leading zero lost, a mail address with a tag."""
_SHARES: Mapping[Where, float] = {"whole": 1, "inside": 0.8, "run_on": 0.3}
_AGAINST: Mapping[Contradiction, float] = {"birth_date": 8, "kana": 5, "name": 4}
_NOBODYS_BIRTH_YEARS = frozenset({1, 1900, 9999})
"""Years that systems fill in where no birth date is known."""


@dataclass(frozen=True, slots=True)
class Found:
    """A match, and the (first) column that it was found in, 0-based."""

    match: Match
    column: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A row, weighed: the best match of each key, what contradicts, how it is sorted."""

    found: tuple[Found, ...]
    contradictions: tuple[Contradiction, ...]
    disposition: Disposition
    strength: float
    """Sum of what speaks for it less what speaks against: for ordering only, it is no probability."""


@dataclass(frozen=True, slots=True)
class _Cell:
    place: Place
    text: str
    matches: tuple[Match, ...]

    @property
    def of_the_record(self) -> bool:
        """Whether it speaks of whom the row is about: a name in a memo of somebody else's row does not."""
        return self.place.role != "text" or any(match.where == "whole" for match in self.matches)


class Scale:
    """Weighs rows of one dataset; equal cells are compared once."""

    def __init__(self, places: Sequence[Place], sought: Sought) -> None:
        self._places = places
        self._sought = sought
        self._known: dict[tuple[Role, str], tuple[Match, ...]] = {}

    def weigh(self, row: Sequence[str]) -> Weighed | None:
        """A row of cells, '' where one is empty; None where nothing in it is the person's after all."""
        cells = [
            _Cell(place, text, self._matches(place.role, text))
            for place in self._places
            if (text := place.separator.join(row[column] for column in place.columns if row[column]))
        ]
        mentions = [cell for cell in cells if not cell.of_the_record]
        if self._is_anothers(cells) and any(match.key in _NAME_KEYS for cell in mentions for match in cell.matches):
            # somebody else's row that speaks of the person: the row's own dates and addresses are not the person's
            cells = mentions
        found = _best(cells)
        against = tuple(self._contradictions(cells, {one.match.key for one in found}))
        disposition = _disposition([one.match for one in found], against)
        if disposition is None:
            return None
        strength = sum(_weight(one.match) for one in found) - sum(_AGAINST[one] for one in against)
        return Weighed(found, against, disposition, round(strength, 1))

    def _matches(self, role: Role, text: str) -> tuple[Match, ...]:
        known = self._known.get((role, text))
        if known is None:
            known = self._known[role, text] = tuple(matches(role, text, self._sought))
        return known

    def _contradictions(self, cells: Sequence[_Cell], keys: set[Key]) -> Iterator[Contradiction]:
        born = {day for cell in cells if cell.place.role == "birth_date" for day in dates(cell.text)}
        if self._sought.birth_date and "birth_date" not in keys and {day.year for day in born} - _NOBODYS_BIRTH_YEARS:
            yield "birth_date"
        if {"name", "former_name"} & keys:
            kana = [cell for cell in cells if cell.place.role == "kana"]
            if self._sought.kana_told and kana and not any(cell.matches for cell in kana):
                yield "kana"
        elif self._is_anothers(cells):
            yield "name"

    def _is_anothers(self, cells: Sequence[_Cell]) -> bool:
        """Whether the row names somebody else, and not the person by surname or given name alone."""
        named = [cell for cell in cells if cell.place.role == "name"]
        if not self._sought.names or any(match.key in _NAME_KEYS for cell in named for match in cell.matches):
            return False
        own = {form for part in self._sought.parts for form in part.kana}
        return any(own.isdisjoint(name_keys(cell.text).kana) for cell in named)


def _best(cells: Iterable[_Cell]) -> tuple[Found, ...]:
    """The best match of each key, and of each column's names only the best: its readings say nothing more."""
    best: dict[Key, Found] = {}
    named: dict[int, Found] = {}
    for cell in cells:
        for match in cell.matches:
            found = Found(match, cell.place.columns[0])
            if match.key in _NAME_KEYS:
                named[found.column] = max(named.get(found.column, found), found, key=lambda one: _weight(one.match))
            elif match.key not in best or _weight(match) > _weight(best[match.key].match):
                best[match.key] = found
    for found in named.values():
        if found.match.key not in best or _weight(found.match) > _weight(best[found.match.key].match):
            best[found.match.key] = found
    return tuple(sorted(best.values(), key=lambda one: -_weight(one.match)))


def _weight(match: Match) -> float:
    if match.key in _NAME_KEYS:
        return _NAME_WEIGHTS[match.level] * _SHARES[match.where]
    return _WEIGHTS[match.key] * _SHARES[match.where] * (1 if match.level == "exact" else _LESS)


def _disposition(found: Sequence[Match], against: Sequence[Contradiction]) -> Disposition | None:
    names = [match for match in found if match.key in _NAME_KEYS]
    others = {match.key for match in found} - _NAME_KEYS
    by_itself = bool(others - {"birth_date", "address"})
    if not names and not by_itself and not others >= {"birth_date", "address"}:
        return None
    if "birth_date" in against or "kana" in against:
        return "excluded"
    if "name" in against:
        return "weak"
    if not names:
        return "candidate" if others & {"email", "member_id"} or len(others) > 1 else "weak"
    sure = any(match.level in _STRONG_NAMES and match.where != "run_on" for match in names)
    return "candidate" if sure or others else "weak"
