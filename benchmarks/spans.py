"""Scores of spans in texts, by two rules: overlap (half of the characters) and exact (the same offsets)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.metrics import NOTHING, Score

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a text something of a type stands; offsets are characters of the text as it was given."""

    start: int
    end: int
    type: str
    ignore: bool = False
    """A truth that is neither asked for nor wrong to say, of whatever type it is called."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text's truth and answer."""

    truth: Sequence[Span]
    said: Sequence[Span]


def overlap_scores(texts: Iterable[Annotated]) -> dict[str, Score]:
    """By type: a truth is found when half of it is covered by answers of its type; an answer is right when half of it
    lies in truths of its type."""
    scores: defaultdict[str, Score] = defaultdict(lambda: NOTHING)
    for text in texts:
        asked, said = _scored(text)
        for type, truths, answers in _by_type(asked, said):
            scores[type] += Score(
                right=sum(_covered(answer, truths) >= HALF for answer in answers),
                said=len(answers),
                found=sum(_covered(truth, answers) >= HALF for truth in truths),
                true=len(truths),
            )
    return dict(sorted(scores.items()))


def exact_scores(texts: Iterable[Annotated]) -> dict[str, Score]:
    """By type: offsets and type are the same."""
    scores: defaultdict[str, Score] = defaultdict(lambda: NOTHING)
    for text in texts:
        asked, said = _scored(text)
        for type, truths, answers in _by_type(asked, said):
            both = len({(one.start, one.end) for one in truths} & {(one.start, one.end) for one in answers})
            scores[type] += Score(both, len(answers), both, len(truths))
    return dict(sorted(scores.items()))


def _scored(text: Annotated) -> tuple[list[Span], list[Span]]:
    """The truths that are asked for, and the answers but those that lie in a span nobody asks for."""
    asked = [span for span in text.truth if not span.ignore]
    ignored = [span for span in text.truth if span.ignore]
    return asked, [span for span in text.said if _covered(span, ignored) < HALF]


def _by_type(asked: Sequence[Span], said: Sequence[Span]) -> Iterator[tuple[str, list[Span], list[Span]]]:
    for type in {span.type for span in (*asked, *said)}:
        yield type, [span for span in asked if span.type == type], [span for span in said if span.type == type]


def _covered(span: Span, others: Sequence[Span]) -> float:
    """Share of a span's characters that the others cover, 0..1; theirs may overlap each other."""
    held: set[int] = set()
    for other in others:
        held.update(range(max(span.start, other.start), min(span.end, other.end)))
    return len(held) / (span.end - span.start) if span.end > span.start else 0.0
