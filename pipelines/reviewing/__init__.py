"""The yearly review over a register: its facts, and the steps that people take, of which YAML is the one source."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from classifiers.normalize import fold
from expectations.reviews import Facts, Item, Review, ReviewStep, Standing, stand
from pipelines.declarations import Declarations, DeclarationsError, appending
from pipelines.declarations.stores import UNREACHABLE
from pipelines.reports.pagework.holdings import personal_partitions
from pipelines.reports.words import FINDINGS

if TYPE_CHECKING:
    from pipelines.register import Register, RegisteredDataset

_REMARKS = {
    "reviews": "# 定期見直し。Campaigns of review, one row each.\n",
    "review_steps": (
        "# 見直しの割当て・確認・承認。行は書き換えず、足していきます。\n"
        "# Who was assigned, attested and approved: rows are added, never changed.\n"
    ),
}


class ReviewError(DeclarationsError):
    """A step of a review cannot be taken; says why."""


def facts(register: Register) -> dict[Item, Facts]:
    """What a review is of, by store and dataset: datasets with personal data, and stores that no scanner reaches."""
    declared = register.declared()
    of: dict[Item, list[Any]] = {}
    for kind in ("uses", "provisions", "retentions", "acquisitions"):
        for fact in getattr(declared, kind):
            of.setdefault((fact.source.store, fact.source.dataset), []).append([kind, fact.model_dump(mode="json")])
    findings: dict[str, list[Any]] = {}
    for row in register.verdicts():
        if row["verdict"] in FINDINGS:
            findings.setdefault(row["dataset_id"], []).append([row["id"], row["verdict"], row["ruling"]])
    stores = {store.id: store for store in register.stores()}
    found: dict[Item, Facts] = {}
    for one in register.datasets():
        if personal_partitions(one):
            item = (one.store, one.name)
            kept = [stores[one.store].country, one.contract, *of.get(item, ())]
            found[item] = _facts(one, kept, findings.get(one.id, []))
    for store in stores.values():
        if store.kind in UNREACHABLE:
            said = [store.label, store.owner, store.country, store.contract, *of.get((store.id, ""), ())]
            found[store.id, ""] = Facts(
                columns=_digest([]), rows=_digest([]), declared=_digest(said), access=_digest([]), findings=_digest([])
            )
    return dict(sorted(found.items()))


def standings(known: Declarations, register: Register, review: Review, today: date) -> tuple[Standing, ...]:
    """What stands of a campaign."""
    owners = {store.id: store.owner for store in known.stores}
    return stand(review, known.review_steps, facts(register), owners, today)


def approvals(known: Declarations, register: Register) -> dict[Item, ReviewStep]:
    """The last approval of every dataset that has one, of whichever campaign."""
    if not known.reviews:
        return {}
    there, found = facts(register), dict[Item, ReviewStep]()
    for review in sorted(known.reviews, key=lambda one: one.opened_on):
        stands = stand(review, known.review_steps, there, {}, review.due)
        found |= {one.item: one.approved for one in stands if one.approved and one.state == "approved"}
    return found


def review_of(known: Declarations, id: str) -> Review:
    """The campaign of that id, '' the last one that was opened; raises ReviewError."""
    named = {one.id: one for one in known.reviews}
    if not named:
        raise ReviewError("定期見直しは開かれていません（daicho review open）· no review was opened")
    if id and id not in named:
        raise ReviewError(f"{id}: その見直しはありません · no such review")
    return named[id] if id else max(named.values(), key=lambda one: one.opened_on)


def begun(folder: Path, known: Declarations, review: Review) -> Path:
    """Open a campaign; raises ReviewError, OSError."""
    if review.id in {one.id for one in known.reviews}:
        raise ReviewError(f"{review.id}: その見直しはもうあります · stands there already")
    return appending.append(folder, "reviews", [review], _REMARKS["reviews"])


def taken(folder: Path, steps: Sequence[ReviewStep]) -> Path:
    """Write steps below those that were taken; raises OSError."""
    return appending.append(folder, "review_steps", steps, _REMARKS["review_steps"])


def chosen(found: Iterable[Standing], store: str, datasets: Sequence[str]) -> list[Standing]:
    """What stands of a store's datasets, all or those; raises ReviewError."""
    of = {one.item[1]: one for one in found if one.item[0] == store}
    if not of:
        raise ReviewError(f"{store}: 見直すものがありません · nothing of it is to be reviewed")
    if wrong := [name for name in datasets if name not in of]:
        raise ReviewError(f"{store}: {'、'.join(wrong)} は見直すものにありません · is not to be reviewed")
    return [of[name] for name in datasets] or list(of.values())


def steps(
    kind: Literal["assigned", "attested", "approved"],
    review: Review,
    those: Sequence[Standing],
    now: Mapping[Item, Facts],
    by: str,
    on: date,
    *,
    to: str = "",
    note: str = "",
) -> list[ReviewStep]:
    """The steps that somebody takes for some datasets; raises ReviewError where one of them cannot be taken."""
    if kind == "approved":
        _may_approve(those, by)
    return [
        ReviewStep(
            review=review.id,
            step=kind,
            store=one.item[0],
            dataset=one.item[1],
            by=by,
            role="privacy" if kind == "approved" else "owner",
            on=on,
            to=to,
            saw=None if kind == "assigned" else now[one.item],
            note=note,
        )
        for one in those
    ]


def _may_approve(those: Iterable[Standing], by: str) -> None:
    wrong = []
    for one in those:
        name = " ".join(filter(None, one.item))
        if one.attested and fold(one.attested.by) == fold(by):
            wrong.append(f"  {name}: 確認した人とは別の人が承認します · attested by the same person")
        elif one.state == "open":
            wrong.append(f"  {name}: まだ確認されていません · is not attested yet")
        elif one.state == "reopened":
            parts = ", ".join(one.changed)
            wrong.append(f"  {name}: 確認の後で変わりました（{parts}）· changed since it was attested")
    if wrong:
        raise ReviewError("\n".join(["承認できません · cannot be approved", *wrong]))


def _facts(dataset: RegisteredDataset, declared: Sequence[Any], findings: Sequence[Any]) -> Facts:
    rows = [[part.row_filter, part.subject, part.custody, part.nature] for part in dataset.partitions]
    return Facts(
        columns=_digest([[one.column, one.data_category] for one in dataset.columns]),
        rows=_digest(rows),
        declared=_digest(declared),
        access=_digest([list(one) for one in dataset.access]),
        findings=_digest(sorted(findings)),
    )


def _digest(facts: Any) -> str:
    return hashlib.blake2b(json.dumps(facts, ensure_ascii=False).encode(), digest_size=6).hexdigest()
