"""What of a row speaks for the person, what against, and how strongly it may be his or hers.

It only sorts rows for a responder. Whether one is disclosed is another decision, on papers: nothing here releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from classifiers.people import address, compare_addresses, dates, mail, number
from classifiers.people.letters import prepare
from classifiers.people.names import LEVELS, NO_MATCH, Level, NameMatch, compare_keys, name_keys
from pipelines.disclosure.places import Place, Role
from pipelines.disclosure.sought import NameSought, NumberSought, Sought

Key = Literal["name", "kana", "romaji", "former_name", "email", "phone", "member_id", "birth_date", "address"]
Where = Literal["whole", "inside", "run_on"]
"""The whole cell; inside a longer text; inside a longer word, so that it may be another one (小山田太郎)."""
Contradiction = Literal["birth_date", "kana", "name"]
Disposition = Literal["candidate", "weak", "excluded"]
DISPOSITIONS: tuple[Disposition, ...] = ("candidate", "weak", "excluded")

_NAME_KEYS = frozenset({"name", "kana", "romaji", "former_name"})
_STRONG_NAMES = frozenset({"exact", "variant"})
_WEIGHTS: dict[str, float] = {"email": 6, "member_id": 6, "phone": 5, "birth_date": 4, "address": 3}
_NAME_WEIGHTS: dict[Level, float] = {"exact": 6, "variant": 5.5, "kana": 4, "reading": 2.5, "romaji": 2, "none": 0}
_AGAINST: dict[Contradiction, float] = {"birth_date": 8, "kana": 5, "name": 4}
_SHARE: dict[Where, float] = {"whole": 1, "inside": 0.8, "run_on": 0.3}
_NEIGHBOURS = ("一鿿々〇", "ぁゖ", "ァヺー", "az")
_NOBODYS_BIRTHDAY = frozenset({1, 1900, 9999})
"""Years that systems fill in where no birth date is known."""


@dataclass(frozen=True, slots=True)
class Match:
    """One key that a row holds. No value: where, and how alike."""

    key: Key
    level: Level
    where: Where
    column: int
    """Position of the (first) column, 0-based."""
    why: str = ""
    """For names, what made them alike; for addresses, down to which level."""

    @property
    def weight(self) -> float:
        """What it adds to a row's strength."""
        whole = _NAME_WEIGHTS[self.level] if self.key in _NAME_KEYS else _WEIGHTS[self.key]
        return whole * _SHARE[self.where] * (0.8 if self.level != "exact" and self.key not in _NAME_KEYS else 1)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A row, weighed: the best match of each key, what contradicts, how it is sorted."""

    matches: tuple[Match, ...]
    contradictions: tuple[Contradiction, ...]
    disposition: Disposition
    strength: float
    """Sum of what speaks for it less what speaks against: for ordering only, it is no probability."""


class Scale:
    """Weighs rows of one dataset; equal cells are compared once."""

    def __init__(self, places: Sequence[Place], sought: Sought) -> None:
        self._places = places
        self._sought = sought
        self._matched: dict[tuple[Role, str], tuple[Match, ...]] = {}

    def weigh(self, row: Sequence[str]) -> Weighed | None:
        """A row of cells, '' where one is empty; None where nothing in it is the person's after all."""
        best: dict[Key, Match] = {}
        cells: dict[Role, list[tuple[str, bool]]] = {}
        for place in self._places:
            text = place.separator.join(row[column] for column in place.columns if row[column])
            if not text:
                continue
            matches = self._of(place.role, text)
            cells.setdefault(place.role, []).append((text, bool(matches)))
            for match in matches:
                at = Match(match.key, match.level, match.where, place.columns[0], match.why)
                if match.key not in best or at.weight > best[match.key].weight:
                    best[match.key] = at
        return self._sorted(tuple(best.values()), tuple(self._contradictions(cells, best)))

    def _of(self, role: Role, text: str) -> tuple[Match, ...]:
        known = self._matched.get((role, text))
        if known is None:
            known = self._matched[role, text] = tuple(_matches(role, text, self._sought))
        return known

    def _contradictions(
        self, cells: dict[Role, list[tuple[str, bool]]], best: dict[Key, Match]
    ) -> Iterator[Contradiction]:
        born = {day for text, _ in cells.get("birth_date", ()) for day in dates(text)}
        born = {day for day in born if day.year not in _NOBODYS_BIRTHDAY}
        if self._sought.birth_date and born and "birth_date" not in best:
            yield "birth_date"
        if {"name", "former_name"} & best.keys():
            told = [one for one in self._sought.names if one.kind == "kana" and one.ceiling != "reading"]
            kana = cells.get("kana", ())
            if told and kana and not any(matched for _, matched in kana):
                yield "kana"
        elif self._sought.names and not _NAME_KEYS & best.keys() and self._another_name(cells.get("name", ())):
            yield "name"

    def _another_name(self, names: Iterable[tuple[str, bool]]) -> bool:
        """Whether the row names somebody, and not by the person's surname or given name alone."""
        parts = {form for part in self._sought.parts for form in part.kana}
        return any(parts.isdisjoint(name_keys(text).kana) for text, _ in names)

    def _sorted(self, matches: tuple[Match, ...], against: tuple[Contradiction, ...]) -> Weighed | None:
        disposition = _disposition(matches, against)
        if disposition is None:
            return None
        strength = sum(match.weight for match in matches) - sum(map(_AGAINST.__getitem__, against))
        ordered = tuple(sorted(matches, key=lambda match: -match.weight))
        return Weighed(ordered, against, disposition, round(strength, 1))


