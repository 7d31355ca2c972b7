"""Whether values can be what a header says they are: confirmed, possible, or refuted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from classifiers.columns.context import Context
from classifiers.columns.licence_numbers import are_licences, of_licences
from classifiers.columns.named import Named
from classifiers.columns.values import NO_HITS, Values
from classifiers.columns.vote import Vote
from classifiers.columns.written import as_written
from classifiers.headers.licences import REGISTRATION
from classifiers.recognizers import recognizers

Fit = Literal["confirmed", "possible", "refuted"]

# fmt: off
NAMES = frozenset({
    "name", "surname", "given_name", "former_name", "name_romaji", "nickname", "name_kana", "surname_kana",
    "given_name_kana", "company_name", "bank_account_holder",
})
PLACES = frozenset({"address", "prefecture", "municipality", "street", "building"})
_WORDS_ONLY = frozenset({"department", "job_title", "occupation", "bank_name", "nationality", "creed", "race"})
_STATE = 10
"""Mean length under which a handful of cells that come again and again are states, no notes."""
_KEYS = frozenset({"account_id", "employee_number"})
# What a number or a date cannot be told from: the header decides, the values only refute.
_LOOSE = frozenset({"birth_date", "age", "gender", "bank_account", "account_id", "employee_number"})
_CHECKED = frozenset({
    "my_number", "corporate_number", "invoice_number", "drivers_licence", "credit_card", "insurer_number",
    "resident_code",
})
# Said of a person in words or figures, never by a day.
_UNDATED = frozenset({
    "education", "income", "work_history", "family", "job_title", "department", "occupation", "personal_other",
    "nickname", "nationality", "photo", "biometric_features", "location",
})
# fmt: on
_HELD = frozenset({"education", "job_title", "occupation", "family", "personal_other", "work_history"})
"""What somebody is, has or did; a state that a matter is in (済, 提出) is none of it."""
# Letters of a part in a column of its own (an insured person's symbol): it has no form to be told by.
_PART_OF = {"insured_number": 8}
# The digits that are kept of a payment card's number.
_LAST_OF_CARD = re.compile(r"[*xX ●-]*[0-9]{4}")
# 会社法人等番号, the twelve digits of the commercial register (商業登記法7条), grouped: a My Number has as many.
_REGISTERED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{6}")
# A day without its era or century, as old systems keep it: 360621.
_SHORT_DATE = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|0+|9+")
_MONTH = re.compile(r"[12][0-9]{3}[-/.年](?:0?[1-9]|1[0-2])月?")
_MOST_DATES = _MOST = 0.9
# What tells a sum: figures at its start, or a word for none.
_SUM = re.compile(r"[¥$約]?[-+▲△]?[0-9]|[一二三四五六七八九十百千]+万|なし|無")
_LISTED = frozenset({"prefecture", "municipality"})
_SEVERAL, _FEWEST = 3, 5
"""Distinct values from which none of them being a place, or a sum, says that there are none."""
_BRANCHES, _SHOPS = 0.7, 0.5
"""Shares of the rows that must be a place of business: of any values, and of a handful."""
_FIRMS = 0.3
"""Share of the values from which they are firms."""
_COUNTED = 2
"""Digits by which the longest of the numbers that are counted from one are longer than the shortest."""
_LONG_NUMBER = 8
"""Digits from which a number may be a terminal's; shorter ones count something."""
_REACHED = frozenset({"phone", "fax", "email"})
"""What shows itself among other words, whatever the header is (090-… (母))."""
_LATIN = re.compile("[A-Za-z]")
CERTAIN = 0.9
"""How sure a header is that decides by itself."""
_SHOWN = 0.75
"""How sure values are, by form and check, that show what they are."""
# A number within the area, or within the house.
_LOCAL = re.compile(r"[0-9]{1,4}-[0-9]{4}|[0-9]{3,5}")


def how_they_fit(
    by_name: Sequence[Named], by_value: Sequence[Vote], values: Values, around: Context
) -> list[tuple[Named, Fit]]:
    """How each category that a header speaks for (`by_name`) stands with the values, in the same order.

    Where none would be left, and no vote (`by_value`, surest first) shows what the values are, one may be written in
    another way.
    """
    found = [(one, fit(one.category, values, sure=_is_sure(one, around))) for one in by_name]
    if any(one.category == REGISTRATION for one in by_name):
        found = of_licences(found, values, around)
    best = by_value[0] if by_value else None
    shown = (
        best
        and best.deterministic
        and best.confidence >= _SHOWN
        and all(best.category != one.category for one in by_name)
    )
    if shown or any(how != "refuted" for _, how in found):
        return found
    return [(one, "possible" if _may_be_written(one, values, around) else how) for one, how in found]


