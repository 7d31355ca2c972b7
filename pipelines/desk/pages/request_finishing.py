"""A request from the approval to its end: carried out, answered."""

from __future__ import annotations

from typing import get_args

from pipelines.casebook import gates
from pipelines.casebook.answering import answered
from pipelines.casebook.case import Case
from pipelines.casebook.letters.locking import goes_locked, is_password, locked, new_password
from pipelines.casebook.progress import How, Measure, What
from pipelines.casebook.searching import Looked, digests
from pipelines.desk import casework, typed
from pipelines.desk.casework import case_of, changed, looking, path_of, told_of
from pipelines.desk.forms import Fields
from pipelines.desk.searches import IN_WORDS
from pipelines.desk.visit import Answer, Moved, NotThereError, Sent, Shown, Visit

HOW: tuple[How, ...] = get_args(How)
MEASURES = get_args(What)


def measures(visit: Visit) -> Shown:
    """Instructions and what was acknowledged."""
    return _measures(visit, Fields({}))


def measure(visit: Visit) -> Answer:
    """An instruction, its acknowledgement, or that all is done."""
    case, form = case_of(visit), visit.form
    try:
        if form("done"):
            changed(visit, case.number, "carried_out", gates.carried_out)
            return Moved(path_of(case.number), visit.says("実施を終えました。", "It is carried out."))
        told = typed.measure(form, f"m{len(case.progress.measures) + 1}")
        changed(visit, case.number, "instructed", gates.instructed, typed.read(told, Measure))
    except IN_WORDS as error:
        return _measures(visit, form, str(error))
    return Moved(path_of(case.number, "measures"), visit.says("記録しました。", "Recorded."))


def sending(visit: Visit) -> Shown:
    """How it went."""
    return _answer(visit, Fields({}))


def copy(visit: Visit) -> Answer:
    """The copy of an electronic answer that is sent: it opens with the password that the page showed."""
    case, password = case_of(visit), visit.form("password")
    if not _is_copied(case):
        raise NotThereError
    if not is_password(password):
        return _answer(
            visit,
            Fields({}),
            visit.says("パスワードはこの画面のものを使います。", "The password is the one shown here."),
        )
    content = locked(visit.casebook.letter(case.number, visit.hand), password)
    return Sent(content, f"{case.number}-{case.progress.letters}.pdf")


def answer(visit: Visit) -> Answer:
    """Record that the answer went; confirmed rows are held against what their stores hold now."""
    case, form, hand, book = case_of(visit), visit.form, visit.hand, visit.casebook
    how, tracking = next((one for one in HOW if one == form("how")), None), form("tracking")
    if how is None:
        return _answer(visit, form, visit.says("方法を選びます。", "Choose how it went."))

    def went(case: Case, looked: Looked | None) -> None:
        held = digests(case, looked.rows) if looked else {}
        detail = {"how": how, "locked": _is_copied(case)}
        book.change(case.number, hand, "answered", lambda case: answered(case, hand, how, tracking, held), detail)
        visit.desk.searches.moved_on(case.number)

    # the same letter goes again as it was approved: what stores hold by now changes nothing
    if case.progress.released and not case.progress.same_letter:
        kept = {"how": how, "tracking": tracking}
        return looking(visit, case, "answer", path_of(case.number, "answer"), went, kept)
    try:
        went(case, None)
    except IN_WORDS as error:
        return _answer(visit, form, str(error))
    return Moved(path_of(case.number), visit.says("回答を記録しました。", "The answer is recorded."))


ANSWERS = {
    "request_measures": measures,
    "request_measure": measure,
    "request_sending": sending,
    "request_answer": answer,
    "request_copy": copy,
}


def _measures(visit: Visit, fields: Fields, wrong: str = "") -> Shown:
    case = case_of(visit)
    told = {
        "wrong": wrong,
        "kinds": MEASURES,
        "day": casework.today(visit),
        "groups": casework.groups_of(case),
    } | typed.showing(fields)
    return Shown("request_measures.html.j2", told_of(visit, case) | told, 400 if wrong else 200)


def _answer(visit: Visit, fields: Fields, wrong: str = "") -> Shown:
    case = case_of(visit)
    failed = visit.session and visit.desk.searches.failed(visit.session, case.number, "answer")
    if failed:
        wrong, fields = failed.wrong, Fields({name: (value,) for name, value in failed.typed.items()})
    password = new_password() if _is_copied(case) else ""
    told = {"wrong": wrong, "hows": HOW, "password": password} | typed.showing(fields)
    return Shown("request_answer.html.j2", told_of(visit, case) | told, 400 if wrong else 200)


def _is_copied(case: Case) -> bool:
    """Whether a copy with a password goes: of an approved electronic answer that no My Number is issued into."""
    return case.progress.step == "answer" and goes_locked(case) and not case.progress.number
