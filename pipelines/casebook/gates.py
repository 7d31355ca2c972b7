"""The gates: intake → search → review → decide → approve → carry out → answer → close. Pure: no store, no clock.

Each function answers the progress after a step or raises RefusedError. What is released is what a second person
approved, to the last byte: every edit voids the approval and goes back to the step it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import (
    GRANTED,
    Approval,
    Decision,
    Dispatch,
    Measure,
    Progress,
    Review,
    Search,
    Sent,
)
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


def taken_in(progress: Progress, by: Hand, missing: Collection[str] = (), unchecked: Collection[str] = ()) -> Progress:
    """Intake is complete: papers, fee, identity."""
    _at(progress, by, "intake")
    if missing:
        raise RefusedError("missing", *missing)
    if unchecked:
        raise RefusedError("unchecked", *unchecked)
    return _worked(progress, by, step=_after(progress, "intake"), taken_in=True)


def edited(progress: Progress, by: Hand, back_to: Step) -> Progress:
    """What a later step rests on was changed: everything from `back_to` on is void."""
    _changeable(progress, by)
    if not progress.taken_in:
        back_to = "intake"
    if back_to not in progress.steps or progress.steps.index(back_to) > _place(progress):
        return _worked(progress, by)
    taken_in = progress.taken_in and back_to != "intake"
    return _worked(progress, by, step=back_to, **_void(progress, back_to), taken_in=taken_in)


def searched(progress: Progress, by: Hand, search: Search) -> Progress:
    """A search of all stores, the first or another one: review, decision and approval are void."""
    _changeable(progress, by)
    _reached(progress, "search")
    if not progress.taken_in:
        raise RefusedError("not_now")
    search = search.model_copy(update={"by": by.account})
    return _worked(progress, by, step="review", **_void(progress, "review"), search=search)


def reviewed(progress: Progress, by: Hand, review: Review) -> Progress:
    """A person ruled upon every candidate."""
    _changeable(progress, by)
    _reached(progress, "review")
    if not progress.search:
        raise RefusedError("not_now")
    known = {one.id: one for one in progress.search.candidates}
    ruled = Counter(one.candidate for one in review.rulings)
    if ruled.keys() - known.keys():
        raise RefusedError("unknown_candidate")
    if known.keys() - ruled.keys() or max(ruled.values(), default=1) > 1:
        raise RefusedError("unreviewed", *sorted(known.keys() - ruled.keys()))
    if any(one.verdict == "exclude" and known[one.candidate].suggestion != "excluded" and not one.reason.strip()
           for one in review.rulings):  # fmt: skip
        raise RefusedError("unreasoned_exclusion")
    review = review.model_copy(update={"by": by.account})
    return _worked(progress, by, step="decide", **_void(progress, "decide"), review=review)


def decided(progress: Progress, by: Hand, decision: Decision) -> Progress:
    """What is answered, item by item; at intake only that nothing is done, as where identity could not be confirmed."""
    _changeable(progress, by)
    if "decide" not in progress.steps:
        raise RefusedError("not_now")
    if progress.step != "intake":
        _reached(progress, "decide")
    if not progress.review and any(item.outcome != "refuse" for item in decision.items):
        raise RefusedError("only_refusal")
    _proofread(progress, decision)
    decision = decision.model_copy(update={"by": by.account})
    return _worked(progress, by, step="approve", **_void(progress, "approve"), decision=decision)


def lettered(progress: Progress, by: Hand, digest: str) -> Progress:
    """The letter with this digest is put up for approval."""
    _changeable(progress, by)
    _reached(progress, "approve")
    changes = _void(progress, "approve") | {"letter": digest, "letters": progress.letters + 1}
    return _worked(progress, by, step="approve", **changes)


def approved(progress: Progress, by: Hand, of: str, at: datetime) -> Progress:
    """A second person, an approver who never worked on the case, releases what he was shown (`of`)."""
    if by.role != "approver":
        raise RefusedError("role")
    _unsent(progress)
    if progress.step != "approve":
        raise RefusedError("not_now")
    if by.account in progress.hands:
        raise RefusedError("same_person")
    if not progress.letter:
        raise RefusedError("no_letter")
    if of != progress.for_release:
        raise RefusedError("other_content")
    approval = Approval(of=of, by=by.account, at=at)
    step: Step = "carry_out" if granted(progress, CHANGING) else "answer"
    return _with(progress, step=step, approval=approval)


def rejected(progress: Progress, by: Hand) -> Progress:
    """The approver sends it back to be decided anew."""
    if by.role != "approver":
        raise RefusedError("role")
    _unsent(progress)
    if progress.step != "approve":
        raise RefusedError("not_now")
    back: Step = "decide" if progress.review else "intake"
    return _with(progress, step=back, **_void(progress, back))


def rows_changed(progress: Progress, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Which confirmed rows are no longer as they were reviewed; `digests` by candidate as they are now."""
    return tuple(one.id for one in progress.released if digests.get(one.id) != one.digest)


