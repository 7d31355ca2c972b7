"""The hand that writes: seeded choices, and one column's own habits."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")
STRAY = 0.06
"""How often a hand leaves its usual form."""


class Pen:
    """Random choices of one column or one text. The usual form of a column stays the same over its rows."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self._habit = self.random.random()

    def usual(self, forms: Sequence[T]) -> T:
        """The form this hand mostly writes, now and then another one; earlier forms are more common hands."""
        at = self.random.random() if self.random.random() < STRAY else self._habit
        return forms[int(len(forms) * at**1.5)]

    def always(self, forms: Sequence[T]) -> T:
        """The form this hand writes, every time: a program's. Earlier forms are more common programs."""
        return forms[int(len(forms) * self._habit**1.5)]

    def choice(self, items: Sequence[T]) -> T:
        """One of the items, evenly."""
        return items[int(self.random.random() * len(items))]

    def often(self, items: Sequence[T], steep: float = 2.0) -> T:
        """One of the items, the first ones far more often: how statuses and departments are spread."""
        return items[int(len(items) * self.random.random() ** steep)]

    def chance(self, share: float) -> bool:
        """True in that share of the calls."""
        return self.random.random() < share

    def digits(self, count: int) -> str:
        """`count` random digits."""
        return f"{self.random.randrange(10**count):0{count}d}" if count else ""

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self.random.randint(low, high)
