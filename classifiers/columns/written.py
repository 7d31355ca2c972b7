"""How identifiers also stand in a column that is named as theirs: masked, with a word beside them, in another form.

Values alone must have the form of their recognizer. Under a header that names them surely it is enough that they could
be one: nobody else's form is refuted by what it lacks (a foreign passport, a register's number with its prefecture).
"""

from __future__ import annotations

import re

from classifiers.columns.values import Values

_MOST = 0.8
"""Share of the values that must be written so."""
_LONGEST = 40
_MARK = re.compile(r"[0-9*●■○〇]|(?<![A-Za-wyz])[xX]+(?![A-Za-wyz])|[?#]")
"""A digit, or what stands for one that is not shown."""
_DIGITS = {
    "drivers_licence": (10, 14),
    "passport": (6, 9),
    "residence_card": (6, 10),
    "insurer_number": (6, 8),
    "insured_number": (2, 14),
    "elderly_care_number": (8, 12),
    "pension_number": (9, 11),
    "employment_insurance_number": (10, 11),
    "corporate_number": (13, 13),
    "credit_card": (13, 19),
    "professional_registration_number": (3, 14),
}
"""How many digits an identifier has at least and at most, those that are masked among them."""
_DIALLED = re.compile(r"[+(]{0,2}[0-9*●xX][0-9*●xX() .-]{7,}")
_ABROAD = ("+", "81")
_FORMS = {
    "postal_code": re.compile(r"〒? ?[0-9*xX○●]{3,5}(?:[- ]?[0-9*xX○●]{2,4})?"),
    "email": re.compile(r".*[^ @]@[^ @].*|.+ ?[(\[](?:at|@|アット|あっと)[)\]] ?.+"),
    "ip_address": re.compile(
        r"(?:[0-9]{1,3}\.){2,3}(?:[0-9]{1,3}|[xX*]{1,3})(?::[0-9]+|/[0-9]+)?(?:,.*)?"
        r"|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(?:/[0-9]+)?"
    ),
    "url": re.compile(r"https?://.*|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[/?].*)?"),
    "gender": re.compile(r"(?:[0-9][:. ]?)?(?:[♂♀]|[男女].{0,6}|(?:Mr|Ms|Mrs|Miss|Mx)\.?|0[0-9])(?:[(:][0-9]\)?)?"),
    # by month first, with a year of two digits, in words, half masked, or counted from some other day
    "birth_date": re.compile(
        r"(?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12][0-9]|3[01])[-/][12][0-9]{3}|[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
        r"|.*[0-9元]年.*|[12][0-9]{3}[-/.][0-9*?xX]{1,2}[-/.][0-9*?xX]{1,2}(?:[ T(].*)?|-?[0-9]{4,13}"
    ),
}


def as_written(category: str, values: Values) -> bool:
    """Whether most values may stand for the category's identifier, in whatever way they are written.

    >>> as_written("phone", Values(("03-5253-5111 内線12", "090-****-5678"), (1, 1)))
    True
    >>> as_written("phone", Values(("4912345678904", "本社"), (1, 1)))
    False
    """
    if values.shape in ("flag", "date", "time"):
        return False
    return sum(_may_be(category, value) for value in values.folded) >= _MOST * values.n


def _may_be(category: str, value: str) -> bool:
    if category in ("phone", "fax"):
        return any(map(_may_be_dialled, _DIALLED.findall(value)))
    if len(value) > _LONGEST and category != "url":
        return False
    if form := _FORMS.get(category):
        return form.fullmatch(value) is not None
    fewest, most = _DIGITS.get(category, (1, 0))
    return fewest <= sum(map(len, _MARK.findall(value))) <= most


def _may_be_dialled(run: str) -> bool:
    """Nine to eleven digits or marks, more where the country stands before them."""
    digits = sum(map(len, _MARK.findall(run)))
    return 9 <= digits <= (15 if run.startswith(_ABROAD) else 11)
