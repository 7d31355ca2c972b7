"""Words of the vocabulary in a spelled name: where each stands, and what it speaks for how strongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.headers.entries import Entry, Spelling, endings, entries, grammar, single_words
from classifiers.vocabulary import Strength

_SCORES: dict[Strength, float] = {"strong": 0.9, "medium": 0.6, "weak": 0.3}
DEMOTED: dict[Strength, Strength] = {"strong": "medium", "medium": "weak", "weak": "weak"}
_LONGEST = 48
_KATAKANA = re.compile("[ァ-ヴー]+")
_PIECE = 4
"""Letters that a word may reach back over the start of another that stands astride."""
_SHORT = 3
"""Letters of a word in katakana up to which it may stand in another by accident: メイ in メイン."""


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A data category that a column's name speaks for."""

    category: str
    word: str
    """The vocabulary's word that was found, as the vocabulary spells it."""
    strength: Strength
    trap: bool = False
    """Not personal because the word only looks like a category's (システム障害)."""

    @property
    def score(self) -> float:
        """0..1: strong .9, medium .6, weak .3."""
        return _SCORES[self.strength]


@dataclass(frozen=True, slots=True)
class Span:
    """A word of the vocabulary in a spelled name, by the offsets at which it starts and ends."""

    start: int
    end: int
    entry: Entry


def windows(spelt: Spelling) -> Iterator[tuple[int, int]]:
    """Every piece of a name that may be a word, by its offsets."""
    size = len(spelt.text)
    for start in range(size):
        for end in range(start + 1, min(size, start + _LONGEST) + 1):
            yield start, end


def spans_of(spelt: Spelling) -> list[Span]:
    """Every header word in a name, by its start."""
    found = []
    for start, end in windows(spelt):
        # URL名 is no 名.
        alone = (
            start in spelt.edges
            and end in spelt.edges
            and not (start and spelt.text[start - 1] == "|" < spelt.text[start])
        )
        if end - start > 1 or alone:
            named = entries().get(spelt.text[start:end], ())
            if named and (
                (end - start <= _SHORT and _is_cut_out(spelt.text, start, end)) or _is_astride(spelt.text, start, end)
            ):
                continue
            found += [Span(start, end, entry) for entry in named if not (start and entry.word[-1].isdigit())]
        if start and end in spelt.edges and start not in spelt.edges:
            found += [Span(start, end, entry) for entry in endings().get(spelt.text[start:end], ())]
    return found


def _is_cut_out(text: str, start: int, end: int) -> bool:
    """Whether a word in katakana is a piece of a longer one that the vocabulary does not know: メイ of ヒンメイ."""
    run = next((run for run in _KATAKANA.finditer(text) if run.start() <= start and end <= run.end()), None)
    rests = (text[run.start() : start], text[end : run.end()]) if run else ()
    return any(rest and rest not in single_words() for rest in rests)


def _is_astride(text: str, start: int, end: int) -> bool:
    """Whether a word only stands where two others meet: 事件名 in 工事件名."""
    known = single_words()
    cuts = [cut for cut in range(start + 1, end) if text[cut:end] in known and text[start:cut] not in known]
    begins = [begin for begin in range(max(0, start - _PIECE), start) if text[begin:start] not in known]
    return any(text[begin:cut] in known for cut in cuts for begin in begins)


def ends(spelt: Spelling) -> Iterator[int]:
    """The end of the name, then each end that is left when a word that changes nothing is taken off."""
    end, neutral = len(spelt.text), grammar("neutral")
    while end > 0:
        yield end
        before = spelt.text[:end]
        starts = [start for start in range(end) if before[start:] in neutral or before[start:].strip("|").isdigit()]
        starts = [start for start in starts if start in spelt.edges or not before[start].isascii()]
        if not starts:
            return
        end = starts[0]


def graded(found: Entry | HeaderMatch, strength: Strength) -> HeaderMatch:
    """What a word speaks for, said so strongly."""
    return HeaderMatch(found.category, found.word, strength)
