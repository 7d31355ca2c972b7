"""The order of verdicts: what somebody has to act on first, and what hundreds of datasets share last among it."""

from __future__ import annotations

from expectations.verdicts import Verdict

_VERDICTS = (
    "violation",
    "entrusted_scope",
    "gap",
    "compliant_incidental",
    "consented",
    "statutory_exception",
    "compliant",
    "not_applicable",
)
_SHARED = ("use-declared", "purpose-specific")
_SEVERITIES = ("error", "warning", "info")


def order(found: Verdict) -> tuple[int, int, bool, str, str, str, str, str]:
    """A verdict's place: by its outcome, its severity, then by where it was found."""
    worst, gravest = _VERDICTS.index(found.verdict), _SEVERITIES.index(found.severity)
    where = (found.store, found.dataset, found.row_filter, found.use, found.column)
    return worst, gravest, found.rule in _SHARED, *where
