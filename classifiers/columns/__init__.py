"""A table's columns → data categories: names, labels, types, neighbours and values in one explained decision each."""

from __future__ import annotations

from dataclasses import replace

from classifiers.columns.calibration import calibrated
from classifiers.columns.conflicts import Decision
from classifiers.columns.context import Context
from classifiers.columns.experience import by_experience
from classifiers.columns.inside import SUSPECT, Inside, look_inside
from classifiers.columns.rules import by_rules
from classifiers.columns.values import Values
from classifiers.masking import mask_identifier
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Column, ColumnTag, Evidence, Table

__all__ = ["SUSPECT", "tag_columns"]

_NOBODY = frozenset({"surname", "given_name", "company_name", "address"})
"""What texts about places and things mention, too."""


def tag_columns(table: Table) -> tuple[ColumnTag, ...]:
    """One tag for each of the table's columns, in their order.

    Columns without values (`rows` 0, a data dictionary, or all cells empty) are judged by their names and their table
    alone. Rules decide first; what many labelled tables taught is asked where they are not sure.

    >>> from classifiers.tags import Column, Table
    >>> columns = (Column("KAIIN_NO"), Column("SHIMEI_KANA"), Column("MAIL_FLG"), Column("BIKOU"))
    >>> [tag.data_category for tag in tag_columns(Table("crm", "M_KAIIN", columns))]
    ['account_id', 'name_kana', 'not_personal', 'free_text']
    """
    ruled = by_rules(table)
    return tuple(
        _tag(column, decision, values, ruled.around)
        for column, decision, values in zip(table.columns, by_experience(table, ruled), ruled.seen, strict=True)
    )


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
