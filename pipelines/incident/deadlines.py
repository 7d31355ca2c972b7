"""By when a breach is to be reported (Enforcement Rules art 8): the day on which it became known is day 1.

Every day counts, holidays too; where the last one falls on a day on which the state's offices are closed, the report is
due on the next open one (the Commission's general guideline, 3-5-3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipelines.clock import TOKYO
from pipelines.working_days import first, offices_open

PROMPT_DAYS = (3, 5)
FINAL_DAYS = 30
FINAL_DAYS_WRONGFUL = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A last day: the calendar's, and the one that counts."""

    days: int
    counted: date
    on: date


@dataclass(frozen=True, slots=True)
class Deadlines:
    """All days of a breach."""

    known: datetime
    """Japan's time."""
    prompt: tuple[Due, Due]
    """速報: about three to five days."""
    final: Due
    """確報: of ①, ② and ④."""
    final_wrongful: Due
    """Of ③."""


def in_japan(moment: datetime) -> datetime:
    """A moment in Japan's time; one without a time zone is Japan's."""
    return moment.astimezone(TOKYO) if moment.tzinfo else moment.replace(tzinfo=TOKYO)


def deadlines(known: datetime) -> Deadlines:
    """The days of a breach that somebody came to know of at a moment."""
    local = in_japan(known)
    three, five = (_due(local.date(), days) for days in PROMPT_DAYS)
    return Deadlines(local, (three, five), _due(local.date(), FINAL_DAYS), _due(local.date(), FINAL_DAYS_WRONGFUL))


def _due(day_one: date, days: int) -> Due:
    counted = day_one + timedelta(days=days - 1)
    return Due(days, counted, first(counted, offices_open))
