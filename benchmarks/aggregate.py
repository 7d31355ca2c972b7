"""From mentions in a column's values to the column's type: how a product that reads texts is asked about columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.spans import Span
from benchmarks.types import compared_span
from classifiers.tags import NOT_PERSONAL

COVERED = 0.6
"""A value counts for a type when so much of it, spaces aside, is covered by its mentions."""
COUNTED = 0.5
"""A column is labelled when so many of its values count."""


def distinct(values: Sequence[str | None], most: int) -> list[str]:
    """At most so many distinct values, evenly spaced over the column."""
    filled = list(dict.fromkeys(value for value in values if value and not value.isspace()))
    return filled if len(filled) <= most else [filled[n * len(filled) // most] for n in range(most)]


def label(values: Sequence[str], mentions: Sequence[Sequence[Span]]) -> str:
    """What a column is, from the mentions in its values: the type that most values count for, if they are enough.

    >>> label(["03-5253-5111", "-"], [[Span(0, 12, "phone")], []])
    'phone'
    """
    counted: Counter[str] = Counter()
    for value, spans in zip(values, mentions, strict=True):
        for type in {compared_span(span.type) for span in spans} - {""}:
            held = {n for span in spans if compared_span(span.type) == type for n in range(span.start, span.end)}
            letters = [n for n, letter in enumerate(value) if not letter.isspace()]
            counted[type] += sum(n in held for n in letters) >= COVERED * len(letters)
    best = max(counted, key=lambda type: counted[type], default="")
    return best if best and counted[best] >= COUNTED * len(values) else NOT_PERSONAL
