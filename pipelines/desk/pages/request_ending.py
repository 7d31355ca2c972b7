"""A request that ends otherwise: its requester takes it back, or its answer came back."""

from __future__ import annotations

from typing import get_args

from pipelines.casebook.case import Withdrawal
from pipelines.casebook.progress import Undelivered
from pipelines.casebook.redelivery import note_return
from pipelines.casebook.withdrawing import withdraw
from pipelines.desk import DeskError, casework, typed
from pipelines.desk.casework import case_of, path_of, told_of
from pipelines.desk.forms import Fields
from pipelines.desk.searches import IN_WORDS
from pipelines.desk.visit import Answer, Moved, Shown, Visit
from pipelines.suppression.hashing import StopListError

WHY = get_args(Undelivered.model_fields["why"].annotation)


def withdrawal(visit: Visit) -> Shown:
    """What is asked of a request that is taken back."""
    return _form(visit, "withdrawal", Fields({}))


def take_back(visit: Visit) -> Answer:
    """Record that it was taken back; a stop is lifted only where its person asked for that."""
    case, form = case_of(visit), visit.form
    try:
        given = typed.read(typed.withdrawal(form), Withdrawal)
        stop_list = casework.stop_list(visit) if given.lift_stop else None
        withdraw(visit.casebook, case.number, visit.hand, given, stop_list)
    except (*IN_WORDS, DeskError, StopListError) as error:
        return _form(visit, "withdrawal", form, str(error))
    visit.desk.searches.moved_on(case.number)
    return Moved(path_of(case.number), visit.says("取下げを記録しました。", "The withdrawal is recorded."))


def returning(visit: Visit) -> Shown:
    """What is asked of an answer that came back."""
    return _form(visit, "undelivered", Fields({}))


def came_back(visit: Visit) -> Answer:
    """Record that the answer came back, to be sent again or, where nobody can be reached, not."""
    case, form = case_of(visit), visit.form
    try:
        note_return(visit.casebook, case.number, visit.hand, typed.read(typed.returned(form), Undelivered))
    except IN_WORDS as error:
        return _form(visit, "undelivered", form, str(error))
    visit.desk.searches.moved_on(case.number)
    return Moved(path_of(case.number), visit.says("不着を記録しました。", "It is recorded that it came back."))


ANSWERS = {
    "request_withdrawal": withdrawal,
    "request_withdraw": take_back,
    "request_returning": returning,
    "request_undelivered": came_back,
}


def _form(visit: Visit, which: casework.Ending, fields: Fields, wrong: str = "") -> Shown:
    case = case_of(visit)
    refused = casework.refused(visit, case, which)
    told = {
        "refused": refused,
        "wrong": wrong or refused,
        "why": WHY,
        "channels": typed.CHANNELS,
        "day": casework.today(visit),
    } | typed.showing(fields)
    return Shown(f"request_{which}.html.j2", told_of(visit, case) | told, 400 if wrong else 200)
