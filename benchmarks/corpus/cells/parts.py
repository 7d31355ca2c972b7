"""Parts of what stands in one column elsewhere, and pupils."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.corpus import wareki
from benchmarks.corpus.cells import Cell
from benchmarks.corpus.cells.attributes import TODAY
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who


def _child_born(who: Who) -> date:
    return date(2009, 4, 2) + timedelta(days=(who.born.toordinal() * 7919) % 2550)


def _child_birth(who: Who, pen: Pen) -> str:
    return wareki.written(_child_born(who), pen.usual((1, 0, 2, 5, 6, 4)))


def _child_age(who: Who, pen: Pen) -> str:
    months = (TODAY - _child_born(who)).days * 12 // 365
    return pen.always((str(months // 12), f"{months // 12}歳{months % 12}か月", f"{months // 12}歳"))


def _legacy_birth(who: Who, _pen: Pen) -> str:
    """The year of the era, month and day, as hosts keep it beside the era's code: 550102."""
    return wareki.written(who.born, 9)[1:]


def _era(who: Who, _pen: Pen) -> str:
    return wareki.written(who.born, 9)[:1]


def _age_band(who: Who, pen: Pen) -> str:
    tens = (TODAY.year - who.born.year) // 10 * 10
    return pen.always((f"{tens}代", f"{tens}-{tens + 9}歳", str(tens)))


def _school_year(who: Who, pen: Pen) -> str:
    born = _child_born(who)
    year = TODAY.year - born.year - (born.month < 4) - 6
    stage, count = (("小", year), ("中", year - 6), ("高", year - 9))[(year > 6) + (year > 9)]
    return pen.always((f"{stage}{count}", f"{stage}学{count}年" if stage != "高" else f"高校{count}年"))


CELLS = {
    "tel_area": Cell("phone", lambda who, _pen: who.fixed[0]),
    "tel_exchange": Cell("phone", lambda who, _pen: who.fixed[1]),
    "tel_subscriber": Cell("phone", lambda who, _pen: who.fixed[2]),
    "extension": Cell("phone", lambda _who, pen: str(pen.between(2000, 8999)), ("not_personal",)),
    "zip_head": Cell("postal_code", lambda who, _pen: who.home.postal_code[:3]),
    "zip_tail": Cell("postal_code", lambda who, _pen: who.home.postal_code[3:]),
    "town": Cell("address", lambda who, _pen: who.home.town, ("street", "municipality")),
    "block": Cell("address", lambda who, pen: who.home.street(pen.usual((0, 2)))[len(who.home.town) :], ("street",)),
    "child_birth": Cell("birth_date", _child_birth),
    "child_age": Cell("age", _child_age),
    "legacy_birth": Cell("birth_date", _legacy_birth),
    "era": Cell("birth_date", _era, ("not_personal",)),
    "birth_year": Cell("birth_date", lambda who, _pen: str(who.born.year), ("age",)),
    "age_band": Cell("age", _age_band),
    "school_year": Cell("personal_other", _school_year, ("education", "not_personal")),
}
