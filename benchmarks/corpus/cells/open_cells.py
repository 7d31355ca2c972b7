"""Cells with an argument: words of a list, codes, dates, numbers, and free texts of the split's templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from benchmarks.corpus import digits, wareki
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who
from benchmarks.corpus.word_lists import words


def _pick(argument: str, who: Who, pen: Pen) -> str:
    """`statuses` is a list of words; `A|B|C` are the words themselves, the first the most common."""
    return pen.often(argument.split("|") if "|" in argument else words(who.split, argument), 1.6)


def _code(argument: str, _who: Who, pen: Pen) -> str:
    """`ORD-######`: every # a digit, every @ a letter."""
    return "".join(
        pen.digits(1) if letter == "#" else pen.choice("ABCDEFGHKLMNPRSTUVWXYZ") if letter == "@" else letter
        for letter in argument
    )


def _date(argument: str, _who: Who, pen: Pen) -> str:
    """`2021-2026`: a day of these years, as this hand writes dates in cells."""
    return wareki.written(_some_day(argument, pen), pen.usual((0, 1, 3, 2, 8, 4, 5)))


def _day(argument: str, _who: Who, pen: Pen) -> str:
    """`2021-2026`: a day of these years, as sentences say it."""
    day = _some_day(argument, pen)
    short = (f"{day.month}月{day.day}日", f"{day.month}/{day.day}")
    return pen.choice((*short, *(wareki.written(day, form) for form in (1, 2, 4, 5))))


def _some_day(years: str, pen: Pen) -> date:
    first, last = years.split("-")
    start = date(int(first), 1, 1)
    return start + timedelta(days=pen.random.randrange((date(int(last), 12, 31) - start).days))


def _number(argument: str, _who: Who, pen: Pen) -> str:
    """`1-500`: a whole number, the small ones more often."""
    low, high = map(int, argument.rsplit("-", 1))
    return str(low + int((high - low + 1) * pen.random.random() ** 1.5))


def _money(argument: str, who: Who, pen: Pen) -> str:
    """`1-500`: hundreds of yen."""
    amount = int(_number(argument, who, pen)) * 100
    return pen.usual((str(amount), f"{amount:,}", f"{amount:,}円"))


def _time(_argument: str, _who: Who, pen: Pen) -> str:
    return f"{pen.between(8, 20)}:{pen.choice(('00', '15', '30', '45'))}"


def _constant(argument: str, _who: Who, _pen: Pen) -> str:
    return argument


def _jan(_argument: str, _who: Who, pen: Pen) -> str:
    return digits.jan(pen.random)


MAKERS: dict[str, Callable[[str], Callable[[Who, Pen], str]]] = {
    kind: partial(partial, maker)
    for kind, maker in {
        "pick": _pick,
        "code": _code,
        "date": _date,
        "day": _day,
        "number": _number,
        "money": _money,
        "time": _time,
        "constant": _constant,
        "jan": _jan,
    }.items()
}
