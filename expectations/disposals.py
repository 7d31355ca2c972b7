"""Disposal (廃棄・消去): asked for, approved by a second person, proved, and closed once a later scan shows it.

What a proof says is the word of who made it; what the register says is another's. Only both close a disposal, and only
when the last backup has expired, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import model_validator

from classifiers.normalize import fold
from expectations.facts import Fact
from expectations.published import Text

Seen = Literal["gone", "there", "unseen"]
"""What scans since the proof say: `unseen` nothing, or not enough to tell."""

State = Literal["proposed", "refused", "lacking", "approved", "proved", "still_there", "backups", "closed"]
"""`lacking`: approved by who asked for it; `proved`: no scan has shown it yet; `still_there`: a later scan still sees
it; `backups`: it is gone, and a backup still holds it."""


class Disposal(Fact):
    """Data that somebody asks to have erased: a dataset, some rows of it, or those before a day."""

    id: Text
    store: Text
    dataset: Text
    rows: str = ""
    """A row partition's filter; '' all of them."""
    before: date | None = None
    """Only records from before that day; None: whatever their age."""
    why: Text
    by: Text
    on: date


class DisposalStep(Fact):
    """What somebody did about a disposal: never changed, only followed by another."""

    disposal: Text
    step: Literal["approved", "refused", "proved"]
    by: Text
    on: date
    how: str = ""
    """Of a proof: how it was erased (overwritten, crypto-shredded, dissolved …)."""
    certificate: str = ""
    """Of a proof: where the certificate or the log is kept."""
    backups_until: date | None = None
    """Of a proof: the day on which the last backup expires; where there is none, the day of the erasure."""
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> DisposalStep:
        needed = ("how", "certificate", "backups_until") if self.step == "proved" else ()
        if missing := [name for name in needed if not getattr(self, name)]:
            names = ", ".join(missing)
            raise ValueError(f"proved には {names} も書きます · proved needs {names}, too")
        return self


@dataclass(frozen=True, slots=True)
class Standing:
    """A disposal, and what of it stands."""

    disposal: Disposal
    state: State
    approved: DisposalStep | None
    proved: DisposalStep | None
    seen: Seen
    """`unseen` before it was proved."""


def decided(disposal: Disposal, steps: Iterable[DisposalStep]) -> tuple[DisposalStep | None, DisposalStep | None]:
    """The last decision on a disposal and the proof that followed it."""
    decision = proof = None
    for step in steps:
        if step.disposal == disposal.id:
            if step.step == "proved":
                proof = step
            else:
                decision, proof = step, None
    return decision, proof


def standing(disposal: Disposal, steps: Iterable[DisposalStep], seen: Seen, today: date) -> Standing:
    """What of a disposal stands; `seen` is what scans since its proof say."""
    decision, proof = decided(disposal, steps)
    state = _state(disposal, decision, proof, seen, today)
    return Standing(disposal, state, decision, proof, seen if proof else "unseen")


def _state(
    disposal: Disposal, decision: DisposalStep | None, proof: DisposalStep | None, seen: Seen, today: date
) -> State:
    if decision is None:
        return "proposed"
    if decision.step == "refused":
        return "refused"
    if fold(decision.by) == fold(disposal.by):
        return "lacking"
    if proof is None:
        return "approved"
    if seen != "gone":
        return "still_there" if seen == "there" else "proved"
    return "backups" if proof.backups_until and today <= proof.backups_until else "closed"
