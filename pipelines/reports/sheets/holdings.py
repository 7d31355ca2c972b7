"""Rows of the ledger's first sheet: one a dataset and row partition that is not proven impersonal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from classifiers.masking import mask
from classifiers.vocabulary import DataCategory, data_categories
from expectations.retention import last_day
from expectations.wording import OUTLETS
from pipelines.register import RegisteredDataset, RegisteredPartition
from pipelines.reports.pagework.holdings import (
    MANY,
    categories_of,
    holds_many,
    personal_columns,
    personal_partitions,
    readers,
)
from pipelines.reports.sheets.fields import Cell, Rows, sheets, to_fill
from pipelines.reports.sheets.known import Known
from pipelines.reports.words import subject_category, verdicts, vocabulary, words

if TYPE_CHECKING:
    from expectations.facts import Provision, Use


_KEYS = frozenset({
    "person_name", "person_name_kana", "birth_date", "phone", "email", "account_id", "professional_registration_number",
})  # fmt: skip
"""Data types that a look-up is asked by."""


def rows(known: Known, datasets: Sequence[RegisteredDataset]) -> Rows:
    """The first sheet's rows."""
    return [_row(known, dataset, partition) for dataset in datasets for partition in personal_partitions(dataset)]


def number(dataset: RegisteredDataset, partition: RegisteredPartition) -> str:
    """台帳番号: the same at every scan for the same rows of the same dataset."""
    if not partition.row_filter:
        return dataset.id
    return f"{dataset.id}-{hashlib.blake2b(partition.row_filter.encode(), digest_size=3).hexdigest()}"


def _row(known: Known, dataset: RegisteredDataset, partition: RegisteredPartition) -> dict[str, Cell]:
    store, language = known.stores[dataset.store], known.language
    facts = list(_facts(known, dataset, partition))
    ask = to_fill(store.owner, language)
    row: dict[str, Cell] = {field.id: "" if field.rules else ask for field in sheets()["ledger"].fields if field.fill}
    row |= {
        "number": number(dataset, partition),
        "data_name": dataset.label or dataset.name,
        "store": store.label or store.id,
        "dataset": dataset.name,
        "rows": partition.row_filter or ("すべて" if language == "ja" else "all"),
        "category": subject_category(known.policy, partition.subject_category)[language],
        "subject": known.word(vocabulary("subject"), partition.subject),
        "custody": known.word(words("custody"), partition.custody),
        "nature": known.word(words("nature"), partition.nature),
        "records": _records(dataset, partition, language),
        "individuals": _individuals(dataset, partition, language),
        "retained": _retained(partition, language),
        "observed": "\n".join(_observed(known, dataset)),
        "verdict": _verdict(known, dataset, partition),
        "oldest": f"{dataset.oldest:%Y-%m} ({dataset.oldest_column})" if dataset.oldest else "",
        "place": store.label or store.id,
        "country": store.country,
        "medium": known.word(words("store_kind"), store.kind),
        "search_keys": _search_keys(dataset, partition, language),
        "level": known.word(words("level"), dataset.level),
        "confidence": round(partition.confidence, 2),
        "why": "\n".join(reason[language] for reason in partition.evidence),
        "ruling": known.ruling(dataset.id, "rows", partition.row_filter),
    }
    if dataset.access:
        row["access"] = "\n".join(readers(dataset, language))
    if store.owner:
        row["owner"] = store.owner
    if partition.custody == "entrusted":
        row["acquisition"] = "受託" if language == "ja" else "entrusted"
    if approved := known.approvals.get((dataset.store, dataset.name)):
        row |= {"reviewed": approved.on, "reviewer": mask(approved.by), "next_review": last_day(approved.on, 1)}
    return row | _items(known, dataset) | _purposes(known, facts, ask) | _outside(known, dataset, partition, facts)


def _observed(known: Known, dataset: RegisteredDataset) -> Iterator[str]:
    """What its names show, then what SQL does with it, and where."""
    yield from (known.word(vocabulary("use"), use.use) for use in dataset.uses)
    for edge in known.edges.get(dataset.id, ()):
        if edge.source.dataset_id != dataset.id:
            continue
        at = next(iter(edge.places))
        line = f":{at.line}" if at.line else ""
        more = f" +{len(edge.places) - 1}" if len(edge.places) > 1 else ""
        shown = [known.word(vocabulary("use"), use) for use in edge.uses]
        shown += [OUTLETS[edge.outlet]._asdict()[known.language]] if edge.outlet else []
        if shown:
            yield f"{'、'.join(shown) if known.language == 'ja' else ', '.join(shown)} (SQL {at.job}{line}{more})"


def _records(dataset: RegisteredDataset, partition: RegisteredPartition, language: str) -> Cell:
    if dataset.records is not None and partition.share >= 1 and not dataset.records_estimated:
        return dataset.records
    least = dataset.rows_read if dataset.records is None else dataset.records
    number = f"{round(least * partition.share):,}"
    if partition.share < 1 or dataset.records_estimated:
        number = f"{'約' if language == 'ja' else 'about '}{number}"
    if dataset.records is not None:
        return number
    if not least:
        return "不明" if language == "ja" else "unknown"
    return f"不明（{number}件以上）" if language == "ja" else f"unknown ({number} or more)"


