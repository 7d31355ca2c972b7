"""What values say that are made like logins, mostly of their bearers' names: `tanaka.t`, `ksugawara`, `keiko96`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.columns.values import Values
from classifiers.columns.vote import Vote, vote
from classifiers.people.dictionary import is_romaji_given, is_romaji_surname

_LOGIN = re.compile(r"(?:[A-Za-z0-9-]+\\)?(?:[a-z]{2,}(?:[._-][a-z]+)?[._-]?[0-9]{0,4}|[a-z][._-][a-z]{2,}[0-9]{0,4})")
_HANDLE = re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.-]{2,}|[A-Za-z0-9-]+\\[A-Za-z0-9._-]{2,}")
_WORD = re.compile(r"[a-z]{3,}")
_FEWEST = 5
"""Distinct values under which a make says nothing."""
_MADE, _NAMED = 0.9, 0.5
"""Shares of the values that are made like logins, and that hold a name."""


def logins(values: Values) -> Iterator[Vote]:
    """The vote for logins, if there is one."""
    if values.n < _FEWEST or values.shape not in ("words", "code", "choice"):
        return
    handles = values.matching(_HANDLE)
    if values.share(handles) >= _MADE:
        yield vote(values, "account_id", 0.8, handles, "column_values_logins")
        return
    made = values.matching(_LOGIN)
    # Lower-case words alone may be anything; those that hold names, with or without an initial, are somebody's.
    if values.share(made) < _MADE:
        return
    named = values.marked([_holds_a_name(value) or None for value in values.folded])
    joined = sum(not value.isalpha() for value in values.folded)
    if values.share(named) >= _NAMED and joined >= _NAMED / 2 * values.n:
        yield vote(values, "account_id", 0.8, made, "column_values_logins", deterministic=False)


def _holds_a_name(value: str) -> bool:
    return any(_is_name(word) or _is_name(word[1:]) for word in _WORD.findall(value))


def _is_name(word: str) -> bool:
    return len(word) >= 3 and (is_romaji_surname(word) or is_romaji_given(word))
