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
