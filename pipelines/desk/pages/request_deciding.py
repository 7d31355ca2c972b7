"""A request from the search to the approval: looked up, reviewed, decided, its letter, four eyes."""

from __future__ import annotations

from typing import Any, get_args

from pipelines.casebook import gates
from pipelines.casebook.case import Case
from pipelines.casebook.gates.moving import CHANGING
from pipelines.casebook.letters.making import KINDS, draw
from pipelines.casebook.letters.sources import source
from pipelines.casebook.progress import RECORDS, Decision, Item, Outcome, Review
from pipelines.casebook.searching import Looked, Row
from pipelines.desk import casework, typed
from pipelines.desk.casework import case_of, changed, looking, path_of, told_of
from pipelines.desk.forms import Fields
from pipelines.desk.letters import shown_as
from pipelines.desk.people import RefusedError
from pipelines.desk.searches import IN_WORDS
from pipelines.desk.visit import Answer, Language, Moved, Sent, Shown, Visit

GROUNDS = ("33(2)(i)", "33(2)(ii)", "33(2)(iii)", "32(2)(i)(ii)", "33(5)", "34(2)", "35(2)", "35(4)", "35(6)")
OUTCOMES = get_args(Outcome)
PARTS = 3
"""Of one kind of request, decided apart: as many at least as the form has places for."""


def search(visit: Visit) -> Answer:
    """Search every store; or only look again, for the values that the review shows."""
    case, number = case_of(visit), visit.place["number"]
    if visit.form("what") == "look":
        if not casework.works_on(visit, case):
            visit.wrong("この案件を引き受けてから見てください。", "Take the case on before you look.")
        return looking(visit, case, "look", path_of(number, "review"))
    if case.progress.step in ("answer", "close"):
        return looking(visit, case, "recheck", path_of(number), lambda _, looked: _recheck(visit, number, looked))
    return looking(visit, case, "search", path_of(number, "review"), lambda _, looked: _searched(visit, number, looked))


def searching(visit: Visit) -> Answer:
    """How far a look-up has come: asked again by the page that shows it."""
    number = visit.place["number"]
    found = visit.session and visit.desk.searches.of(visit.session, number)
    if not found:
        return Moved(path_of(number))
    if found.done:
        return Moved(path_of(number) if found.wrong and found.what != "answer" else found.back)
    return Shown("request_searching.html.j2", {"search": found, "number": number})


def candidates(visit: Visit) -> Answer:
    """The candidates side by side, values masked."""
    return review_page(visit, Fields({}))


def review(visit: Visit) -> Answer:
    """Rule upon every candidate; or show the values of one, with everything that is typed kept."""
    form = visit.form
    if form("show"):
        return review_page(visit, form)
    case = case_of(visit)
    found = case.progress.search
    rulings = []
    for one in found.candidates if found else ():
        ruling = {"candidate": one.id, "verdict": form(f"{one.id}.verdict"), "reason": form(f"{one.id}.reason")}
        rulings.append(ruling | {"mask": form.several(f"{one.id}.mask")})
    unruled = [one for one in rulings if not one["verdict"]]
    rulings = [one for one in rulings if one["verdict"]]
    try:
        if unruled and not rulings:
            raise gates.RefusedError("unreviewed")
        changed(visit, case.number, "reviewed", gates.reviewed, typed.read({"rulings": rulings}, Review))
    except IN_WORDS as error:
        return review_page(visit, form, str(error))
    return Moved(path_of(case.number), visit.says("確認を記録しました。", "The review is recorded."))


def items(visit: Visit) -> Answer:
    """What is to be decided, kind by kind."""
    return _decision(visit, Fields({}))


def decide(visit: Visit) -> Answer:
    """Decide."""
    case, form = case_of(visit), visit.form
    try:
        decision = typed.read(typed.decision(form, len(_places(case))), Decision)
        changed(visit, case.number, "decided", gates.decided, decision)
    except IN_WORDS as error:
        return _decision(visit, form, str(error))
    return Moved(path_of(case.number), visit.says("判断を記録しました。", "The decision is recorded."))


def make_letter(visit: Visit) -> Answer:
    """Write the letter from the rows as they are now, and put it up for approval."""
    case, number = case_of(visit), visit.place["number"]
    language: Language = "en" if visit.form("language") == "en" else "ja"
    kind = next((one for one in KINDS if one == visit.form("kind")), None)
    holdings, book, hand, day = visit.holdings, visit.casebook, visit.hand, casework.today(visit)
    known = visit.desk.declared()[0]

    def put(case: Case, looked: Looked | None) -> None:
        nth = case.progress.letters + 1
        drawn = draw(case, source(case, looked, book.policy, known, holdings.datasets, day, nth), language, kind)
        book.put_letter(number, hand, drawn.content, drawn.kind, drawn.my_number)

    if case.progress.released:
        return looking(visit, case, "letter", path_of(number, "letter"), put)
    try:
        put(case, None)
    except IN_WORDS as error:
        visit.wrong(str(error), str(error))
    return Moved(path_of(number, "letter"))


