"""How a use lies beside the purposes of a category: which ones cover it, which ones its owner named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from expectations.facts import SitePurpose
from expectations.policy import Policy, PolicyError, Purpose
from expectations.published import Outside


@dataclass(frozen=True, slots=True)
class Fit:
    """A use beside a category's purposes. Every field but the last four holds ids of the category's own purposes."""

    named: tuple[str, ...]
    """Named by the owner, and the category's own (R-03)."""
    direct: tuple[str, ...]
    """Named, and its sentence covers the use."""
    incidental: tuple[str, ...]
    """Named, a catch-all that an association may bring the use under."""
    referred: tuple[str, ...]
    """Named, a purpose of a loaded site policy that covers the use (R-05)."""
    by_reference: tuple[str, ...]
    """Named, by reference, loaded or not."""
    listed: tuple[str, ...]
    """Would cover the use, named or not."""
    associable: tuple[str, ...]
    """Catch-alls that might, named or not."""
    sibling: tuple[str, ...]
    """Purposes that cover the use for another sub-category only (R-09)."""
    foreign: tuple[str, ...]
    """Named, but another category's."""
    unpublished: int
    """How many were named that the policy does not have."""
    outside: Outside | None
    """What the policy's data says of the use where no purpose covers it."""
    beyond: Literal["", "violation", "gap"]
    """No purpose of the category covers the use, nor may: what follows. '' where one does, or may."""

    @property
    def only_incidental(self) -> bool:
        """It rests on a catch-all, and on nothing else."""
        return bool(self.incidental) and not (self.direct or self.referred)


def fit(policy: Policy, category: str, use: str, named: tuple[str, ...], sites: Mapping[str, SitePurpose]) -> Fit:
    """Lay `use` beside the purposes of `category`; `sites` holds the loaded sites' purposes by their id."""
    own = {purpose.id: purpose for purpose in policy.purposes_of(category)}
    found: list[tuple[str, Purpose]] = []
    unpublished = 0
    for id in dict.fromkeys(named):
        try:
            purpose = policy.purpose(id)
        except PolicyError:
            unpublished += 1
            continue
        found.append((id if id in sites else purpose.id, purpose))
    mine = [(id, purpose) for id, purpose in found if purpose.id in own]
    references = [purpose.id for purpose in own.values() if purpose.type == "by_reference"]
    loaded = [id for id, site in sites.items() if use in site.uses and id.partition(".")[0] in references]
    siblings = (p for p in policy.purposes_of(category.partition(".")[0]) if p.id not in own)
    listed = (*(id for id, purpose in own.items() if _covers(purpose, use)), *loaded)
    associable = tuple(id for id, purpose in own.items() if _may_cover(purpose, use))
    outside = next((row for row in policy.outside if row.use == use), None)
    return Fit(
        named=tuple(id for id, _ in mine),
        direct=tuple(id for id, purpose in mine if _covers(purpose, use)),
        incidental=tuple(id for id, purpose in mine if _may_cover(purpose, use)),
        referred=tuple(id for id, _ in mine if id in loaded),
        by_reference=tuple(id for id, purpose in mine if purpose.type == "by_reference"),
        listed=listed,
        associable=associable,
        sibling=tuple(purpose.id for purpose in siblings if _covers(purpose, use)),
        foreign=tuple(id for id, purpose in found if purpose.id not in own),
        unpublished=unpublished,
        outside=outside,
        beyond="" if listed or associable else _beyond(policy, category, use, outside),
    )


def _beyond(policy: Policy, category: str, use: str, outside: Outside | None) -> Literal["violation", "gap"]:
    if outside is None:
        # a use the policy lists for other persons is not listed for these; one it does not know at all is a question
        elsewhere = any(use in (*purpose.covers, *purpose.may_cover) for purpose in policy.purposes)
        return "violation" if elsewhere else "gap"
    if category == "no_category":
        return "gap" if outside.gap_in else outside.outcome
    return "gap" if {category, category.partition(".")[0]} & set(outside.gap_in) else outside.outcome


def _covers(purpose: Purpose, use: str) -> bool:
    return purpose.type == "direct" and (purpose.bounded_by_contract or use in purpose.covers)


def _may_cover(purpose: Purpose, use: str) -> bool:
    return purpose.type == "catch_all" and (purpose.bounded_by_contract or use in purpose.may_cover)