def _is_sure(one: Named, around: Context) -> bool:
    """Whether a header is sure of itself; in a list of shops or things, in which nobody is, names need be no
    firms' or persons'."""
    if one.category == "nickname" and around.noun == "thing":
        return False
    return one.confidence >= CERTAIN and (one.category != "company_name" or around.persons)


def _may_be_written(one: Named, values: Values, around: Context) -> bool:
    """Whether a header is sure enough of itself, or what it names shows itself, for values in another form."""
    # A house's own codes have letters: EX-102.
    registered = one.is_registration and not any(map(_LATIN.search, values.folded))
    told = _is_sure(one, around) or registered or one.category in _REACHED
    return told and as_written(one.category, values)


def fit(category: str, values: Values, *, sure: bool = True) -> Fit:
    """How a category that a header speaks for, `sure` of itself or not, stands with the values."""
    if values.shape in ("empty", "hidden"):
        return "possible"
    if category in _UNDATED and values.shape in ("date", "time"):
        # Schools are left in some month, qualifications got on a day.
        months = category == "education" and values.share(values.matching(_MONTH)) >= _MOST
        return "possible" if months else "refuted"
    if category == "department" and not sure and values.shape == "number":
        return "refuted"
    if category == "income" and _is_no_sum(values, sure=sure):
        return "refuted"
    if category in _HELD and not sure and values.few and values.worded("not_personal").rows >= _MOST:
        return "refuted"
    if category == "nickname" and values.few and not sure:
        return "refuted"
    if category == "company_name" and _are_no_firms(values, sure=sure):
        return "refuted"
    if category == "bank_name" and (values.few or values.n == 1) and all(map(_is_kind_of_account, values.folded)):
        return "refuted"
    if category in NAMES or category in PLACES or category in _WORDS_ONLY or category == "free_text":
        return _words(category, values, sure=sure)
    if category in _KEYS and not sure and (_are_counted(values) or _are_coded(values)):
        return "refuted"
    if category in _LOOSE:
        return _loose(category, values)
    if category == "credit_card" and values.share(values.matching(_LAST_OF_CARD)) >= _MOST:
        return "possible"
    if category == "corporate_number" and values.share(values.matching(_REGISTERED)) >= _MOST:
        return "possible"
    if category == "device_id" and values.shape == "number" and max(map(len, values.folded)) < _LONG_NUMBER:
        return "refuted"
    if category == "password" and values.few and not all(map(str.isascii, values.folded)):
        return "refuted"
    if category == "device_id" and values.few and values.shape == "choice":
        # Browsers, kinds of terminals: of which somebody has one, and many do.
        return "refuted"
    if category == "device_id" or (category == "password" and (sure or _are_digits(values))):
        # Secrets, cookies, agents and terminals are written in many ways of their own.
        return "refuted" if values.shape in ("date", "time", "flag") else "possible"
    if max(map(len, values.folded)) <= _PART_OF.get(category, 0) and values.shape != "flag":
        return "possible"
    if category in {recognizer.category for recognizer in recognizers()} | {"fax"}:
        return _formed(category, values)
    return "possible"


def _words(category: str, values: Values, *, sure: bool) -> Fit:
    if category == "free_text":
        states = not sure and values.few and values.shape == "choice" and _mean(values) < _STATE
        refuted = states or values.shape in ("date", "time", "flag", "number")
        return "refuted" if refuted else "confirmed" if values.shape == "text" else "possible"
    if category in NAMES and any(values.share(hits) >= 0.3 for hits in values.names.values()):
        return "confirmed"
    if category in PLACES and max((values.share(values.hits_of(part)) for part in PLACES), default=0) >= 0.5:
        return "confirmed"
    if category == "building" and values.shape == "choice":
        # A handful of rooms, wards and halls that come again and again: nobody lives there.
        return "refuted"
    if category == "address" and values.shape == "number" and max(map(len, values.folded)) <= 4:
        return "possible"
    if category in _LISTED and _is_none_of(values):
        return "refuted"
    numeric = ("number", "flag") if category in NAMES or category in ("address", "building") else ("flag",)
    if category in NAMES and are_licences(values):
        return "refuted"
    if category in NAMES and values.shape == "code":
        return "refuted" if sum(character.isdigit() for value in values.folded for character in value) else "possible"
    return "refuted" if values.shape in ("date", "time", *numeric) or _is_contact(values) else "possible"


