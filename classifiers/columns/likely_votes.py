"""What values say that nothing proves: dates, places, names, words and numbers, by how many look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.columns.context import Context
from classifiers.columns.login_votes import logins
from classifiers.columns.number_votes import numbered
from classifiers.columns.values import NO_HITS, Hits, Values
from classifiers.columns.vote import LONE, Vote, vote
from classifiers.columns.worded_votes import worded
from classifiers.recognizers.birth_date import read_date

_BY_NAME = {
    "name": (0.55, 2, 0.93), "surname": (0.6, 3, 0.85), "given_name": (0.6, 3, 0.8), "name_kana": (0.5, 2, 0.93),
    "surname_kana": (0.6, 3, 0.82), "given_name_kana": (0.6, 3, 0.8), "name_romaji": (0.5, 2, 0.92),
    "company_name": (0.5, 2, 0.92),
}  # fmt: skip
_BY_PLACE = {"address": (0.5, 1, 0.93), "prefecture": (0.9, 2, 0.88), "municipality": (0.8, 2, 0.85)}
_OLDER, _GROWN = 1982, 2008
"""Years by which a tenth and a half of the persons of a table are born."""
_LONG_AGO, _NOT_LATELY = 1970, 2015
"""Years by which a tenth, and all, of people are born, and not taken on, under a header that says nothing."""
_SHORT_DATE = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_DAYS, _ALL, _LIVES = 20, 0.97, 35
"""Distinct numbers from which, and share of them that must be days, to be days; years that lives spread over."""
_CHOICES = 12
"""Distinct values up to which they are choices of a list."""
_SCHOOLS = 0.8
"""Share of the rows from which what looks like firms are schools, in somebody's row where they learn or learnt."""
_PARTS_OF_NAMES = frozenset({"surname", "given_name", "surname_kana", "given_name_kana"})
_PARTS_OF_ADDRESS, _PARTS = ("street", "building"), 0.8


def likely(values: Values, around: Context) -> Iterator[Vote]:
    """The data categories that values speak for by statistics, in no order."""
    yield from _dates(values, around)
    yield from _places(values, around)
    yield from _names(values, around)
    yield from _special(values, around)
    yield from worded(values, around)
    yield from numbered(values, around)
    yield from logins(values)


def _dates(values: Values, around: Context) -> Iterator[Vote]:
    """Dates are birth dates only beside persons, and where they spread over years as people's ages do."""
    if around.persons and _are_short_births(values):
        short = values.marked([True] * values.n)
        yield vote(values, "birth_date", 0.65, short, "column_values_ages", deterministic=False)
        return
    hits = values.hits.get("birth_date", NO_HITS)
    if not around.persons or values.share(hits) < 0.9 or values.n < 5:
        return
    years = sorted(day.year for day in map(read_date, values.folded) if day)
    # People enter a company over as many years as they are born, but later: some of a table's persons are older.
    if years and years[-1] - years[0] >= 10 and years[0] >= 1900 and _born(years):
        sure = 0.7 if years[len(years) // 10] <= _LONG_AGO and years[-1] <= _NOT_LATELY else 0.6
        yield vote(values, "birth_date", sure, hits, "column_values_ages", deterministic=False)


def _are_short_births(values: Values) -> bool:
    """Whether numbers of six digits are days of a century or an era (590723), over as many years as lives spread."""
    if values.shape != "number" or values.sizes != (6, 6) or values.n < _DAYS:
        return False
    days = [value for value in values.folded if _SHORT_DATE.fullmatch(value)]
    years = sorted(int(day[:2]) for day in days)
    return len(days) >= _ALL * values.n and years[-len(years) // 20] - years[len(years) // 20] >= _LIVES


def _born(years: list[int]) -> bool:
    """Whether years, from the first to the last, lie as far back as births of people of working age."""
    return years[len(years) // 10] <= _OLDER and years[len(years) // 2] <= _GROWN


def _places(values: Values, around: Context) -> Iterator[Vote]:
    for category, (share, distinct, sure) in _BY_PLACE.items():
        hits = values.hits.get(category, NO_HITS)
        if values.share(hits) >= share or (category == "prefecture" and hits.rows >= share):
            sure = sure if hits.formed >= distinct else LONE
            yield vote(values, category, sure, hits, "column_values_places", deterministic=category == "address")
    written = sum(not value.isascii() for value in values.folded) >= 0.5 * values.n
    parts = {category: values.hits.get(category, NO_HITS) for category in _PARTS_OF_ADDRESS}
    numbered = values.hits.get("professional_registration_number", NO_HITS)
    if (
        around.placed
        and values.share(numbered) < _PARTS
        and written
        and values.n >= 3
        and sum(map(values.share, parts.values())) >= _PARTS
    ):
        category = max(parts, key=lambda part: parts[part].formed)
        yield vote(values, category, 0.65, parts[category], "column_values_places", deterministic=False)


def _names(values: Values, around: Context) -> Iterator[Vote]:
    persons = sum(values.share(hits) for kind, hits in values.names.items() if kind != "company_name")
    for kind, hits in values.names.items():
        if kind == "company_name" and around.persons and (schools := values.worded("education")).rows >= _SCHOOLS:
            yield vote(values, "education", 0.9, schools, "column_values_words", deterministic=False)
            continue
        share, distinct, sure = _BY_NAME[kind]
        held = values.share(hits)
        together = persons if kind == max(values.names, key=lambda one: values.names[one].formed) else held
        if kind != "company_name" and together >= share and held >= share / 2:
            held = together
        if held >= share:
            sure = sure if hits.formed >= distinct else LONE
            code = "column_values_names_few" if _is_a_list(kind, values, around) else "column_values_names"
            yield vote(values, kind, sure, hits, code, deterministic=False)
        elif held >= 0.2 and hits.formed >= 2:
            yield vote(values, kind, 0.35, hits, "column_values_names", deterministic=False)


def _is_a_list(kind: str, values: Values, around: Context) -> bool:
    """Whether what looks like names are choices (東 and 西, grades, breeds): parts of names, or a list about nobody."""
    if kind == "company_name" or not values.few:
        return False
    return kind in _PARTS_OF_NAMES or not (around.persons or around.contact)


def _special(values: Values, around: Context) -> Iterator[Vote]:
    for category, count in values.special.items():
        # One of a few choices is said of many rows, and what is said of persons is not passed over.
        enough = 1 if around.persons and values.n <= _CHOICES else 2
        if values.shape == "text" or count < enough:
            continue
        hits = Hits(formed=count, tried=count, rows=count / values.n)
        yield vote(
            values,
            category,
            0.75 if count >= 0.3 * values.n else 0.4,
            hits,
            "column_values_special",
            deterministic=False,
        )
