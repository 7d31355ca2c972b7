"""From the approval to the end: carried out, answered once, searched for again, closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

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
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import Dispatch, Measure, Progress, Search, Sent


def instructed(progress: Progress, by: Hand, measure: Measure) -> Progress:
    """An owner, a recipient or a trustee was told what to do, or has acknowledged it (the same id again)."""
    responder(by)
    if progress.step not in ("carry_out", "answer", "close") or not progress.approval:
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
    if rows_changed(progress, digests):
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
    if not progress.withdrawn_on and granted(progress, CHANGING):
        if waiting := [one.id for one in progress.measures if one.acknowledged_on is None]:
            raise RefusedError("unacknowledged", *waiting)
        if granted(progress, ("stop_use",)):
            _gone(progress)
    return worked(progress, by, step="closed")


def _gone(progress: Progress) -> None:
    if not progress.recheck:
        raise RefusedError("not_rechecked")
    if progress.recheck.open:
        raise RefusedError("open_stores", *(one.store for one in progress.recheck.open))
    blocked = any(one.what in ("block", "stop") for one in progress.measures)
    confirmed = {one.id for one in progress.released}
    if not blocked and any(one.suggestion == "release" or one.id in confirmed for one in progress.recheck.candidates):
        raise RefusedError("still_there")
