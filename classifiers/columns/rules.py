"""A table's columns decided by rules: by names, labels, types, neighbours and values, first alone, then together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.columns.animals import OF_AN_ANIMAL, of_animals
from classifiers.columns.conflicts import Decision
from classifiers.columns.context import Context, context, shared_prefix
from classifiers.columns.decision import decide
from classifiers.columns.fits import PLACES
from classifiers.columns.likeness import by_meaning
from classifiers.columns.name_votes import named, says_something
from classifiers.columns.pieces import in_pieces
from classifiers.columns.sample import look_at
from classifiers.columns.values import Values
from classifiers.headers import match
from classifiers.headers.spans import HeaderMatch
from classifiers.tags import Column, Table

_PASSES = 2
"""A name makes a date beside it a birth date, and that makes a code beside both a member's number."""
_PROFESSIONS = 0.5
"""Share of the rows of a column that must name a licensed profession for the table to hold such people."""
_CHOICES = 6
"""Distinct values up to which they are choices, and no part of anybody's address."""
_SURE = 0.6
"""From here on a decision says something about the columns beside it."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table's columns as the rules decide them, in their order, with what was seen of each and what surrounds all."""

    decided: tuple[Decision, ...]
    seen: tuple[Values, ...]
    around: Context


def by_rules(table: Table) -> Ruled:
    """A decision for each of the table's columns. A first pass finds what is sure; further ones judge among that."""
    matches = _matches(table)
    seen = tuple(map(look_at, table.columns))
    animals = of_animals(table, matches, seen)
    matches = [() if is_theirs else hits for is_theirs, hits in zip(animals, matches, strict=True)]
    known: set[str] = set()
    around = context(table, matches)
    decided = _decisions(table, matches, seen, around, animals)
    for _ in range(_PASSES):
        found = {decision.category for decision in decided if decision.confidence >= _SURE and decision.hits.formed}
        if found == known:
            break
        known = found
        around = context(table, matches, known, qualified=any(map(_are_professions, seen)))
        decided = _decisions(table, matches, seen, around, animals)
    near = (
        by_meaning(column, decision, values, around)
        for column, decision, values in zip(table.columns, decided, seen, strict=True)
    )
    return Ruled(tuple(near), seen, around)


def _matches(table: Table) -> list[tuple[HeaderMatch, ...]]:
    prefix = shared_prefix([column.name for column in table.columns])
    found: list[tuple[HeaderMatch, ...]] = []
    for place, column in enumerate(table.columns, start=1):
        headless = not column.label and column.name in ("", f"列{place}")
        found.append(_merged(column, found) if headless else _match(column, column.name.removeprefix(prefix)))
    return found


def _merged(column: Column, before: Sequence[tuple[HeaderMatch, ...]]) -> tuple[HeaderMatch, ...]:
    """What a column without a head goes on with, whose left neighbour is an address: one head over several cells."""
    left = before[-1][0] if before and before[-1] else None
    if not left or left.category not in PLACES or len(column.values) <= _CHOICES:
        return ()
    return (HeaderMatch("address", left.word, "medium"),)


def _match(column: Column, bare: str) -> tuple[HeaderMatch, ...]:
    """The whole name where it is sure of itself (`user_name`), else without the table's own prefix (`ed_name`)."""
    whole = match(column.name, column.label)
    if bare == column.name or not bare or (whole and whole[0].strength == "strong"):
        return whole
    return match(bare, column.label) or whole


def _decisions(
    table: Table,
    matches: Sequence[Sequence[HeaderMatch]],
    seen: Sequence[Values],
    around: Context,
    animals: Sequence[bool],
) -> list[Decision]:
    pieces = in_pieces(seen, owned=around.persons or around.placed or around.companies or around.contact)
    return [
        decide(
            [OF_AN_ANIMAL] if is_animals else named(column, hits, around),
            values,
            around,
            column.rows,
            part=part,
            has_name=says_something(column),
            leads=column is table.columns[0],
        )
        for column, hits, values, part, is_animals in zip(table.columns, matches, seen, pieces, animals, strict=True)
    ]


def _are_professions(values: Values) -> bool:
    """Whether a column says which licensed profession each row is of."""
    return values.shape in ("choice", "words") and values.worded("profession").rows >= _PROFESSIONS