def _individuals(dataset: RegisteredDataset, partition: RegisteredPartition, language: str) -> Cell:
    """About how many persons: of a dataset's, the share that its rows have."""
    if dataset.individuals is None:
        return "不明" if language == "ja" else "unknown"
    return round(dataset.individuals * partition.share)


def _retained(partition: RegisteredPartition, language: str) -> str:
    """保有個人データ (art 16(4)): what the company may itself disclose, correct and erase."""
    if partition.custody == "entrusted":
        return "否（受託）" if language == "ja" else "no (entrusted)"
    if partition.nature != "personal":
        return "否" if language == "ja" else "no"
    return "該当の見込み" if language == "ja" else "probably"


def _search_keys(dataset: RegisteredDataset, partition: RegisteredPartition, language: str) -> str:
    """Columns by which an individual is found; pseudonymised and anonymous data is not searched (arts 41(7), 43(5))."""
    if partition.nature in ("pseudonymised", "anonymous"):
        return "検索しない" if language == "ja" else "not searched"
    found = [column.column for column in dataset.columns if column.data_type in _KEYS]
    return ("、" if language == "ja" else ", ").join(found) or ("なし" if language == "ja" else "none")


def _items(known: Known, dataset: RegisteredDataset) -> dict[str, Cell]:
    found = dict.fromkeys(id for column in personal_columns(dataset) for id in categories_of(column))
    rows = [data_categories()[id] for id in found if id in data_categories()]

    def those(kind: str) -> list[str]:
        return [row.id for row in rows if _is(row, kind)]

    flags = (those("special_care"), those("property_loss"))
    marks = ["規則7条1号", "規則7条2号"] if known.language == "ja" else ["Rules art 7(i)", "Rules art 7(ii)"]
    reasons = [mark for mark, ids in zip(marks, flags, strict=True) if ids]
    if (many := holds_many(dataset)) is not False:
        article = "規則7条4号" if known.language == "ja" else "Rules art 7(iv)"
        perhaps = f"（{MANY:,}人超の可能性）" if known.language == "ja" else f" (possibly more than {MANY:,} persons)"
        reasons.append(article if many else article + perhaps)
    return {
        "items": known.yes(list(found)),
        **{kind: known.yes(those(kind)) for kind in ("special_care", "id_code", "my_number", "property_loss")},
        "breach": ("、" if known.language == "ja" else ", ").join(reasons)
        or ("不正な目的によるときのみ" if known.language == "ja" else "only if wrongful"),
    }


def _is(row: DataCategory, kind: str) -> bool:
    if kind == "my_number":
        return row.id == "my_number"
    return bool(getattr(row, kind))


def _facts(known: Known, dataset: RegisteredDataset, partition: RegisteredPartition) -> Iterator[Use | Provision]:
    for fact in known.facts[dataset.store, dataset.name]:
        if fact.source.rows in ("", partition.row_filter):
            yield fact


def _purposes(known: Known, facts: Sequence[Use | Provision], ask: str) -> dict[str, Cell]:
    from expectations.policy import PolicyError

    sentences = []
    for id in dict.fromkeys(id for fact in facts for id in fact.purposes):
        try:
            purpose = known.policy.purpose(id)
        except PolicyError:
            sentences.append(id)
        else:
            sentences.append(f"{id} {purpose.ja if known.language == 'ja' else purpose.quote}")
    uses = [f"{fact.id}: {known.word(vocabulary('use'), fact.use)}" for fact in facts]
    return {"purposes": "\n".join(sentences) or ask, "uses": "\n".join(uses)}


def _outside(
    known: Known, dataset: RegisteredDataset, partition: RegisteredPartition, facts: Sequence[Use | Provision]
) -> dict[str, Cell]:
    none = "なし" if known.language == "ja" else "none"
    provisions = [fact for fact in known.declared.provisions if fact in facts]
    parties = {contract.id: contract.party for contract in known.declared.contracts}
    to: dict[str, list[str]] = {"outsourcing": [], "third_party": []}
    for fact in provisions:
        ground = known.policy.ground(fact.ground)
        # whom data is entrusted to is no third party (art 27(5)(i))
        kind = "outsourcing" if ground and ground.needs == "outsourcing" else "third_party"
        to[kind].append(" ".join(part for part in (fact.recipient, f"({fact.country})", fact.ground) if part))
    entrusted = f"{parties.get(dataset.contract, '')} {dataset.contract}".strip()
    return {
        **{kind: "\n".join(listed) or none for kind, listed in to.items()},
        "record": "\n".join(fact.record for fact in provisions if fact.record),
        "entrusted_by": entrusted if partition.custody == "entrusted" else "",
    }


def _verdict(known: Known, dataset: RegisteredDataset, partition: RegisteredPartition) -> str:
    found = {row["verdict"] for row in known.judged[dataset.id] if row["row_filter"] in ("", partition.row_filter)}
    gravest = next((verdict for verdict in verdicts() if verdict in found), "")
    if gravest:
        return known.verdict(gravest)
    if known.verdicts:
        # related information that nobody declared a use of: nothing is amiss, and nothing is in order by itself
        return "判定する利用なし" if known.language == "ja" else "no use to judge"
    return "未判定" if known.language == "ja" else "not judged"