def back_to_review(progress: Progress, by: Hand) -> Progress:
    """A confirmed row changed before the answer: it is reviewed, decided and approved again."""
    return edited(progress, by, "review")


def instructed(progress: Progress, by: Hand, measure: Measure) -> Progress:
    """An owner, a recipient or a trustee was told what to do, or has acknowledged it (the same id again)."""
    _responder(by)
    if progress.step not in ("carry_out", "answer", "close") or not progress.approval:
        raise RefusedError("not_now")
    others = tuple(one for one in progress.measures if one.id != measure.id)
    # what was searched before this says nothing of it
    recheck = progress.recheck if measure.what.startswith("tell_") else None
    return _worked(progress, by, measures=(*others, measure), recheck=recheck)


def carried_out(progress: Progress, by: Hand) -> Progress:
    """What was decided is done in our own stores, and says so."""
    _at(progress, by, "carry_out")
    _approved(progress)
    own = [one for one in progress.measures if not one.what.startswith("tell_")]
    if not own:
        raise RefusedError("no_measures")
    if granted(progress, STOPPING) and not any(one.what == "stop_list" for one in own):
        raise RefusedError("no_stop_entry")
    if waiting := [one.id for one in own if one.acknowledged_on is None]:
        raise RefusedError("unacknowledged", *waiting)
    return _worked(progress, by, step="answer")


def stopped(progress: Progress, by: Hand, on: date) -> Progress:
    """A light stop (opt-out, mailings) stands on the stop list."""
    _at(progress, by, "stop")
    return _worked(progress, by, step=_after(progress, "stop"), stopped_on=on)


def dispatched(progress: Progress, by: Hand, dispatch: Dispatch, digests: Mapping[str, str]) -> Progress:
    """The answer is about to go: `digests` of the confirmed rows are those of this moment. Nothing goes twice."""
    _at(progress, by, "answer")
    if progress.dispatch:
        raise RefusedError("on_its_way")
    _approved(progress)
    if rows_changed(progress, digests):
        raise RefusedError("rows_changed")
    return _worked(progress, by, dispatch=dispatch)


def not_sent(progress: Progress, by: Hand, dispatch: str) -> Progress:
    """A dispatch that was begun did not go, as a person made sure."""
    _at(progress, by, "answer")
    if not progress.dispatch or progress.dispatch.id != dispatch:
        raise RefusedError("no_dispatch")
    return _worked(progress, by, dispatch=None)


def answered(progress: Progress, by: Hand, sent: Sent) -> Progress:
    """The answer went."""
    _at(progress, by, "answer")
    if not progress.dispatch or progress.dispatch.id != sent.dispatch:
        raise RefusedError("no_dispatch")
    _approved(progress)
    return _worked(progress, by, step="close", sent=sent)


def rechecked(progress: Progress, by: Hand, search: Search) -> Progress:
    """A new search after what was carried out."""
    _responder(by)
    if progress.step not in ("answer", "close") or not granted(progress, CHANGING):
        raise RefusedError("not_now")
    return _worked(progress, by, recheck=search.model_copy(update={"by": by.account}))


def withdrawn(progress: Progress, by: Hand, on: date) -> Progress:
    """The requester takes the request back before it was answered."""
    _changeable(progress, by)
    return _worked(progress, by, step="close", withdrawn_on=on)