def letter(visit: Visit) -> Shown:
    """The letter that was put up last, to be read here."""
    case = case_of(visit)
    visit.desk.searches.moved_on(case.number)
    return Shown("request_letter.html.j2", told_of(visit, case) | {"parts": _letter(visit, case.number)})


def letter_file(visit: Visit) -> Sent:
    """The letter as it will be sent."""
    number = visit.place["number"]
    content = visit.casebook.letter(case_of(visit).number, visit.hand)
    return Sent(content, f"{number}.{shown_as(content).suffix}")


def approval(visit: Visit) -> Shown:
    """What is to be released, and where the approver proves himself."""
    return _approval(visit)


def approve(visit: Visit) -> Answer:
    """Release what was shown, or send it back: by the approver's own secret, here and now."""
    number, form, account = visit.place["number"], visit.form, visit.visitor.account
    try:
        visit.desk.people.prove(account, form.raw("secret"), visit.address)
        if form("back"):
            visit.casebook.reject(number, account, form.raw("secret"))
        else:
            visit.casebook.approve(number, account, form.raw("secret"), form("of"))
    except RefusedError as error:
        wait = visit.says("誤りが続いたため、しばらく決裁できません。", "Too many wrong tries: wait a while.")
        wrong = visit.says("秘密が違います。ご自身の秘密をもう一度入力します。", "Not your secret: type it again.")
        return _approval(visit, wait if error.wait else wrong)
    except IN_WORDS as error:
        return _approval(visit, str(error))
    visit.desk.searches.moved_on(number)
    said = visit.says("差し戻しました。", "Sent back.") if form("back") else visit.says("決裁しました。", "Approved.")
    return Moved(path_of(number), said)


def review_page(visit: Visit, fields: Fields, wrong: str = "") -> Answer:
    """The candidates, and what was refused."""
    case = case_of(visit)
    if case.progress.search is None:
        return Moved(path_of(case.number))
    works = casework.works_on(visit, case)
    found = visit.session and visit.desk.searches.of(visit.session, case.number)
    rows = found.looked.rows if found and found.looked else {}
    # what a store holds by now is shown only where it is what was found
    now = {one.id: row for one in case.progress.search.candidates
           if isinstance(row := rows.get(one.id), Row) and case.fingerprint(row.content) == one.digest}  # fmt: skip
    asked = {*fields.several("shown"), fields("show")}
    shown = {one.id for one in case.progress.search.candidates if one.id in asked} if works else set()
    if shown:
        casework.values_seen(visit, case, "candidates", len(shown))
    told: dict[str, Any] = {"rows": now, "kept": bool(rows), "shown": shown, "wrong": wrong, "records": RECORDS}
    told["datasets"] = {one.id: one.dataset for one in case.progress.search.candidates}
    return Shown("request_review.html.j2", told_of(visit, case) | told | typed.showing(fields), 400 if wrong else 200)


ANSWERS = {
    "request_search": search,
    "request_searching": searching,
    "request_candidates": candidates,
    "request_review": review,
    "request_items": items,
    "request_decide": decide,
    "request_letter_make": make_letter,
    "request_letter": letter,
    "request_letter_file": letter_file,
    "request_approval": approval,
    "request_approve": approve,
}


def _searched(visit: Visit, number: str, looked: Looked) -> None:
    counts = {"candidates": len(looked.search.candidates), "open": len(looked.search.open)}
    changed(visit, number, "searched", gates.searched, looked.search, detail=counts)


def _recheck(visit: Visit, number: str, looked: Looked) -> None:
    counts = {"candidates": len(looked.search.candidates), "open": len(looked.search.open)}
    changed(visit, number, "rechecked", gates.rechecked, looked.search, detail=counts)


def _decision(visit: Visit, fields: Fields, wrong: str = "") -> Shown:
    case = case_of(visit)
    told = {
        "wrong": wrong,
        "grounds": GROUNDS,
        "outcomes": OUTCOMES,
        "places": _places(case),
        "changing": CHANGING,
        "groups": casework.groups_of(case),
    }
    return Shown("request_decision.html.j2", told_of(visit, case) | told | typed.showing(fields), 400 if wrong else 200)


def _places(case: Case) -> list[tuple[str, Item | None]]:
    """The form's places, each kind of the case in turn: the kind, and what was decided there before.

    An earlier decision keeps no place that was left empty: each kind's places are filled from its own items in turn.
    """
    items = case.progress.decision.items if case.progress.decision else ()
    earlier = {kind: [one for one in items if one.kind == kind] for kind in case.kinds}
    # more than the form offers may have come by the command line: none is lost by deciding again
    parts = max(PARTS, *(len(of) for of in earlier.values())) if earlier else 0
    turns = zip(*([*of, *[None] * (parts - len(of))] for of in earlier.values()), strict=True)
    return [place for turn in turns for place in zip(case.kinds, turn, strict=True)]


def _approval(visit: Visit, wrong: str = "") -> Shown:
    case = case_of(visit)
    parts = _letter(visit, case.number) if case.progress.letter else None
    told = {"wrong": wrong, "parts": parts}
    return Shown("request_approval.html.j2", told_of(visit, case) | told, 400 if wrong else 200)


def _letter(visit: Visit, number: str) -> Any:
    return shown_as(visit.casebook.letter(number, visit.hand))
