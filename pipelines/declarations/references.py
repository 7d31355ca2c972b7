"""What rows of declarations name: other rows, words of the vocabulary, items of the adopted policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from classifiers import vocabulary
from expectations.policy import PolicyError
from expectations.policy import load as load_policy
from expectations.retention import periods
from pipelines.declarations.reading import nearest
from pipelines.declarations.stores import UNREACHABLE
from pipelines.stores import kinds

_NAMING_PURPOSES = ("uses", "provisions", "policy_versions")
"""Declarations whose `purposes` are ids of the adopted policy's; a site policy's are its own."""


def broken_references(rows: Mapping[str, list[Any]], ids: Mapping[str, list[str]]) -> Iterator[str]:
    """Ids that stand twice, and references to rows that are not there."""
    for name, found in ids.items():
        for twice in sorted({one for one in found if found.count(one) > 1}):
            yield f"{name}.yml: id {twice!r} が二つあります · stands twice"
    for store in rows["stores"]:
        known = [*kinds(), *UNREACHABLE]
        if store.kind not in known:
            listed = f"{nearest(store.kind, known)}; {', '.join(known)}"
            yield f"stores.yml ({store.id}): 種類 {store.kind!r} はありません · no such kind{listed}"
    targets = {"contract": "contracts", "consent": "consents", "exception": "exceptions", "notice": "notices"}
    for name, found in rows.items():
        for row in found:
            where = f"{name}.yml ({getattr(row, 'id', '')})"
            for key, target in targets.items():
                if (value := getattr(row, key, "")) and value not in ids.get(target, ()):
                    near = nearest(value, ids.get(target, ()))
                    yield f"{where}: {key} {value!r} が {target}.yml にありません · is not in {target}.yml{near}"
            if (source := getattr(row, "source", None)) and source.store not in ids["stores"]:
                near = nearest(source.store, ids["stores"])
                yield f"{where}: store {source.store!r} が stores.yml にありません · is not in stores.yml{near}"
            for dataset in getattr(row, "datasets", ()):
                if dataset.contract and dataset.contract not in ids.get("contracts", ()):
                    contract = f"contract {dataset.contract!r}"
                    yield f"{where}: {contract} が contracts.yml にありません · is not in contracts.yml"
    yield from _contracts_the_wrong_way_round(rows)


def _contracts_the_wrong_way_round(rows: Mapping[str, list[Any]]) -> Iterator[str]:
    """A store's contract is the one under which its data came to us; what we entrust is a provision's."""
    ours = {contract.id for contract in rows.get("contracts", ()) if contract.direction == "entrusted_by_us"}
    for store in rows["stores"]:
        for contract in sorted({store.contract, *(dataset.contract for dataset in store.datasets)} & ours):
            yield f"stores.yml ({store.id}): contract {contract!r} entrusts data to others; it belongs to a provision"


def unknown_words(rows: Mapping[str, list[Any]], policy_name: str) -> Iterator[str]:
    """Uses, purposes, grounds and data categories that neither the vocabulary nor the adopted policy has."""
    try:
        policy = load_policy(policy_name)
    except PolicyError as error:
        yield f"company.yml, policy: {error}"
        return
    for name, found in rows.items():
        for row in found:
            where = f"{name}.yml ({getattr(row, 'id', getattr(row, 'site', ''))})"
            named = [*getattr(row, "uses", ()), *([row.use] if hasattr(row, "use") else [])]
            for use in named:
                if use not in vocabulary.uses():
                    yield f"{where}: 利用 {use!r} はありません · no such use{nearest(use, vocabulary.uses())}"
            for category in getattr(row, "data_categories", ()):
                if category not in vocabulary.data_categories():
                    near = nearest(category, vocabulary.data_categories())
                    yield f"{where}: 項目 {category!r} はありません · no such data category{near}"
            for purpose in getattr(row, "purposes", ()) if name in _NAMING_PURPOSES else ():
                try:
                    policy.purpose(purpose)
                except PolicyError:
                    near = nearest(purpose, [one.id for one in policy.purposes])
                    yield f"{where}: 利用目的 {purpose!r} はありません · no such purpose{near}"
            statute = getattr(row, "statute", "") if name == "retentions" else ""
            if statute and statute not in periods():
                near = nearest(statute, periods())
                yield f"{where}: 法定保存期間 {statute!r} はありません · no such statutory period{near}"
            ground = getattr(row, "ground", "")
            if ground and policy.ground(ground) is None:
                yield f"{where}: 提供の根拠 {ground!r} はありません · no such ground; TP-1 … TP-7"
