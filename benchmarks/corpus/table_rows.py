"""The rows of a table: who stands in them, in which partition, and what each column writes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

from benchmarks.corpus.cells import Cell
from benchmarks.corpus.dirt import soiled
from benchmarks.corpus.labels import LabelledColumn, Partition, Split
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.templates import Template, filled, templates
from benchmarks.corpus.types_of_data import data_type
from benchmarks.corpus.who import Who

AS_OF = "<= as_of"
"""A kind's value: the day is past."""
_POOL = 5000
"""At most so many individuals come back in one table: they are kept in memory."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one subject: what their discriminator column holds."""

    column: str
    value: str
    subject: str
    share: float
    subject_category: str

    @property
    def row_filter(self) -> str:
        """As the classifiers write it."""
        if self.value == "":
            return f"{self.column} IS NULL"
        return f"{self.column} {AS_OF}" if self.value == AS_OF else f"{self.column} = '{self.value}'"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column as it is planned: a cell, or the registers of its free texts."""

    name: str
    label: str
    cell: Cell | None
    registers: tuple[str, ...]
    data_category: str
    alternatives: tuple[str, ...]
    only: frozenset[str]
    """Subjects whose rows fill it; empty: all."""
    empty: float | None
    """Share of empty cells; None: as it comes."""


def written(
    seed: str, split: Split, rows: int, plans: Sequence[ColumnPlan], kinds: Sequence[Kind], people: float, tidy: bool
) -> tuple[tuple[LabelledColumn, ...], tuple[Partition, ...]]:
    """The columns with `rows` values each, and what share of the rows each kind has."""
    pens = [Pen(f"{seed}/{number}") for number in range(len(plans))]
    texts = [[each for each in templates(split) if each.register in plan.registers] for plan in plans]
    chooser, seen = Pen(f"{seed}/rows"), Counter[Kind]()
    pool = min(max(int(rows * people), 1), _POOL)
    known = lru_cache(maxsize=pool)(lambda number: Who(f"{seed}/{number}", split))
    written_columns: list[list[str]] = [[] for _ in plans]
    for row in range(rows):
        # a table of masters names everybody once, a table of events the same people again and again
        number = row if people >= 1 else int(pool * chooser.random.random() ** 1.3)
        who = Who(f"{seed}/{number}", split) if people >= 1 else known(number)
        kind = _kind(kinds, seed, number)
        if kind:
            seen[kind] += 1
        for plan, pen, choices, values in zip(plans, pens, texts, written_columns, strict=True):
            values.append(_value(plan, kind, who, pen, choices))
    columns = tuple(
        LabelledColumn(
            plan.name,
            plan.label,
            _sql_type(plan),
            soiled(values, pen, *_wear(plan, pen, kinds, tidy)),
            plan.data_category,
            data_type(plan.data_category),
            plan.alternatives,
            tuple(sorted({data_type(other) for other in plan.alternatives} - {data_type(plan.data_category)})),
        )
        for plan, pen, values in zip(plans, pens, written_columns, strict=True)
    )
    return columns, tuple(
        Partition(kind.row_filter, kind.subject, kind.subject_category, seen[kind] / rows) for kind in kinds
    )


def _kind(kinds: Sequence[Kind], seed: str, number: int) -> Kind | None:
    if not kinds:
        return None
    at = crc32(f"{seed}/{number}".encode()) / 2**32
    for kind in kinds:
        if (at := at - kind.share) < 0:
            return kind
    return kinds[-1]


def _value(plan: ColumnPlan, kind: Kind | None, who: Who, pen: Pen, choices: Sequence[Template]) -> str:
    if kind and plan.name == kind.column and kind.value != AS_OF:
        return kind.value
    if kind and plan.only and kind.subject not in plan.only:
        return ""
    if plan.cell:
        return plan.cell.make(who, pen)
    others = cache(lambda person: Who(f"{pen.random.random()}{person}", who.split))
    # who stands in the row speaks in its texts now and then
    return filled(pen.choice(choices), pen, lambda person: who if person == "" else others(person))[0]


def _wear(plan: ColumnPlan, pen: Pen, kinds: Sequence[Kind], tidy: bool) -> tuple[float, bool]:
    """Share of empty cells, and whether no hand slips: what parts the rows has to be as its partitions say."""
    if any(kind.column == plan.name for kind in kinds):
        return 0.0, True
    return pen.choice((0.0, 0.0, 0.01, 0.05, 0.2)) if plan.empty is None else plan.empty, tidy


def _sql_type(plan: ColumnPlan) -> str:
    return "text" if plan.registers else "varchar(255)"
