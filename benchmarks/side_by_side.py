"""Other products beside this one, over the same texts and columns of one run, on the types they were set up to find."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks import texts as measured
from benchmarks.aggregate import distinct, label
from benchmarks.corpus import LabelledTable, LabelledText
from benchmarks.metrics import Judged, by_label, macro, micro
from benchmarks.modes import MODES
from benchmarks.systems import Peer, PeerError, Timing, ask_daicho, ask_peer, peers, steadily
from benchmarks.tables import arrow, described, headless
from benchmarks.texts import TextFigures
from benchmarks.types import COMPARED, compared_column, compared_span
from classifiers.columns import tag_columns
from classifiers.tags import NOT_PERSONAL

TEXTS = 600
"""How many of a split's texts everybody is asked: the slowest read some 3,000 characters a second."""
VALUES = 20
"""How many distinct values of a column, or rows of a table, another product is asked: enough to label it by."""


@dataclass(frozen=True, slots=True)
class ColumnsOf:
    """One system's columns: answers beside truths, the cells it was asked and what that took."""

    title: str
    judged: Sequence[Judged]
    cells: int
    timing: Timing

    @property
    def per_second(self) -> float:
        """Cells a processor second."""
        return self.cells / self.timing.cpu_s if self.timing.cpu_s else 0.0


def texts(labelled: Sequence[LabelledText]) -> Iterator[tuple[str, TextFigures | PeerError]]:
    """Every system's figures over the same texts, always the same ones: this product's modes first."""
    shared = random.Random(0).sample(labelled, min(TEXTS, len(labelled)))
    rows = [{"id": text.id, "text": text.text} for text in shared]
    for mode in MODES:
        answered = steadily(partial(ask_daicho, mode, rows))
        yield f"daicho, {mode}", measured.figures(shared, *answered, compared_span)
    for peer in peers():
        if peer.asks == "texts":
            try:
                answered = steadily(partial(ask_peer, peer, rows))
                yield peer.title, measured.figures(shared, *answered, compared_span)
            except PeerError as error:
                yield peer.title, error


def columns(labelled: Sequence[LabelledTable]) -> Iterator[tuple[str, ColumnsOf | PeerError]]:
    """Every peer's labels of the columns, from values alone: none of them reads a header."""
    for peer in peers():
        try:
            yield peer.title, _asked(peer, labelled)
        except PeerError as error:
            yield peer.title, error


def ours(labelled: Sequence[LabelledTable], *, hidden: bool) -> list[Judged]:
    """This product's labels of the same columns, from all their values."""
    judged = []
    for one in labelled:
        table = described(one, arrow(one))
        tags = tag_columns(headless(table) if hidden else table)
        said = [compared_column(tag.data_category) or NOT_PERSONAL for tag in tags]
        judged += _judged(one, said)
    return judged


def _judged(labelled: LabelledTable, said: Sequence[str]) -> list[Judged]:
    """Answers beside truths, for the columns that hold what is compared, or nothing personal."""
    return [
        Judged(
            f"{labelled.id}.{column.name}",
            truth,
            answer,
            1.0,
            frozenset(compared_column(category) for category in column.alt_categories),
        )
        for column, answer in zip(labelled.columns, said, strict=True)
        if (truth := compared_column(column.data_category))
    ]


def _asked(peer: Peer, labelled: Sequence[LabelledTable]) -> ColumnsOf:
    return _labelled_by(peer, labelled) if peer.asks == "tables" else _aggregated(peer, labelled)


def _labelled_by(peer: Peer, labelled: Sequence[LabelledTable]) -> ColumnsOf:
    """A peer that labels columns itself is asked the first rows of every table."""
    rows = [
        {"id": one.id, "columns": {column.name: _head(column.values, VALUES) for column in one.columns}}
        for one in labelled
    ]
    answers, timing = ask_peer(peer, rows)
    judged: list[Judged] = []
    for one, answer in zip(labelled, answers, strict=True):
        said = [answer["columns"].get(column.name, NOT_PERSONAL) for column in one.columns]
        judged += _judged(one, [compared_span(type) or NOT_PERSONAL for type in said])
    cells = sum(1 for row in rows for column in _columns(row) for cell in column if cell)
    return ColumnsOf(peer.title, judged, cells, timing)


def _columns(row: Mapping[str, Any]) -> list[list[str]]:
    return list(row["columns"].values())


def _aggregated(peer: Peer, labelled: Sequence[LabelledTable]) -> ColumnsOf:
    """A peer that reads texts is asked distinct values, and a column is what enough of them are."""
    values = [[distinct(column.values, VALUES) for column in one.columns] for one in labelled]
    rows = [{"id": 0, "text": value} for table in values for column in table for value in column]
    answers, timing = ask_peer(peer, rows)
    left = iter(answers)
    judged: list[Judged] = []
    for one, table in zip(labelled, values, strict=True):
        said = [label(column, [measured.said(next(left)) for _ in column]) for column in table]
        judged += _judged(one, said)
    return ColumnsOf(peer.title, judged, len(rows), timing)


def _head(values: Sequence[str | None], most: int) -> list[str]:
    return [value or "" for value in values[:most]]


COLUMN_FIGURES = ("system", "cells asked", *COMPARED, "micro P", "R", "F1", "macro-F1", "cells/s (processor)", "(wall)")


def column_row(title: str, judged: Sequence[Judged], asked: ColumnsOf | None) -> tuple[object, ...]:
    """One system's F1 by type and averages, by lenient scoring, as a row below `COLUMN_FIGURES`."""
    scores = by_label(one.lenient_pair for one in judged)
    whole = micro(scores)
    return (
        title,
        asked.cells if asked else "all",
        *(f"{scores[type].f1:.2f}" if type in scores else "–" for type in COMPARED),
        whole.precision,
        whole.recall,
        whole.f1,
        macro(scores),
        round(asked.per_second) if asked else "see speed",
        round(asked.cells / asked.timing.wall_s) if asked else "",
    )
