"""Japan's working days: national holidays, the days on which the state's offices are closed, the next open one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

DAY = timedelta(days=1)


def is_national_holiday(day: date) -> bool:
    """Whether a day is a national holiday of Japan (国民の祝日・休日)."""
    return day in _holidays()


def offices_open(day: date) -> bool:
    """Whether the state's offices are open: no weekend, no national holiday, not 29 December to 3 January.

    行政機関の休日に関する法律 1条1項.
    """
    new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not new_year and not is_national_holiday(day)


def first(day: date, is_open: Callable[[date], bool], step: timedelta = DAY) -> date:
    """That day or the first one after it that is open; with a step of minus a day the last one before it."""
    return next(one for one in days_from(day, step) if is_open(one))


def days_from(day: date, step: timedelta = DAY) -> Iterator[date]:
    """That day, and one day after the other."""
    while True:
        yield day
        day += step


@cache
def _holidays() -> HolidayBase:
    from holidays import country_holidays

    return country_holidays("JP")
