"""What the page embeds as JSON: everything its script lists, searches and filters. Sentences stand in it once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from classifiers.vocabulary import data_categories
from expectations.wording import OUTLETS, titled
from pipelines.register import RegisteredDataset, RegisteredRuling, RegisteredStore
from pipelines.reports import NO_APPROVALS, Approvals
from pipelines.reports.words import FINDINGS, Pair, clauses, subject_category, vocabulary, words
from pipelines.reports.words import verdicts as verdict_words

if TYPE_CHECKING:
    from expectations.facts import Declared
    from expectations.policy import Policy
    from pipelines.register.edges import Edge

MOST, PLACES = 50, 3
"""Flows of a dataset that the page lists, and statements of a flow: `daicho export lineage` has them all."""


class Sentences:
    """Sentences in both languages, each once, by number: a register says the same of thousands of columns."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, sentence: Pair) -> int:
        """The number of a sentence."""
        return self._numbers.setdefault((sentence["ja"], sentence["en"]), len(self._numbers))

    def numbers(self, sentences: Iterable[Pair]) -> list[int]:
        """The numbers of some sentences."""
        return [self.number(sentence) for sentence in sentences]

    def all(self) -> list[tuple[str, str]]:
        """Every sentence, Japanese and English, at its number."""
        return list(self._numbers)


def payload(
    policy: Policy,
    stores: Sequence[RegisteredStore],
    datasets: Sequence[RegisteredDataset],
    verdicts: Iterable[Mapping[str, Any]],
    declared: Declared,
    edges: Mapping[str, Sequence[Edge]],
    new: frozenset[str],
    rulings: Iterable[RegisteredRuling] = (),
    approvals: Approvals = NO_APPROVALS,
) -> dict[str, Any]:
    """The page's data; `edges` are a dataset's by its id, `new` names the verdicts that the last check found and the
    one before did not."""
    sentences = Sentences()
    last_runs = {store.id: store.last_run for store in stores}
    subject_categories = sorted({p.subject_category for dataset in datasets for p in dataset.partitions})
    return {
        "labels": _labels(policy, subject_categories),
        "marks": _marks(),
        "clauses": clauses(policy),
        "language": policy.language,
        "findings": FINDINGS,
        "stores": [[store.id, store.label, store.owner, store.kind, store.country] for store in stores],
        "datasets": [
            _dataset(
                dataset, edges.get(dataset.id, ()), sentences, dataset.last_run < last_runs[dataset.store], approvals
            )
            for dataset in datasets
        ],
        "verdicts": [
            _verdict(verdict, sentences, verdict["id"] in new)
            for verdict in verdicts
            if verdict["verdict"] != "not_applicable"
        ],
        "facts": _facts(declared),
        "rulings": [_ruling(one) for one in rulings if one.about != "verdict"],
        "sentences": sentences.all(),
    }


def embedded(data: Mapping[str, Any]) -> str:
    """JSON that can stand inside a script element: no `<`, `>` or `&` of it can end or open anything."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _labels(policy: Policy, subject_categories: Iterable[str]) -> dict[str, Mapping[str, Pair]]:
    own = ("access", "mark", "severity", "level", "custody", "nature", "store_kind", "ruling", "ruling_says")
    listed = {name: vocabulary(name) for name in ("data_category", "subject", "use")}
    categories = {id: subject_category(policy, id) for id in subject_categories}
    outlets = {id: says._asdict() for id, says in OUTLETS.items()}
    labels = {"verdict": verdict_words(), "subject_category": categories, "outlet": outlets}
    return {name: words(name) for name in own} | listed | labels


def _marks() -> dict[str, list[str]]:
    return {
        id: [
            mark
            for mark, holds in (
                ("my_number", row.id == "my_number"),
                ("special_care", bool(row.special_care)),
                ("id_code", row.id_code and row.id != "my_number"),
                ("property_loss", row.property_loss),
            )
            if holds
        ]
        for id, row in data_categories().items()
        if row.id_code or row.special_care or row.property_loss
    }


def _dataset(
    dataset: RegisteredDataset, edges: Sequence[Edge], sentences: Sentences, stale: bool, approvals: Approvals
) -> dict[str, Any]:
    reviewed = approvals.get((dataset.store, dataset.name))
    return {
        "id": dataset.id,
        "store": dataset.store,
        "name": dataset.name,
        "label": dataset.label,
        "kind": dataset.kind,
        "records": dataset.records,
        "estimated": dataset.records_estimated,
        "read": dataset.rows_read,
        "level": dataset.level,
        "individuals": dataset.individuals,
        "access": dataset.access,
        "oldest": f"{dataset.oldest:%Y-%m}" if dataset.oldest else None,
        "oldestColumn": dataset.oldest_column,
        "reviewed": reviewed.on.isoformat() if reviewed else "",
        "contract": dataset.contract,
        "stale": stale,
        "partitions": [
            {
                "rows": p.row_filter,
                "subject": p.subject,
                "custody": p.custody,
                "nature": p.nature,
                "category": p.subject_category,
                "confidence": p.confidence,
                "share": p.share,
                "why": sentences.numbers(p.evidence),
            }
            for p in dataset.partitions
        ],
        # arrays: a register has tens of thousands of columns
        "columns": [
            [
                column.column,
                column.data_category,
                round(column.confidence, 3),
                round(column.prevalence, 3),
                column.distinct_hits,
                column.n,
                sentences.numbers(column.evidence),
                column.alternatives,
                column.mentions,
            ]
            for column in dataset.columns
        ],
        "uses": [[use.use, round(use.confidence, 3), sentences.numbers(use.evidence)] for use in dataset.uses],
        "flows": [_flow(edge, dataset.id) for edge in edges[:MOST]],
        "links": [[link.column, link.target, link.target_column] for link in dataset.links],
    }


def _flow(edge: Edge, dataset: str) -> dict[str, Any]:
    """An edge as its dataset sees it: what lies at the other end."""
    into = edge.source.dataset_id == dataset
    end = edge.target if into else edge.source
    return {
        "into": into,
        "other": [end.store, end.name] if end else [],
        "outlet": edge.outlet,
        "uses": [[use.use, round(use.confidence, 3)] for use in edge.uses.values()],
        "places": [[at.store, at.job, at.line] for at in list(edge.places)[:PLACES]],
        "more": max(0, len(edge.places) - PLACES),
    }


def _verdict(verdict: Mapping[str, Any], sentences: Sentences, new: bool) -> dict[str, Any]:
    known = {key: value for key, value in verdict.items() if key not in ("evidence", "next_step")}
    next_step = [sentences.number(verdict["next_step"])] if verdict["next_step"]["ja"] else []
    reason = [sentence for sentence in verdict["evidence"] if sentence["code"] == verdict["rule"]]
    return {
        **known,
        "law": [sentences.number(titled(verdict["law"])._asdict())] if verdict["law"] else [],
        "lead": sentences.numbers(reason[:1]),
        "why": sentences.numbers(verdict["evidence"]),
        "next": next_step,
        "new": new,
    }


def _ruling(ruling: RegisteredRuling) -> dict[str, Any]:
    known = {name: getattr(ruling, name) for name in ("dataset_id", "about", "item", "machine", "says", "state", "why")}
    return known | {"until": ruling.until.isoformat() if ruling.until else ""}


def _facts(declared: Declared) -> dict[str, dict[str, str]]:
    uses = {use.id: {"use": use.use, "job": use.job, "to": use.destination} for use in declared.uses}
    return uses | {
        provision.id: {"use": provision.use, "job": "", "to": provision.recipient, "ground": provision.ground}
        for provision in declared.provisions
    }
