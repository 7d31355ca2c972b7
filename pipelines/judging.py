"""The check of a whole register: what the scan saw and what people declared, judged by the adopted policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.law import law
from expectations.policy import Policy, load
from expectations.rulings import Judged, Ruling, Saying, judged, ruled, ruled_flows
from pipelines.register.sightings import flows
from pipelines.versions import versions

if TYPE_CHECKING:
    from expectations.facts import Declared
    from expectations.observed import ObservedDataset, ObservedFlows
    from expectations.validated import Validated
    from pipelines.declarations import Declarations
    from pipelines.register import Register


def policy_of(known: Declarations) -> Policy:
    """The policy the company adopted, with its own name, desk and fee; raises PolicyError."""
    return load(known.policy.adopts).adopt(known.policy, known.company.name, known.company.name_en)


def declared_of(known: Declarations) -> Declared:
    """What is declared, beside the stop list's counts and the stores that no scanner reaches."""
    from expectations.facts import UnreachedStore
    from pipelines.suppression.declared import counted

    unreached = tuple(UnreachedStore(store=store.id) for store in known.stores if not store.is_reachable)
    return known.declared.model_copy(update={"stops": counted(known.company), "unreached": unreached})


def as_ruled(register: Register) -> tuple[tuple[ObservedDataset, ...], ObservedFlows]:
    """What the last check judged: as people say it is, where a ruling was in force."""
    said = [
        Saying(one.dataset_id, one.about, one.item, one.says, one.custody)
        for one in register.rulings()
        if one.state == "in_force"
    ]
    return ruled(register.observed(), said), ruled_flows(flows(register.lineage()), said)


def as_if(
    known: Declarations,
    register: Register,
    rulings: Sequence[Ruling],
    as_of: date,
    validated: Validated | None = None,
) -> Judged:
    """What a check would say under these rulings; nothing is written. `validated`: what need not be asked again."""
    from expectations.check import check

    policy, declared = policy_of(known), declared_of(known)
    return judged(
        lambda datasets, seen: check(policy, datasets, declared, as_of, flows=seen, validated=validated),
        register.observed(),
        flows(register.lineage()),
        rulings,
        as_of,
    )


def judge(known: Declarations, register: Register, docs: Path, as_of: date) -> Counter[str]:
    """Judge every dataset, use and provision, write the verdicts; answers verdict → how many."""
    from expectations.check import check

    policy = policy_of(known)
    declared = declared_of(known)
    by = {
        "policy": f"{policy.id} {policy.version} {policy.digest}",
        "law": law().in_force(as_of, policy.law_version)[-1].id,
    }
    run = register.begin("check", as_of, {**versions(), **by})
    register.recategorise(policy.category_of)
    register.put_declared(run, declared)
    found = judged(
        lambda datasets, seen: check(policy, datasets, declared, as_of, docs, seen),
        register.observed(),
        flows(register.lineage()),
        known.rulings,
        as_of,
    )
    register.put_verdicts(run, found.verdicts)
    register.put_rulings(run, found.standings)
    counts: Counter[str] = Counter(verdict.verdict for verdict in found.verdicts)
    register.finish(run, "done", counts)
    return counts
