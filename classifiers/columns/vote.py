"""One vote: a data category that values speak for, how sure that is and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.columns.values import Hits, Values
from classifiers.tags import Evidence

LONE = 0.5
"""How sure a single value makes of what one value may be by accident."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A data category that values speak for."""

    category: str
    confidence: float
    hits: Hits
    evidence: Evidence
    deterministic: bool = True
    """By form, check or registry; else by statistics over names, places and words."""


def vote(values: Values, category: str, sure: float, hits: Hits, code: str, *, deterministic: bool = True) -> Vote:
    """The vote of values for a category; `code` words what its hits are: values proven, or values with the form."""
    counted = (
        hits.proven
        if code in ("column_values_proven", "column_values_check", "column_values_check_few")
        else hits.formed
    )
    words: dict[str, str | int | float] = {"hits": counted, "n": values.n, "share": round(100 * counted / values.n)}
    return Vote(category, sure, hits, Evidence(code, category, sure, words), deterministic)


def is_keys(one: Vote) -> bool:
    """Whether nothing but their make says that codes are keys of persons: a code of things may be made like them."""
    return one.evidence.code == "column_values_keys"


def is_registered(one: Vote) -> bool:
    """Whether nothing but the profession beside them says that numbers are registrations."""
    return one.evidence.code == "column_values_registered"


def is_list(one: Vote) -> bool:
    """Whether what looks like names are a handful that comes again and again: staff, where the header says so."""
    return one.evidence.code == "column_values_names_few"


def in_words(one: Vote) -> bool:
    """Whether nearly every cell is a word that such columns hold."""
    return one.evidence.code == "column_values_words" and one.hits.rows >= 0.9


def is_login(one: Vote) -> bool:
    """Whether values are logins that hold their bearers' names."""
    return one.evidence.code == "column_values_logins"


def is_spread(one: Vote) -> bool:
    """Whether numbers are ages by how they spread alone."""
    return one.evidence.code == "column_values_spread"


def is_ages(one: Vote) -> bool:
    """Whether days are births by how they spread alone."""
    return one.evidence.code == "column_values_ages"
