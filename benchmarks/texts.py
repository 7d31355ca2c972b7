"""Mentions in texts, beside the truth: every mode of this product, and what the language model adds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import report
from benchmarks.corpus import LabelledText
from benchmarks.metrics import NOTHING, Score, macro, micro
from benchmarks.spans import Annotated, Span, exact_scores, overlap_scores
from benchmarks.systems import Timing
from benchmarks.types import PERSON, span_type


def truth(text: LabelledText) -> list[Span]:
    """A labelled text's spans as they are scored."""
    return [
        Span(span.start, span.end, type, span.ignore or not type)
        for span in text.spans
        for type in [span_type(span.data_category)]
    ]


def said(answer: Mapping[str, Any]) -> list[Span]:
    """An answer of the stream as spans."""
    return [Span(one["start"], one["end"], one["data_type"]) for one in answer["mentions"]]


@dataclass(frozen=True, slots=True)
class TextFigures:
    """One system's figures over some texts."""

    overlap: Mapping[str, Score]
    exact: Mapping[str, Score]
    characters: int
    timing: Timing

    @property
    def persons(self) -> tuple[Score, Score]:
        """Persons alone, overlap and exact."""
        return self.overlap.get(PERSON, NOTHING), self.exact.get(PERSON, NOTHING)

    @property
    def per_second(self) -> float:
        """Characters a processor second."""
        return self.characters / self.timing.cpu_s if self.timing.cpu_s else 0.0


def figures(
    texts: Sequence[LabelledText],
    answers: Sequence[Mapping[str, Any]],
    timing: Timing,
    kind: Callable[[str], str] = str,
) -> TextFigures:
    """Score a system's answers, which stand in the texts' order; `kind` names a type, '' leaves it out."""
    pairs = [
        Annotated(
            # a truth of a type that is left out is neither asked for nor wrong to say
            [Span(one.start, one.end, kind(one.type), one.ignore or not kind(one.type)) for one in truth(text)],
            [Span(one.start, one.end, kind(one.type)) for one in said(answer) if kind(one.type)],
        )
        for text, answer in zip(texts, answers, strict=True)
    ]
    return TextFigures(overlap_scores(pairs), exact_scores(pairs), sum(len(text.text) for text in texts), timing)


FIGURES = (
    "system", "texts' characters", "macro-F1, overlap", "exact", "micro-F1, overlap", "exact", "persons P", "R",
    "F1, overlap", "F1, exact", "characters/s (processor)", "(wall)", "start, s", "peak memory, MB",
)  # fmt: skip


def row(name: str, figures: TextFigures) -> tuple[object, ...]:
    """One system's figures as a row below `FIGURES`."""
    persons, exact = figures.persons
    return (
        name, figures.characters, macro(figures.overlap), macro(figures.exact), micro(figures.overlap).f1,
        micro(figures.exact).f1, persons.precision, persons.recall, persons.f1, exact.f1, round(figures.per_second),
        round(figures.characters / figures.timing.wall_s), figures.timing.start_s, round(figures.timing.rss_mb),
    )  # fmt: skip


def details(figures: TextFigures) -> str:
    """Scores by type: overlap, and the exact F1 beside."""
    return report.table(
        ("type", "n", "precision", "recall", "F1, overlap", "F1, exact"),
        (
            (type, one.true, one.precision, one.recall, one.f1, figures.exact[type].f1)
            for type, one in figures.overlap.items()
            if one.true
        ),
    )


def model_adds(modes: Mapping[str, TextFigures]) -> str:
    """What every mode gains on the first one, which has no language model: persons, and processor seconds."""
    first = next(iter(modes.values()))
    before, before_exact = first.persons
    rows = []
    for name, figures in modes.items():
        after, exact = figures.persons
        rows.append(
            (
                name,
                f"{after.recall - before.recall:+.3f}",
                f"{after.precision - before.precision:+.3f}",
                f"{after.f1 - before.f1:+.3f}",
                f"{exact.f1 - before_exact.f1:+.3f}",
                f"{figures.timing.cpu_s - first.timing.cpu_s:+.1f}",
            )
        )
    return report.table(("mode", "recall", "precision", "F1, overlap", "F1, exact", "processor s"), rows)


def misses(texts: Sequence[LabelledText], answers: Sequence[Mapping[str, Any]]) -> str:
    """Every missed truth and wrong answer by exact offsets, one a line."""
    lines = []
    for text, answer in zip(texts, answers, strict=True):
        asked = truth(text)
        true = {(one.start, one.end, one.type) for one in asked if not one.ignore}
        ignored = [range(one.start, one.end) for one in asked if one.ignore]
        found = {(one.start, one.end, one.type) for one in said(answer)}
        for mark, spans in (("missed", true - found), ("wrong", found - true)):
            for start, end, type in sorted(spans):
                if mark == "wrong" and any(start in span for span in ignored):
                    continue
                around = f"{text.text[max(0, start - 12) : start]}【{text.text[start:end]}】{text.text[end : end + 12]}"
                lines.append(f"{mark} {type} {text.register} {text.id}: {around}".replace("\n", "⏎"))
    return "\n".join(lines)
