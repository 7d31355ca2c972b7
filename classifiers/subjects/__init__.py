"""Whose a dataset is (本人の種類), one row partition of it, one record of it; in whose custody; of which nature.

The unit is the dataset in the context in which it was gathered (appi §0.2): the same lawyer is a customer in one table
and a listed professional in another. Nothing is guessed: what no evidence decides is `unresolved`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from classifiers import partitions
from classifiers.partitions import row_filters
from classifiers.partitions.contacts import by_firm, by_own_domain
from classifiers.partitions.filled_columns import by_gaps
from classifiers.partitions.kind_columns import Partition
from classifiers.partitions.nested import with_former_staff
from classifiers.partitions.staff import of_staff
from classifiers.subjects import contents, together
from classifiers.subjects.circumstances import held, nature, partly
from classifiers.subjects.documents import tag_documents
from classifiers.subjects.fusion import DECIDES, NONE, Decision, decide, of_partners, sprung
from classifiers.subjects.impersonal import impersonal, only_traces
from classifiers.subjects.presence import presence, speaks_of_persons
from classifiers.subjects.records import tag_record
from classifiers.subjects.signals import links, of_columns, of_holders, of_names, segments
from classifiers.tags import UNRESOLVED, ColumnTag, Custody, Evidence, Nature, SubjectTag, Table

__all__ = ["tag_record", "tag_subjects"]

_REASONS = 8
_LEAN = 0.5
_DOUBTED = 0.6
"""Confidence at most where something says that a dataset of our own is somebody else's."""
_STAFF = ("employee", "retiree")


def tag_subjects(table: Table, columns: Sequence[ColumnTag], as_of: date) -> tuple[SubjectTag, ...]:
    """One tag for the whole dataset (`row_filter` ''), or one a row partition, the largest first.

    `columns` are the tags of `table.columns`, in their order. Shares are of the rows that were read and sum to 1.
    """
    if table.kind == "documents":
        return tag_documents(table)
    there = presence(columns)
    evidence = _evidence(table, columns)
    decision = decide(evidence)
    firms = any(tag.data_category == "company_name" for tag in columns)
    custody, trust = held(table, decision.subject, firms=firms)
    kind, kinds = nature(table, columns, there)
    none = [reason for reason in evidence if reason.says == NONE]
    if kind != "pseudonymised" and not speaks_of_persons(columns, decision, evidence, links(table.columns)):
        return (impersonal(there, decision, custody, kind, (*trust, *kinds), none, columns),)
    if there.traces and not (there.direct or there.identifying or there.accounts or links(table.columns)):
        return (only_traces(there, custody, trust, evidence),)
    tags = _split(table, columns, decision, as_of, firms=firms)
    return tuple(_tag(part, decision, custody, kind, (*trust, *kinds), evidence) for part in tags)


def _evidence(table: Table, columns: Sequence[ColumnTag]) -> list[Evidence]:
    """All that a table's names, columns and values say of whose it is."""
    evidence = [*of_names(segments(table)), *of_columns(table.columns), *of_holders(table.columns, columns)]
    columns_named = [name for column in table.columns for name in (column.name, column.label)]
    evidence = sprung(evidence, [name for name, _ in segments(table)], columns_named)
    if contents.of_many_firms(table.columns, columns):
        evidence = of_partners(evidence)
    evidence += together.says(columns, evidence)
    evidence += contents.says(table.columns, columns, table.own_domains)
    evidence += partitions.only_kind(table.columns, columns, table.hints)
    return evidence


def _whose(table: Table, columns: Sequence[ColumnTag]) -> str:
    """Whose some rows of a table are: their columns tell, its names, which all its rows bear, only lean on it."""
    evidence = _evidence(table, columns)
    lean = [replace(one, weight=_LEAN * one.weight) if one.code == "subject_name_word" else one for one in evidence]
    return decide(lean).subject


def _split(
    table: Table, columns: Sequence[ColumnTag], decision: Decision, as_of: date, *, firms: bool
) -> tuple[tuple[Partition, Custody | None], ...]:
    if custody_split := partly(table, decision.subject, firms=firms):
        index, share = custody_split
        if share:
            column = columns[index].column
            ours = Evidence("custody_column_empty", "own", 2.0, {"share": round(1.0 - share, 2)})
            theirs = Evidence("custody_column_filled", "entrusted", 2.0, {"share": round(share, 2)})
            return (
                (Partition(row_filters.filled(column), "", share, (theirs,)), "entrusted"),
                (Partition(row_filters.empty(column), "", 1.0 - share, (ours,)), "own"),
            )
    # What a weak decision says of a mixed table, it does not say of the rows that its kind column leaves open.
    base = decision.subject if decision.weight >= 2 * DECIDES else UNRESOLVED
    found = partitions.by_kind(table, columns, base, _whose)
    if any(part.subject == "" for part in found) and base == UNRESOLVED:
        found = tuple(part if part.subject else replace(part, subject=UNRESOLVED) for part in found)
    found = with_former_staff(found, table, columns, as_of)
    if not found and decision.subject in _STAFF:
        found = of_staff(table.columns, columns, as_of, decision.subject)
    if not found and base == UNRESOLVED:
        found = by_own_domain(table.columns, columns, table.own_domains, decision.subject)
    found = found or by_firm(table, columns, decision.subject) or by_gaps(table, columns, _whose)
    parts = found or (Partition("", "", 1.0),)
    return tuple((part, None) for part in sorted(parts, key=lambda part: -part.share))


def _tag(
    part: tuple[Partition, Custody | None],
    decision: Decision,
    custody: Custody,
    kind: Nature,
    circumstances: tuple[Evidence, ...],
    evidence: Sequence[Evidence],
) -> SubjectTag:
    rows, held_by = part
    subject = rows.subject or decision.subject
    reasons = (*rows.evidence, *_reasons(subject, evidence), *circumstances)
    doubted = (held_by or custody) == "own" and any(reason.says == "entrusted" for reason in circumstances)
    if doubted and rows.subject == "" and subject == "customer":
        # Whoever has entrusted his customers to us: calling them ours is the one mistake that nobody would look for.
        subject, reasons = UNRESOLVED, (Evidence("custody_open", UNRESOLVED, 0.0), *reasons)
    elif subject == UNRESOLVED:
        reasons = (Evidence("subject_nothing_decides", UNRESOLVED, 0.0, {"n": len(evidence)}), *reasons)
    confidence = 0.0 if subject == UNRESOLVED else 0.95 if rows.subject else decision.confidence
    if doubted:
        confidence = min(confidence, _DOUBTED)
    return SubjectTag(
        subject,
        held_by or custody,
        "none" if subject == NONE else kind,
        confidence,
        reasons,
        rows.row_filter,
        round(rows.share, 4),
    )


def _reasons(subject: str, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The weightiest reasons, those for the subject first, then those that spoke for others."""
    weighed = [reason for reason in evidence if reason.weight and reason.says != NONE]
    return tuple(sorted(weighed, key=lambda reason: (reason.says != subject, -abs(reason.weight)))[:_REASONS])
