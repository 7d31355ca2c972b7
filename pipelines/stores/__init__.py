"""Stores: where the data lies. One kind of store a file in this package, found by its place.

A store lists its datasets and reads them; it never writes, and never lets a driver's message out (it may quote a
value, a path or a user): it raises `StoreError` with a reason instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

Reason = Literal[
    "missing", "denied", "locked", "broken", "encoding", "unsupported", "unreachable", "empty", "excluded", "too_large"
]


class StoreError(Exception):
    """A store or dataset could not be read. Carries a reason and a hint in words, never a driver's message."""

    def __init__(self, reason: Reason, hint: str = "") -> None:
        self.reason: Reason = reason
        self.hint = hint
        """What to do about it, or what is known of it: no value, path, user or host."""
        super().__init__(f"{reason}: {hint}" if hint else reason)


@dataclass(frozen=True, slots=True)
class Field:
    """A column as its store declares it."""

    name: str = field(repr=False)
    label: str = field(default="", repr=False)
    sql_type: str = ""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns of this dataset that point at columns of another one of the same store."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table, a sheet, a file of records, or a folder of documents. Its name may hold a personal value."""

    name: str = field(repr=False)
    """As the store finds it again: table name, relative path, `path#sheet`."""
    label: str = field(default="", repr=False)
    kind: Literal["table", "documents"] = "table"
    fields: tuple[Field, ...] = field(default=(), repr=False)
    links: tuple[ForeignKey, ...] = field(default=(), repr=False)
    records: int | None = None
    """Rows or documents, exact or estimated by the store; None: unknown until read."""
    hints: tuple[str, ...] = field(default=(), repr=False)
    """Words beside the data that speak of the whole: a title row above the header, a view's name."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something of a store that cannot be read, and why."""

    name: str = field(repr=False)
    reason: Reason
    hint: str = ""


class Store(Protocol):
    """What every kind of store can do. Values are text exactly as stored: no type inference eats a leading zero.

    The frames' columns are all strings, null where a cell is empty; a repeated field of a nested record
    (`contacts[].mail`) is a list of strings. A documents dataset has one row a document and the columns
    `file, title, author, sender, recipients, subject, body` (those that apply; null where not).
    """

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """Everything in the store, by metadata alone; raises StoreError where the store itself cannot be opened."""

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        """At most `rows` random rows, the same for the same seed; raises StoreError."""

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows, in pieces, for a look-up; raises StoreError."""
