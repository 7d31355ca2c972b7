"""Stores that no search can read: what their owners are asked, and what they answer."""

from __future__ import annotations

from pipelines.casebook.inquiries import asked, text
from pipelines.casebook.searching import owner_answered
from pipelines.desk import casework
from pipelines.desk.casework import case_of, path_of
from pipelines.desk.pages.request_deciding import review_page
from pipelines.desk.pages.requests import case_page
from pipelines.desk.searches import IN_WORDS
from pipelines.desk.visit import Answer, Moved, Sent, Visit


def inquiry(visit: Visit) -> Answer:
    """What a store's owner is asked, with the individual's keys: a file for the owner's eyes alone. It is noted."""
    case, hand, store = case_of(visit), visit.hand, visit.form("store")
    if not casework.works_on(visit, case):
        visit.wrong("この案件を引き受けてから依頼してください。", "Take the case on before you ask.")
    day = casework.today(visit)
    try:
        said = text(case, visit.casebook.policy, store, visit.holdings.label(store))
        visit.casebook.change(
            case.number, hand, "owner_asked", lambda case: asked(case, hand, store, day), {"store": store}
        )
    except IN_WORDS as error:
        return review_page(visit, visit.form, str(error))
    return Sent(said.encode(), f"{case.number}-確認依頼-{store}.txt", "text/plain; charset=utf-8")


def owner(visit: Visit) -> Answer:
    """What the owner of a store answered that could not be searched; after the answer, of the search anew."""
    number, hand, store = visit.place["number"], visit.hand, visit.form("store")
    held, case = visit.form("held"), case_of(visit)
    after, label = case.progress.step == "close", visit.holdings.label(store)
    wrong = ""
    if not held and not visit.form("nothing"):
        wrong = visit.says("何があるかを書くか、「該当なし」を選びます。", "Say what is held, or choose nothing.")
    try:
        if not wrong:
            visit.casebook.change(
                number, hand, "owner_answered", lambda case: owner_answered(case, hand, store, held, label),
                {"store": store, "held": bool(held)},
            )  # fmt: skip
    except IN_WORDS as error:
        wrong = str(error)
    if wrong:
        return case_page(visit, wrong) if after else review_page(visit, visit.form, wrong)
    return Moved(path_of(number, "" if after else "review"), visit.says("記録しました。", "Recorded."))


ANSWERS = {"request_inquiry": inquiry, "request_owner": owner}