def _is_none_of(values: Values) -> bool:
    """Whether values in words hold no place at all: what prefectures and municipalities are called is listed."""
    return values.shape in ("choice", "words") and values.n >= _SEVERAL and not any(map(values.hits.get, PLACES))


def _is_no_sum(values: Values, *, sure: bool) -> bool:
    """Whether values tell no sum: files, codes of letters; under a word that may be of pay, states (加入, A), flags."""
    if values.few:
        return not sure and (values.shape == "flag" or not any(_SUM.match(value) for value in values.folded))
    return values.n >= _FEWEST and not any(_SUM.match(value) for value in values.folded)


def _are_no_firms(values: Values, *, sure: bool) -> bool:
    """Whether values are places of business (西口店, 第二営業所) or a handful of kinds, and no firm by form or trade is
    among them. A header that is `sure` gives way to a handful of places alone."""
    firms = values.names.get("company_name", NO_HITS)
    branches = values.worded("branch").rows - values.worded("shop").rows
    if values.shape == "choice" and values.share(firms) < _FIRMS and (not sure or branches >= _SHOPS):
        return True
    return not sure and branches >= _BRANCHES and not firms.formed


def _are_counted(values: Values) -> bool:
    """Whether numbers are counted from one, as rows are: some are shorter than others by digits."""
    return values.shape == "number" and values.sizes[1] - values.sizes[0] >= _COUNTED


def _are_coded(values: Values) -> bool:
    """Whether a handful of codes comes again and again."""
    return values.few and all(map(_holds_a_digit, values.folded))


def _are_digits(values: Values) -> bool:
    """Whether values are digits that tell rows apart, as many in each: what is typed at a door or a till."""
    return values.shape == "number" and not values.few and values.sizes[0] == values.sizes[1]


def _is_kind_of_account(value: str) -> bool:
    """普通, 当座 or a digit for them: what kind an account is of tells nobody's."""
    return value in ("普通", "当座", "貯蓄", "普通預金", "当座預金", "貯蓄預金") or (
        value.isdigit() and len(value) == 1
    )


def _holds_a_digit(value: str) -> bool:
    return any(character.isdigit() for character in value)


def _mean(values: Values) -> float:
    return sum(map(len, values.folded)) / values.n


def _is_contact(values: Values) -> bool:
    return max(values.share(values.hits_of("email")), values.share(values.hits_of("phone"), proven=True)) >= 0.8


def _loose(category: str, values: Values) -> Fit:
    held = values.share(values.hits_of(category))
    if category == "gender":
        if max(held, values.hits_of(category).rows) >= 0.5:
            return "confirmed"
        worded = any(len(value) > 1 or not value.isascii() for value in values.folded)
        return "refuted" if values.n > 12 or worded or values.shape in ("date", "time", "text") else "possible"
    if category == "birth_date":
        short = values.shape == "number" and (
            max(map(len, values.folded)) <= 4 or values.share(values.matching(_SHORT_DATE)) >= _MOST_DATES
        )
        return "confirmed" if held >= 0.5 else "possible" if short or values.shape in ("date", "choice") else "refuted"
    if category == "age":
        return (
            "confirmed"
            if held >= 0.8
            else "refuted"
            if values.shape in ("date", "text") or _is_contact(values)
            else "possible"
        )
    if category == "bank_account":
        return "confirmed" if held >= 0.8 else "refuted" if values.shape in ("date", "flag", "text") else "possible"
    persons = max((values.share(hits) for hits in values.names.values()), default=0.0)
    return (
        "refuted" if values.shape in ("date", "time", "text") or _is_contact(values) or persons >= 0.6 else "possible"
    )


def _formed(category: str, values: Values) -> Fit:
    hits = values.hits_of(category)
    tried = hits.tried / values.n if category in _CHECKED else values.share(hits)
    if values.share(hits) >= 0.5:
        return "confirmed"
    if category in ("phone", "fax") and sum(bool(_LOCAL.fullmatch(value)) for value in values.folded) >= 0.5 * values.n:
        return "possible"
    if tried >= 0.2 or (values.n == 1 and values.shape in ("words", "code")):
        return "possible"
    return "refuted"
