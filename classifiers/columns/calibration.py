"""Confidence as a share of right answers: what a decision's weight came to on the development data, by its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from classifiers.columns.conflicts import Decision
from classifiers.tags import UNRESOLVED, Evidence
from classifiers.vocabulary import rows

_BESIDE = ("column_neighbours", "column_table", "column_table_trap", "column_qualified", "column_firm", "column_bank")


@dataclass(frozen=True, slots=True)
class Curve:
    """One kind of evidence: weights of its decisions, each with the share that was right, both growing."""

    id: str
    points: Mapping[float, float]


def calibrated(decision: Decision, *, read: bool) -> float:
    """How often such a decision is right, 0..1; 0 where it leaves the column open. `read`: values were looked at.

    >>> calibrated(Decision("name", 0.9, (Evidence("column_header_strong", "name", 0.9),)), read=True) > 0.9
    True
    """
    if decision.category == UNRESOLVED:
        return 0.0
    curve = _curves()[kind(decision.category, decision.evidence, read=read)]
    return round(_at(decision.confidence, curve), 3)


def kind(category: str, evidence: Iterable[Evidence], *, read: bool) -> str:
    """Which row of `vocabulary/calibration.yml` a decision with such evidence belongs to."""
    codes = {reason.code for reason in evidence if reason.says == category}
    if any(code.startswith("column_learnt") for code in codes):
        return "learnt"
    if not read:
        return "names"
    named = any(code.startswith("column_header") or code in _BESIDE for code in codes)
    valued = any(code.startswith("column_values") for code in codes)
    shaped = any(code.startswith("column_shape") for code in codes)
    if named:
        return "names_and_values" if valued or shaped else "names_over_values"
    return "values" if valued else "shape"


def _at(weight: float, curve: tuple[tuple[float, float], ...]) -> float:
    if weight <= curve[0][0]:
        return curve[0][1]
    for (low, right), (high, more) in pairwise(curve):
        if weight <= high:
            return right + (more - right) * (weight - low) / (high - low)
    return curve[-1][1]


@cache
def _curves() -> Mapping[str, tuple[tuple[float, float], ...]]:
    return {row.id: tuple(sorted(row.points.items())) for row in rows("calibration", Curve)}
