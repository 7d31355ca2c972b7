"""A column's values looked at once: how many speak for each data category, and what shape they have.

At most 300 distinct values decide a column's class, evenly spaced over those that were read; deterministic finds and
free text are a matter of the whole column and looked for elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from classifiers import addresses, names, special_care
from classifiers.columns import chance, shapes
from classifiers.normalize import fold
from classifiers.recognizers import Recognizer, recognizers
from classifiers.tags import Column

LOOKED_AT = 300
_LONGEST = 120
# Spreadsheets eat leading zeros; the header must say what the number was.
_ZERO_EATEN = {"phone": (9, 10), "fax": (9, 10), "postal_code": (6,), "bank_account": (5, 6), "pension_number": (9,)}
# Categories that only a name tells apart.
ALIKE = {"fax": "phone"}


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


NO_HITS = Hits()


@dataclass(frozen=True)
class Values:
    """The distinct values of a column that were looked at, folded, with what was found in them."""

    folded: tuple[str, ...] = field(repr=False)
    weights: tuple[int, ...] = field(repr=False)

    @property
    def n(self) -> int:
        """How many distinct values were looked at."""
        return len(self.folded)

    @cached_property
    def rows(self) -> int:
        """How many of the rows that were read hold one of the values."""
        return sum(self.weights)

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
            kind: self._hits([held == kind or None for held in kinds])
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
        verdicts: list[bool | None] = []
        candidates = 0
        for value in self.folded:
            candidate = len(value) <= _LONGEST and recognizer.pattern.fullmatch(value) is not None
            candidates += candidate
            verdicts.append(recognizer.validate(value) if candidate else False)
        return self._hits([None if verdict is False else (verdict or "form") for verdict in verdicts], candidates)

    def _placed(self) -> Mapping[str, Hits]:
        if self.shape in ("empty", "flag", "number", "date", "time", "hidden"):
            return {}
        parts = [addresses.part(value) if len(value) <= _LONGEST else None for value in self.folded]
        return {part: self._hits([held == part or None for held in parts]) for part in dict.fromkeys(parts) if part}

    def _hits(self, marks: Sequence[bool | str | None], candidates: int = 0) -> Hits:
        formed = sum(mark is not None for mark in marks)
        weight = sum(weight for mark, weight in zip(marks, self.weights, strict=True) if mark is not None)
        return Hits(
            proven=sum(mark is True for mark in marks),
            formed=formed,
            tried=max(candidates, formed),
            rows=weight / self.rows if self.rows else 0.0,
        )


def look_at(column: Column) -> Values:
    """A column's distinct values, at most 300, evenly spaced over those that were read, folded."""
    weights = column.counts or (1,) * len(column.values)
    step = max(1.0, len(column.values) / LOOKED_AT)
    picked = sorted({int(number * step) for number in range(min(LOOKED_AT, len(column.values)))})
    merged: dict[str, int] = {}
    for number in picked:
        text = fold(column.values[number])
        if text:
            merged[text] = merged.get(text, 0) + weights[number]
    return Values(tuple(merged), tuple(merged.values()))


def beyond_chance(hits: Hits, recognizer: Recognizer) -> bool:
    """Whether more candidates pass the check than chance would let through (binomial, one in ten thousand)."""
    return hits.tried > 0 and chance.tail(hits.proven, hits.tried, recognizer.chance) < chance.BEYOND
