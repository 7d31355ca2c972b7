"""Requests: the list, the intake form, one case with its papers, its amendment and its audit."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from pipelines.casebook import rules
from pipelines.casebook.draft import Draft
from pipelines.casebook.intake import required
from pipelines.casebook.receiving import Amendment, Received, amended, receive
from pipelines.casebook.schema import audit
from pipelines.casebook.stopping import stop
from pipelines.clock import now
from pipelines.desk import DeskError, casework, trail, typed
from pipelines.desk.casework import case_of, path_of, told_of
from pipelines.desk.forms import Fields
from pipelines.desk.listing import page_of
from pipelines.desk.searches import IN_WORDS
from pipelines.desk.visit import Answer, Moved, Shown, Visit
from pipelines.suppression.hashing import StopListError


def requests(visit: Visit) -> Shown:
    """Every request, what is open first asked for; nothing of a person."""
    day, asked = casework.today(visit), {"show": visit.query("show")}
    lines = [
        one
        for one in visit.casebook.lines()
        if asked["show"] == "all" or one.step not in ("closed", "erased")
        if asked["show"] != "late" or one.late(day)
    ]
    lines.sort(key=lambda one: (not one.late(day), one.due_on or "9999", one.number))
    found = page_of(lines, visit.query)
    told = {"found": found, "asked": asked, "day": day, "policy": visit.casebook.policy, "routes": rules.routes()}
    return Shown("requests.html.j2", told)


def new(visit: Visit) -> Shown:
    """The form, once it is known what came and from whom."""
    return _form(visit, visit.query)


def open_one(visit: Visit) -> Answer:
    """Take it in; what is wrong is said beside the form."""
    try:
        case = visit.casebook.open(typed.read(typed.draft(visit.form, visit.casebook.policy), Draft), visit.hand)
    except IN_WORDS as error:
        return _form(visit, visit.form, str(error))
    return Moved(path_of(case.number), visit.says(f"{case.number} を受け付けました。", f"{case.number} is taken in."))


def request(visit: Visit) -> Shown:
    """One case, its person masked."""
    return case_page(visit)


def person(visit: Visit) -> Shown:
    """The same with what is known of the person, for whoever works on it."""
    case = case_of(visit)
    if not casework.works_on(visit, case):
        visit.wrong("この案件を引き受けてから見てください。", "Take the case on before you look.")
    casework.values_seen(visit, case, "individual", 1)
    return Shown("request.html.j2", told_of(visit, case) | {"shown": True, "wrong": ""})


def take(visit: Visit) -> Answer:
    """Take the case on: from here on its values may be seen, and the audit says by whom."""
    case = case_of(visit)
    if case.closed_on:
        visit.wrong("終わった案件です。", "The case is closed.")
    with visit.casebook.transaction() as transaction:
        transaction.record("taken_on", visit.visitor.account, f"request {case.number}")
    return Moved(path_of(case.number), visit.says("引き受けました。", "The case is yours."))


def papers(visit: Visit) -> Shown:
    """What came, what is missing, and the form for what came now."""
    return _papers(visit, Fields({}))


def receive_papers(visit: Visit) -> Answer:
    """Record papers, proofs, payments and notices."""
    case, book, hand = case_of(visit), visit.casebook, visit.hand
    sides = [(paper.id, side) for paper, side in typed.sides(case, book.policy)]
    try:
        received = typed.read(typed.received(visit.form, sides), Received)
        rows = {"recorded": sorted(received.model_fields_set)}
        book.change(case.number, hand, "verified", lambda case: receive(case, book.policy, received, hand, now()), rows)
    except IN_WORDS as error:
        return _papers(visit, visit.form, str(error))
    visit.desk.searches.moved_on(case.number)
    return Moved(path_of(case.number), visit.says("記録しました。", "Recorded."))


def wishes(visit: Visit) -> Shown:
    """Individual, deputy and what is asked, to be corrected."""
    return _wishes(visit)


def amend(visit: Visit) -> Answer:
    """Correct them: later steps begin anew."""
    case, book, hand = case_of(visit), visit.casebook, visit.hand
    try:
        amendment = typed.read(typed.wishes(visit.form), Amendment)
        rows = {"changed": sorted(amendment.model_fields_set)}
        book.change(case.number, hand, "amended", lambda case: amended(case, book.policy, amendment, hand, now()), rows)
    except IN_WORDS as error:
        return _wishes(visit, visit.form, str(error))
    visit.desk.searches.moved_on(case.number)
    return Moved(path_of(case.number), visit.says("改めました。", "Corrected."))


def stop_now(visit: Visit) -> Answer:
    """Enter an opt-out or an unsubscription in the stop list."""
    return step(visit, lambda number: stop(visit.casebook, number, visit.hand, casework.stop_list(visit)))


def close(visit: Visit) -> Answer:
    """Close a case of which nothing is left to do."""
    return step(visit, lambda number: visit.casebook.close(number, visit.hand))


def entries(visit: Visit) -> Shown:
    """Who saw and did what of one case."""
    case = case_of(visit)
    number, table = case.number, audit.c
    of_case = (table.subject == f"request {number}") | table.subject.startswith(f"letter {number}/", autoescape=True)
    looked = table.event.startswith("lookup_") & table.detail.contains(f'"{number}"', autoescape=True)
    with visit.casebook.transaction() as transaction:
        query = sa.select(audit).where(of_case | looked).order_by(table.number.desc())
        rows = transaction.connection.execute(query).mappings().all()
    told = {"found": page_of(rows, visit.query), "asked": {}} | trail.showing(visit)
    return Shown("request_audit.html.j2", told_of(visit, case) | told)


def case_page(visit: Visit, wrong: str = "") -> Shown:
    """One case with its person masked, and what was refused."""
    case = case_of(visit)
    session = visit.session
    for what in ("search", "look", "recheck", "letter"):
        failed = session and visit.desk.searches.failed(session, case.number, what)
        wrong = failed.wrong if failed else wrong
    return Shown("request.html.j2", told_of(visit, case) | {"shown": False, "wrong": wrong}, 400 if wrong else 200)


def step(visit: Visit, do: Callable[[str], object]) -> Answer:
    """A step that needs no form; what refuses it is said on the case's page."""
    number = visit.place["number"]
    try:
        do(number)
    except (*IN_WORDS, DeskError, StopListError) as error:
        return case_page(visit, str(error))
    visit.desk.searches.moved_on(number)
    return Moved(path_of(number), visit.says("記録しました。", "Recorded."))


