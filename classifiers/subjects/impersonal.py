"""Datasets that name no individual: tables of things, and logs that hold traces of visitors and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.subjects.fusion import DECIDES, NONE, Decision
from classifiers.subjects.presence import Presence
from classifiers.tags import ColumnTag, Custody, Evidence, Nature, SubjectTag

_REASONS = 7
"""Reasons that stand beside the first one."""


def impersonal(
    there: Presence,
    decision: Decision,
    custody: Custody,
    kind: Nature,
    circumstances: tuple[Evidence, ...],
    none: Sequence[Evidence],
    columns: Sequence[ColumnTag],
) -> SubjectTag:
    """The tag of a dataset that speaks of no person; `none` are the reasons that say so."""
    absent = Evidence("subject_no_person_columns", NONE, 2.0, {"n": len(columns)})
    words = sorted(none, key=lambda reason: -reason.weight)[:_REASONS]
    confidence = 0.95 if words else 0.8
    if there.contacts or there.texts or decision.weight >= DECIDES:
        confidence -= 0.15
    found: Nature = "anonymous" if kind == "anonymous" else "none"
    return SubjectTag(NONE, custody, found, round(confidence, 2), (absent, *words, *circumstances))


def only_traces(
    there: Presence, custody: Custody, trust: tuple[Evidence, ...], evidence: Sequence[Evidence]
) -> SubjectTag:
    """The tag of a dataset whose only personal columns are traces of visitors: related information (appi 2(7))."""
    only = Evidence("subject_only_traces", "site_visitor", 2.0, {"n": there.traces})
    reasons = [reason for reason in evidence if reason.says == "site_visitor"][:_REASONS]
    return SubjectTag("site_visitor", custody, "related", 0.9 if reasons else 0.7, (only, *reasons, *trust))
