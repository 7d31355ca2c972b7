"""Duplicates and repeats: whether somebody has asked before, in whatever spelling. A name alone is never sure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from pipelines.casebook.case import Case, Related
from pipelines.disclosure.person import Person
from pipelines.suppression.forms import of_person

_UNSURE = ("name", "alike_birth_date")


def marks(person: Person | None) -> tuple[str, ...]:
    """By what a person is known again, folded by the matching keys: made once, for making them takes its time."""
    found = of_person(person) if person else ()
    return tuple(sorted(f"{kind}:{hashlib.sha256(text.encode()).hexdigest()[:16]}" for kind, text in found))


def related(case: Case, others: Iterable[Case]) -> Iterator[Related]:
    """Other cases of the same kind, by the same person or somebody who may be."""
    own, kinds = frozenset(case.marks), frozenset(case.kinds)
    for other in others:
        if other.route != case.route or (kinds and not kinds & set(other.kinds)):
            continue
        if shared := {mark.partition(":")[0] for mark in own.intersection(other.marks)}:
            sure = bool(shared.difference(_UNSURE))
            yield Related(number=other.number, how="duplicate" if other.open else "repeat", sure=sure)
