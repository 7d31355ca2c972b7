"""What every gate is made of: who may work, at which step, what falls when a case goes back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import GRANTED, Progress
from pipelines.casebook.rules import Step, refusals
from pipelines.casebook.sealing import CasebookError

GIVING = ("purpose_notice", "disclosure", "provision_record")
"""Kinds that are answered with data."""
STOPPING = ("stop_use", "stop_provision")
CHANGING = ("correction", *STOPPING)
"""Kinds after which the stores are others."""


class RefusedError(CasebookError):
    """A gate does not open. `code` is a row of `refusals.yml`."""

    def __init__(self, code: str, *what: str) -> None:
        said = refusals()[code]
        names = f": {'、'.join(what)}" if what else ""
        super().__init__(f"{said.ja}{names} ({said.en})")
        self.code = code


def changed(progress: Progress, **changes: Any) -> Progress:
    """The progress with those parts."""
    return progress.model_copy(update=changes)


def worked(progress: Progress, by: Hand, **changes: Any) -> Progress:
    """The progress after somebody worked on it, who from then on does not approve it."""
    responder(by)
    if progress.approval and progress.approval.by == by.account:
        # approver then, responder now: still one pair of eyes
        raise RefusedError("same_person")
    return changed(progress, hands=tuple(sorted({*progress.hands, by.account})), **changes)


def at(progress: Progress, by: Hand, step: Step) -> None:
    """Only a responder, and only at that step."""
    responder(by)
    if progress.step != step:
        raise RefusedError("not_now")


def reached(progress: Progress, step: Step) -> None:
    """Only where that step was reached."""
    if step not in progress.steps or _place(progress) < progress.steps.index(step):
        raise RefusedError("not_now")


def changeable(progress: Progress, by: Hand) -> None:
    """Only a responder, and only before anything went."""
    responder(by)
    unsent(progress)
    if progress.withdrawn_on:
        raise RefusedError("not_now")


def unsent(progress: Progress) -> None:
    """Only before anything went."""
    if progress.sent or progress.step == "closed":
        raise RefusedError("answered")
    if progress.dispatch:
        raise RefusedError("on_its_way")


def has_approval(progress: Progress) -> None:
    """Only what was approved as it stands, on routes with an approval."""
    if "approve" not in progress.steps:
        return
    if not progress.approval or progress.approval.of != progress.for_release:
        raise RefusedError("not_approved")


def responder(by: Hand) -> None:
    """Only a responder."""
    if by.role != "responder":
        raise RefusedError("role")


def after(progress: Progress, step: Step) -> Step:
    """The step after one."""
    return progress.steps[progress.steps.index(step) + 1]


def _place(progress: Progress) -> int:
    return progress.steps.index(progress.step)


def voided(progress: Progress, back_to: Step) -> dict[str, Any]:
    """What falls when a case goes back to a step."""
    fields = {
        "search": "search",
        "review": "review",
        "decide": "decision",
        "approve": "letter",
    }
    order = progress.steps
    fallen: dict[str, Any] = {
        field: "" if field == "letter" else None
        for step, field in fields.items()
        if step in order and order.index(step) >= order.index(back_to)
    }
    return fallen | {"approval": None, "number": None}


def granted(progress: Progress, kinds: Collection[str]) -> bool:
    """Whether some of the kinds were decided to be done."""
    items = progress.decision.items if progress.decision else ()
    return any(item.kind in kinds and item.outcome in GRANTED for item in items)
