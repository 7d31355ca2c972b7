"""Where GiNZA sees persons that rules and dictionaries left unexplained: only the sentences around the doubts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from classifiers import nlp
from classifiers.tags import Mention
from classifiers.texts.masked import MASK
from classifiers.texts.persons import Reading
from classifiers.texts.reasons import person

_SENTENCE = re.compile(r"[^。!?！？\n]*(?:[。!?！？\n]+|\Z)")


def add_persons(texts: Sequence[str], readings: Sequence[Reading], *, everywhere: bool) -> list[list[Mention]]:
    """The persons GiNZA adds to each masked text's reading; `everywhere`: every text is read, doubted or not."""
    asked = [
        (number, start, end)
        for number, (text, reading) in enumerate(zip(texts, readings, strict=True))
        for start, end in ([(0, len(text))] if everywhere and text.strip() else _doubted(text, reading))
    ]
    found: list[list[Mention]] = [[] for _ in texts]
    spans = nlp.persons([texts[number][start:end] for number, start, end in asked])
    for (number, first, _), mine in zip(asked, spans, strict=True):
        judge = _Judge(readings[number])
        for start, end in mine:
            whole = first + start, first + end
            if MASK not in texts[number][slice(*whole)] and judge.confirms(*whole, freely=everywhere):
                found[number].append(person(*whole, "text_model"))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SENTENCE.finditer(text) if match[0].strip())


def _doubted(text: str, reading: Reading) -> Iterator[tuple[int, int]]:
    doubts = [token.start for token in reading.doubts]
    if doubts:
        for start, end in _sentences(text):
            if bisect_left(doubts, end) > bisect_left(doubts, start):
                yield start, end


class _Judge:
    """Whether a span that the model takes for a person is made of doubtful words, and of no known ones."""

    def __init__(self, reading: Reading) -> None:
        self._doubts, self._words = reading.doubts, reading.others

    def confirms(self, start: int, end: int, *, freely: bool) -> bool:
        """`freely`: a span counts without a doubtful word too, as long as no known word lies in it."""
        after = bisect_left(self._words, end, key=lambda one: one.start)
        if after and self._words[after - 1].end > start:
            return False
        first = bisect_left(self._doubts, start, key=lambda one: one.start)
        return freely or (first < len(self._doubts) and self._doubts[first].end <= end)
