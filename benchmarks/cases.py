"""Labelled real schemas, files and sentences, read from a folder that is named.

A line of `schemas.jsonl` is a column: app, table, table_label, column, column_label, sql_type, data_type, alt_types,
category, alt_categories, ambiguous_category. One of `files.jsonl` likewise, by file, encoding and position. One of
`person_spans.jsonl` is a sentence: id, text, entities (start, end, person); one of `texts.jsonl` is a text whose
entities have a type (a data type) and may have `ignore`. A file that is not there is left out. What stands in the files
is never printed.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.columns import ColumnAnswer
from benchmarks.metrics import Judged, Score
from benchmarks.spans import Annotated, Span, exact_scores, overlap_scores
from benchmarks.subjects import AS_OF, category_of
from benchmarks.types import KANA, PERSON, column_type
from classifiers.columns import tag_columns
from classifiers.subjects import tag_subjects
from classifiers.tags import Column, Table

Case = Mapping[str, Any]
_LABELS = {"no_category": "employee", "not_personal": "none"}
"""The labels' words for what the policy has no category for, and for what is about no person."""


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A labelled table: as the classifiers take it, and its columns' labels."""

    table: Table
    columns: tuple[Case, ...]


def schemas(folder: Path) -> list[CaseTable]:
    """The schemas, names and labels alone."""
    return [
        CaseTable(
            Table(
                app,
                name,
                tuple(Column(row["column"], row["column_label"] or "", row["sql_type"] or "") for row in rows),
                label=rows[0]["table_label"] or "",
            ),
            tuple(rows),
        )
        for (app, name), rows in _grouped(folder / "schemas.jsonl", lambda row: (row["app"], row["table"])).items()
    ]


def files(folder: Path) -> list[CaseTable]:
    """The delimited files, with their values."""
    found = []
    for (name, _), rows in _grouped(folder / "files.jsonl", lambda row: (row["file"], row["sheet"])).items():
        if not name.endswith(".csv"):
            continue
        with (folder / "files" / name).open(encoding=rows[0]["encoding"], newline="") as file:
            header, *lines = list(csv.reader(file))
        columns = []
        for position in (row["position"] for row in rows):
            counts = Counter(line[position] for line in lines if position < len(line) and line[position].strip())
            columns.append(
                Column(header[position], values=tuple(counts), counts=tuple(counts.values()), rows=len(lines))
            )
        table = Table("files", Path(name).stem, tuple(columns), label=rows[0]["table_label"] or "")
        found.append(CaseTable(table, tuple(rows)))
    return found


def column_answers(tables: Iterable[CaseTable]) -> list[ColumnAnswer]:
    """Every labelled column's answer."""
    found = []
    for one in tables:
        for row, tag in zip(one.columns, tag_columns(one.table), strict=True):
            judged = Judged(
                where=f"{one.table.store}: {one.table.name}.{row['column']} «{row.get('column_label') or ''}»",
                truth=row["data_type"],
                said=column_type(tag.data_category),
                confidence=tag.confidence,
                also=frozenset(row["alt_types"]),
            )
            found.append(ColumnAnswer(judged, said=tag.data_category))
    return found


def subject_answers(tables: Iterable[CaseTable], *, ambiguous: bool) -> list[Judged]:
    """The answer for every table whose label is (un)ambiguous, in the labels' words."""
    found = []
    for one in tables:
        label = one.columns[0]
        if label["ambiguous_category"] != ambiguous:
            continue
        tag = tag_subjects(one.table, tag_columns(one.table), AS_OF)[0]
        said = category_of(tag)
        found.append(
            Judged(
                f"{one.table.store}: {one.table.name}",
                label["category"],
                _LABELS.get(said, said),
                tag.confidence,
                frozenset(label["alt_categories"]),
            )
        )
    return found


def sentences(folder: Path) -> list[Case]:
    """The annotated sentences."""
    return _lines(folder / "person_spans.jsonl")


def person_scores(sentences: Iterable[Case], answers: Iterable[Mapping[str, Any]]) -> tuple[Score, Score]:
    """Persons in the sentences, overlap and exact; every other entity is left out of the truth."""
    pairs = [
        Annotated(
            [Span(one["start"], one["end"], PERSON) for one in sentence["entities"] if one["person"]],
            [Span(one["start"], one["end"], PERSON) for one in answer["mentions"] if one["data_type"] == PERSON],
        )
        for sentence, answer in zip(sentences, answers, strict=True)
    ]
    return overlap_scores(pairs)[PERSON], exact_scores(pairs)[PERSON]


def typed_texts(folder: Path) -> list[Case]:
    """The texts whose entities have types."""
    return _lines(folder / "texts.jsonl")


def typed_scores(
    texts: Iterable[Case], answers: Iterable[Mapping[str, Any]]
) -> tuple[Mapping[str, Score], Mapping[str, Score]]:
    """Scores by type, overlap and exact; kana names are persons."""
    pairs = [
        Annotated(
            [
                Span(one["start"], one["end"], PERSON if one["type"] == KANA else one["type"], one.get("ignore", False))
                for one in text["entities"]
            ],
            [Span(one["start"], one["end"], one["data_type"]) for one in answer["mentions"]],
        )
        for text, answer in zip(texts, answers, strict=True)
    ]
    return overlap_scores(pairs), exact_scores(pairs)


def _grouped(path: Path, key: Callable[[Case], tuple[str, str]]) -> Mapping[tuple[str, str], list[Case]]:
    groups: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
    for row in _lines(path):
        groups[key(row)].append(row)
    return groups


def _lines(path: Path) -> list[Case]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
