"""Statutory periods of keeping (法定保存期間), and the day on which a term of years ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from expectations.published import Count, Label, Text


class RetentionPeriod(Label):
    """How long a statute has a kind of record kept."""

    id: Text
    statute: Text
    years: Count
    counted_from: Label
    """起算日."""


@cache
def periods() -> Mapping[str, RetentionPeriod]:
    """Every period by its id."""
    text = files("expectations").joinpath("retention_periods.yml").read_text(encoding="utf-8")
    rows = TypeAdapter(tuple[RetentionPeriod, ...]).validate_python(yaml.safe_load(text))
    return {row.id: row for row in rows}


def last_day(counted_from: date, years: int) -> date:
    """The last day of a term of years that is counted from a day; of 29 February the 28th.

    >>> last_day(date(2019, 6, 1), 7), last_day(date(2024, 2, 29), 3)
    (datetime.date(2026, 6, 1), datetime.date(2027, 2, 28))
    """
    try:
        return counted_from.replace(year=counted_from.year + years)
    except ValueError:
        return date(counted_from.year + years, 2, 28)
