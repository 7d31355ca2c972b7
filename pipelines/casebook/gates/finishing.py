"""From the approval to the end: carried out, answered once, searched for again, closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from pipelines.casebook.gates.deciding import rows_changed
from pipelines.casebook.gates.moving import (
    CHANGING,
    STOPPING,
    RefusedError,
    after,
    at,
    changeable,
    granted,
    has_approval,
    responder,
    worked,
)
from pipelines.casebook.gates.settling import finished, undone
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import Dispatch, Measure, Progress, Search, Sent, Undelivered

_OF_ROWS = ("correct", "stop", "erase", "block")
"""What is done to rows, and says to which."""


def instructed(progress: Progress, by: Hand, measure: Measure) -> Progress:
    """An owner, a recipient or a trustee was told what to do, or has acknowledged it (the same id again)."""
    responder(by)
    earlier = next((one for one in progress.measures if one.id == measure.id), None)
    if progress.step not in ("carry_out", "answer", "close"):
        raise RefusedError("not_now")
    if progress.withdrawn_on:
        # what was begun is acknowledged or called back, whatever became of its approval; nothing new is begun
        if earlier is None or (earlier.what, earlier.to) != (measure.what, measure.to):
            raise RefusedError("not_now")
    elif not progress.approval:
        raise RefusedError("not_now")
    if measure.what in _OF_ROWS:
        known = {*earlier.groups} if earlier else set[str]()
        if not progress.withdrawn_on:
            known |= {one.group for one in (*progress.rows, *(progress.recheck.candidates if progress.recheck else ()))}
        if not measure.groups:
            raise RefusedError("no_groups", *sorted(known))
        if unknown := [group for group in measure.groups if group not in known]:
            raise RefusedError("unknown_group", *unknown)
    if measure.untold and not measure.what.startswith("tell_"):
        raise RefusedError("not_now")
    if measure.recalled_on and not progress.withdrawn_on:
        raise RefusedError("not_now")
    others = tuple(one for one in progress.measures if one.id != measure.id)
    # what was searched before this says nothing of it
    recheck = progress.recheck if measure.what.startswith("tell_") else None
    return worked(progress, by, measures=(*others, measure), recheck=recheck)


def carried_out(progress: Progress, by: Hand) -> Progress:
    """What was decided is done in our own stores, and says so."""
    at(progress, by, "carry_out")
    has_approval(progress)
    own = [one for one in progress.measures if not one.what.startswith("tell_")]
    if not (own or progress.stopped_on):
        raise RefusedError("no_measures")
    if granted(progress, STOPPING) and not (progress.stopped_on or any(one.what == "stop_list" for one in own)):
        raise RefusedError("no_stop_entry")
    if waiting := [one.id for one in own if one.acknowledged_on is None]:
        raise RefusedError("unacknowledged", *waiting)
    if left := undone(progress):
        raise RefusedError("undone", *left)
    return worked(progress, by, step="answer")


def stopped(progress: Progress, by: Hand, on: date) -> Progress:
    """A stop stands on the stop list: of a light route, or asked for by the form, whose own steps stay as they are.

    The policy's "immediately" (2.2(2)) waits for no paper: a stop too much is undone, a provision too much is not.
    """
    if set(STOPPING) & set(progress.kinds):
        changeable(progress, by)
        return worked(progress, by, stopped_on=progress.stopped_on or on)
    at(progress, by, "stop")
    return worked(progress, by, step=after(progress, "stop"), stopped_on=on)


def dispatched(progress: Progress, by: Hand, dispatch: Dispatch, digests: Mapping[str, str]) -> Progress:
    """The answer is about to go: `digests` of the confirmed rows are those of this moment. Nothing goes twice."""
    at(progress, by, "answer")
    if progress.dispatch:
        raise RefusedError("on_its_way")
    has_approval(progress)
    if not progress.same_letter and rows_changed(progress, digests):
        raise RefusedError("rows_changed")
    if progress.number and not progress.number.issued_on:
        raise RefusedError("not_issued")
    return worked(progress, by, dispatch=dispatch)


def issued(progress: Progress, by: Hand, content: str, on: date) -> Progress:
    """A letter goes out with its holder's My Number in it: what else it says is what was approved, to the letter."""
    at(progress, by, "answer")
    has_approval(progress)
    if progress.number is None:
        raise RefusedError("no_number")
    if progress.number.content != content:
        raise RefusedError("other_content")
    return worked(progress, by, number=progress.number.model_copy(update={"issued_on": on}))


