"""What stands inside a column's values: mentions in free text, and rare certain finds in what seems impersonal."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from classifiers.columns.values import Values
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Column
from classifiers.texts import mentions

READ = 1000
"""At most so many distinct texts of a free-text column are read, evenly spaced."""
# A mention that is worth an entry, and a find that is certain whatever stands around it.
_LIKELY, _CERTAIN = 0.6, 0.9
SUSPECT = r"@|[0-9]{2,5}[-)ー−‐][0-9]{1,4}[-ー−‐][0-9]{3,4}"
"""What a value must hold to be worth looking into where a column seems impersonal; a pattern for RE2 as well."""
_MAY_HOLD = re.compile(SUSPECT)
_SURE_FORMS = frozenset({"email", "phone", "my_number", "credit_card"})


@dataclass(frozen=True, slots=True)
class Inside:
    """Data category → in how many distinct values it was found, most often first; `hits` of `n` values had any."""

    mentions: tuple[tuple[str, int], ...] = ()
    hits: int = 0
    n: int = 0


def look_inside(column: Column, category: str, values: Values) -> Inside:
    """Mentions in free text (rules and Sudachi, without the language model), or rare certain finds elsewhere."""
    if category == FREE_TEXT and column.values:
        step = max(1, len(column.values) // READ)
        return _read(column.values[::step][:READ])
    if category in (NOT_PERSONAL, UNRESOLVED) and values.shape in ("words", "text", "choice"):
        # Every distinct value is looked at, not a sample: one number in a thousand rows is still personal data.
        suspects = tuple(value for value in column.values if _MAY_HOLD.search(value))
        return _certain(suspects, len(column.values)) if suspects else Inside()
    return Inside()


def _read(texts: tuple[str, ...]) -> Inside:
    counts: Counter[str] = Counter()
    hits = 0
    for found in mentions(texts, mode="fast"):
        categories = {one.data_category for one in found if one.score >= _LIKELY}
        counts.update(categories)
        hits += bool(categories)
    return Inside(_sorted(counts), hits, len(texts))


def _certain(suspects: tuple[str, ...], n: int) -> Inside:
    found = [
        {one.data_category for one in held if one.score >= _CERTAIN} & _SURE_FORMS
        for held in mentions(suspects, mode="fast")
    ]
    return Inside(_sorted(Counter(category for held in found for category in held)), sum(map(bool, found)), n)


def _sorted(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
