"""A column of which no value was read: its names decide alone. And what else a column may be."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.columns.conflicts import Decision, is_sensitive
from classifiers.columns.context import Context
from classifiers.columns.named import Named
from classifiers.columns.vote import Vote
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Evidence
from classifiers.vocabulary import data_categories

_NAMES_ONLY, _EMPTY = 0.97, 0.85
"""What is left of a header's word where no value was read, and where cells were read and all were empty."""


def by_names_alone(by_name: Sequence[Named], rows: int, around: Context) -> Decision:
    """The data category by the names (`by_name`, surest first) of a column; `rows` of it were read, all empty."""
    if not by_name:
        category, confidence = (UNRESOLVED, 0.5) if _is_about_somebody(around) else (NOT_PERSONAL, 0.65)
        return Decision(category, confidence, (Evidence("column_unknown", category, 0.0),))
    first = by_name[0]
    category, confidence = first.category, first.confidence * (_EMPTY if rows else _NAMES_ONLY)
    evidence = (*first.evidence, Evidence("column_empty" if rows else "column_names_only", category, -0.1))
    if first.confidence <= 0.5 and not first.is_note and _is_of_things(first.category, around):
        category, confidence = NOT_PERSONAL, 0.6
    elif first.confidence < 0.5:
        category, confidence = UNRESOLVED, 0.5
    elif len(by_name) > 1 and by_name[1].confidence == first.confidence and _differ(by_name[1].category, category):
        confidence *= 0.8
    return Decision(category, confidence, evidence, alternatives=other_categories(category, by_name, ()))


def _is_of_things(category: str, around: Context) -> bool:
    """Whether a doubtful header says nothing of anybody: a note or an attribute in a table that holds no person."""
    if _is_about_somebody(around) or around.contact or is_sensitive(category):
        return False
    return category in (FREE_TEXT, UNRESOLVED) or around.noun == "thing"


def _is_about_somebody(around: Context) -> bool:
    """Whether each row is somebody's: persons stand in it, their number does, or what is known of them is sensitive."""
    return around.persons or around.numbered or around.special


def _differ(one: str, other: str) -> bool:
    return data_categories()[one].data_type != data_categories()[other].data_type


def other_categories(
    category: str, by_name: Sequence[Named], by_value: Sequence[Vote]
) -> tuple[tuple[str, float], ...]:
    """Other data categories than the one decided on that names or values speak for, best first, at most four."""
    candidates: list[Named | Vote] = [*by_name, *by_value]
    found: dict[str, float] = {}
    for one in candidates:
        if one.category not in (category, UNRESOLVED):
            found[one.category] = max(found.get(one.category, 0.0), round(one.confidence * 0.5, 2))
    return tuple(sorted(found.items(), key=lambda item: -item[1]))[:4]