ANSWERS = {
    "requests": requests,
    "request_new": new,
    "request_open": open_one,
    "request": request,
    "request_person": person,
    "request_take": take,
    "request_papers": papers,
    "request_receive": receive_papers,
    "request_wishes": wishes,
    "request_amend": amend,
    "request_stop": stop_now,
    "request_close": close,
    "request_audit": entries,
}


def _form(visit: Visit, fields: Fields, wrong: str = "") -> Shown:
    policy = visit.casebook.policy
    route = rules.routes().get(fields("route"))
    requester = next((one for one in policy.requesters if one.id == fields("requester")), policy.requesters[0])
    told = {
        "policy": policy,
        "route": route,
        "requester": requester,
        "papers": required(requester, policy),
        "wrong": wrong,
        "day": casework.today(visit),
    }
    return Shown("request_new.html.j2", told | typed.choices() | typed.showing(fields), 400 if wrong else 200)


def _papers(visit: Visit, fields: Fields, wrong: str = "") -> Shown:
    case = case_of(visit)
    told = {"papers": typed.sides(case, visit.casebook.policy), "wrong": wrong, "day": casework.today(visit)}
    shown = told_of(visit, case) | told | typed.choices() | typed.showing(fields)
    return Shown("request_papers.html.j2", shown, 400 if wrong else 200)


def _wishes(visit: Visit, fields: Fields | None = None, wrong: str = "") -> Shown:
    case = case_of(visit)
    if not casework.works_on(visit, case):
        visit.wrong("この案件を引き受けてから見てください。", "Take the case on before you look.")
    casework.values_seen(visit, case, "individual", 1)
    shown = told_of(visit, case) | {"wrong": wrong, "route": rules.routes()[case.route]}
    return Shown("request_wishes.html.j2", shown | typed.showing(fields or typed.as_typed(case)), 400 if wrong else 200)
