"""What a ledger is written from, and how it is looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipelines.register import RegisteredRuling, RegisteredStore
from pipelines.reports import Approvals
from pipelines.reports.words import LISTS, verdicts, vocabulary, worded, words

if TYPE_CHECKING:
    from expectations.facts import Declared, Provision, Use
    from expectations.policy import Policy
    from pipelines.register.edges import Edge


@dataclass(frozen=True)
class Known:
    """What a ledger is written from, in one language."""

    policy: Policy
    stores: Mapping[str, RegisteredStore]
    declared: Declared
    verdicts: Sequence[Mapping[str, Any]]
    language: str
    edges: Mapping[str, Sequence[Edge]]
    """Dataset's id → what SQL does with it."""
    approvals: Approvals
    rulings: Sequence[RegisteredRuling] = ()

    @cached_property
    def ruled(self) -> Mapping[tuple[str, str, str], RegisteredRuling]:
        """(dataset's id, about, item) → what a person ruled of it."""
        return {(one.dataset_id, one.about, one.item): one for one in self.rulings}

    def ruling(self, dataset_id: str, about: str, item: str) -> str:
        """What a person ruled and whether it is in force; '' nothing."""
        one = self.ruled.get((dataset_id, about, item))
        if one is None:
            return ""
        known = words("ruling_says") if about == "verdict" else vocabulary(LISTS[about])
        said = self.word(known, one.says)
        until = f"〜{one.until}" if one.until else ""
        return f"{said} [{self.word(words('ruling'), one.state)}{until}] {one.why}"

    @cached_property
    def facts(self) -> Mapping[tuple[str, str], list[Use | Provision]]:
        """(store, dataset) → the uses and provisions declared of it."""
        found: defaultdict[tuple[str, str], list[Use | Provision]] = defaultdict(list)
        facts: tuple[Use | Provision, ...] = (*self.declared.uses, *self.declared.provisions)
        for fact in facts:
            found[fact.source.store, fact.source.dataset].append(fact)
        return found

    @cached_property
    def judged(self) -> Mapping[str, list[Mapping[str, Any]]]:
        """Dataset's id → the verdicts on it."""
        found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for verdict in self.verdicts:
            found[verdict["dataset_id"]].append(verdict)
        return found

    @cached_property
    def jobs(self) -> Mapping[str, str]:
        """Declared use's or provision's id → its job, or its recipient."""
        jobs = {use.id: use.job for use in self.declared.uses}
        return jobs | {provision.id: f"→ {provision.recipient}" for provision in self.declared.provisions}

    def word(self, known: Mapping[str, Mapping[str, str]], id: str) -> str:
        """An id in words."""
        return worded(known, id)[self.language]

    def verdict(self, id: str) -> str:
        """A verdict in words, and that it is none of this company's where the policy is an example's."""
        rehearsed = ("（試行）" if self.language == "ja" else " (rehearsal)") if self.policy.rehearsal else ""
        return f"{self.word(verdicts(), id)}{rehearsed}"

    def yes(self, ids: Sequence[str]) -> str:
        """Which, or that there is none."""
        none = "なし" if self.language == "ja" else "none"
        separator = "、" if self.language == "ja" else ", "
        return separator.join(self.word(vocabulary("data_category"), id) for id in ids) or none
