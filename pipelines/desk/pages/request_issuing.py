"""A letter with its holder's My Number in it (`daicho request issue`): it passes to the browser and stays nowhere here.

It is looked up, written and sent within one request: no session, no look-up that is kept, no file holds any of it. Who
took it, and when, stands in the audit before the first byte goes.
"""

from __future__ import annotations

from pipelines.casebook.letters.issuing import approved_number, issue
from pipelines.casebook.letters.locking import goes_locked, is_password, locked, new_password
from pipelines.casebook.letters.making import SUFFIXES
from pipelines.casebook.letters.sources import source
from pipelines.desk import casework
from pipelines.desk.casework import case_of, told_of
from pipelines.desk.searches import IN_WORDS
from pipelines.desk.visit import Answer, NotThereError, Sent, Shown, Visit


def issuing(visit: Visit) -> Shown:
    """What will happen, and the button."""
    return _page(visit)


def issued(visit: Visit) -> Answer:
    """Read the number now, write it into the approved letter, record it, and send it."""
    case, book, hand, day = case_of(visit), visit.casebook, visit.hand, casework.today(visit)
    if not casework.works_on(visit, case):
        visit.wrong("この案件を引き受けてから発行してください。", "Take the case on before you issue it.")
    if goes_locked(case) and not is_password(visit.form("password")):
        return _page(visit, visit.says("パスワードはこの画面のものを使います。", "The password is the one shown here."))
    try:
        approved = approved_number(case)
        looked = casework.looked(visit, case) if case.progress.released else None
        known, datasets = visit.desk.declared()[0], visit.holdings.datasets
        written = source(case, looked, book.policy, known, datasets, approved.on, case.progress.letters)
        letter = issue(case, written, hand, day)
        content = locked(letter.content, visit.form("password")) if goes_locked(case) else letter.content
        book.change(case.number, hand, "issued", lambda case: letter.record(case, hand), {"locked": goes_locked(case)})
    except IN_WORDS as error:
        return _page(visit, str(error))
    suffix = "pdf" if goes_locked(case) else SUFFIXES[case.progress.letter_kind]
    return Sent(content, f"{case.number}-{case.progress.letters}.{suffix}")


ANSWERS = {"request_issuing": issuing, "request_issue": issued}


def _page(visit: Visit, wrong: str = "") -> Shown:
    case = case_of(visit)
    if case.progress.number is None:
        raise NotThereError
    told = {"wrong": wrong, "password": new_password() if goes_locked(case) else ""}
    return Shown("request_issue.html.j2", told_of(visit, case) | told, 400 if wrong else 200)
