"""A column's values looked at once: how many speak for each data category, and what shape they have.

Deterministic finds and free text are a matter of the whole column and looked for elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from classifiers import addresses, names, special_care
from classifiers.columns import chance, shapes
from classifiers.columns.value_words import marked, spoken_of
from classifiers.recognizers import Recognizer, recognizers

_LONGEST = 120
# Spreadsheets eat leading zeros; the header must say what the number was.
_ZERO_EATEN = {"phone": (9, 10), "fax": (9, 10), "postal_code": (6,), "bank_account": (5, 6), "pension_number": (9,)}
# Categories that only a name tells apart.
ALIKE = {"fax": "phone"}
_FEW, _AGAIN = 6, 8
"""Distinct values up to which, and rows to each of them from which, values are the choices of a list."""
_STRAY = 0.02
"""Share of the distinct values that may be longer or shorter than the rest: slips, and what is typed instead."""


@dataclass(frozen=True, slots=True)
class Hits:
    """How many of the distinct values speak for one data category."""

    proven: int = 0
    """A check, a registry or a dictionary confirms these."""
    formed: int = 0
    """These have the form, the proven ones among them."""
    tried: int = 0
    """Candidates of the pattern, those among them that the check refutes."""
    rows: float = 0.0
    """Share of the rows that hold one of the values with the form, 0..1."""
    proven_rows: float = 0.0
    """Share of the rows that hold one of the proven ones, 0..1."""


NO_HITS = Hits()


@dataclass(frozen=True)
class Values:
    """The distinct values of a column that were looked at, folded, with what was found in them."""

    folded: tuple[str, ...] = field(repr=False)
    weights: tuple[int, ...] = field(repr=False)
    alone: float = 0.0
    """Distinct values to each row that holds one, 0..1: 1 where no value stands twice."""
    passed_over: tuple[int, int] = (0, 0)
    """Placeholders: how many distinct ones, and how many rows hold them."""

    @property
    def n(self) -> int:
        """How many distinct values were looked at."""
        return len(self.folded)

    @cached_property
    def rows(self) -> int:
        """How many of the rows that were read hold one of the values."""
        return sum(self.weights)

    @property
    def told(self) -> float:
        """Share of the rows with a value that hold more than a placeholder, 0..1."""
        return self.rows / (self.rows + self.passed_over[1]) if self.rows else 0.0

    @property
    def few(self) -> bool:
        """Whether a handful of values comes again and again: what tells persons apart never does."""
        return 0 < self.n <= _FEW and self.rows >= _AGAIN * self.n

    @cached_property
    def sizes(self) -> tuple[int, int]:
        """How many letters the shortest and the longest have, strays left out; 0 where there is no value."""
        sizes = sorted(map(len, self.folded))
        stray = int(_STRAY * self.n)
        return (sizes[stray], sizes[-1 - stray]) if sizes else (0, 0)

    @cached_property
    def shape(self) -> shapes.Shape:
        """What kind of thing they are."""
        return shapes.shape(self.folded, self.rows)

    @cached_property
    def hits(self) -> Mapping[str, Hits]:
        """Data category → how many values speak for it; categories with none are left out."""
        found = {one.category: self._recognized(one) for one in recognizers() if one.category != "address"}
        found |= self._placed()
        return {category: hits for category, hits in found.items() if hits.tried}

    @cached_property
    def names(self) -> Mapping[str, Hits]:
        """Kind of name → how many values look like one; none where the values are places, numbers or long texts."""
        if self.shape in ("empty", "flag", "number", "date", "time", "hidden"):
            return {}
        kinds = names.kinds(self.folded)
        if not any(kinds):
            return {}
        kept = {kind for kind, share in names.name_shares(self.folded).items() if share}
        return {
            kind: self.marked([held == kind or None for held in kinds])
            for kind in dict.fromkeys(kinds)
            if kind is not None and kind in kept
        }

    @cached_property
    def special(self) -> Mapping[str, int]:
        """Special-care data category → how many values speak of it."""
        return special_care.counted(self.folded)

    def share(self, hits: Hits, *, proven: bool = False) -> float:
        """Share of the distinct values looked at, 0..1."""
        return (hits.proven if proven else hits.formed) / self.n if self.n else 0.0

    def worded(self, category: str) -> Hits:
        """How many values are words of a row of the value words."""
        if category not in self._worded:
            self._worded[category] = self.marked([found or None for found in marked(self.folded, category)])
        return self._worded[category]

    def spoken_of(self, category: str) -> Hits:
        """How many values hold a word of a row of the value words."""
        if category not in self._spoken:
            self._spoken[category] = self.marked([found or None for found in spoken_of(self.folded, category)])
        return self._spoken[category]

    def matching(self, pattern: re.Pattern[str]) -> Hits:
        """How many values a pattern matches as a whole."""
        if pattern not in self._matched:
            fullmatch = pattern.fullmatch
            self._matched[pattern] = self.marked([fullmatch(value) is not None or None for value in self.folded])
        return self._matched[pattern]

    # A column is judged up to three times among neighbours; its values stay what they are.
    @cached_property
    def _worded(self) -> dict[str, Hits]:
        return {}

    @cached_property
    def _spoken(self) -> dict[str, Hits]:
        return {}

    @cached_property
    def _matched(self) -> dict[re.Pattern[str], Hits]:
        return {}

    def hits_of(self, category: str) -> Hits:
        """The hits of a category; leading zeros that a spreadsheet ate are put back where there is one to miss."""
        found = self.hits.get(ALIKE.get(category, category), NO_HITS)
        lengths = _ZERO_EATEN.get(category, ())
        if not lengths or self.share(found) >= 0.5:
            return found
        short = [value.isdigit() and len(value) in lengths for value in self.folded]
        if sum(short) < 0.5 * self.n:
            return found
        wanted = ALIKE.get(category, category)
        recognizer = next((one for one in recognizers() if one.category == wanted), None)
        padded = Values(
            tuple(f"0{v}" if eaten else v for v, eaten in zip(self.folded, short, strict=True)), self.weights
        )
        return padded._recognized(recognizer) if recognizer else found

    def _recognized(self, recognizer: Recognizer) -> Hits:
        fullmatch = recognizer.pattern.fullmatch
        formed = [len(value) <= _LONGEST and fullmatch(value) is not None for value in self.folded]
        candidates = formed.count(True)
        if not candidates:
            return NO_HITS
        verdicts = (
            recognizer.validate(value) if has_form else False
            for value, has_form in zip(self.folded, formed, strict=True)
        )
        return self.marked([None if verdict is False else (verdict or "form") for verdict in verdicts], candidates)

    def _placed(self) -> Mapping[str, Hits]:
        if self.shape in ("empty", "flag", "number", "date", "time", "hidden"):
            return {}
        parts = [addresses.part(value) if len(value) <= _LONGEST else None for value in self.folded]
        return {part: self.marked([held == part or None for held in parts]) for part in dict.fromkeys(parts) if part}

    def marked(self, marks: Sequence[bool | str | None], candidates: int = 0) -> Hits:
        """The hits of values of which each is proven (True), has the form (a word) or neither (None)."""
        formed = len(marks) - marks.count(None)
        if not formed:
            return Hits(tried=candidates) if candidates else NO_HITS
        proven = marks.count(True)
        weighed = list(zip(marks, self.weights, strict=True))
        rows = self.rows or 1
        return Hits(
            proven=proven,
            formed=formed,
            tried=max(candidates, formed),
            rows=sum(weight for mark, weight in weighed if mark is not None) / rows,
            proven_rows=sum(weight for mark, weight in weighed if mark is True) / rows if proven else 0.0,
        )


def beyond_chance(hits: Hits, recognizer: Recognizer) -> bool:
    """Whether more candidates pass the check than chance would let through (binomial, one in ten thousand)."""
    return hits.tried > 0 and chance.tail(hits.proven, hits.tried, recognizer.chance) < chance.BEYOND
