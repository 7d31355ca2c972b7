"""What a scan makes of one dataset: its columns' tags, whose rows they are, what the data seems used for."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.tags import ColumnTag, SubjectTag, UseTag
from pipelines.stores import Reason


@dataclass(frozen=True, slots=True)
class Link:
    """A column that points at another dataset's column (結合): a disclosure follows it."""

    column: str
    target: str
    """The other dataset's masked name, in the same store."""
    target_column: str
    origin: str = "foreign_key"


@dataclass(frozen=True, slots=True)
class Scanned:
    """One dataset as a scan saw it. Names are masked, ids opaque; no value of the data is in it."""

    id: str
    store: str
    name: str
    label: str
    kind: str
    records: int | None
    rows_read: int
    columns: tuple[ColumnTag, ...]
    partitions: tuple[SubjectTag, ...]
    uses: tuple[UseTag, ...] = ()
    links: tuple[Link, ...] = ()
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something a scan could not read, and why: it stands in the register like everything else."""

    store: str
    name: str
    reason: Reason
    hint: str = ""
