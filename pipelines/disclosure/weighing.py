"""What of a row speaks for the person, what against, and how strongly it may be his or hers.

It only sorts rows for a responder. Whether one is disclosed is another decision, on papers: nothing here releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from classifiers.people.names import Level
from pipelines.disclosure.disagreements import (
    NAME_KEYS,
    Cell,
    Contradiction,
    Differing,
    contradictions,
    differing,
    is_anothers,
)
from pipelines.disclosure.matching import Key, Match, Where, matches
from pipelines.disclosure.places import Place, Role
from pipelines.disclosure.sought import Sought

Disposition = Literal["candidate", "weak", "excluded"]
DISPOSITIONS: tuple[Disposition, ...] = ("candidate", "weak", "excluded")
"""Best first. `excluded` rows contradict the keys (別人の可能性) and are listed for the responder all the same."""

_STRONG_NAMES = frozenset({"exact", "variant"})
_WEIGHTS: Mapping[str, float] = {"email": 6, "member_id": 6, "phone": 5, "birth_date": 4, "address": 3}
_NAME_WEIGHTS: Mapping[Level, float] = {"exact": 6, "variant": 5.5, "kana": 4, "reading": 2.5, "romaji": 2, "none": 0}
_LESS = 0.8
"""What is left of a number's weight where it is not the very same: a leading zero lost, a mail address with a tag."""
_SHARES: Mapping[Where, float] = {"whole": 1, "inside": 0.8, "run_on": 0.3}
_AGAINST: Mapping[Contradiction, float] = {"birth_date": 8, "kana": 5, "name": 4}


@dataclass(frozen=True, slots=True)
class Found:
    """A match, and the columns that it was found in, 0-based: several where they make one value (姓 and 名)."""

    match: Match
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A row, weighed: the best match of each key, what contradicts, how it is sorted."""

    found: tuple[Found, ...]
    contradictions: tuple[Contradiction, ...]
    differing: tuple[Differing, ...]
    """What the row has of its own and the person is not known to have: an old number is no contradiction, but a row
    that only the name speaks for stays weak."""
    disposition: Disposition
    strength: float
    """Sum of what speaks for it less what speaks against: for ordering only, it is no probability."""

    def but(self, more: Iterable[Contradiction]) -> Weighed:
        """The same row where more contradicts than what found it says."""
        new = tuple(one for one in more if one not in self.contradictions)
        strength = round(self.strength - sum(_AGAINST[one] for one in new), 1)
        return replace(self, contradictions=(*self.contradictions, *new), strength=strength)


class Scale:
    """Weighs rows of one dataset; equal cells are compared once."""

    def __init__(
        self,
        places: Sequence[Place],
        sought: Sought,
        *,
        of_records: bool = True,
        acting: frozenset[int] = frozenset(),
    ) -> None:
        """`of_records` is False for documents: a mail's sender is not whom its text speaks of; `acting` are columns
        of who did something (担当)."""
        self._places = places
        self._acting = acting
        self._sought = sought
        self._of_records = of_records
        self._known: dict[tuple[Role, str], tuple[Match, ...]] = {}

    def weigh(self, row: Sequence[str]) -> Weighed | None:
        """A row of cells, '' where one is empty; None where nothing in it is the person's after all."""
        cells = self._cells(row)
        mentions = [cell for cell in cells if not cell.of_the_record]
        if is_anothers(cells, self._sought) and any(
            match.key in NAME_KEYS for cell in mentions for match in cell.matches
        ):
            # somebody else's row that speaks of the person: the row's own dates and addresses are not the person's
            cells = mentions
        found = _best(cells)
        keys = {one.match.key for one in found}
        against = tuple(contradictions(cells, keys, self._sought))
        differs = tuple(differing(cells, keys, self._sought)) if self._of_records else ()
        disposition = _disposition([one.match for one in found], against, differs)
        if disposition is None:
            return None
        strength = sum(_weight(one.match) for one in found) - sum(_AGAINST[one] for one in against)
        return Weighed(found, against, differs, disposition, round(strength, 1))

    def weigh_linked(self, row: Sequence[str]) -> Weighed:
        """A row that hangs on the person's own, whatever it holds: where it names somebody else, it is excluded.

        Where only a column of who acted names somebody, the row may be the person's, and the contradiction stands.
        """
        cells = self._cells(row)
        found = _best(cells)
        keys = {one.match.key for one in found}
        against = self._against(cells, keys)
        differs = tuple(differing(cells, keys, self._sought)) if self._of_records else ()
        strength = sum(_weight(one.match) for one in found) - sum(_AGAINST[one] for one in against)
        others = [cell for cell in cells if not self._acting.issuperset(cell.place.columns)]
        excluded = bool(against) and bool(self._against(others, keys))
        disposition: Disposition = "excluded" if excluded else "weak" if against else "candidate"
        return Weighed(found, against, differs, disposition, round(strength, 1))

    def _against(self, cells: Sequence[Cell], keys: set[Key]) -> tuple[Contradiction, ...]:
        """What contradicts a row that hangs on the person's: what only its texts mention makes up for none of it."""
        own = {match.key for cell in cells if cell.of_the_record for match in cell.matches}
        both = (*contradictions(cells, own, self._sought), *contradictions(cells, keys, self._sought))
        return tuple(dict.fromkeys(both))

    def _cells(self, row: Sequence[str]) -> list[Cell]:
        return [
            Cell(place, text, self._matches(place.role, text))
            for place in self._places
            if (text := place.separator.join(row[column] for column in place.columns if row[column]))
        ]

    def _matches(self, role: Role, text: str) -> tuple[Match, ...]:
        known = self._known.get((role, text))
        if known is None:
            known = self._known[role, text] = tuple(matches(role, text, self._sought))
        return known


def _best(cells: Iterable[Cell]) -> tuple[Found, ...]:
    """The best match of each key, and of each column's names only the best: its readings say nothing more."""
    best: dict[Key, Found] = {}
    named: dict[int, Found] = {}
    for cell in cells:
        for match in cell.matches:
            found = Found(match, cell.place.columns)
            if match.key in NAME_KEYS:
                first = cell.place.columns[0]
                named[first] = max(named.get(first, found), found, key=lambda one: _weight(one.match))
            elif match.key not in best or _weight(match) > _weight(best[match.key].match):
                best[match.key] = found
            elif _weight(match) == _weight(best[match.key].match):
                best[match.key] = _both(best[match.key], match)
    for found in named.values():
        if found.match.key not in best or _weight(found.match) > _weight(best[found.match.key].match):
            best[found.match.key] = found
    return tuple(sorted(best.values(), key=lambda one: -_weight(one.match)))


def _both(found: Found, match: Match) -> Found:
    """A row that holds two of the person's mail addresses holds the proven one, whichever of them that is."""
    which = tuple(sorted({*found.match.which, *match.which}))
    return replace(found, match=replace(found.match, which=which))


def _weight(match: Match) -> float:
    if match.key in NAME_KEYS:
        return _NAME_WEIGHTS[match.level] * _SHARES[match.where]
    return _WEIGHTS[match.key] * _SHARES[match.where] * (1 if match.level == "exact" else _LESS)


def _disposition(
    found: Sequence[Match], against: Sequence[Contradiction], differs: Sequence[Differing]
) -> Disposition | None:
    names = [match for match in found if match.key in NAME_KEYS]
    others = {match.key for match in found} - NAME_KEYS
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
    return "candidate" if others or (sure and not differs) else "weak"
