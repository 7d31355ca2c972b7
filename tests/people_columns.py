"""Columns as they are read, and invented people to stand beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from classifiers.tags import Column

PEOPLE = ["架空 花子", "見本 太郎", "試験 一郎", "例示 二郎", "仮名 三郎", "想定 四郎"]


def column(name: str, values: Sequence[str]) -> Column:
    """A column without label or type, with its distinct values and how often each stands."""
    counted = Counter(values)
    return Column(name, "", "", tuple(counted), tuple(counted.values()), len(values))