def _disposition(matches: Sequence[Match], against: Sequence[Contradiction]) -> Disposition | None:
    names = [match for match in matches if match.key in _NAME_KEYS]
    others = {match.key for match in matches} - _NAME_KEYS
    if not names and not others - {"birth_date", "address"}:
        return None
    if "birth_date" in against or "kana" in against:
        return "excluded"
    if "name" in against:
        return "weak"
    if not names:
        return "candidate" if others & {"email", "member_id"} or len(others) > 1 else "weak"
    sure = any(match.level in _STRONG_NAMES and match.where != "run_on" for match in names)
    return "candidate" if sure or others else "weak"


def _matches(role: Role, text: str, sought: Sought) -> Iterator[Match]:
    prepared = prepare(text)
    for name in sought.names:
        if found := _name(role, text, prepared, name):
            yield found
    for one in sought.numbers:
        if found := _number(role, text, prepared, one):
            yield found
    if role in ("birth_date", "text") and sought.birth_date and sought.birth_date in (days := dates(text)):
        where: Where = "whole" if role == "birth_date" else "inside"
        yield Match("birth_date", "exact" if len(days) == 1 or where == "inside" else "variant", where, 0)
    if role == "address" and sought.addresses:
        here = address(text)
        levels = [compare_addresses(one, here) for one in sought.addresses]
        if deep := [level for level in levels if level in ("room", "building", "number")]:
            yield Match("address", "exact", "whole", 0, deep[0])


def _name(role: Role, text: str, prepared: str, name: NameSought) -> Match | None:
    found = list(name.expression.finditer(prepared))
    best: tuple[NameMatch, Where] = (NO_MATCH, "inside")
    if role in ("name", "name_part", "kana", "kana_part") or len(prepared) <= _SHORT:
        whole = compare_keys(name_keys(text), name.keys) if found or role in ("name", "kana") else NO_MATCH
        best = (whole, "whole")
    for one in found if not best[0] else ():
        match = compare_keys(name_keys(one[0]), name.keys)
        where: Where = "run_on" if _runs_on(prepared, one.start(), one.end()) else "inside"
        if match and (not best[0] or (where, match.rank) < (best[1], best[0].rank)):
            best = (match, where)
    match, where = best
    if not match:
        return None
    level = LEVELS[max(match.rank, LEVELS.index(name.ceiling))]
    return Match(name.kind, level, where, 0, match.why)


_SHORT = 40
"""Letters of a cell that may be a name and nothing else."""


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether the word goes on before or behind in the letters it is written in, a title apart."""
    return _same_letters(text[start - 1 : start], text[start]) or (
        _same_letters(text[end : end + 1], text[end - 1]) and name_keys(text[start : end + 1]).parts == ()
    )


def _same_letters(one: str, other: str) -> bool:
    return bool(one) and any(first <= one <= last and first <= other <= last for first, last, *_ in _NEIGHBOURS)


def _number(role: Role, text: str, prepared: str, one: NumberSought) -> Match | None:
    if one.kind == "member_id" and role in ("other", "phone", "birth_date") and number(text) != one.normal:
        return None
    found = one.expression.search(prepared)
    if found is None:
        return None
    where: Where = "whole" if found.span() == (0, len(prepared.strip())) else "inside"
    level: Level = "exact"
    if one.kind == "phone" and not one.normal.startswith("+") and found["lead"] is None:
        # a spreadsheet ate the leading zero; in a text the digits may be anything's
        if role == "text" and where == "inside":
            return None
        level = "variant"
    if one.kind == "email" and mail(found[0]) != one.normal:
        level = "variant"
    return Match(one.kind, level, where, 0)
