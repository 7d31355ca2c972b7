"""The days of a request: acknowledged, target, interim, the suit of art 39; desk and Japan's holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from expectations.policy import Policy
from expectations.procedures import Closed, Desk
from pipelines.casebook.case import Case
from pipelines.casebook.rules import routes, terms
from pipelines.clock import TOKYO
from pipelines.working_days import DAY, days_from, first, is_national_holiday

_WEEKDAYS: tuple[Closed, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Days:
    """Every day of a case that somebody has to keep; None: there is none such, or not yet."""

    acknowledge_by: date
    target: date | None
    """回答期限（目標）: counted from the day on which papers and fee were complete."""
    interim_by: date | None
    """中間連絡: the last working day before the target and before a suit is possible."""
    suit_from: date | None
    """The first day of a suit (art 39): two weeks from the arrival, complete or not."""
    stop_by: date | None
    promised: date | None
    """What the last interim notice promised."""
    resend_by: date | None
    """再送の期限: of an answer that came back."""


def days(case: Case, policy: Policy) -> Days:
    """The days of a case."""
    desk, term, route = policy.desk, terms(), routes()[case.route]
    arrived = case.arrived.astimezone(TOKYO).date()
    taken_up = first_open(case.arrived, desk)
    target = case.completed_on + policy.answer.target_days * DAY if case.completed_on and route.formal else None
    suit = arrived + (term.suit_days + 1) * DAY if route.formal else None
    # the policy promises "immediately" whichever way a stop of provision is asked for
    stopping = (route.stop_scope or "stop_provision" in case.kinds) and not case.progress.stopped_on
    came_back = case.progress.to_send_again
    interim = [day for day in (target, suit and suit - DAY) if day] if case.completed_on else []
    if case.progress.withdrawn_on:
        # nothing is answered any more, and nothing can be sued for
        target, suit, stopping, interim = None, None, False, []
    promises = [one.until for one in case.notices if one.kind == "interim" and one.until]
    return Days(
        acknowledge_by=_after(taken_up, term.acknowledge_business_days, desk),
        target=last_open(target, desk) if target else None,
        interim_by=last_open(min(interim), desk) if interim else None,
        suit_from=suit,
        stop_by=arrived + term.stop_days * DAY if stopping else None,
        promised=None if case.progress.withdrawn_on else max(promises, default=None),
        resend_by=_after(came_back.on, term.resend_business_days, desk) if came_back else None,
    )


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed next, and by when."""

    what: str
    """`stop`, `acknowledge`, `interim`, `answer` or `resend`."""
    on: date


def due(case: Case, policy: Policy) -> Due | None:
    """What is owed first; None where nothing is."""
    if not case.open:
        return None
    found = days(case, policy)
    told = {one.kind for one in case.notices}
    if found.resend_by:
        # it was answered once, and the word before it was given
        return Due("resend", found.resend_by)
    owed = [
        ("stop", found.stop_by),
        ("acknowledge", None if told else found.acknowledge_by),
        ("interim", None if "interim" in told else found.interim_by),
        ("answer", found.promised or found.target),
    ]
    return min((Due(what, on) for what, on in owed if on), key=lambda one: one.on, default=None)


def is_open(day: date, desk: Desk) -> bool:
    """Whether the desk is open on a day."""
    if _WEEKDAYS[day.weekday()] in desk.closed:
        return False
    return "national_holiday" not in desk.closed or not is_national_holiday(day)


def first_open(moment: datetime, desk: Desk) -> date:
    """The day on which the desk can take up what arrived at a moment: after closing time it is the next open one."""
    local = moment.astimezone(TOKYO)
    day = local.date()
    if desk.closes and local.time() >= time.fromisoformat(desk.closes):
        day += DAY
    return first(day, lambda one: is_open(one, desk))


def last_open(day: date, desk: Desk) -> date:
    """The last day the desk is open, that one or before."""
    return first(day, lambda one: is_open(one, desk), -DAY)


def _after(day: date, count: int, desk: Desk) -> date:
    opened = (one for one in days_from(day + DAY) if is_open(one, desk))
    return [next(opened) for _ in range(count)][-1] if count else day
