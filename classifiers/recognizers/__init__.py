"""Recognizers: one identifier a file in this package, found by its place.

A module holds `RECOGNIZER`; its docstring names the identifier in Japanese, who issues it, what its digits mean and
where that is written, with doctests of a valid, a wrong-check and a wrong-format example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

FIRST_DIGIT = r"[0-9](?<![0-9A-Za-z].)(?<![0-9][-.].)"
"""How a number begins that is no part of a longer one. What begins with a set of letters, be it ahead, is quick to look
for: the engine passes over everything else, and looks around only there."""
NUMBER_ENDS = r"(?![0-9A-Za-z])(?![-.][0-9])"
LONG_NUMBER = re.compile("[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{2}")
"""A sign of every number of twelve digits and more that is written in one or in groups of four."""


def _no_check(_text: str) -> bool | None:
    return None


@dataclass(frozen=True, slots=True)
class Recognizer:
    """What one identifier looks like, in text that `normalize` has folded."""

    category: str
    """The data category it speaks for."""
    pattern: re.Pattern[str]
    """ASCII classes and look-arounds only: `\\b`, `\\w` and `\\W` fail next to Japanese. A group `value` is the
    identifier where the pattern takes in a word beside it."""
    validate: Callable[[str], bool | None] = _no_check
    """True: a check digit, a registry or a calendar confirms it; False: refutes it; None: there is nothing to check."""
    chance: float = 1.0
    """Share of random candidates of the pattern that `validate` lets through: what a pass rate is judged against."""
    needs_cue: bool = False
    """In a text it counts only near one of the category's cue words: its digits alone say nothing."""
    score: float = 0.6
    """Score of a mention whose validity is not proven; proven ones score 1.0 less chance."""
    words: tuple[str, ...] = ()
    """Words in lower case; a text with none of them, and no cue word, has nothing to report. None given: it may."""
    sign: re.Pattern[str] | None = None
    """What of ASCII stands in every text in which the pattern is found: cheaper to look for than the pattern."""

    def matches(self, text: str) -> bool | None:
        """Whether the whole of `text` is one: True proven, False not, None has the form and nothing more is known."""
        if not self.pattern.fullmatch(text):
            return False
        return self.validate(text)

    def may_stand_in(self, folded: str) -> bool:
        """Whether a text, given in lower case, has one of the words that are asked for, if any are."""
        return not self.words or _any_of(self.words).search(folded) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        """Where one stands in a longer text, and whether it is proven (True) or only has the form (None)."""
        named = "value" in self.pattern.groupindex
        for match in self.pattern.finditer(text):
            # A form without a word beside it leaves the group out.
            group = "value" if named and match["value"] is not None else 0
            if (proof := self.validate(match[0])) is not False:
                yield match.start(group), match.end(group), proof


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


@cache
def recognizers() -> tuple[Recognizer, ...]:
    """Every recognizer of this package, in the order of their files' names."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(module.RECOGNIZER for module in modules)
