"""Which rows may go to the individual: the rule for people of one name (the policy's 3.4, art 27(1)).

Giving one person's data to another of the same name is a leak. So a row is put forward for release only where the name
matches, nothing in it contradicts, and attributes that were verified by paper or proven by control say it is the same
person. What the form merely claims proves nothing. A person confirms each row whatever stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipelines.disclosure.disagreements import NAME_KEYS
from pipelines.disclosure.findings import Candidate
from pipelines.disclosure.matching import GIVEN_NAME_ALIKE, Key, Match

Suggestion = Literal["release", "candidate", "excluded"]
Place = tuple[str, int]
"""A candidate's dataset and record."""
Known = frozenset[tuple[Key, int]]
"""Keys of the form, by their places in it."""

_CONTACTS = frozenset({"phone", "email", "member_id"})
_SECRET = frozenset({"watchlist"})
"""Subjects whose data is no retained personal data, for its being known does harm (令5, art 16(4)): never an answer."""


@dataclass(frozen=True, slots=True)
class Sure:
    """What is made sure of, of all that stands on the form."""

    verified: Known = frozenset()
    """By a paper or by control."""
    proven: Known = frozenset()
    """By control."""


def is_secret(candidate: Candidate) -> bool:
    """Whether even that it exists is told to nobody."""
    return candidate.whose.subject in _SECRET


def suggestions(candidates: Iterable[Candidate], sure: Sure) -> Mapping[Place, Suggestion]:
    """How each row is put forward; one that hangs on a row for release, and contradicts nothing, goes with it."""
    by_place = {(one.dataset_id, one.row): one for one in candidates}
    found = {place: suggestion(one, sure) for place, one in by_place.items()}
    more = [place for place, said in found.items() if said == "release"]
    while more:
        more = [
            place
            for place, one in by_place.items()
            if found[place] == "candidate" and not one.weighed.contradictions
            if any(at.sure and found.get((at.dataset_id, at.row)) == "release" for at in one.linked)
        ]
        found |= dict.fromkeys(more, "release")
    return found


def suggestion(candidate: Candidate, sure: Sure) -> Suggestion:
    """How a row is put forward, by what is sure of its person."""
    weighed = candidate.weighed
    if weighed.disposition == "excluded" or is_secret(candidate):
        return "excluded"
    # a document speaks of several people, and of whom its words are only a reader can tell
    if candidate.kind == "documents" or weighed.contradictions:
        return "candidate"
    found = {one.match.key: one.match for one in weighed.found}
    names = {key: match for key, match in found.items() if key in NAME_KEYS and _is_his(match, sure)}
    if not names:
        return "candidate"
    others = found.keys() - NAME_KEYS
    by_birth = _holds(found, "birth_date", sure.verified) and bool(others - {"birth_date"})
    by_control = any(_holds(found, key, sure.proven) for key in ("email", "member_id"))
    by_address = _holds(found, "address", sure.verified) and bool(others & _CONTACTS) and _is_as_written(names)
    return "release" if by_birth or by_control or by_address else "candidate"


def _holds(found: Mapping[Key, Match], key: Key, known: Known) -> bool:
    """Whether the row has that key, and the one of them that is sure."""
    return key in found and any((key, which) in known for which in found[key].which)


def _is_his(match: Match, sure: Sure) -> bool:
    """Whether a name is the person's: alone in its cell, and one that a paper shows, or that this one is read as."""
    shown = any((match.key, which) in sure.verified for which in match.which)
    return match.where == "whole" and (shown or match.level == "reading")


def _is_as_written(names: Mapping[Key, Match]) -> bool:
    """In the same letters, or with another surname letter and the same kana: the given name must be written alike."""
    same_kana = "kana" in names and names["kana"].level in ("exact", "kana")
    return any(
        match.level == "exact" or (match.why == GIVEN_NAME_ALIKE and same_kana)
        for key, match in names.items()
        if key in ("name", "former_name")
    )
