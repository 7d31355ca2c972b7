"""A stop (opt-out, mailings, or by the form): entered in the stop list from the case, whose keys nobody types again."""

from __future__ import annotations

from pathlib import Path

from expectations.policy import Policy
from pipelines.casebook import gates
from pipelines.casebook.book import Casebook
from pipelines.casebook.case import Case
from pipelines.casebook.hands import Hand
from pipelines.casebook.rules import routes
from pipelines.clock import TOKYO, today
from pipelines.suppression.book import Order, StopList
from pipelines.suppression.hashing import hash_keys


def stop(book: Casebook, number: str, by: Hand, stop_list: Path) -> Case:
    """Enter the case's individual in the stop list, then say so in the case; raises CasebookError, StopListError.

    In this order: after a crash between the two, the same call again adds nothing twice and goes on.
    """
    case, day = book.case(number, by), today()
    gates.stopped(case.progress, by, day)
    assert case.individual, "a route that stops has an individual"
    requested_on = case.arrived.astimezone(TOKYO).date()
    order = Order(number, _scope(case), requested_on, book.policy.desk.name)
    StopList(stop_list).add(order, case.individual, hash_keys()[0])

    def stopped(case: Case) -> Case:
        return case.model_copy(update={"progress": gates.stopped(case.progress, by, day)})

    return book.change(number, by, "stopped", stopped, {"scope": order.scope})


def lift(case: Case, policy: Policy, stop_list: Path) -> None:
    """End the case's stop in the stop list, where it is not ended yet; raises StopListError."""
    known, scope = StopList(stop_list), _scope(case)
    if any((one.case, one.scope) == (case.number, scope) and one.lifted for one in known.entries()):
        return
    known.lift(case.number, scope, policy.desk.name, "取下げ")


def _scope(case: Case) -> str:
    """A row of the stop list's scopes: the widest of what is asked for."""
    by_kind = {"stop_use": "use", "stop_provision": "provision"}
    asked = [scope for kind, scope in by_kind.items() if kind in case.kinds]
    return asked[0] if asked else routes()[case.route].stop_scope
