"""What columns hold, beside the truth: data types with headers and with headers hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks import report
from benchmarks.corpus import LabelledTable
from benchmarks.metrics import Judged, by_label, calibration, confusions, macro, micro
from benchmarks.tables import arrow, described, headless
from benchmarks.types import UNRESOLVED, column_type
from classifiers.columns import tag_columns
from classifiers.tags import NOT_PERSONAL
from classifiers.vocabulary import data_categories


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """One column's answer beside its truth."""

    judged: Judged
    """By data type."""
    category: str = ""
    """The data category it is, where the labels say; '' they say the type only."""
    said: str = ""

    @property
    def missed(self) -> bool:
        """A personal column that was called not personal."""
        return not self.is_free and self.judged.said == NOT_PERSONAL

    @property
    def is_free(self) -> bool:
        """Whether the column may be called not personal."""
        return NOT_PERSONAL in (self.judged.truth, *self.judged.also)

    @property
    def grave(self) -> bool:
        """My Number or special care: none of these may be missed."""
        return bool(
            self.judged.truth == "my_number" or (self.category and data_categories()[self.category].special_care)
        )


def answers(tables: Iterable[LabelledTable], *, hidden: bool) -> list[ColumnAnswer]:
    """Every column's answer; `hidden`: the columns' names, labels and types are taken away."""
    return [answer for labelled in tables for answer in _of_table(labelled, hidden)]


def _of_table(labelled: LabelledTable, hidden: bool) -> Iterable[ColumnAnswer]:
    table = described(labelled, arrow(labelled))
    tags = tag_columns(headless(table) if hidden else table)
    for column, tag in zip(labelled.columns, tags, strict=True):
        judged = Judged(
            where=f"{labelled.id}.{column.name}",
            truth=column.data_type,
            said=column_type(tag.data_category),
            confidence=tag.confidence,
            also=frozenset(column.alt_types),
        )
        yield ColumnAnswer(judged, column.data_category, tag.data_category)


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """The figures of one set of columns, shares 0..1."""

    n: int
    strict: float
    lenient: float
    macro_f1: float
    micro_f1: float
    lenient_macro_f1: float
    lenient_micro_f1: float
    personal_found: float
    """Personal columns with the right type, by lenient scoring."""
    left_alone: float
    """Not-personal columns called so."""
    not_accused: float
    """Not-personal columns called so or `unresolved`."""
    called_not_personal: float
    """Personal columns called not personal."""
    unresolved: float
    grave_missed: int
    """My Number and special-care columns called not personal: a count."""
    grave: int


def figures(columns: Sequence[ColumnAnswer]) -> ColumnFigures:
    """The figures of a set of columns, which must not be empty."""
    judged = [column.judged for column in columns]
    strict, lenient = by_label(one.pair for one in judged), by_label(one.lenient_pair for one in judged)
    personal = [column for column in columns if not column.is_free]
    free = [one for one in judged if one.truth == NOT_PERSONAL]
    grave = [column for column in columns if column.grave]
    return ColumnFigures(
        n=len(columns),
        strict=_share([one.right for one in judged]),
        lenient=_share([one.near for one in judged]),
        macro_f1=macro(strict),
        micro_f1=micro(strict).f1,
        lenient_macro_f1=macro(lenient),
        lenient_micro_f1=micro(lenient).f1,
        personal_found=_share([column.judged.near for column in personal]),
        left_alone=_share([one.near for one in free]),
        not_accused=_share([one.near or one.said == UNRESOLVED for one in free]),
        called_not_personal=_share([column.missed for column in personal]),
        unresolved=_share([one.said == UNRESOLVED for one in judged]),
        grave_missed=sum(column.missed for column in grave),
        grave=len(grave),
    )


FIGURES = (
    "columns", "right, strict", "lenient", "macro-F1, strict", "micro-F1, strict", "macro-F1, lenient",
    "micro-F1, lenient", "personal found", "not personal left alone", "so or unresolved",
    "personal called not personal", "unresolved", "special care or My Number called not personal",
)  # fmt: skip


def row(figures: ColumnFigures) -> tuple[object, ...]:
    """One set's figures as a row below `FIGURES`."""
    return (
        figures.n, figures.strict, figures.lenient, figures.macro_f1, figures.micro_f1, figures.lenient_macro_f1,
        figures.lenient_micro_f1, figures.personal_found, figures.left_alone, figures.not_accused,
        figures.called_not_personal, figures.unresolved, f"{figures.grave_missed} of {figures.grave}",
    )  # fmt: skip


def details(columns: Sequence[ColumnAnswer]) -> str:
    """Scores by type (strict), confusions, calibration (lenient)."""
    judged = [column.judged for column in columns]
    bins = calibration((one.confidence, one.near) for one in judged)
    return "\n".join(
        (
            report.by_type(by_label(one.pair for one in judged)),
            "Confusions, the most frequent first (lenient):\n",
            report.confused(confusions(one.lenient_pair for one in judged)),
            "Confidence against share right (lenient):\n",
            report.calibrated(bins),
        )
    )


def misses(columns: Sequence[ColumnAnswer]) -> str:
    """Every wrong answer, one a line; `~` where lenient scoring takes it."""
    return "\n".join(
        f"{'~' if one.near else 'x'} {one.where}: {column.category or one.truth} → {column.said or one.said} "
        f"{one.confidence:.2f}"
        for column in columns
        if not (one := column.judged).right
    )


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 0.0
