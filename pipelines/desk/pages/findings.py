"""Findings: what somebody has to act on, with the clause, the evidence and the next step; and the whole explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classifiers.normalize import fold
from expectations.wording import titled
from pipelines.desk.listing import page_of, searched
from pipelines.desk.pages.assigning import assignment
from pipelines.desk.visit import NotThereError, Shown, Visit
from pipelines.explaining import explain
from pipelines.explaining.telling import told
from pipelines.reports.words import FINDINGS, clauses, subject_category

FILTERS = ("q", "verdict", "severity", "store")


def findings(visit: Visit) -> Shown:
    """The findings that are asked for, the gravest first; verdicts that are none only where they are asked for."""
    held = visit.holdings
    asked = {name: visit.query(name) for name in FILTERS}
    words = searched(visit.query)
    among = held.verdicts.values() if asked["verdict"] and asked["verdict"] not in FINDINGS else held.findings
    found = [
        row
        for row in among
        if all(not asked[name] or row[name] == asked[name] for name in ("verdict", "severity", "store"))
        and all(word in _text(row, held.label(row["store"])) for word in words)
    ]
    return Shown(
        "findings.html.j2",
        {"held": held, "found": page_of(found, visit.query), "asked": asked},
    )


def finding(visit: Visit) -> Shown:
    """One verdict."""
    held = visit.holdings
    row = held.verdicts.get(visit.place["id"])
    if row is None:
        raise NotThereError
    known, policy = visit.desk.declared()
    return Shown(
        "finding.html.j2",
        {
            "held": held,
            "row": row,
            "store": held.stores.get(row["store"]),
            "dataset": held.datasets.get(row["dataset_id"]),
            "use": held.uses.get(row["use"]),
            "clause": clauses(policy).get(row["clause"]),
            "quotes": policy.quotes(row["clause"]) if row["clause"] else (),
            "purpose": next((p for p in policy.purposes if p.id == row["purpose"]), None),
            "purposes": policy.purposes_of(row["subject_category"]) if row["use"] else (),
            "policy": policy,
            "subject": subject_category(policy, row["subject_category"]) if row["subject_category"] else None,
            "law": titled(row["law"]) if row["law"] else None,
            # what was written since the last check stands in the declarations alone
            "written": [one for one in known.rulings if one.verdict == row["id"]],
            "assignment": assignment(visit, row["store"], row["dataset"]),
        },
    )


def explanation(visit: Visit) -> Shown:
    """Everything a verdict rests on, as `daicho explain` tells it."""
    held = visit.holdings
    if visit.place["id"] not in held.verdicts:
        raise NotThereError
    found = explain(held.register, visit.place["id"], visit.desk.declared()[0])
    lines = list(told(found, visit.language))
    # a heading and what stands under it; of the first one there is no heading above
    starts = [number for number, line in enumerate(lines) if number and not line.text.startswith(" ")]
    parts = [lines[a:b] for a, b in zip([0, *starts], [*starts, len(lines)], strict=True)]
    return Shown("explanation.html.j2", {"id": visit.place["id"], "parts": parts, "held": held})


def _text(row: Mapping[str, Any], store: str) -> str:
    fields = ("id", "store", "dataset", "column", "use", "rule", "requirement", "clause", "row_filter")
    said = (sentence[language] for sentence in row["evidence"] for language in ("ja", "en"))
    return fold(" ".join([store, *(row[name] for name in fields), *said])).lower()


ANSWERS = {"findings": findings, "finding": finding, "explanation": explanation}
