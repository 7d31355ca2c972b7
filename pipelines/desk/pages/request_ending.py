"""A request that ends otherwise: its requester takes it back, or its answer came back."""

from __future__ import annotations

from typing import Any, get_args

from pipelines.casebook.case import Case, Withdrawal
from pipelines.casebook.progress import Undelivered
from pipelines.casebook.redelivery import Readdressing, note_return, readdress
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


def readdressing(visit: Visit) -> Shown:
    """What is asked of a new address."""
    return _form(visit, "readdressing", Fields({}))


def send_elsewhere(visit: Visit) -> Answer:
    """Record the new address, and what it is made sure of by."""
    case, form = case_of(visit), visit.form
    sides = [(paper.id, side) for paper, side in _showing_an_address(visit, case)]
    try:
        given = typed.read(typed.readdressing(form, sides), Readdressing)
        readdress(visit.casebook, case.number, visit.hand, given)
    except IN_WORDS as error:
        return _form(visit, "readdressing", form, str(error))
    visit.desk.searches.moved_on(case.number)
    return Moved(path_of(case.number), visit.says("新しい宛先を記録しました。", "The new address is recorded."))


ANSWERS = {
    "request_withdrawal": withdrawal,
    "request_withdraw": take_back,
    "request_returning": returning,
    "request_undelivered": came_back,
    "request_readdressing": readdressing,
    "request_readdress": send_elsewhere,
}


def _showing_an_address(visit: Visit, case: Case) -> list[tuple[Any, str]]:
    """The papers that can show a new address, and whose."""
    return [(paper, side) for paper, side in typed.sides(case, visit.casebook.policy) if paper.kind == "identity"]


def _form(visit: Visit, which: casework.Ending, fields: Fields, wrong: str = "") -> Shown:
    case = case_of(visit)
    refused = casework.refused(visit, case, which)
    told = {
        "refused": refused,
        "wrong": wrong or refused,
        "why": WHY,
        "papers": _showing_an_address(visit, case),
        "day": casework.today(visit),
    }
    told |= typed.choices() | typed.showing(fields)
    return Shown(f"request_{which}.html.j2", told_of(visit, case) | told, 400 if wrong else 200)
