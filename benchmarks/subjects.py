"""Whose tables and their row partitions are, beside the truth, in the published policy's categories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.corpus import LabelledTable
from benchmarks.metrics import Judged
from benchmarks.tables import arrow, described
from classifiers.columns import tag_columns
from classifiers.partitions.row_filters import holds
from classifiers.subjects import tag_subjects
from classifiers.tags import ColumnTag, SubjectTag, Table
from expectations.policy import load

AS_OF = date(2026, 11, 23)
POLICY = "handling-of-personal-information"
CUSTOMER, ENTRUSTED, UNRESOLVED = "customer", "subcontracted", "unresolved"
CategoryOf = Callable[[SubjectTag], str]


def category_of(tag: SubjectTag) -> str:
    """What the published policy makes of a tag: its category, without the sub-category."""
    return load(POLICY).category_of(tag.subject, tag.custody, tag.nature).partition(".")[0]


@dataclass(frozen=True, slots=True)
class SubjectAnswers:
    """Answers by table, for the tables of one subject, and by row, for those of several."""

    tables: list[Judged]
    rows: list[Judged]
    """One for each table of several subjects: `confidence` is the share of its rows that are right."""


def answers(labelled: Iterable[LabelledTable]) -> SubjectAnswers:
    """The subjects of every table whose category the labels state."""
    tables: list[Judged] = []
    rows: list[Judged] = []
    for one in labelled:
        table = described(one, arrow(one))
        columns = tag_columns(table)
        tags = tag_subjects(table, columns, AS_OF)
        if one.partitions:
            rows.append(_by_row(one, table, columns, tags))
        elif one.subject_category:
            truth = one.subject_category.partition(".")[0]
            tables.append(Judged(one.id, truth, category_of(tags[0]), tags[0].confidence))
    return SubjectAnswers(tables, rows)


def _by_row(labelled: LabelledTable, table: Table, columns: Sequence[ColumnTag], tags: Sequence[SubjectTag]) -> Judged:
    shown = [tag.column for tag in columns]
    right = 0
    cells = [column.to_pylist() for column in table.records.columns] if table.records is not None else []
    for record in zip(*cells, strict=True):
        by_name = dict(zip((column.name for column in table.columns), record, strict=True))
        by_tag = dict(zip(shown, record, strict=True))
        truth = next((p.subject_category for p in labelled.partitions if holds(p.row_filter, by_name, AS_OF)), "")
        said = next((category_of(tag) for tag in tags if holds(tag.row_filter, by_tag, AS_OF)), UNRESOLVED)
        right += truth.partition(".")[0] == said
    truth = "+".join(sorted({partition.subject for partition in labelled.partitions}))
    found = "+".join(sorted({tag.subject for tag in tags}))
    return Judged(labelled.id, truth, found, right / labelled.rows)


FIGURES = ("tables", "right", "unresolved", "entrusted called customer", "tables of several subjects", "rows right")


def row(answers: SubjectAnswers) -> tuple[object, ...]:
    """The figures as a row below `FIGURES`."""
    tables, n = answers.tables, len(answers.tables)
    entrusted = [one for one in tables if one.truth == ENTRUSTED]
    rows = [one.confidence for one in answers.rows]
    return (
        n,
        sum(one.near for one in tables) / n if n else 0.0,
        sum(one.said == UNRESOLVED for one in tables) / n if n else 0.0,
        f"{sum(one.said == CUSTOMER for one in entrusted)} of {len(entrusted)}",
        len(rows),
        sum(rows) / len(rows) if rows else "–",
    )


def misses(answers: SubjectAnswers) -> str:
    """Every wrong answer, one a line."""
    wrong = [f"x {one.where}: {one.truth} → {one.said} {one.confidence:.2f}" for one in answers.tables if not one.near]
    wrong += [
        f"x {one.where}: {one.truth} → {one.said}, {one.confidence:.0%} of its rows right"
        for one in answers.rows
        if one.confidence < 1
    ]
    return "\n".join(wrong)
