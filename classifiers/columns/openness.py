"""What beside persons may be theirs though nothing says so: columns that are left open, and not called nobody's."""

from __future__ import annotations

import re

from classifiers.columns.context import Context
from classifiers.columns.named import Named
from classifiers.columns.owners import UNOWNED
from classifiers.columns.values import Values

_REMARK = 7
"""Mean length from which a few values that come again and again are remarks, no states."""
_LONGEST_KEY = 16
"""Letters of the longest number that a company gives to people."""
_OWN = 0.5
"""Distinct values to each row from which a number is each row's own."""
_LEAST_DIGITS = 6
"""Digits from which a key is no running number of rows."""
_FIGURE = re.compile(r"[¥$-]?[0-9][0-9,./: -]*[%円]?")
"""Sums, rates, days and versions: they count or date something, and number nobody."""
_MEASURE = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]+)?")
"""What is measured of somebody; four digits are a sum, a year, a month or a number of something."""
_NUMBERS = frozenset(
    {"bank_account", "account_id", "employee_number", "professional_registration_number", "insured_number"}
)
_DOUBTED = 0.5
"""How sure a header is under which it is only a hint."""
_LEAST_REGISTERED = 4
"""Digits from which a number may be a profession's registration: many are counted from one, and old."""
_GRADE = 3
"""Letters of the longest grade (II, C3): longer codes number things."""
_MOST = 0.9
"""Share of the values that must be alike."""


def are_numbers_of_somebody(values: Values) -> bool:
    """Whether keys are made as numbers that are given to people are, and not counted from one: MEM-00123, 31181712."""
    if values.few or values.shape not in ("code", "number"):
        return False
    lettered = sum(not value.isdigit() for value in values.folded) >= _MOST * values.n
    return lettered or values.sizes[0] >= _LEAST_DIGITS


def look_given(values: Values) -> bool:
    """Whether codes may be somebody's numbers though nothing calls them so: letters and digits, or digits enough."""
    if not are_numbers_of_somebody(values):
        return False
    plain = sum(not _FIGURE.fullmatch(value) for value in values.folded)
    return max(plain, sum(map(str.isdigit, values.folded))) >= _MOST * values.n


def may_be_theirs(first: Named, values: Values, around: Context) -> bool:
    """Whether a number of nobody knows what (`OKYKSM_NO`) may be a person's: beside persons, made as theirs are.

    Where another column is named as theirs it is of something else, and what many rows share is what they share.
    """
    if first.confidence != UNOWNED or not around.persons or around.numbered:
        return False
    return around.noun != "thing" and values.alone >= _OWN and values.sizes[1] <= _LONGEST_KEY and look_given(values)


def may_be_numbers(first: Named, values: Values, around: Context) -> bool:
    """Whether codes under a weak word for somebody's number (`acct_guid`) may be that: beside persons, made as such."""
    if not around.persons or first.category not in _NUMBERS or first.confidence >= _DOUBTED:
        return False
    registered = first.category == "professional_registration_number" and values.shape == "number" and not values.few
    return look_given(values) or (registered and values.sizes[0] >= _LEAST_REGISTERED)


def may_tell(values: Values, around: Context, *, unnamed: bool) -> bool:
    """Whether values beside persons may say something of them: words, remarks, findings beside special-care data."""
    if values.shape == "words":
        return True
    if (around.examined or around.special) and _may_be_found(values):
        return True
    return unnamed and values.shape == "choice" and sum(map(len, values.folded)) >= _REMARK * values.n


def _may_be_found(values: Values) -> bool:
    """Whether values may be what somebody was found to be or to need: a measure, a grade, a yes or no, words."""
    if values.shape == "number":
        return sum(bool(_MEASURE.fullmatch(value)) for value in values.folded) >= _MOST * values.n
    if values.shape == "code":
        return values.sizes[1] <= _GRADE
    return values.shape == "flag" or (values.shape == "choice" and values.worded("not_personal").rows < _MOST)
