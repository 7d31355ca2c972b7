"""What the pages of requests have in common: a case as they tell it, who works on it, a step with its entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

import sqlalchemy as sa

from pipelines.casebook import gates
from pipelines.casebook.gates import granted
from pipelines.casebook.gates.moving import CHANGING
from pipelines.casebook.lookups import recorder_of
from pipelines.casebook.progress import Undelivered
from pipelines.casebook.provisions.finding import look_up
from pipelines.casebook.schema import audit
from pipelines.casebook.searching import Row
from pipelines.casebook.telling import Told, tell
from pipelines.clock import TOKYO
from pipelines.desk import DeskError
from pipelines.desk.searches import Search, What
from pipelines.desk.visit import Answer, Moved, NotThereError, Visit
from pipelines.disclosure.lookup import Step, unseen

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.casebook.case import Case
    from pipelines.casebook.searching import Looked

Ending = Literal["withdrawal", "undelivered", "readdressing"]
"""Pages by which a case ends otherwise, or goes on after its end."""
ONLY_LOOKED = ("seen", "values_seen", "letter_seen")
"""Entries of the audit by which nobody works on a case."""


def today(visit: Visit) -> date:
    """The desk's day."""
    return visit.desk.now().astimezone(TOKYO).date()


def path_of(number: str, page: str = "") -> str:
    """Where a case's pages are."""
    return f"/requests/{number}/{page}".rstrip("/")


def case_of(visit: Visit) -> Case:
    """The case of the path, and that it was seen; raises NotThereError, CasebookError."""
    number = visit.place["number"]
    if number not in {line.number for line in visit.casebook.lines()}:
        raise NotThereError
    return visit.casebook.case(number, visit.hand)


def works_on(visit: Visit, case: Case) -> bool:
    """Whether the visitor took the open case on, or has done something for it: who else may see no value of it."""
    if visit.visitor.role != "responder" or case.closed_on:
        return False
    query = sa.select(sa.func.count()).where(
        audit.c.account == visit.visitor.account,
        audit.c.subject == f"request {case.number}",
        audit.c.event.not_in(ONLY_LOOKED),
    )
    with visit.casebook.transaction() as transaction:
        return bool(transaction.connection.execute(query).scalar_one())


def told_of(visit: Visit, case: Case) -> dict[str, Any]:
    """What every page of a case shows of it."""
    return {
        "case": case,
        "told": told(visit, case),
        "policy": visit.casebook.policy,
        "works": works_on(visit, case),
        "changes": granted(case.progress, CHANGING),
        "held": visit.holdings,
        "endings": [which for which in get_args(Ending) if not refused(visit, case, which)],
    }


def groups_of(case: Case) -> dict[str, str]:
    """The row groups of what was confirmed, as the company calls them."""
    return {one.group: one.name or one.group for one in case.progress.rows}


def refused(visit: Visit, case: Case, which: Ending) -> str:
    """Why the gate to that page's step does not open for the visitor, before anything is typed; '' it does."""
    hand, progress, day = visit.hand, case.progress, today(visit)
    try:
        if which == "withdrawal":
            gates.withdrawn(progress, hand, day)
        elif which == "readdressing":
            gates.readdressed(progress, hand)
        else:
            # nobody is reached, on a day after everything: whatever else is typed opens no more
            gates.undelivered(progress, hand, Undelivered(on=date.max, why="other", unreachable="-"))
    except gates.RefusedError as error:
        return str(error)
    return ""


def stop_list(visit: Visit) -> Path:
    """The company's stop list; raises DeskError where the desk was started without one."""
    if visit.desk.settings.stop_list is None:
        raise DeskError(
            "停止リストが指定されていません。--stop-list（DAICHO_STOP_LIST）を付けて daicho desk を始めます"
            " · no stop list: start daicho desk with --stop-list"
        )
    return visit.desk.settings.stop_list


def told(visit: Visit, case: Case) -> Told:
    """Where a case stands."""
    return tell(case, visit.casebook.policy, today(visit))


def values_seen(visit: Visit, case: Case, what: str, count: int) -> None:
    """Into the audit: whose values were asked for, and how many of what."""
    with visit.casebook.transaction() as transaction:
        transaction.record("values_seen", visit.visitor.account, f"request {case.number}", detail={what: count})


def changed(
    visit: Visit,
    number: str,
    event: str,
    gate: Callable[..., Any],
    *said: Any,
    detail: Mapping[str, object] | None = None,
) -> Case:
    """The case after a gate, as the visitor does it; raises RefusedError."""
    hand = visit.hand
    case = visit.casebook.change(
        number,
        hand,
        event,
        lambda case: case.model_copy(update={"progress": gate(case.progress, hand, *said)}),
        detail,
    )
    visit.desk.searches.moved_on(number)
    return case


def looked(visit: Visit, case: Case, step: Step = unseen) -> Looked:
    """The case's individual in every store, now."""
    desk, book = visit.desk, visit.casebook
    record = recorder_of(book.transaction, visit.hand)
    return look_up(case, desk.declared()[0], visit.holdings.register, record, book.transaction, step)


def looking(
    visit: Visit,
    case: Case,
    what: What,
    back: str,
    then: Callable[[Case, Looked], None] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Answer:
    """Look the case's individual up beside the pages, then go on at `back`; `then` is what is done with it."""
    desk, session = visit.desk, visit.session
    assert session, "a responder is signed in"
    stores = desk.declared()[0].stores
    search = Search(case.number, what, session, back, typed or {}, sum(store.holds_rows for store in stores))

    def work(search: Search) -> Looked:
        found = looked(visit, case, search.after_store)
        if then:
            then(case, found)
        return _without_numbers(found)

    if not desk.searches.start(search, work):
        visit.wrong(
            "この案件はいま検索中です。終わるまでお待ちください。", "This case is being searched: wait until it ends."
        )
    return Moved(path_of(case.number, "searching"))


def _without_numbers(looked: Looked) -> Looked:
    """What is kept of a look-up: a My Number is in memory no longer than it takes to write a letter."""

    def blacked(row: Row) -> Row:
        cells = ("" if kind == "my_number" else cell for cell, kind in zip(row.cells, row.kinds, strict=True))
        return replace(row, cells=tuple(cells))

    return replace(looked, rows={id: blacked(row) if isinstance(row, Row) else row for id, row in looked.rows.items()})
