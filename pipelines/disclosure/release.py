"""Which rows may go to the individual: the rule for people of one name (the policy's 3.4, art 27(1)).

Giving one person's data to another of the same name is a leak. So a row is put forward for release only where the name
matches, nothing in it contradicts, and attributes that were verified by paper or proven by control say it is the same
person. What the form merely claims proves nothing. A person confirms each row whatever stands here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from pipelines.disclosure.disagreements import NAME_KEYS
from pipelines.disclosure.findings import Candidate

Suggestion = Literal["release", "candidate", "excluded"]

Place = tuple[str, int]
"""A candidate's dataset and record."""

_CONTACTS = frozenset({"phone", "email", "member_id"})
_OF_KEY = {"email": "mail"}
"""Keys that the casebook calls otherwise."""
_AS_WRITTEN = frozenset({"exact"})


def suggestions(
    candidates: Iterable[Candidate], verified: Collection[str], proven: Collection[str]
) -> Mapping[Place, Suggestion]:
    """How each row is put forward; one that hangs on a row for release, and contradicts nothing, goes with it."""
    by_place = {(one.dataset_id, one.row): one for one in candidates}
    found = {place: suggestion(one, verified, proven) for place, one in by_place.items()}
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


def suggestion(candidate: Candidate, verified: Collection[str], proven: Collection[str]) -> Suggestion:
    """How a row is put forward; `verified` by paper or proven, `proven` by control, both as the casebook names them."""
    weighed = candidate.weighed
    if weighed.disposition == "excluded":
        return "excluded"
    # a document speaks of several people, and of whom its words are only a reader can tell
    if candidate.kind == "documents" or weighed.contradictions:
        return "candidate"
    found = {one.match.key: one.match for one in weighed.found}
    names = [match for key, match in found.items() if key in NAME_KEYS and match.where == "whole"]
    if not names:
        return "candidate"
    sure = {key for key in found if _OF_KEY.get(key, key) in verified}
    held = {key for key in found if _OF_KEY.get(key, key) in proven}
    others = found.keys() - NAME_KEYS
    by_birth = "birth_date" in sure and bool(others - {"birth_date"})
    by_control = bool(held & {"email", "member_id"})
    as_written = any(match.level in _AS_WRITTEN for match in names)
    by_address = "address" in sure and bool(others & _CONTACTS) and as_written
    return "release" if by_birth or by_control or by_address else "candidate"
