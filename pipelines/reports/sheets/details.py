"""Rows of the ledger's other sheets: findings, what was not read, every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from expectations.wording import titled
from pipelines.register import RegisteredDataset, RegisteredNotRead
from pipelines.reports.sheets.fields import Cell, Rows, sheets
from pipelines.reports.sheets.known import Known
from pipelines.reports.words import FINDINGS, clauses, subject_category, vocabulary, words


def findings(known: Known) -> Rows:
    """Every verdict that somebody has to act on, the gravest first."""
    found = [verdict for verdict in known.verdicts if verdict["verdict"] in FINDINGS]
    quotes = clauses(known.policy)
    return [_finding(known, verdict, quotes) for verdict in sorted(found, key=lambda v: FINDINGS.index(v["verdict"]))]


def _finding(known: Known, verdict: Mapping[str, Any], quotes: Mapping[str, tuple[str, str]]) -> dict[str, Cell]:
    language = known.language
    quoted = [quotes[clause] for clause in verdict["clause"].split(", ") if clause in quotes]
    store = known.stores.get(verdict["store"])
    filled: dict[str, Cell] = {field.id: "" for field in sheets()["findings"].fields if field.fill}
    return filled | {
        "id": verdict["id"],
        "verdict": known.verdict(verdict["verdict"]),
        "severity": known.word(words("severity"), verdict["severity"]),
        "store": store.label or store.id if store else verdict["store"],
        "dataset": verdict["dataset"],
        "rows": verdict["row_filter"],
        "column": verdict["column"],
        "category": subject_category(known.policy, verdict["subject_category"])[language],
        "use": f"{verdict['use']} {known.jobs.get(verdict['use'], '')}".strip(),
        "purpose": verdict["purpose"],
        "reasons": "\n".join(reason[language] for reason in verdict["evidence"]),
        "clause": verdict["clause"],
        "quote": "\n".join(ja or quote if language == "ja" else quote for quote, ja in quoted),
        "law": titled(verdict["law"])._asdict()[language] if verdict["law"] else "",
        "next_step": verdict["next_step"][language],
        "ruling": known.ruling(verdict["dataset_id"], "verdict", verdict["id"]),
    }


def not_read(known: Known, unread: Sequence[RegisteredNotRead]) -> Rows:
    """Everything that could not be read, and why."""
    whole = "（データストア全体）" if known.language == "ja" else "(the whole store)"
    found: Rows = []
    for one in unread:
        store = known.stores[one.store]
        found.append(
            {
                "where": f"{one.store}/{one.name}",
                "store": store.label or store.id,
                "name": one.name or whole,
                "reason": known.word(words("reason"), one.reason),
                "hint": one.hint,
                "owner": store.owner,
                "remark": "",
            }
        )
    return found


def columns(known: Known, datasets: Sequence[RegisteredDataset]) -> Rows:
    """Every column, personal or not, with what it was judged by."""
    found: Rows = []
    blank: dict[str, Cell] = {field.id: "" for field in sheets()["columns"].fields if field.rules}
    for dataset in datasets:
        store = known.stores[dataset.store]
        categories = dict.fromkeys(partition.subject_category for partition in dataset.partitions)
        whose = "\n".join(subject_category(known.policy, id)[known.language] for id in categories)
        for position, column in enumerate(dataset.columns, start=1):
            found.append(
                blank
                | {
                    "number": f"{dataset.id}/{position}",
                    "store": store.label or store.id,
                    "dataset": dataset.name,
                    "column": column.column,
                    "category": whose,
                    "item": known.word(vocabulary("data_category"), column.data_category),
                    "data_type": column.data_type,
                    "mentions": "\n".join(f"{_item(known, id)} {count}" for id, count in column.mentions),
                    "confidence": round(column.confidence, 2),
                    "prevalence": round(column.prevalence, 2),
                    "distinct_hits": column.distinct_hits,
                    "n": column.n,
                    "alternatives": "\n".join(f"{_item(known, id)} {share:.2f}" for id, share in column.alternatives),
                    "why": "\n".join(reason[known.language] for reason in column.evidence),
                    "ruling": known.ruling(dataset.id, "column", column.column),
                }
            )
    return found


def _item(known: Known, id: str) -> str:
    return known.word(vocabulary("data_category"), id)
