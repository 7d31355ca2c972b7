"""Tables from schemas: the rows of the split's lists, `lists/{split}_tables.yml` and what joined it.

A column is `[name, label, cell]`; a fourth element names other data categories than the cell's own, `|` between them:
the truth, then what is right as well; a fifth the share of empty cells. A cell `text:a|b` is free text of those
registers. `people` is how many individuals share the rows, as a share of them; 1: everybody stands in one row. `mixed`
parts the rows: a column, and its kinds as `[value, subject, share]`; the value `''` is an empty cell, `<= as_of` a day
in the past as the column's cell writes it. `only` has columns filled for some subjects alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from benchmarks.corpus.cells import cell
from benchmarks.corpus.labels import Group, HeaderStyle, LabelledTable, Split
from benchmarks.corpus.table_rows import ColumnPlan, Kind, written
from benchmarks.corpus.word_lists import document

CATEGORIES = {
    "customer": "customer",
    "business_partner": "partner",
    "applicant": "applicant_retiree.applicant",
    "retiree": "applicant_retiree.retiree",
    "professional": "professional",
    "none": "not_personal",
}
"""What the published policy makes of a subject; every other subject is `no_category`."""


_LISTS: dict[Split, tuple[str, ...]] = {"dev": ("dev", "seen", "written"), "test": ("test",)}
"""The lists of each split. `seen` were test tables until somebody looked at how they scored; `written` were written
by people who had not read the classifiers."""


@dataclass(frozen=True, slots=True)
class Schema:
    """One table as it is planned."""

    id: str
    store: str
    name: str
    style: HeaderStyle
    group: Group
    subject: str
    columns: tuple[ColumnPlan, ...]
    label: str = ""
    custody: Literal["own", "entrusted"] = "own"
    hints: tuple[str, ...] = ()
    subject_category: str = ""
    people: float = 1.0
    tidy: bool = False
    """Written by programs alone: no slips of the hand."""
    kinds: tuple[Kind, ...] = ()


def tables(seed: int, split: Split, rows: int = 400) -> Iterator[LabelledTable]:
    """Every table of the split with `rows` rows, one after the other; the same for the same arguments."""
    for schema in schemas(split):
        yield _filled(schema, seed, split, rows)


def authored(seed: int, listed: Literal["authored", "learnt", "fresh"], rows: int = 400) -> Iterator[LabelledTable]:
    """Every table of a list that stands apart from the splits: `authored` were read, `learnt` are learnt from and were
    not read, and both hold the development split's words; `fresh` nobody read, and they hold the test split's."""
    split: Split = "test" if listed == "fresh" else "dev"
    for raw in document(f"{listed}_tables"):
        yield _filled(planned(raw), seed, split, rows)


def _filled(schema: Schema, seed: int, split: Split, rows: int) -> LabelledTable:
    columns, partitions = written(
        f"{seed}/{split}/{schema.id}", split, rows, schema.columns, schema.kinds, schema.people, schema.tidy
    )
    return LabelledTable(
        id=f"{split}-{schema.id}",
        store=schema.store,
        name=schema.name,
        label=schema.label,
        hints=schema.hints,
        header_style=schema.style,
        group=schema.group,
        columns=columns,
        subject=schema.subject,
        custody=schema.custody,
        subject_category=schema.subject_category,
        partitions=partitions,
    )


def schemas(split: Split) -> Iterator[Schema]:
    """Every table of the split as it is planned; what joined a split carries its list's name before its id."""
    for listed in _LISTS[split]:
        for raw in document(f"{listed}_tables"):
            schema = planned(raw)
            yield schema if listed == split else replace(schema, id=f"{listed}-{schema.id}")


def planned(raw: Mapping[str, Any]) -> Schema:
    """A row of the schemas' list; KeyError or TypeError where it is not one."""
    rest = dict(raw)
    only, mixed = rest.pop("only", {}), rest.pop("mixed", {})
    columns = tuple(_column(row, frozenset(only.get(row[0], ()))) for row in rest.pop("columns"))
    if rest["group"] != "impersonal":
        # a record of somebody has its key or its name, whatever else is missing
        columns = (replace(columns[0], empty=0.0), *columns[1:])
    kinds = tuple(
        Kind(mixed["column"], value, subject, share, category_of(subject))
        for value, subject, share in mixed.get("kinds", ())
    )
    rest.setdefault("subject_category", category_of(rest["subject"], rest.get("custody", "own")))
    return Schema(**{**rest, "hints": tuple(rest.get("hints", ()))}, columns=columns, kinds=kinds)


def category_of(subject: str, custody: str = "own") -> str:
    """The policy's subject category of a subject and custody."""
    return "subcontracted" if custody == "entrusted" else CATEGORIES.get(subject, "no_category")


def _column(row: list[Any], only: frozenset[str]) -> ColumnPlan:
    """`[name, label, cell, category|alternative|…, share of empty cells]`, the last two as wanted."""
    name, label, content = map(str, row[:3])
    categories = tuple(str(row[3]).split("|")) if len(row) > 3 and row[3] else ()
    empty = float(row[4]) if len(row) > 4 else None
    if content.startswith("text:"):
        categories = categories or ("free_text",)
        return ColumnPlan(name, label, None, tuple(content[5:].split("|")), categories[0], categories[1:], only, empty)
    made = cell(content)
    category, *alternatives = categories or (made.category, *made.alternatives)
    return ColumnPlan(name, label, made, (), category, tuple(alternatives), only, empty)
