"""Figures from what was judged: precision, recall, F1 by label, confusions, calibration. Knows no classifier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

NEUTRAL = ("not_personal", "unresolved")
"""Answers that are no finds: left out of macro and micro averages. What they should have found counts as missed."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one label. Of single answers `right` equals `found`; of spans they may differ."""

    right: int
    """Answers of the label that are right."""
    said: int
    found: int
    """Truths of the label that were found."""
    true: int

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.said + other.said, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        """Share of the answers that are right, 0..1; 0 where there is none."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Share of the truths that were found, 0..1; 0 where there is none."""
        return self.found / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


NOTHING = Score(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer beside its truth: a column's data type, a table's category."""

    where: str
    truth: str
    said: str
    confidence: float
    also: frozenset[str] = frozenset()
    """Other answers that count by lenient scoring."""

    @property
    def right(self) -> bool:
        """Whether the answer is the truth, by strict scoring."""
        return self.said == self.truth

    @property
    def near(self) -> bool:
        """Whether the answer is the truth or one of those beside it, by lenient scoring."""
        return self.right or self.said in self.also

    @property
    def pair(self) -> tuple[str, str]:
        """Truth and answer, by strict scoring."""
        return self.truth, self.said

    @property
    def lenient_pair(self) -> tuple[str, str]:
        """Truth and answer, by lenient scoring: an accepted answer stands for the truth."""
        return self.truth, self.truth if self.near else self.said


def by_label(pairs: Iterable[tuple[str, str]]) -> dict[str, Score]:
    """The score of every label, from pairs of a truth and an answer."""
    counted = Counter(pairs)
    true: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for (truth, answer), n in counted.items():
        true[truth] += n
        said[answer] += n
    return {
        label: Score(counted[label, label], said[label], counted[label, label], true[label])
        for label in sorted(true | said)
    }


def macro(scores: Mapping[str, Score], leave_out: Collection[str] = NEUTRAL) -> float:
    """Mean F1 of the labels that have truths, each the same weight; 0..1."""
    f1 = [score.f1 for label, score in scores.items() if score.true and label not in leave_out]
    return sum(f1) / len(f1) if f1 else 0.0


def micro(scores: Mapping[str, Score], leave_out: Collection[str] = NEUTRAL) -> Score:
    """All labels' counts together, answers of labels that have no truth among them."""
    return sum((score for label, score in scores.items() if label not in leave_out), NOTHING)


def confusions(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Truth, wrong answer, how often: the most frequent first."""
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
    return [(truth, said, n) for (truth, said), n in sorted(wrong.items(), key=lambda entry: (-entry[1], entry[0]))]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence: its mean, and the share that were right; they should agree."""

    confidence: float
    right: float
    n: int


def calibration(answers: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """Confidence (0..1) against how often it was right, in bins of equal width; empty bins are left out."""
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in answers:
        held[min(bins - 1, int(confidence * bins))].append((confidence, right))
    return [
        Bin(_mean([c for c, _ in pairs]), _mean([float(right) for _, right in pairs]), len(pairs))
        for _, pairs in sorted(held.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between confidence and share right, weighted by the bins' sizes; 0..1."""
    n = sum(one.n for one in bins)
    return sum(abs(one.confidence - one.right) * one.n for one in bins) / n if n else 0.0


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
