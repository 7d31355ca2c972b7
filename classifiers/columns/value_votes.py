"""What values say by themselves: data categories they speak for, each with how sure that is without any header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.columns.context import Context
from classifiers.columns.likely_votes import likely
from classifiers.columns.values import NO_HITS, Hits, Values, beyond_chance
from classifiers.columns.vote import LONE, Vote, vote
from classifiers.recognizers import recognizers

# Form alone is proof: share of the values that must have it, and how sure that makes.
_BY_FORM = {
    "email": (0.7, 0.97), "url": (0.8, 0.95), "mac_address": (0.9, 0.95), "invoice_number": (0.8, 0.93),
    "residence_card": (0.9, 0.8), "yucho_account": (0.9, 0.8),
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
_BY_CHECK = {"my_number": 0.93, "corporate_number": 0.95, "credit_card": 0.95, "drivers_licence": 0.8,
             "resident_code": 0.75, "insurer_number": 0.75}  # fmt: skip
_MAILBOX = re.compile(r"[^ <>@\"]+@[0-9A-Za-z.-]+\.[A-Za-z]{2,}(?![^ <>;,@\"]*@)")


def votes(values: Values, around: Context) -> list[Vote]:
    """The data categories the values speak for, surest first."""
    if not values.n:
        return []
    found = [*_identifiers(values, around), *_mailboxes(values), *_routes(values), *likely(values, around)]
    return sorted(found, key=lambda one: -one.confidence)


def refuted_by_chance(values: Values) -> Iterator[tuple[str, Hits, float]]:
    """Check digits that pass no more often than chance lets them: category, hits, chance."""
    for recognizer in recognizers():
        hits = values.hits.get(recognizer.category, NO_HITS)
        if recognizer.category in _BY_CHECK and hits.tried >= 0.5 * values.n and not beyond_chance(hits, recognizer):
            yield recognizer.category, hits, recognizer.chance


def _identifiers(values: Values, around: Context) -> Iterator[Vote]:
    for recognizer in recognizers():
        category = recognizer.category
        hits = values.hits.get(category, NO_HITS)
        if not hits.formed:
            continue
        formed, proven = values.share(hits), values.share(hits, proven=True)
        if category in _BY_FORM and formed >= _BY_FORM[category][0]:
            yield vote(values, category, _BY_FORM[category][1], hits, "column_values_form")
        elif category in _BY_PROOF and proven >= _BY_PROOF[category][0]:
            yield vote(values, category, _BY_PROOF[category][1], hits, "column_values_proven")
        elif category == "phone" and formed >= 0.9 and values.n >= 3:
            # Ten digits that begin with 0 and stand beside nobody may number anything.
            of_somebody = around.persons or around.contact or around.placed or around.companies
            yield vote(values, category, 0.7 if of_somebody else 0.3, hits, "column_values_form")
        elif category == "postal_code" and formed >= 0.9 and values.n >= 5:
            yield vote(values, category, 0.85, hits, "column_values_proven")
        elif category in _BY_CHECK and beyond_chance(hits, recognizer) and hits.proven >= 0.9 * hits.tried:
            sure = _BY_CHECK[category] if proven >= 0.8 else 0.6
            yield vote(values, category, sure, hits, "column_values_check")
        elif category == "my_number" and hits.proven == hits.tried >= max(2, 0.9 * values.n):
            # Too few to rule chance out, and too grave to pass over.
            yield vote(values, category, 0.4, hits, "column_values_check_few")
        elif (
            category == "gender"
            and hits.rows >= 0.95
            and (hits.proven_rows >= 0.5 or hits.proven >= 2 or _is_m_or_f(values))
        ):
            # Spellings differ (男, 男性, M, 1): a few rows may hold any of them.
            sure = 0.95 if hits.proven > 1 and values.n <= 20 else 0.75 if hits.formed > 1 else LONE
            yield vote(values, category, sure, hits, "column_values_proven")


def _is_m_or_f(values: Values) -> bool:
    """Whether nearly every row is one of the two letters, and both occur."""
    rows = dict.fromkeys("mf", 0)
    for value, weight in zip(values.folded, values.weights, strict=True):
        if value.lower() in rows:
            rows[value.lower()] += weight
    return all(rows.values()) and sum(rows.values()) >= 0.9 * values.rows


def _routes(values: Values) -> Iterator[Vote]:
    """Addresses of the net with the proxies that they came through, in a cell: `203.0.113.9, 10.0.0.1`."""
    if "ip_address" not in values.hits or not any(", " in value for value in values.folded):
        return
    address = next(one for one in recognizers() if one.category == "ip_address")
    held = values.marked([all(map(address.matches, value.split(", "))) or None for value in values.folded])
    if values.share(held) >= _BY_PROOF["ip_address"][0]:
        yield vote(values, "ip_address", _BY_PROOF["ip_address"][1], held, "column_values_form")


def _mailboxes(values: Values) -> Iterator[Vote]:
    """`Name <address>`, or several addresses in a cell."""
    held = sum(bool(_MAILBOX.search(value)) for value in values.folded)
    if held >= 0.8 * values.n and "email" not in values.hits and values.shape != "text":
        hits = Hits(formed=held, tried=held, rows=held / values.n)
        yield vote(values, "email", 0.9, hits, "column_values_form")