def not_sent(progress: Progress, by: Hand, dispatch: str) -> Progress:
    """A dispatch that was begun did not go, as a person made sure."""
    at(progress, by, "answer")
    if not progress.dispatch or progress.dispatch.id != dispatch:
        raise RefusedError("no_dispatch")
    return worked(progress, by, dispatch=None)


def answered(progress: Progress, by: Hand, sent: Sent) -> Progress:
    """The answer went."""
    at(progress, by, "answer")
    if not progress.dispatch or progress.dispatch.id != sent.dispatch:
        raise RefusedError("no_dispatch")
    has_approval(progress)
    return worked(progress, by, step="close", sent=sent)


def undelivered(progress: Progress, by: Hand, returned: Undelivered) -> Progress:
    """An answer came back: it is to be sent again; or, where nobody can be reached in any other way, it stays at that.

    What was approved stays approved. A letter with a My Number is issued anew, for its file is gone.
    """
    responder(by)
    last = progress.to_send_again
    if progress.withdrawn_on or (progress.sent is None and not (last and returned.unreachable)):
        raise RefusedError("nothing_sent")
    if progress.dispatch and progress.sent is None:
        raise RefusedError("on_its_way")
    sent = progress.sent or (last.sent if last else None)
    if sent and returned.on < sent.on:
        raise RefusedError("before_sent")
    came_back = returned.model_copy(update={"sent": sent, "letter": last.letter if last else progress.letter})
    changes: dict[str, Any] = {"undelivered": (*progress.undelivered, came_back)}
    if returned.unreachable.strip():
        return worked(progress, by, step="close", sent=sent, **changes)
    number = progress.number and progress.number.model_copy(update={"issued_on": None})
    return worked(progress, by, step="answer", sent=None, dispatch=None, number=number, **changes)


def readdressed(progress: Progress, by: Hand) -> Progress:
    """Where an answer that came back goes now is recorded; what was approved is not touched by that alone."""
    responder(by)
    if progress.to_send_again is None or progress.step not in ("answer", "approve"):
        raise RefusedError("not_returned")
    changeable(progress, by)
    return worked(progress, by)


def rechecked(progress: Progress, by: Hand, search: Search) -> Progress:
    """A new search after what was carried out."""
    responder(by)
    if progress.step not in ("answer", "close") or not granted(progress, CHANGING):
        raise RefusedError("not_now")
    return worked(progress, by, recheck=search.model_copy(update={"by": by.account}))


def withdrawn(progress: Progress, by: Hand, on: date) -> Progress:
    """The requester takes the request back before it was answered."""
    changeable(progress, by)
    return worked(progress, by, step="close", withdrawn_on=on)


def closed(progress: Progress, by: Hand, unsettled: Collection[str] = ()) -> Progress:
    """Nothing is left: all have acknowledged, a new search shows it, papers are settled."""
    at(progress, by, "close")
    if unsettled:
        raise RefusedError("unsettled", *unsettled)
    if progress.withdrawn_on:
        # what was begun is done or called back: nobody goes on with it unasked
        if waiting := [one.id for one in progress.measures if not one.settled]:
            raise RefusedError("unacknowledged", *waiting)
    elif granted(progress, CHANGING):
        finished(progress)
    return worked(progress, by, step="closed")
