"""What the corpus hands out: tables and texts with the truth about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Split = Literal["dev", "test"]
HeaderStyle = Literal["japanese", "romaji", "english", "abbreviated", "meaningless"]
Group = Literal[
    "customer",
    "partner",
    "entrusted",
    "applicant_retiree",
    "professional",
    "no_category",
    "impersonal",
    "mixed",
]


@dataclass(frozen=True, slots=True)
class LabelledColumn:
    """A column with its values and what they are."""

    name: str
    label: str
    sql_type: str
    values: list[str | None] = field(repr=False)
    """One a row of the table."""
    data_category: str
    """An id of the vocabulary's data categories."""
    data_type: str
    """The data type that the vocabulary gives that category."""
    alt_categories: tuple[str, ...] = ()
    """Other answers that are right too."""
    alt_types: tuple[str, ...] = ()
    """Their data types, less `data_type`."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Rows of one subject in a table of several."""

    row_filter: str
    """`column = 'value'`, `column IS NULL`, `column <= as_of`."""
    subject: str
    subject_category: str
    share: float
    """Share of the table's rows, 0..1."""


@dataclass(frozen=True, slots=True)
class LabelledTable:
    """A table and whose it is."""

    id: str
    store: str
    name: str
    label: str
    hints: tuple[str, ...]
    header_style: HeaderStyle
    group: Group
    columns: tuple[LabelledColumn, ...]
    subject: str
    """An id of the vocabulary's subjects."""
    custody: Literal["own", "entrusted"]
    subject_category: str
    """What the published policy makes of it; '' where it depends on the policy or on the partition."""
    partitions: tuple[Partition, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows every column has."""
        return len(self.columns[0].values)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `text[start:end]`, in characters."""

    start: int
    end: int
    data_type: str
    data_category: str
    ignore: bool = False
    """May be found or not: it counts neither as missed nor as wrong."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text and what stands in it, in order, without overlaps."""

    id: str
    text: str = field(repr=False)
    register: str
    """How it is written: formal_mail, phone_note, chat …"""
    spans: tuple[Span, ...]
    templates: tuple[str, ...] = ()
    """The templates it was made from."""
