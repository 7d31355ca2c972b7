"""What a column's declared type refutes: no name is a truth value, no login is a date.

Types are spelt as their systems spell them: SQL's own, those of migrations (`string`, `bigIncrements`), Japanese ones
of table definitions (日付, 真偽値).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from classifiers.vocabulary import data_categories

Kind = Literal["switch", "moment", "number"]

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("switch", re.compile(r"bool|bit\(1\)|bit\Z|tinyint\(1\)|真偽|論理|フラグ", re.IGNORECASE)),
    ("moment", re.compile(r"date|time|日付|日時|時刻|年月日", re.IGNORECASE)),
    (
        "number",
        re.compile(
            r"(?:unsigned)?(?:tiny|small|medium|big)?(?:int|integer|serial|increments)(?![a-z])|foreignid|references"
            r"|numeric|number\(|decimal|float|double|real\Z|整数|数値型",
            re.IGNORECASE,
        ),
    ),
)
_LETTERS = frozenset(
    {"person_name", "person_name_kana", "organization_name", "email", "url", "free_text", "password", "ip_address"}
)
_NUMBERS = frozenset({"phone", "postal_code", "account_id", "bank_account", "credit_card", "my_number"})
_COUNTED = frozenset({"corporate_number", "age", "address", "gender", "professional_registration_number"})
_REFUTED: Mapping[Kind, frozenset[str]] = {
    "switch": _LETTERS | _NUMBERS | _COUNTED - {"gender"} | {"birth_date"},
    "moment": _LETTERS | _NUMBERS | _COUNTED,
    "number": _LETTERS,
}
"""Data types that no column of such a type holds. An address may be a prefecture's number, a gender a truth value."""


@cache
def kind(sql_type: str) -> Kind | None:
    """What a declared type can hold, where that rules something out.

    >>> kind("TINYINT(1)"), kind("timestamp without time zone"), kind("bigIncrements"), kind("varchar(40)")
    ('switch', 'moment', 'number', None)
    """
    return next((name for name, form in _KINDS if form.match(sql_type)), None)


def refuted(category: str, sql_type: str) -> Kind | None:
    """What the declared type is, where no column of that type holds the data category; None where one may."""
    found = kind(sql_type)
    return found if found and data_categories()[category].data_type in _REFUTED[found] else None
