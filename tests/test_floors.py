"""Accuracy does not fall below the committed floors (`benchmarks/floors.yml`), on a small part of the dev split, and on
tables that nothing was learnt from: of these only the figures may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import by_hand, cases, columns, corpus, subjects, texts
from benchmarks.corpus.schemas import authored
from benchmarks.metrics import macro
from benchmarks.modes import MODES
from benchmarks.systems import Timing
from benchmarks.types import PERSON, span_type
from classifiers.tags import Mention

FLOORS = yaml.safe_load((Path(__file__).parent.parent / "benchmarks" / "floors.yml").read_text(encoding="utf-8"))
SEED, ROWS, TEXTS, EVERY = 7, 120, 400, 6


def measured(part: str) -> dict[str, float]:
    """The figures of one part of the floors' file, by its names."""
    what, _, how = part.partition(" ")
    if what == "columns":
        fresh = how == "of fresh tables"
        return _columns(_of_fresh() if fresh else _answers(hidden=how == "headers hidden"))
    if what == "handwritten":
        return _by_hand(how)
    return _subjects() if what == "subjects" else _texts(how)


@pytest.mark.parametrize("part", FLOORS)
def test_accuracy_keeps_its_floors(part: str) -> None:
    figures = measured(part)
    fallen = {
        name: f"{figures[name]:.3f}, floor {floor}" for name, floor in FLOORS[part].items() if figures[name] < floor
    }
    assert not fallen


def test_no_special_care_and_no_my_number_is_called_not_personal() -> None:
    missed = [one.judged.where for one in _answers(hidden=False) if one.grave and one.missed]
    assert not missed


def test_entrusted_data_is_never_called_the_customers() -> None:
    called = [one.where for one in _whose().tables if one.truth == subjects.ENTRUSTED and one.said == subjects.CUSTOMER]
    assert not called


@cache
def _tables() -> tuple[corpus.LabelledTable, ...]:
    return tuple(corpus.tables(SEED, "dev", ROWS))


@cache
def _answers(*, hidden: bool) -> list[columns.ColumnAnswer]:
    return columns.answers(_tables(), hidden=hidden)


@cache
def _whose() -> subjects.SubjectAnswers:
    return subjects.answers(_tables())


def _of_fresh() -> list[columns.ColumnAnswer]:
    return columns.answers(list(islice(authored(SEED, "fresh", ROWS), 0, None, EVERY)), hidden=False)


def _columns(answers: Sequence[columns.ColumnAnswer]) -> dict[str, float]:
    figures = columns.figures(answers)
    return {
        "macro-F1": figures.lenient_macro_f1,
        "micro-F1": figures.lenient_micro_f1,
        "personal found": figures.personal_found,
        "left alone or unresolved": figures.not_accused,
        "personal not called otherwise": 1 - figures.called_not_personal,
    }


def _subjects() -> dict[str, float]:
    found = _whose()
    return {
        "tables": sum(one.near for one in found.tables) / len(found.tables),
        "rows": sum(one.confidence for one in found.rows) / len(found.rows),
    }


def _by_hand(split: str) -> dict[str, float]:
    folder = by_hand.FOLDER / split.replace(" ", "_")
    labelled = cases.typed_texts(folder)
    answers = [{"mentions": _said(found)} for found in MODES["fast"]([text["text"] for text in labelled])]
    overlap, exact = cases.typed_scores(labelled, answers)
    figures = columns.figures(cases.column_answers(cases.files(folder)))
    return {
        "texts, macro-F1, overlap": macro(overlap),
        "persons, overlap": overlap[PERSON].f1,
        "persons, exact": exact[PERSON].f1,
        "columns, macro-F1": figures.lenient_macro_f1,
        "columns, personal not called otherwise": 1 - figures.called_not_personal,
    }


def _said(found: Sequence[Mention]) -> list[dict[str, Any]]:
    return [
        {"start": one.start, "end": one.end, "data_type": span_type(one.data_category)}
        for one in found
        if span_type(one.data_category)
    ]


def _texts(mode: str) -> dict[str, float]:
    labelled = list(islice(corpus.texts(SEED, "dev"), TEXTS))
    answers = [{"mentions": _said(found)} for found in MODES[mode]([text.text for text in labelled])]
    figures = texts.figures(labelled, answers, Timing(0, 0, 0, 0))
    persons, exact = figures.persons
    return {
        "macro-F1, overlap": macro(figures.overlap),
        "macro-F1, exact": macro(figures.exact),
        "persons, overlap": persons.f1,
        "persons, exact": exact.f1,
    }
