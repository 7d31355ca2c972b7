"""An entruster's pack (委託元): what of theirs is held, who can see it, and what became of it.

It goes outside the company, so that nothing of another entruster stands in it, and findings stand by the rule's words
alone: their evidence may name what is somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifiers.normalize import fold
from expectations.rules import rules
from pipelines.disposing import rows as disposal_rows
from pipelines.disposing import standings
from pipelines.judging import policy_of
from pipelines.packs import PackError, write
from pipelines.packs.page import page
from pipelines.reports.pagework.holdings import categories_of, personal_columns, personal_partitions, readers
from pipelines.reports.words import FINDINGS, verdicts, vocabulary, worded, words
from pipelines.reports.writing.tables import csv_of, json_of

if TYPE_CHECKING:
    from expectations.facts import Contract
    from pipelines.declarations import Declarations
    from pipelines.register import Register, RegisteredDataset
    from pipelines.register.lineage import At

_HELD = (
    "store", "dataset", "label", "contract", "subjects", "items", "records", "individuals", "level", "oldest", "access",
    "owner", "country",
)  # fmt: skip
_FOUND = ("store", "dataset", "rows", "column", "verdict", "severity", "what", "what_en", "next_step", "ruling")
_BESIDE = ("store", "dataset", "kind", "other", "job", "line")


def pack(known: Declarations, register: Register, name: str, out: Path, today: date) -> Path:
    """Write the pack of the entruster of that name, or of a contract's id, into an empty folder.

    Raises PackError, OSError.
    """
    contracts = contracts_of(known, name)
    stores = {store.id: store for store in register.stores()}
    of = {one.id: one.contract or stores[one.store].contract for one in register.datasets()}
    ids = {contract.id for contract in contracts}
    datasets = [one for one in register.datasets() if of[one.id] in ids and personal_partitions(one)]
    held = [_held(one, of[one.id], stores[one.store].owner, stores[one.store].country) for one in datasets]
    found, beside = list(_found(register, datasets)), list(_beside(register, datasets, of))
    places = {(one.store, one.name) for one in datasets} | _places(known, ids)
    disposed = [
        row for row in disposal_rows(standings(register, known, today)) if (row["store"], row["dataset"]) in places
    ]
    last = register.last_run("scan")
    certificates = [_contract(contract, today) for contract in contracts]
    theirs = {one.store for one in datasets} | {store.id for store in stores.values() if store.contract in ids}
    unread = [one for one in register.not_read() if one.store in theirs and stores[one.store].contract in ids]
    told = {
        "datasets.csv": csv_of(_HELD, held),
        "findings.csv": csv_of(_FOUND, found),
        "beside_our_own.csv": csv_of(_BESIDE, beside),
        "contracts.json": json_of(certificates),
        "disposals.json": json_of(disposed),
    }
    told["index.html"] = page(
        "entruster",
        company=policy_of(known).company.name,
        party=contracts[0].party,
        today=today,
        scanned=last.started.date() if last else None,
        contracts=certificates,
        held=held,
        found=found,
        beside=beside,
        disposals=disposed,
        disposal_words=words("disposal"),
        unread=unread,
        files=sorted(told),
    )
    return write(out, told)


def contracts_of(known: Declarations, name: str) -> list[Contract]:
    """The contracts under which somebody of that name, or of that contract, entrusted data to us; raises PackError."""
    ours = [one for one in known.declared.contracts if one.direction == "entrusted_to_us"]
    by_id = [one for one in ours if one.id == name]
    found = by_id or [one for one in ours if fold(one.party) == fold(name)]
    if not found:
        parties = "、".join(dict.fromkeys(one.party for one in ours)) or "なし none"
        raise PackError(f"{name}: その委託元の契約はありません · no contract of that entruster; there are {parties}")
    return [one for one in ours if one.party == found[0].party]


def _places(known: Declarations, contracts: set[str]) -> set[tuple[str, str]]:
    """Datasets that were declared theirs, or lie in a store that is: what is gone by now, too."""
    stores = {store.id for store in known.stores if store.contract in contracts}
    named = {(store.id, row.name) for store in known.stores for row in store.datasets if row.contract in contracts}
    return named | {(one.store, one.dataset) for one in known.disposals if one.store in stores}


def _held(dataset: RegisteredDataset, contract: str, owner: str, country: str) -> dict[str, Any]:
    items = dict.fromkeys(id for column in personal_columns(dataset) for id in categories_of(column))
    subjects = dict.fromkeys(part.subject for part in personal_partitions(dataset))
    access = "、".join(readers(dataset, "ja"))
    return {
        "store": dataset.store,
        "dataset": dataset.name,
        "label": dataset.label,
        "contract": contract,
        "subjects": "、".join(worded(vocabulary("subject"), id)["ja"] for id in subjects),
        "items": "、".join(worded(vocabulary("data_category"), id)["ja"] for id in items),
        "records": dataset.records if dataset.records is not None else "不明",
        # none told apart is none counted
        "individuals": dataset.individuals or "不明",
        "level": worded(words("level"), dataset.level)["ja"],
        "oldest": f"{dataset.oldest:%Y-%m}" if dataset.oldest else "",
        "access": access or f"保管場所からは分かりません（{owner or '所管の宣言なし'} に確かめる）",
        "owner": owner,
        "country": country,
    }


def _found(register: Register, datasets: Iterable[RegisteredDataset]) -> Iterator[dict[str, Any]]:
    ids = {one.id for one in datasets}
    for row in register.verdicts():
        if row["dataset_id"] in ids and row["verdict"] in FINDINGS:
            rule = rules().get(row["rule"])
            yield {
                "store": row["store"],
                "dataset": row["dataset"],
                "rows": row["row_filter"],
                "column": row["column"],
                "verdict": verdicts()[row["verdict"]]["ja"],
                "severity": worded(words("severity"), row["severity"])["ja"],
                "what": rule.row.title.ja if rule else row["rule"],
                "what_en": rule.row.title.en if rule else row["rule"],
                "next_step": row["next_step"]["ja"],
                "ruling": worded(words("ruling_says"), row["ruling"])["ja"] if row["ruling"] else "",
            }


def _beside(
    register: Register, datasets: Sequence[RegisteredDataset], contracts: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """SQL that puts theirs beside other data, or writes it elsewhere; what is another entruster's is not named."""
    lineage, named = register.lineage(), {one.id: one for one in datasets}
    for kind, found in (("結合 beside", lineage.beside(named)), ("写し copy", lineage.copies(named))):
        for one, other, places in found:
            if other in named:
                continue
            far = lineage.datasets[other]
            entrusted = any(part.custody == "entrusted" for part in far.partitions) or contracts.get(other)
            shown = "ほかの委託元のデータ another entruster's" if entrusted else f"{far.store} {far.name}"
            for at in places:
                yield {"store": named[one].store, "dataset": named[one].name, "kind": kind, "other": shown, **_at(at)}


def _at(at: At) -> dict[str, Any]:
    return {"job": f"{at.store} {at.job}", "line": at.line or ""}


def _contract(contract: Contract, today: date) -> dict[str, Any]:
    ended = contract.ends is not None and contract.ends < today
    open_ = "期間が終わり、証明が登録されていません · ended, and no certificate is recorded"
    return {
        "id": contract.id,
        "work": contract.work,
        "starts": contract.starts.isoformat(),
        "ends": contract.ends.isoformat() if contract.ends else "",
        "at_end": {"return": "返却 return", "erase": "消去 erase", "": ""}[contract.at_end],
        "subcontracting": contract.subcontracting,
        "certificate": contract.certificate or (open_ if ended else ""),
    }
