"""The classifiers' inputs and answers.

Inputs (`Column`, `Table`) hold values and names as the store spells them; they live in memory for one read and are
never stored, logged or printed (`repr` hides them). Answers (`ColumnTag`, `SubjectTag`, `UseTag`) carry evidence in
words and numbers, never a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

NOT_PERSONAL = "not_personal"
UNRESOLVED = "unresolved"
FREE_TEXT = "free_text"

Custody = Literal["own", "entrusted"]
Nature = Literal["personal", "related", "pseudonymised", "anonymous", "none"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as a classifier sees it: its names, and the distinct values that were read of it."""

    name: str = field(repr=False)
    label: str = field(default="", repr=False)
    """The comment, the title or the data dictionary's Japanese name."""
    sql_type: str = ""
    values: tuple[str, ...] = field(default=(), repr=False)
    """Distinct non-empty values as text, in order of first appearance."""
    counts: tuple[int, ...] = field(default=(), repr=False)
    """How many of the rows that were read hold `values[i]`."""
    rows: int = 0
    """Rows that were read, empty cells among them. 0: nothing was read, judge by names alone."""


@dataclass(frozen=True, slots=True)
class Table:
    """One dataset as a classifier sees it: a table, a sheet, or a collection of documents (one row a document)."""

    store: str
    name: str = field(repr=False)
    columns: tuple[Column, ...]
    label: str = field(default="", repr=False)
    kind: Literal["table", "documents"] = "table"
    hints: tuple[str, ...] = field(default=(), repr=False)
    """Other words that speak of the whole: the store's label, the folder, a title row, a table comment."""
    records: pa.Table | None = field(default=None, repr=False)
    """The rows that were read, aligned: one string column a `Column`, null where a cell is empty."""
    own_domains: tuple[str, ...] = ()
    """The company's own mail domains: they tell its staff from everybody else."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason, in words and numbers. `code` is a row of `vocabulary/evidence/`, which words it."""

    code: str
    says: str
    """The data category, subject or use it speaks for (or against, where `weight` is negative)."""
    weight: float
    words: Mapping[str, str | int | float] = field(default_factory=lambda: MappingProxyType({}))
    """What the sentence's gaps are filled with: words of the vocabulary and numbers, never a value."""


@dataclass(frozen=True, slots=True)
class ColumnTag:
    """What a column holds. Prevalence, distinct hits and n stay apart: none stands in for another."""

    column: str
    """The column's name, masked where a personal value may hide in it."""
    data_category: str
    """A row of `vocabulary/data_categories.yml`, or `not_personal` or `unresolved`, which are rows too."""
    confidence: float
    """0..1: how often such a decision is right, as calibrated on development data."""
    evidence: tuple[Evidence, ...]
    prevalence: float = 0.0
    """Share of non-empty rows whose value speaks for the category, 0..1."""
    distinct_hits: int = 0
    n: int = 0
    """Distinct values that were looked at."""
    alternatives: tuple[tuple[str, float], ...] = ()
    """Other data categories and their confidence, best first."""
    mentions: tuple[tuple[str, int], ...] = ()
    """Free text only: data category found inside → number of values it was found in."""


@dataclass(frozen=True, slots=True)
class SubjectTag:
    """Whose a dataset is, or one row partition of it. Policy-free: the policy maps it to its own categories."""

    subject: str
    """A row of `vocabulary/subjects.yml`; `none` where no person is meant, `unresolved` where nothing decides."""
    custody: Custody
    nature: Nature
    confidence: float
    evidence: tuple[Evidence, ...]
    row_filter: str = ""
    """'' is the whole dataset; else `column = 'value'`, `column IS NULL`, `column <= as_of` …, values of no person."""
    share: float = 1.0
    """Share of the rows that were read which lie in this partition, 0..1."""


@dataclass(frozen=True, slots=True)
class UseTag:
    """What a dataset, file path, job name or SQL statement shows the data to be used for."""

    use: str
    """A row of `vocabulary/uses.yml`."""
    confidence: float
    evidence: tuple[Evidence, ...]


class Mention(NamedTuple):
    """A piece of a text that is personal data. Offsets are characters of the text as it was given.

    A tuple, as texts have many: a frozen dataclass takes three times as long to build.
    """

    start: int
    end: int
    data_category: str
    score: float
    why: str
    """A row of `vocabulary/evidence/`."""
