"""Numbers of licences under words for what somebody holds: 第54138号, 東京都知事登録第54138号, 公認心理師 第06241号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from classifiers.columns.context import Context
from classifiers.columns.named import Named
from classifiers.columns.values import Values
from classifiers.headers.licences import REGISTRATION

if TYPE_CHECKING:
    from classifiers.columns.fits import Fit

# Whose register it stands in, then the number.
_REGISTERED_AS = re.compile(r"[^0-9]{1,16}第 ?[A-Z]{0,3}[0-9]{2,}(?:-[0-9]+)? ?号")
_LICENCE = re.compile(r"[^0-9]{0,16}第? ?[A-Z]{0,3}[0-9]{2,}(?:-[0-9]+)? ?号|[一-龥A-Za-z]{0,8}[ -]?[0-9][0-9-]{3,}")
_MOST = 0.9
"""Share of the values that must be written so."""
_HELD_BY_SOMEBODY = 0.8
"""How surely a number under a word for a licence is its number, beside persons."""


def are_licences(values: Values) -> bool:
    """Whether most values may be numbers of licences, with a register before them or without."""
    return _are(_LICENCE, values)


def of_licences(found: Sequence[tuple[Named, Fit]], values: Values, around: Context) -> list[tuple[Named, Fit]]:
    """How a header's categories stand with the values, a registration among them, where these are a licence's numbers.

    宅建士証 and 検定合格証 over numbers are those of what somebody holds, 登録番号 over numbers that say whose register
    they stand in as well.
    """
    held = any(one.category == "education" for one, _ in found)
    if not _are(_REGISTERED_AS, values) and not (held and are_licences(values)):
        return list(found)
    return [(_surer(one, around), _how(one, how)) for one, how in found]


def _surer(one: Named, around: Context) -> Named:
    known = one.category == REGISTRATION and around.persons
    return replace(one, confidence=max(one.confidence, _HELD_BY_SOMEBODY)) if known else one


def _how(one: Named, how: Fit) -> Fit:
    if one.category == REGISTRATION:
        return "confirmed" if how == "confirmed" else "possible"
    return "refuted" if one.category == "education" else how


def _are(form: re.Pattern[str], values: Values) -> bool:
    return not values.few and values.share(values.matching(form)) >= _MOST
