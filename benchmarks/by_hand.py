"""Texts and tables that people wrote and labelled by hand, apart from the generated corpus: harder, and of no template.

`handwritten/dev` may be looked at while detectors are built; of `handwritten/held_out` only totals are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import cases, columns, report
from benchmarks.bars import Section
from benchmarks.metrics import macro, micro
from benchmarks.modes import MODES
from benchmarks.systems import ask_daicho
from benchmarks.tables import headless
from benchmarks.this_run import Run
from benchmarks.types import PERSON

FOLDER = Path(__file__).parent / "handwritten"
SPLITS = ("dev", "held_out")
TEXT_FIGURES = ("split", "texts", "mode", "macro-F1, overlap", "exact", "micro-F1, overlap", "exact", "persons P", "R",
                "F1, overlap", "F1, exact")  # fmt: skip


def of_handwritten(run: Run) -> Section:
    """Every mode over the texts, columns with headers and without; totals alone."""
    body = (
        run.stamp(),
        report.table(TEXT_FIGURES, (row for split in SPLITS for row in _texts(FOLDER / split))),
        report.table(("split", *columns.FIGURES), (row for split in SPLITS for row in _tables(FOLDER / split))),
    )
    return Section("\n".join(body))


def _texts(folder: Path) -> Iterator[tuple[object, ...]]:
    labelled = cases.typed_texts(folder)
    asked = [{"id": text["id"], "text": text["text"]} for text in labelled]
    for mode in MODES:
        answers, _ = ask_daicho(mode, asked)
        overlap, exact = cases.typed_scores(labelled, answers)
        yield (
            folder.name, len(labelled), mode, macro(overlap), macro(exact), micro(overlap).f1, micro(exact).f1,
            overlap[PERSON].precision, overlap[PERSON].recall, overlap[PERSON].f1, exact[PERSON].f1,
        )  # fmt: skip


def _tables(folder: Path) -> Iterator[tuple[object, ...]]:
    tables = cases.files(folder)
    hidden = [replace(one, table=headless(one.table)) for one in tables]
    for title, shown in (("with headers", tables), ("headers hidden", hidden)):
        yield f"{folder.name}, {title}", *columns.row(columns.figures(cases.column_answers(shown)))
