"""The check of a whole register: what the scan saw and what people declared, judged by the adopted policy."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.policy import Policy, load
from pipelines.versions import versions

if TYPE_CHECKING:
    from expectations.facts import Declared
    from pipelines.declarations import Declarations
    from pipelines.register import Register


def policy_of(known: Declarations) -> Policy:
    """The policy the company adopted, with its own name, desk and fee; raises PolicyError."""
    return load(known.policy.adopts).adopt(known.policy, known.company.name, known.company.name_en)


def with_stops(known: Declarations) -> Declared:
    """What is declared, beside the stop list's counts."""
    from pipelines.suppression.declared import counted

    return known.declared.model_copy(update={"stops": counted(known.company)})


def judge(known: Declarations, register: Register, docs: Path, as_of: date) -> Counter[str]:
    """Judge every dataset, use and provision, write the verdicts; answers verdict → how many."""
    from expectations.check import check

    policy = policy_of(known)
    declared = with_stops(known)
    run = register.begin("check", as_of, {**versions(), "policy": f"{policy.id} {policy.version} {policy.digest}"})
    register.recategorise(policy.category_of)
    register.put_declared(run, declared)
    verdicts = check(policy, register.observed(), declared, as_of, docs)
    register.put_verdicts(run, verdicts)
    counts: Counter[str] = Counter(verdict.verdict for verdict in verdicts)
    register.finish(run, "done", counts)
    return counts
