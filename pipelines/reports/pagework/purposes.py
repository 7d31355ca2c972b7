"""For what: each published purpose with the declared uses that name it, and the uses that name none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.reports.words import Pair, vocabulary, worded
from pipelines.reports.words import verdicts as labels

if TYPE_CHECKING:
    from expectations.facts import Declared, Provision, Use
    from expectations.policy import Policy, Purpose


@dataclass(frozen=True, slots=True)
class DeclaredUse:
    """A declared use or provision, and the gravest verdict on it."""

    id: str
    job: str
    use: Pair
    store: str
    dataset: str
    rows: str
    to: str
    """Its recipient, where it leaves the company, or its destination inside."""
    ground: str
    purposes: tuple[str, ...]
    verdict: str
    """'' where it was not judged."""
    verdict_words: Pair


@dataclass(frozen=True, slots=True)
class PurposeUses:
    """A published purpose and the declared uses that name it."""

    purpose: Purpose
    uses: tuple[DeclaredUse, ...]


def declared_uses(declared: Declared, verdicts: Iterable[Mapping[str, Any]]) -> tuple[DeclaredUse, ...]:
    """Every declared use and provision with the gravest of its verdicts."""
    order = {verdict: rank for rank, verdict in enumerate(labels())}
    gravest: dict[str, str] = {}
    for row in verdicts:
        if row["use"]:
            gravest[row["use"]] = min(gravest.get(row["use"], row["verdict"]), row["verdict"], key=order.__getitem__)
    facts: tuple[Use | Provision, ...] = (*declared.uses, *declared.provisions)
    return tuple(_use(fact, gravest.get(fact.id, "")) for fact in facts)


def by_purpose(policy: Policy, uses: Iterable[DeclaredUse]) -> tuple[tuple[PurposeUses, ...], tuple[DeclaredUse, ...]]:
    """Every purpose in the policy's order with the uses that name it; and the uses that name none of them."""
    from expectations.policy import PolicyError

    named: defaultdict[str, list[DeclaredUse]] = defaultdict(list)
    nameless: list[DeclaredUse] = []
    for use in uses:
        found = set()
        for id in use.purposes:
            try:
                found.add(policy.purpose(id).id)
            except PolicyError:
                continue
        for id in sorted(found):
            named[id].append(use)
        if not found:
            nameless.append(use)
    return tuple(PurposeUses(p, tuple(named[p.id])) for p in policy.purposes), tuple(nameless)


def _use(fact: Use | Provision, verdict: str) -> DeclaredUse:
    return DeclaredUse(
        id=fact.id,
        job=getattr(fact, "job", ""),
        use=worded(vocabulary("use"), fact.use),
        store=fact.source.store,
        dataset=fact.source.dataset,
        rows=fact.source.rows,
        to=getattr(fact, "recipient", "") or getattr(fact, "destination", ""),
        ground=getattr(fact, "ground", ""),
        purposes=fact.purposes,
        verdict=verdict,
        verdict_words=worded(labels(), verdict) if verdict else {"ja": "未判定", "en": "not judged"},
    )
