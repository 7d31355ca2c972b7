"""Which of a column's values are looked at: at most 300 distinct ones, evenly spaced, and no placeholders."""

from __future__ import annotations

from classifiers.columns.value_words import is_placeholder
from classifiers.columns.values import Values
from classifiers.normalize import fold
from classifiers.tags import Column

LOOKED_AT = 300
_MOST_PLACEHOLDERS = 0.3
"""Share of the rows up to which 不明, N/A and the like stand for no value; beyond it they are what the column says."""


_WHOLE = ".0"
"""What a number without fraction ends with where a column with gaps was kept as floating point."""


def _is_whole(text: str) -> bool:
    return text.removesuffix(_WHOLE).isdigit() or is_placeholder(text)


def look_at(column: Column) -> Values:
    """A column's distinct values, at most 300, evenly spaced over those that were read, folded.

    Placeholders (不明, N/A, `*`) are no values, unless most of the column is made of them.
    """
    weights = column.counts or (1,) * len(column.values)
    step = max(1.0, len(column.values) / LOOKED_AT)
    picked = sorted({int(number * step) for number in range(min(LOOKED_AT, len(column.values)))})
    merged: dict[str, int] = {}
    for number in picked:
        text = fold(column.values[number])
        if text:
            merged[text] = merged.get(text, 0) + weights[number]
    if any(text.endswith(_WHOLE) for text in merged) and all(map(_is_whole, merged)):
        merged = {text.removesuffix(_WHOLE): weight for text, weight in merged.items()}
    told = {text: weight for text, weight in merged.items() if not is_placeholder(text)}
    passed_over = (len(merged) - len(told), sum(merged.values()) - sum(told.values()))
    if not told or passed_over[1] > _MOST_PLACEHOLDERS * sum(merged.values()):
        told, passed_over = merged, (0, 0)
    alone = len(told) / sum(told.values()) if told else 0.0
    return Values(tuple(told), tuple(told.values()), alone, passed_over)
