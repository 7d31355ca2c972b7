"""取下げ: a request that its requester takes back. What came goes back; a stop that is entered stays."""

from __future__ import annotations

from pathlib import Path

from pipelines.casebook import gates
from pipelines.casebook.book import Casebook
from pipelines.casebook.case import Case, Withdrawal
from pipelines.casebook.hands import Hand
from pipelines.casebook.sealing import CasebookError
from pipelines.casebook.stopping import lift
from pipelines.clock import TOKYO, today


def withdraw(book: Casebook, number: str, by: Hand, withdrawal: Withdrawal, stop_list: Path | None) -> Case:
    """The case after it was taken back; raises CasebookError, StopListError.

    A stop is lifted first: after a crash between the two, the same call again goes on.
    """
    case = withdrawn(book.case(number, by), by, withdrawal)
    if withdrawal.lift_stop:
        if stop_list is None or not case.progress.stopped_on:
            raise gates.RefusedError("no_stop_to_lift")
        lift(case, book.policy, stop_list)
    detail = {"side": withdrawal.by, "channel": withdrawal.how, "lift_stop": withdrawal.lift_stop}
    return book.change(number, by, "withdrawn", lambda case: withdrawn(case, by, withdrawal), detail)


def withdrawn(case: Case, by: Hand, withdrawal: Withdrawal) -> Case:
    """The case with its withdrawal; raises CasebookError."""
    if not case.arrived.astimezone(TOKYO).date() <= withdrawal.on <= today():
        raise CasebookError("on: 受付の日から今日までの日です (is a day from the arrival to today)")
    if withdrawal.by == "deputy" and case.deputy is None:
        raise CasebookError("by: 本人による請求です (no deputy asks here)")
    if withdrawal.by == "deputy" and withdrawal.lift_stop:
        raise gates.RefusedError("own_word")
    progress = gates.withdrawn(case.progress, by, withdrawal.on)
    return case.model_copy(update={"progress": progress, "withdrawal": withdrawal})
