"""Whole tables by authors who had not read the classifiers: one list that was looked at since, one that nobody may."""

from __future__ import annotations

from typing import Literal

from benchmarks import columns, report, subjects
from benchmarks.bars import Section
from benchmarks.corpus.schemas import authored
from benchmarks.this_run import Run

LISTS: tuple[tuple[Literal["authored", "fresh"], str], ...] = (("fresh", "nobody looked"), ("authored", "looked at"))
ROWS = 300


def of_authored(run: Run) -> Section:
    """Columns with headers and without, and whose the tables are; totals alone."""
    kinds: list[tuple[object, ...]] = []
    whose: list[tuple[object, ...]] = []
    for listed, title in LISTS:
        tables = list(authored(run.seeds[0], listed, ROWS))
        for hidden in (False, True):
            found = columns.figures(columns.answers(tables, hidden=hidden))
            kinds.append((title, "headers hidden" if hidden else "with headers", *columns.row(found)))
        whose.append((title, *subjects.row(subjects.answers(tables))))
    body = (
        run.stamp(),
        report.table(("tables", "", *columns.FIGURES), kinds),
        report.table(("tables", *subjects.FIGURES), whose),
    )
    return Section("\n".join(body))
