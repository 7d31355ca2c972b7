"""A table's columns → data categories: names, labels, types, neighbours and values in one explained decision each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifiers.columns.animals import OF_AN_ANIMAL, of_animals
from classifiers.columns.calibration import calibrated
from classifiers.columns.conflicts import Decision
from classifiers.columns.context import Context, context, shared_prefix
from classifiers.columns.decision import decide
from classifiers.columns.fits import PLACES
from classifiers.columns.inside import SUSPECT, Inside, look_inside
from classifiers.columns.likeness import by_meaning
from classifiers.columns.name_votes import named, says_something
from classifiers.columns.pieces import in_pieces
from classifiers.columns.sample import look_at
from classifiers.columns.values import Values
from classifiers.headers import match
from classifiers.headers.spans import HeaderMatch
from classifiers.masking import mask_identifier
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Column, ColumnTag, Evidence, Table

__all__ = ["SUSPECT", "tag_columns"]

_PASSES = 2
"""A name makes a date beside it a birth date, and that makes a code beside both a member's number."""
_PROFESSIONS = 0.5
"""Share of the rows of a column that must name a licensed profession for the table to hold such people."""
_CHOICES = 6
"""Distinct values up to which they are choices, and no part of anybody's address."""
_NOBODY = frozenset({"surname", "given_name", "company_name", "address"})
"""What texts about places and things mention, too."""
_SURE = 0.6
"""From here on a decision says something about the columns beside it."""


def tag_columns(table: Table) -> tuple[ColumnTag, ...]:
    """One tag for each of the table's columns, in their order.

    Columns without values (`rows` 0, a data dictionary, or all cells empty) are judged by their names and their table
    alone. A first pass finds what is sure; further ones judge every column among such neighbours.

    >>> from classifiers.tags import Column, Table
    >>> columns = (Column("KAIIN_NO"), Column("SHIMEI_KANA"), Column("MAIL_FLG"), Column("BIKOU"))
    >>> [tag.data_category for tag in tag_columns(Table("crm", "M_KAIIN", columns))]
    ['account_id', 'name_kana', 'not_personal', 'free_text']
    """
    matches = _matches(table)
    seen = [look_at(column) for column in table.columns]
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
    return tuple(
        _tag(column, by_meaning(column, decision, values, around), values, around)
        for column, decision, values in zip(table.columns, decided, seen, strict=True)
    )


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


def _tag(column: Column, decision: Decision, values: Values, around: Context) -> ColumnTag:
    inside = look_inside(column, decision.category, values)
    if _is_about_nobody(decision, inside, around):
        decision = replace(decision, category=UNRESOLVED, confidence=0.5)
    else:
        decision = _with_finds(decision, inside, values)
    return ColumnTag(
        column=mask_identifier(column.name),
        data_category=decision.category,
        confidence=calibrated(decision, read=values.n > 0),
        evidence=decision.evidence,
        prevalence=round(decision.hits.rows * values.told, 4),
        distinct_hits=decision.hits.formed,
        n=values.n + values.passed_over[0],
        alternatives=decision.alternatives,
        mentions=inside.mentions if decision.category == FREE_TEXT else (),
    )


def _is_about_nobody(decision: Decision, inside: Inside, around: Context) -> bool:
    """Whether texts that no header calls notes name nobody, in a table about nobody: what places and things are.

    Bridges, rooms and shops are called as families are: a surname alone names nobody there.
    """
    codes = [one.code for one in decision.evidence]
    told = decision.category != FREE_TEXT or codes[0] != "column_shape_text" or "column_impersonal" in codes
    somebody = any(category not in _NOBODY for category, _ in inside.mentions)
    return not (told or somebody or around.persons or around.contact or around.companies)


def _with_finds(decision: Decision, inside: Inside, values: Values) -> Decision:
    """What stands inside the values: a deterministic find counts by itself, however rare it is."""
    if not inside.mentions:
        return decision
    found = Evidence("column_mentions", FREE_TEXT, 0.3, {"hits": inside.hits, "n": inside.n})
    if decision.category == FREE_TEXT:
        return replace(decision, evidence=(*decision.evidence, found))
    if decision.category in (NOT_PERSONAL, UNRESOLVED):
        category = FREE_TEXT if values.shape in ("text", "words") else UNRESOLVED
        rare = Evidence("column_rare_hits", category, 0.3, {"hits": inside.hits, "n": inside.n})
        return replace(decision, category=category, confidence=0.6, evidence=(rare, *decision.evidence))
    return decision
