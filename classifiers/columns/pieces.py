"""Numbers kept in several columns side by side: the three parts of a phone number, the two of a postal or Yucho one,
and an account after its bank's and branch's codes.

A part alone is any number of two to eight digits; only the columns beside it tell what it is a part of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from classifiers.addresses.gazetteer import postcodes
from classifiers.columns.values import Values
from classifiers.columns.vote import Vote, vote

_AREA = re.compile(r"0[1-9][0-9]{0,3}")
_EXCHANGE = re.compile(r"[0-9]{1,4}")
_THREE, _FOUR = re.compile(r"[0-9]{3}"), re.compile(r"[0-9]{4}")
_SYMBOL = re.compile(r"1[0-9]{3}0|0[0-9]{4}")
_NUMBER = re.compile(r"[0-9]{1,7}1")
_MOST = 0.95
_FEWEST = 5
"""Distinct values under which a make says nothing."""
_LOW_TAILS = 0.3
"""Share of postal codes' last four digits that begin with 0: two in three do, of other numbers one in ten."""
_SURE = 0.8


def in_pieces(seen: Sequence[Values], *, owned: bool) -> list[Vote | None]:
    """For each column of a table, in order, the vote of the number that it holds a part of, if it holds one.

    `owned`: somebody or a firm is in the table, whom the number reaches or pays.
    """
    found: list[Vote | None] = [None] * len(seen)
    if not owned:
        return found
    for at in range(len(seen) - 1):
        parts = seen[at : at + 3]
        if _is_phone(parts):
            found[at : at + 3] = [_part(values, "phone") for values in parts]
        elif _is_postal_code(parts[:2]):
            found[at : at + 2] = [_part(values, "postal_code") for values in parts[:2]]
        elif _is_yucho(parts[:2]):
            found[at : at + 2] = [_part(values, "yucho_account") for values in parts[:2]]
        elif last := _account(seen, at):
            found[at:last] = [_part(values, "bank_name") if _is_code(values) else None for values in seen[at:last]]
            found[last] = _part(seen[last], "bank_account")
    return found


def _is_phone(parts: Sequence[Values]) -> bool:
    made = zip(parts, (_AREA, _EXCHANGE, _FOUR), strict=False)
    return len(parts) == 3 and parts[2].n >= _FEWEST and all(_are(values, pattern) for values, pattern in made)


def _is_postal_code(parts: Sequence[Values]) -> bool:
    head, tail = parts
    if min(head.n, tail.n) < _FEWEST or not (_are(head, _THREE) and _are(tail, _FOUR)):
        return False
    known = sum(value in _heads() for value in head.folded)
    return known >= _MOST * head.n and sum(value[0] == "0" for value in tail.folded) >= _LOW_TAILS * tail.n


def _is_yucho(parts: Sequence[Values]) -> bool:
    symbol, number = parts
    return min(symbol.n, number.n) >= _FEWEST and _are(symbol, _SYMBOL) and _are(number, _NUMBER)


def _account(seen: Sequence[Values], at: int) -> int:
    """Where the number stands that a bank's code leads up to, past its branch's and a kind of account; 0 if none."""
    if not _are_digits(seen[at], 4):
        return 0
    at += 1
    at += at < len(seen) and _are_digits(seen[at], 3)
    at += at < len(seen) and seen[at].few and seen[at].sizes == (1, 1) and seen[at].shape in ("number", "choice")
    return at if at < len(seen) and _are_digits(seen[at], 7) else 0


def _is_code(values: Values) -> bool:
    return not values.few


def _are_digits(values: Values, size: int) -> bool:
    """Whether values are numbers of so many digits, and hardly ever the same."""
    return values.shape == "number" and values.sizes == (size, size) and values.n >= _FEWEST and not values.few


def _are(values: Values, pattern: re.Pattern[str]) -> bool:
    return values.shape in ("number", "code", "choice", "date") and (
        sum(pattern.fullmatch(value) is not None for value in values.folded) >= _MOST * values.n > 0
    )


@cache
def _heads() -> frozenset[str]:
    return frozenset(code[:3] for code in postcodes())


def _part(values: Values, category: str) -> Vote:
    hits = values.marked([True] * values.n)
    return vote(values, category, _SURE, hits, "column_values_pieces", deterministic=False)
