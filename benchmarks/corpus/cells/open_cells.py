"""Cells with an argument: words of a list, codes, dates, numbers, and free texts of the split's templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from benchmarks.corpus import digits, wareki
from benchmarks.corpus.cells.things import part
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


def _stamp(years: str, _who: Who, pen: Pen) -> str:
    """`2024-2026`: a moment of these years, as programs log it; one form a column."""
    day = _some_day(years, pen)
    hour, minute, second = pen.between(0, 23), pen.between(0, 59), pen.between(0, 59)
    clock = f"{hour:02d}:{minute:02d}:{second:02d}"
    return pen.always(
        (
            f"{day.isoformat()} {clock}",
            f"{day:%Y/%m/%d} {hour}:{minute:02d}",
            f"{day.isoformat()}T{clock}+09:00",
            f"{day.isoformat()} {clock}.{pen.digits(3)}",
            f"{day:%Y%m%d}{hour:02d}{minute:02d}{second:02d}",
            f"{day.isoformat()}T{clock}Z",
        )
    )


def _month(years: str, _who: Who, pen: Pen) -> str:
    """`2024-2026`: a month of these years; one form a column."""
    day = _some_day(years, pen)
    return pen.always((f"{day:%Y%m}", f"{day:%Y/%m}", f"{day:%Y-%m}", f"{day.year}年{day.month}月度", f"{day:%y%m}"))


def _decimal(argument: str, _who: Who, pen: Pen) -> str:
    """`0-40.25`: a number with as many places as the upper bound has."""
    low, high = argument.rsplit("-", 1)
    return f"{pen.random.uniform(float(low), float(high)):.{len(high.partition('.')[2]) or 1}f}"


def _percent(argument: str, who: Who, pen: Pen) -> str:
    share = _decimal(argument, who, pen)
    return pen.always((share, f"{share}%"))


def _hex(argument: str, _who: Who, pen: Pen) -> str:
    """`32`: so many hexadecimal digits; `uuid`: a key as programs draw it."""
    if argument == "uuid":
        drawn = f"{pen.random.getrandbits(128):032x}"
        return digits.grouped(f"{drawn[:12]}4{drawn[13:16]}a{drawn[17:]}", (8, 4, 4, 4), "-")
    return "".join(pen.choice("0123456789abcdef") for _ in range(int(argument)))


def _version(argument: str, _who: Who, pen: Pen) -> str:
    """`v`: what stands before the numbers."""
    return f"{argument}{pen.between(1, 14)}.{pen.between(0, 20)}.{pen.between(0, 40)}"


def _lasting(argument: str, _who: Who, pen: Pen) -> str:
    """`3`: hours at most, as 01:23:45."""
    return f"{pen.between(0, int(argument)):02d}:{pen.between(0, 59):02d}:{pen.between(0, 59):02d}"


def _note(listed: str, who: Who, pen: Pen) -> str:
    """`goods_notes`: a short remark of a list; those about persons name the row's own, others, their numbers."""
    return pen.choice(words(who.split, listed)).format(
        own=who.name.surname,
        other=who.other.name.surname,
        mobile=f"{who.mobile[:3]}-{who.mobile[3:7]}-{who.mobile[7:]}",
        d=f"{pen.between(1, 12)}/{pen.between(1, 28)}",
        n=pen.between(2, 9),
        p=part(who, pen),
        illness=pen.choice(words(who.split, "illnesses")),
        relation=pen.choice(words(who.split, "relations")),
    )


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
        "stamp": _stamp,
        "month": _month,
        "decimal": _decimal,
        "percent": _percent,
        "hex": _hex,
        "version": _version,
        "lasting": _lasting,
        "note": _note,
    }.items()
}
