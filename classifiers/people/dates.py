"""Birth dates in the ways Japanese records write them: seireki, wareki, era codes, eight digits, English months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain

from classifiers.people.letters import prepare
from classifiers.people.numerals import digits_of_date


@dataclass(frozen=True, slots=True)
class _Era:
    code: str
    """The one-digit code of pension, insurance and tax files."""
    names: tuple[str, ...]
    starts: date
    ends: date

    @property
    def before(self) -> int:
        return self.starts.year - 1


_ERAS = (
    _Era("1", ("明治", "明", "m"), date(1868, 1, 25), date(1912, 7, 30)),
    _Era("2", ("大正", "大", "t"), date(1912, 7, 30), date(1926, 12, 25)),
    _Era("3", ("昭和", "昭", "s"), date(1926, 12, 25), date(1989, 1, 7)),
    _Era("4", ("平成", "平", "h"), date(1989, 1, 8), date(2019, 4, 30)),
    _Era("5", ("令和", "令", "r"), date(2019, 5, 1), date(9999, 12, 31)),
)
_BY_NAME = {name: era for era in _ERAS for name in era.names}
_BY_CODE = {era.code: era for era in _ERAS}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = f"(?P<named>{'|'.join(_MONTHS)})[a-z]*"
_GAP = r"\s*(?:年|月|[-/.,‐‑–−ー])\s*"
_ERA = "|".join(sorted(_BY_NAME, key=len, reverse=True))
_FORMS = tuple(
    re.compile(rf"(?<![0-9a-z]){form}(?![0-9])")
    for form in (
        rf"(?P<year>[0-9]{{4}}){_GAP}(?P<month>[0-9]{{1,2}}){_GAP}(?P<day>[0-9]{{1,2}})",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"(?P<era>{_ERA})\s*\.?\s*(?P<of>元|[0-9]{{1,2}}){_GAP}(?P<month>[0-9]{{1,2}}){_GAP}(?P<day>[0-9]{{1,2}})",
        rf"(?P<era>{_ERA})\s*(?P<of>[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        r"(?P<code>[1-5])[-/. ]?(?P<of>[0-9]{2})[-/. ]?(?P<month>[0-9]{2})[-/. ]?(?P<day>[0-9]{2})",
        r"(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
        r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
        rf"{_NAMED}[. ]\s*(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[, ]\s*(?P<year>[0-9]{{4}})",
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-\s]*{_NAMED}[-.,\s]*(?P<year>[0-9]{{4}})",
    )
)


def dates(text: str) -> frozenset[date]:
    """Every date that a text may mean: 05/04/1980 means two. Era years are held against the era's own days.

    >>> [d.isoformat() for d in dates("昭和五十五年１月２日")], [d.isoformat() for d in dates("S55.1.2")]
    (['1980-01-02'], ['1980-01-02'])
    >>> [d.isoformat() for d in dates("3550102")], [d.isoformat() for d in dates("1980-01-02T00:00:00+09:00")]
    (['1980-01-02'], ['1980-01-02'])
    >>> len(dates("05/04/1980")), dates("昭和70年1月2日"), dates("1980-13-01")
    (2, frozenset(), frozenset())
    """
    prepared = digits_of_date(prepare(text))
    return frozenset(found for form in _FORMS for match in form.finditer(prepared) for found in _read(match))


def pattern(day: date) -> str:
    """An expression for RE2 and Python that matches the date in prepared text, however it is written; it over-matches.

    >>> all(re.search(pattern(date(1980, 1, 2)), text) for text in ("昭和五十五年一月二日", "h2 s550102", "2 jan 1980"))
    True
    """
    month, two = _number(day.month), f"{day.month:02}{day.day:02}"
    gap = r"[\s年月./,‐‑–−ー-]+"
    named = f"{_MONTHS[day.month - 1]}[a-z]*"
    number = _number(day.day)
    return "|".join(
        chain(
            (
                f"{day.year}{gap}{month}{gap}{number}",
                f"{day.year}{two}",
                f"{month}[-/.]{number}[-/.]{day.year}",
                f"{number}[-/.]{month}[-/.]{day.year}",
                f"{named}[. ]+{day.day}[a-z]*[, ]+{day.year}",
                rf"{day.day}[a-z]*[-\s]*{named}[-.,\s]*{day.year}",
            ),
            _in_eras(day, f"{gap}{month}{gap}{number}", two),
        )
    )


def _in_eras(day: date, rest: str, two: str) -> Iterator[str]:
    for era in _ERAS:
        if era.starts <= day <= era.ends:
            of = day.year - era.before
            names = "|".join(era.names)
            yield rf"(?:{names})[\s.]*(?:{_number(of)}{'|元' if of == 1 else ''}){rest}"
            yield rf"(?:{names})\s*{of:02}{two}"
            yield rf"{era.code}[-/. ]?{of:02}[-/. ]?{day.month:02}[-/. ]?{day.day:02}"


def _number(number: int) -> str:
    tens, ones = divmod(number, 10)
    kanji = "〇一二三四五六七八九"
    spelt = ("" if tens == 0 else "十" if tens == 1 else f"{kanji[tens]}十") + (kanji[ones] if ones or not tens else "")
    return f"(?:0?{number}|{spelt})"


def _read(match: re.Match[str]) -> Iterator[date]:
    found = match.groupdict()
    month = _MONTHS.index(found["named"]) + 1 if found.get("named") else int(found["month"])
    with suppress(ValueError):
        if found.get("year"):
            yield date(int(found["year"]), month, int(found["day"]))
            return
        era = _BY_NAME[found["era"]] if found.get("era") else _BY_CODE[found["code"]]
        of = 1 if found["of"] == "元" else int(found["of"])
        day = date(era.before + of, month, int(found["day"]))
        if era.starts <= day <= era.ends:
            yield day
