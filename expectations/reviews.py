"""The yearly review (定期見直し): what people attested and approved of the register, and what of it stands.

An attestation holds for what its author saw: where the dataset's facts change before it is approved, it re-opens. The
approval is the privacy role's, by somebody else than who attested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import model_validator

from classifiers.normalize import fold
from expectations.facts import Fact
from expectations.published import Text

State = Literal["open", "attested", "reopened", "lacking", "approved"]
"""`reopened`: the facts are others than those that were attested; `lacking`: approved by who attested it."""

Item = tuple[str, str]
"""Store and dataset; '' the store by itself, which no scanner reaches."""


class Review(Fact):
    """One campaign: every dataset with personal data is looked through by its owner until a day."""

    id: Text
    opened_on: date
    due: date
    by: Text

    @model_validator(mode="after")
    def _in_order(self) -> Review:
        if self.due < self.opened_on:
            raise ValueError("due は opened_on より後の日です · due lies after opened_on")
        return self


class Facts(Fact):
    """Digests of what the register says of a dataset."""

    columns: Text
    rows: Text
    declared: Text
    access: Text
    findings: Text


class ReviewStep(Fact):
    """What somebody did in a campaign for one dataset: never changed, only followed by another."""

    review: Text
    step: Literal["assigned", "attested", "approved"]
    store: Text
    dataset: str = ""
    by: Text
    role: Literal["owner", "privacy"] = "owner"
    on: date
    to: str = ""
    """Of an assignment: who is to attest."""
    saw: Facts | None = None
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> ReviewStep:
        if self.step == "assigned" and not self.to:
            raise ValueError("assigned には to（誰に）も書きます · assigned needs to, too")
        if self.step != "assigned" and self.saw is None:
            raise ValueError(f"{self.step} には saw（見たもの）も書きます · {self.step} needs saw, too")
        if self.step == "approved" and self.role != "privacy":
            raise ValueError("承認は role: privacy です · it is the privacy role that approves")
        return self


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a campaign stands for one dataset."""

    item: Item
    owner: str
    """Who is to attest; '' nobody is named."""
    state: State
    overdue: bool
    attested: ReviewStep | None
    approved: ReviewStep | None
    changed: tuple[str, ...]
    """The facts that are others than what was attested, or, where it is approved, than what was approved."""


def stand(
    review: Review, steps: Iterable[ReviewStep], facts: Mapping[Item, Facts], owners: Mapping[str, str], today: date
) -> tuple[Standing, ...]:
    """What stands of every dataset there is; `owners` are the stores'."""
    by_item: dict[Item, list[ReviewStep]] = {}
    for step in steps:
        if step.review == review.id:
            by_item.setdefault((step.store, step.dataset), []).append(step)
    return tuple(
        _standing(review, item, by_item.get(item, []), now, owners.get(item[0], ""), today)
        for item, now in facts.items()
    )


def _standing(review: Review, item: Item, steps: list[ReviewStep], now: Facts, owner: str, today: date) -> Standing:
    attested = approved = None
    for step in steps:
        if step.step == "assigned":
            owner = step.to
        elif step.step == "attested":
            attested, approved = step, None
        else:
            approved = step
    state = _state(attested, approved, now)
    late = today > review.due and state != "approved"
    seen = attested.saw if attested else None
    return Standing(item, owner, state, late, attested, approved, tuple(changed(seen, now)) if seen else ())


def _state(attested: ReviewStep | None, approved: ReviewStep | None, now: Facts) -> State:
    if attested is None:
        return "open"
    if approved is not None and approved.saw == attested.saw:
        return "lacking" if fold(approved.by) == fold(attested.by) else "approved"
    return "attested" if attested.saw == now else "reopened"


def changed(before: Facts, now: Facts) -> Iterator[str]:
    """The names of the facts that are others than before."""
    for name in Facts.model_fields:
        if getattr(before, name) != getattr(now, name):
            yield name
