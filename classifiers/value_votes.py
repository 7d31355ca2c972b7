"""What values say by themselves: data categories they speak for, each with how sure that is without any header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.context import Context
from classifiers.recognizers import recognizers
from classifiers.tags import Evidence
from classifiers.values import NO_HITS, Hits, Values, beyond_chance

# Form alone is proof: share of the values that must have it, and how sure that makes.
_BY_FORM = {
    "email": (0.7, 0.97), "url": (0.8, 0.95), "mac_address": (0.9, 0.95), "invoice_number": (0.8, 0.93),
    "residence_card": (0.9, 0.8),
}  # fmt: skip
# Form and a registry: share of the values that must be proven.
_BY_PROOF = {
    "ip_address": (0.9, 0.93),
    "phone": (0.6, 0.95),
    "postal_code": (0.7, 0.93),
    "device_id": (0.8, 0.93),
    "age": (0.8, 0.85),
}
# A check digit: nine in ten candidates pass, and chance does not explain it.
_BY_CHECK = {"my_number": 0.93, "corporate_number": 0.95, "credit_card": 0.95, "drivers_licence": 0.8}
_BY_NAME = {
    "name": (0.55, 2, 0.93), "surname": (0.6, 3, 0.85), "given_name": (0.6, 3, 0.8), "name_kana": (0.5, 2, 0.93),
    "surname_kana": (0.6, 3, 0.82), "given_name_kana": (0.6, 3, 0.8), "name_romaji": (0.5, 2, 0.92),
    "company_name": (0.5, 2, 0.92),
}  # fmt: skip
_BY_PLACE = {"address": (0.5, 1, 0.93), "prefecture": (0.9, 2, 0.88), "municipality": (0.8, 2, 0.85)}
_PART_OF_ADDRESS = {"street": (0.8, 0.6), "building": (0.6, 0.6)}
_LONE = 0.5
_MAILBOX = re.compile(r"[^ <>@\"]+@[0-9A-Za-z.-]+\.[A-Za-z]{2,}(?![^ <>;,@\"]*@)")


@dataclass(frozen=True, slots=True)
class Vote:
    """A data category that values speak for."""

    category: str
    confidence: float
    hits: Hits
    evidence: Evidence
    deterministic: bool = True
    """By form, check or registry; else by statistics over names, places and words."""


def votes(values: Values, around: Context) -> list[Vote]:
    """The data categories the values speak for, surest first."""
    if not values.n:
        return []
    found = [
        *_identifiers(values),
        *_mailboxes(values),
        *_dates(values, around),
        *_places(values, around),
        *_names(values),
        *_worded(values),
        *_accounts(values, around),
    ]
    return sorted(found, key=lambda vote: -vote.confidence)


def refuted_by_chance(values: Values) -> Iterator[tuple[str, Hits, float]]:
    """Check digits that pass no more often than chance lets them: category, hits, chance."""
    for recognizer in recognizers():
        hits = values.hits.get(recognizer.category, NO_HITS)
        if recognizer.category in _BY_CHECK and hits.tried >= 0.5 * values.n and not beyond_chance(hits, recognizer):
            yield recognizer.category, hits, recognizer.chance


def _identifiers(values: Values) -> Iterator[Vote]:
    for recognizer in recognizers():
        category = recognizer.category
        hits = values.hits.get(category, NO_HITS)
        if not hits.formed:
            continue
        formed, proven = values.share(hits), values.share(hits, proven=True)
        if category in _BY_FORM and formed >= _BY_FORM[category][0]:
            yield _vote(values, category, _BY_FORM[category][1], hits, "column_values_form")
        elif category in _BY_PROOF and proven >= _BY_PROOF[category][0]:
            yield _vote(values, category, _BY_PROOF[category][1], hits, "column_values_proven")
        elif category == "phone" and formed >= 0.9 and values.n >= 3:
            yield _vote(values, category, 0.7, hits, "column_values_form")
        elif category == "postal_code" and formed >= 0.9 and values.n >= 5:
            yield _vote(values, category, 0.85, hits, "column_values_proven")
        elif category in _BY_CHECK and beyond_chance(hits, recognizer) and hits.proven >= 0.9 * hits.tried:
            sure = _BY_CHECK[category] if proven >= 0.8 else 0.6
            yield _vote(values, category, sure, hits, "column_values_check")
        elif category == "my_number" and hits.proven == hits.tried >= max(2, 0.9 * values.n):
            # Too few to rule chance out, and too grave to pass over.
            yield _vote(values, category, 0.4, hits, "column_values_check_few")
        elif category == "gender" and formed >= 0.99 and proven >= 0.5 and values.n <= 8:
            yield _vote(values, category, 0.95 if hits.proven > 1 else _LONE, hits, "column_values_proven")


def _mailboxes(values: Values) -> Iterator[Vote]:
    """`Name <address>`, or several addresses in a cell."""
    held = sum(bool(_MAILBOX.search(value)) for value in values.folded)
    if held >= 0.8 * values.n and "email" not in values.hits and values.shape != "text":
        hits = Hits(formed=held, tried=held, rows=held / values.n)
        yield _vote(values, "email", 0.9, hits, "column_values_form")


def _dates(values: Values, around: Context) -> Iterator[Vote]:
    """Dates are birth dates only beside persons, and where they spread over years as people's ages do."""
    from classifiers.recognizers.birth_date import read_date

    hits = values.hits.get("birth_date", NO_HITS)
    if not around.persons or values.share(hits) < 0.9 or values.n < 5:
        return
    years = sorted(day.year for day in map(read_date, values.folded) if day)
    if years and years[-1] - years[0] >= 10 and years[len(years) // 2] <= 2008 and years[0] >= 1900:
        yield _vote(values, "birth_date", 0.6, hits, "column_values_ages", deterministic=False)


def _places(values: Values, around: Context) -> Iterator[Vote]:
    for category, (share, distinct, sure) in _BY_PLACE.items():
        hits = values.hits.get(category, NO_HITS)
        if values.share(hits) >= share:
            sure = sure if hits.formed >= distinct else _LONE
            yield _vote(values, category, sure, hits, "column_values_places", deterministic=category == "address")
    for category, (share, sure) in _PART_OF_ADDRESS.items():
        hits = values.hits.get(category, NO_HITS)
        written = sum(not value.isascii() for value in values.folded) >= 0.5 * values.n
        if around.placed and written and values.share(hits) >= share and values.n >= 3:
            yield _vote(values, category, sure, hits, "column_values_places", deterministic=False)


def _names(values: Values) -> Iterator[Vote]:
    persons = sum(values.share(hits) for kind, hits in values.names.items() if kind != "company_name")
    for kind, hits in values.names.items():
        share, distinct, sure = _BY_NAME[kind]
        held = values.share(hits)
        together = persons if kind == max(values.names, key=lambda one: values.names[one].formed) else held
        if kind != "company_name" and together >= share and held >= share / 2:
            held = together
        if held >= share:
            sure = sure if hits.formed >= distinct else _LONE
            yield _vote(values, kind, sure, hits, "column_values_names", deterministic=False)
        elif held >= 0.2 and hits.formed >= 2:
            yield _vote(values, kind, 0.35, hits, "column_values_names", deterministic=False)


def _worded(values: Values) -> Iterator[Vote]:
    for category, count in values.special.items():
        if values.shape == "text" or count < 2:
            continue
        hits = Hits(formed=count, tried=count, rows=count / values.n)
        yield _vote(
            values,
            category,
            0.75 if count >= 0.3 * values.n else 0.4,
            hits,
            "column_values_special",
            deterministic=False,
        )


def _accounts(values: Values, around: Context) -> Iterator[Vote]:
    """Seven digits are an account only beside a bank."""
    hits = values.hits.get("bank_account", NO_HITS)
    if around.bank and values.share(hits) >= 0.9 and values.n >= 3 and {len(value) for value in values.folded} == {7}:
        yield _vote(values, "bank_account", 0.65, hits, "column_values_form", deterministic=False)


def _vote(values: Values, category: str, sure: float, hits: Hits, code: str, *, deterministic: bool = True) -> Vote:
    counted = (
        hits.proven
        if code in ("column_values_proven", "column_values_check", "column_values_check_few")
        else hits.formed
    )
    words: dict[str, str | int | float] = {"hits": counted, "n": values.n, "share": round(100 * counted / values.n)}
    return Vote(category, sure, hits, Evidence(code, category, sure, words), deterministic)
