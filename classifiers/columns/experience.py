"""The rules' decisions, weighed against what was learnt: where rules are not sure, likeness to labelled columns tells.

What the rules are sure is somebody's stays; where they are not, or leave a column open, the likeliest answer is given
if it is likely enough, and a column that they call nobody's and likeness does not is left open at the least.
"""

from __future__ import annotations

from dataclasses import replace

from classifiers.columns.conflicts import Decision, is_sensitive
from classifiers.columns.learnt import SPECIAL, Reading, data_type, is_special, read
from classifiers.columns.name_votes import says_something
from classifiers.columns.rules import Ruled
from classifiers.columns.traits import traits
from classifiers.tags import NOT_PERSONAL, UNRESOLVED, Evidence, Table

_KEPT = 0.95
"""Weight from which a decision of the rules that a column is somebody's stays."""
_ANSWERED = 0.4
"""How likely a type must be to answer for a column that the rules leave open."""
_CLAIMED, _UNNAMED = 0.6, 0.8
"""How likely it must be where the rules call a column nobody's, by a name and where it has none that says anything."""
_CHANGED = 0.9
"""How likely it must be where they call it something else of somebody's."""
_IMPERSONAL, _DISOWNED = 0.9, 0.97
"""How likely a column must be nobody's where the rules left it open, and where they call it somebody's."""
_DOUBTED = 0.6
"""How likely a column must be nobody's to be left so."""
_GRAVE, _SPECIAL = 0.03, 0.5
"""How likely special care may be in what is called nobody's, and must be to be spoken of."""
_ON_PURPOSE = frozenset({
    "column_special_open", "column_special_neighbours", "column_meaning_special_care", "column_impersonal",
    "column_rare_hits", "column_counted", "column_doubt", "column_kinds",
})  # fmt: skip
"""Why the rules leave a column to a person: never nobody's by likeness alone."""
_KNOWN = frozenset({
    "column_animals", "column_machines", "column_kinds", "column_postings", "column_counted", "column_header_trap",
    "column_shape_hidden",
})  # fmt: skip
"""Why the rules call a column nobody's whose likes may be somebody's: by what the table is about, or as a digest."""
_LOOSE = frozenset({"other_personal", "account_id", "free_text", "organization_name"})
"""Data types of what things have, too: only these are called nobody's against the rules."""
_ANYWHERE = frozenset({"organization_name", "address", "phone", "postal_code", "email", "url", "free_text"})
"""Data types of what firms and places have: only these are answered where nobody stands."""


def by_experience(table: Table, ruled: Ruled) -> tuple[Decision, ...]:
    """The decisions of a table's columns, in their order: the rules', with what was learnt where they are not sure."""
    if table.kind == "documents":
        return ruled.decided
    beside = ruled.around.persons or ruled.around.keyed or ruled.around.numbered
    return tuple(
        decision
        if _is_kept(decision, valued=values.n > 0, beside=beside)
        else _reconsidered(decision, read(found), beside=beside, has_name=says_something(column))
        for column, decision, values, found in zip(
            table.columns, ruled.decided, ruled.seen, traits(table, ruled), strict=True
        )
    )


def _is_kept(decision: Decision, *, valued: bool, beside: bool) -> bool:
    """Whether the rules' decision stays: what is sensitive, what they are sure is somebody's or have a reason to call
    nobody's, and all that they make of names without values, or of tables in which nobody stands."""
    if decision.category == UNRESOLVED:
        return False
    if not (valued and beside):
        return True
    if decision.category == NOT_PERSONAL:
        return any(one.code in _KNOWN for one in decision.evidence)
    return is_sensitive(decision.category) or decision.confidence >= _KEPT


def _reconsidered(decision: Decision, reading: Reading, *, beside: bool, has_name: bool) -> Decision:
    category, share = reading.answer([category for category, _ in decision.alternatives])
    if decision.category == UNRESOLVED:
        return _resolved(decision, category, share, reading, beside=beside, has_name=has_name)
    if decision.category == NOT_PERSONAL:
        if category != NOT_PERSONAL and share >= (_CLAIMED if has_name else _UNNAMED) and not is_special(category):
            return _answered(decision, category, share, reading)
        return decision if reading.likely[NOT_PERSONAL] >= _DOUBTED else _opened(decision, reading)
    if category == NOT_PERSONAL:
        disowned = share >= _DISOWNED and reading.special < _GRAVE and not _is_grave(decision)
        loose = data_type(decision.category) in _LOOSE
        return _answered(decision, category, share, reading) if disowned and loose else decision
    changed = share >= _CHANGED and data_type(category) != data_type(decision.category) and not is_special(category)
    return _answered(decision, category, share, reading) if changed else decision


def _resolved(
    decision: Decision, category: str, share: float, reading: Reading, *, beside: bool, has_name: bool
) -> Decision:
    """What a column is that the rules leave open; open still where it is not likely enough."""
    if category == NOT_PERSONAL:
        careful = _is_grave(decision) or any(one.code in _ON_PURPOSE for one in decision.evidence)
        sure = share >= _IMPERSONAL and reading.special < _GRAVE and not careful
        return _answered(decision, category, share, reading) if sure else decision
    if is_special(category):
        spoken = beside and reading.special >= _SPECIAL and category != SPECIAL
        return _answered(decision, category, reading.special, reading) if spoken else decision
    likely = share >= (_ANSWERED if has_name else _UNNAMED) and (beside or data_type(category) in _ANYWHERE)
    return _answered(decision, category, share, reading) if likely else decision


def _is_grave(decision: Decision) -> bool:
    """Whether anything speaks, or spoke, of what must not be passed over."""
    return any(is_sensitive(one.says) for one in decision.evidence)


def _answered(decision: Decision, category: str, share: float, reading: Reading) -> Decision:
    """The learnt answer; what the rules said stays beside it."""
    others = dict(decision.alternatives)
    if decision.category != UNRESOLVED:
        others[decision.category] = round(1 - share, 2)
    others.pop(category, None)
    return replace(
        decision,
        category=category,
        confidence=round(share, 3),
        evidence=(reading.evidence(category, share), *decision.evidence),
        alternatives=tuple(sorted(others.items(), key=lambda one: -one[1])),
    )


def _opened(decision: Decision, reading: Reading) -> Decision:
    """Nobody's by the rules, somebody's by what was learnt, and not sure enough to say so: for a person to look at."""
    why = Evidence("column_learnt_doubt", UNRESOLVED, 0.3, {"share": round(100 * (1 - reading.likely[NOT_PERSONAL]))})
    return replace(decision, category=UNRESOLVED, confidence=0.5, evidence=(why, *decision.evidence))