def closed(progress: Progress, by: Hand, unsettled: Collection[str] = ()) -> Progress:
    """Nothing is left: all have acknowledged, a new search shows it, papers are settled."""
    _at(progress, by, "close")
    if unsettled:
        raise RefusedError("unsettled", *unsettled)
    if not progress.withdrawn_on and granted(progress, CHANGING):
        if waiting := [one.id for one in progress.measures if one.acknowledged_on is None]:
            raise RefusedError("unacknowledged", *waiting)
        if granted(progress, ("stop_use",)):
            _gone(progress)
    return _worked(progress, by, step="closed")


def granted(progress: Progress, kinds: Collection[str]) -> bool:
    """Whether some of the kinds were decided to be done."""
    items = progress.decision.items if progress.decision else ()
    return any(item.kind in kinds and item.outcome in GRANTED for item in items)


def _gone(progress: Progress) -> None:
    if not progress.recheck:
        raise RefusedError("not_rechecked")
    if progress.recheck.open:
        raise RefusedError("open_stores", *(one.store for one in progress.recheck.open))
    blocked = any(one.what in ("block", "stop") for one in progress.measures)
    if not blocked and any(one.suggestion == "release" for one in progress.recheck.candidates):
        raise RefusedError("still_there")


def _proofread(progress: Progress, decision: Decision) -> None:
    items = decision.items
    if left := [kind for kind in progress.kinds if kind not in {item.kind for item in items}]:
        raise RefusedError("undecided_kind", *left)
    if any(item.kind not in progress.kinds for item in items):
        raise RefusedError("other_kind")
    if max(Counter((item.kind, item.what) for item in items).values()) > 1:
        raise RefusedError("contradictory")
    if any(item.outcome != "comply" and not item.reason.strip() for item in items):
        raise RefusedError("no_reason")
    if any(item.outcome not in ("comply", "none_held") and not item.ground.strip() for item in items):
        raise RefusedError("no_ground")
    if any(item.outcome == "none_held" for item in items) and progress.released:
        raise RefusedError("rows_confirmed")
    gives = [item for item in items if item.kind in GIVING and item.outcome == "comply"]
    if any(item.kind == "disclosure" for item in gives) and not progress.released:
        raise RefusedError("no_rows")
    waiting = progress.search.open if progress.search else ()
    if waiting and (gives or any(item.outcome == "none_held" for item in items)):
        raise RefusedError("open_stores", *(one.store for one in waiting))


def _void(progress: Progress, back_to: Step) -> dict[str, Any]:
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
    return fallen | {"approval": None}


def _with(progress: Progress, **changes: Any) -> Progress:
    return progress.model_copy(update=changes)


def _worked(progress: Progress, by: Hand, **changes: Any) -> Progress:
    _responder(by)
    if progress.approval and progress.approval.by == by.account:
        # approver then, responder now: still one pair of eyes
        raise RefusedError("same_person")
    return _with(progress, hands=tuple(sorted({*progress.hands, by.account})), **changes)


def _responder(by: Hand) -> None:
    if by.role != "responder":
        raise RefusedError("role")


def _at(progress: Progress, by: Hand, step: Step) -> None:
    _responder(by)
    if progress.step != step:
        raise RefusedError("not_now")


def _changeable(progress: Progress, by: Hand) -> None:
    _responder(by)
    _unsent(progress)
    if progress.withdrawn_on:
        raise RefusedError("not_now")


def _unsent(progress: Progress) -> None:
    if progress.sent or progress.step == "closed":
        raise RefusedError("answered")
    if progress.dispatch:
        raise RefusedError("on_its_way")


def _approved(progress: Progress) -> None:
    if "approve" not in progress.steps:
        return
    if not progress.approval or progress.approval.of != progress.for_release:
        raise RefusedError("not_approved")


def _place(progress: Progress) -> int:
    return progress.steps.index(progress.step)


def _reached(progress: Progress, step: Step) -> None:
    if step not in progress.steps or _place(progress) < progress.steps.index(step):
        raise RefusedError("not_now")


def _after(progress: Progress, step: Step) -> Step:
    return progress.steps[progress.steps.index(step) + 1]
