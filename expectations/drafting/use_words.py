"""Which uses the words of a sentence name, and which they imply (`uses.yml`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from expectations.drafting.words import Pattern, compiled, folded, rows, turns


@dataclass(frozen=True, slots=True)
class _UseWords:
    use: str
    says: Pattern
    implies: Pattern
    but: Pattern
    only: tuple[str, ...]


@cache
def _use_words() -> tuple[_UseWords, ...]:
    return tuple(
        _UseWords(
            row["use"],
            compiled(row.get("says", ())),
            compiled(row.get("implies", ())),
            compiled(row.get("but", ())),
            tuple(row.get("only", ())),
        )
        for row in rows("uses")
    )


def uses_in(text: str, subjects: Sequence[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The uses that a sentence names outright, and those that it implies.

    >>> uses_in("お問い合わせへの対応のため")
    (('inquiry',), ())
    """
    read = turns()["needed_for"].sub("", folded(text))
    asked = [row for row in _use_words() if not row.only or set(row.only) & set(subjects)]
    says = tuple(row.use for row in asked if row.says.search(row.but.sub(" ", read)))
    return says, tuple(row.use for row in asked if row.implies.search(read) and row.use not in says)
