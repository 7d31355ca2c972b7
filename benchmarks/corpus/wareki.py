"""Dates as Japanese files write them."""

from __future__ import annotations

from datetime import date

_ERAS = (
    (date(2019, 5, 1), "令和", "R", "5"),
    (date(1989, 1, 8), "平成", "H", "4"),
    (date(1926, 12, 25), "昭和", "S", "3"),
)
"""First day, name, letter, and the code of tax forms."""
FORMS = 10
"""How many spellings `written` knows."""


def written(day: date, form: int) -> str:
    """The day in one of `FORMS` spellings, the most common first; from 1926-12-25 on."""
    start, era, letter, code = next(row for row in _ERAS if day >= row[0])
    year = day.year - start.year + 1
    return (
        lambda: day.isoformat(),
        lambda: f"{day.year}/{day.month:02d}/{day.day:02d}",
        lambda: f"{day.year}/{day.month}/{day.day}",
        lambda: f"{day:%Y%m%d}",
        lambda: f"{day.year}年{day.month}月{day.day}日",
        lambda: f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日",
        lambda: f"{letter}{year}.{day.month}.{day.day}",
        lambda: f"{letter}{year:02d}/{day.month:02d}/{day.day:02d}",
        lambda: f"{day.isoformat()} 00:00:00",
        lambda: f"{code}{year:02d}{day.month:02d}{day.day:02d}",
    )[form]()
