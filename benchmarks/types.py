"""Which data types are scored, under which name: of columns, of spans, and beside other products."""

from __future__ import annotations

from classifiers.vocabulary import data_categories

KANA = "person_name_kana"
PERSON = "person_name"
UNRESOLVED = "unresolved"
OTHER_ID = "other_id"
COMPARED = (
    PERSON, "address", "postal_code", "phone", "email", "organization_name", "birth_date", "my_number", "bank_account",
    OTHER_ID,
)  # fmt: skip
"""What the other products were set up to find: beside them, everybody is scored on these alone."""
_NUMBERS = frozenset(
    {
        "drivers_licence",
        "passport",
        "residence_card",
        "insurer_number",
        "insured_number",
        "elderly_care_number",
        "pension_number",
        "employment_insurance_number",
        "resident_code",
    }
)
"""Data categories of the type `other_personal` that the corpus's texts label."""
_COMPARED_IDS = frozenset({"drivers_licence", "passport", "residence_card", "pension_number", "credit_card"})
_UNSCORED_SPANS = frozenset({"age", "gender", "free_text", "not_personal", "password"})
"""Types that the corpus's texts do not label: saying them is neither right nor wrong."""


def column_type(category: str) -> str:
    """The data type of a column's data category; `unresolved` stays an answer of its own."""
    return UNRESOLVED if category == UNRESOLVED else data_categories()[category].data_type


def span_type(category: str) -> str:
    """The type that a mention is scored as, '' where it is not scored. Kana names are names: texts mix their scripts.

    >>> span_type("surname_kana"), span_type("passport"), span_type("age")
    ('person_name', 'other_personal', '')
    """
    type = data_categories()[category].data_type
    if type == KANA:
        return PERSON
    if type in _UNSCORED_SPANS or (type == "other_personal" and category not in _NUMBERS):
        return ""
    return type


def compared_column(category: str) -> str:
    """The type that a column is compared as; '' where the other products were not set up for it."""
    if category in _COMPARED_IDS:
        return OTHER_ID
    type = column_type(category)
    if type == KANA:
        return PERSON
    if category == "bank_name":
        # of an account's columns the others were set up for its number alone
        return ""
    return type if type in (*COMPARED, "not_personal", UNRESOLVED) else ""


def compared_span(type: str) -> str:
    """The type that a scored span, or another product's answer, is compared as; '' where it is left out.

    >>> compared_span("credit_card"), compared_span("url")
    ('other_id', '')
    """
    if type in ("credit_card", "other_personal"):
        return OTHER_ID
    if type == KANA:
        return PERSON
    return type if type in COMPARED else ""
