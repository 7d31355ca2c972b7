"""A policy proofread as a lawyer would (点検): vague purposes, what the Act asks for and the text lacks, dates.

`lint` answers findings, the gravest first, each with the sentence, the article, and what to write instead. Words are
おそれ and 要確認, never 違法: what is not in the text may stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

from expectations.policy import Policy

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the gravest."""


class Finding(NamedTuple):
    """Something to mend in a policy, or to know of it."""

    check: str
    severity: Severity
    law: str
    """Articles of the Act; '' where none is touched."""
    where: str
    """The row: `customer-D`, `TP-6`, `fee`, `policy`."""
    clause: str
    quote: str
    """The sentence; '' where something is missing from the text."""
    ja: str
    en: str
    instead_ja: str
    instead_en: str
    note: str
    """The requirement or oddity it comes from (`R-14`, `O-8`)."""


WORDS = ("ja", "en", "instead_ja", "instead_en")

Check = Callable[[Policy, date], Iterator[Finding]]


@cache
def rows(name: str) -> Any:
    """What one of this folder's files holds."""
    return yaml.safe_load(files("expectations.linting").joinpath(f"{name}.yml").read_text(encoding="utf-8"))


def finding(check: str, where: str, clause: str = "", quote: str = "", **gaps: str) -> Finding:
    """A finding as `findings.yml` words it; `gaps` fill in {ja} and {en}, or take a field's place."""
    row = rows("findings")[check]
    filled: dict[str, str] = {"ja": "", "en": "", **gaps}
    words = {key: str(row.get(key, "")).format(**filled) for key in WORDS}
    own: dict[str, Any] = {key: gaps[key] for key in ("law", "severity", "instead_ja", "instead_en") if key in gaps}
    made: dict[str, Any] = {"law": str(row["law"]), "severity": row["severity"], "note": row["note"], **words, **own}
    return Finding(check=check, where=where, clause=clause, quote=quote, **made)


def lint(policy: Policy, today: date) -> list[Finding]:
    """Everything there is to say of a policy as of `today`, the gravest first, in the text's order."""
    from expectations.linting import publication, purposes, requests

    checks: tuple[Check, ...] = (*purposes.CHECKS, *publication.CHECKS, *requests.CHECKS)
    found = [one for check in checks for one in check(policy, today)]
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))
