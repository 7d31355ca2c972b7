"""Duplicates and repeats: whether somebody has asked before, in whatever spelling. A name alone is never sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.casebook.case import Case, Related
from pipelines.disclosure.person import Person
from pipelines.suppression.forms import of_person

_UNSURE = ("name", "alike_birth_date")


def related(person: Person, kinds: Iterable[str], route: str, others: Iterable[Case]) -> Iterator[Related]:
    """Other cases of the same kind, by the same person or somebody who may be."""
    wanted, forms = frozenset(kinds), of_person(person)
    for other in others:
        if other.individual is None or other.route != route or (wanted and not wanted & set(other.kinds)):
            continue
        shared = {kind for kind, _ in forms & of_person(other.individual)}
        if shared:
            sure = bool(shared.difference(_UNSURE))
            yield Related(number=other.number, how="duplicate" if other.open else "repeat", sure=sure)
