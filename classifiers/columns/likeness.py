"""Columns that no word and no value decides, beside persons: what their names are near to in meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from classifiers.columns.conflicts import Decision
from classifiers.columns.context import Context
from classifiers.columns.values import Values
from classifiers.headers.meaning import Sense, senses
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Column, Evidence

_LIKELY = 0.5
"""How likely a sense is that is believed."""
_GRAVE = 0.3
"""How likely a name is about special care, from which only a person may say otherwise."""
_MANIFEST = 0.7
"""The same, where a word of the name says that it is nobody's."""
_SURE = 0.6
_PLAIN = 0.5
"""Share of the rows from which states, ways and times of doing something say what the rest is."""
_TRAPS = frozenset({"column_header_trap", "column_animals", "column_machines"})
"""Evidence of decisions that know what a grave word means beside others."""
_UNDECIDED = frozenset({
    "column_unknown", "column_shape_choice", "column_shape_words", "column_shape_number", "column_shape_code",
})  # fmt: skip
"""Evidence of decisions that rest on nothing that anybody knows of the column."""


def by_meaning(column: Column, decided: Decision, values: Values, around: Context) -> Decision:
    """The decision of a column; beside persons, where nothing decided, what its Japanese name is near to."""
    if not around.persons or around.counted or decided.category not in (NOT_PERSONAL, UNRESOLVED):
        return decided
    if not _is_undecided(decided):
        trapped = around.traps or decided.evidence[0].code in _TRAPS
        return decided if trapped else _unless_manifest(column, decided, values)
    near = senses(column.label) or senses(column.name)
    if not near or (values.shape == "choice" and values.worded(NOT_PERSONAL).rows >= _PLAIN):
        return decided
    if near["special_care"] >= _GRAVE:
        return _open(decided, near, "special_care")
    if near["not_personal"] >= _LIKELY:
        return _near(NOT_PERSONAL, decided, near, "not_personal")
    if near["identity"] > near["attribute"] + near["note"]:
        # Who somebody is would have been known by the values.
        return decided
    if values.shape == "number" and near["attribute"] < _MANIFEST:
        # Counts and sums of a person's row are called by words for what people have: 単元, 残金, 夜間.
        return _open(decided, near, "attribute")
    if near["note"] > near["attribute"] and values.shape in ("words", "empty"):
        return _near(FREE_TEXT, decided, near, "note")
    return _near("personal_other", decided, near, "attribute")


def _is_undecided(decided: Decision) -> bool:
    return decided.evidence[0].code in _UNDECIDED


def _unless_manifest(column: Column, decided: Decision, values: Values) -> Decision:
    """A word like 頻度 or 区分 says that something is nobody's, and not of what: 幻聴の頻度 is left open."""
    if decided.category == UNRESOLVED or values.shape in ("date", "time"):
        return decided
    near = senses(column.label) or senses(column.name)
    return _open(decided, near, "special_care") if near and near["special_care"] >= _MANIFEST else decided


def _near(category: str, decided: Decision, near: Mapping[Sense, float], sense: Sense) -> Decision:
    return Decision(category, _SURE, (_evidence(category, near, sense), *decided.evidence), decided.hits)


def _open(decided: Decision, near: Mapping[Sense, float], sense: Sense) -> Decision:
    evidence = (_evidence(UNRESOLVED, near, sense), *decided.evidence)
    return replace(decided, category=UNRESOLVED, confidence=0.5, evidence=evidence)


def _evidence(category: str, near: Mapping[Sense, float], sense: Sense) -> Evidence:
    return Evidence(f"column_meaning_{sense}", category, 0.3, {"share": round(100 * near[sense])})
