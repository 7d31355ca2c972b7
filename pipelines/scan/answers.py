"""What a scan answers: names are masked, ids opaque; no value of the data is in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classifiers.masking import mask, mask_identifier
from classifiers.tags import ColumnTag, SubjectTag, UseTag
from pipelines.stores import Level, Reason
from pipelines.stores.access import Reader

if TYPE_CHECKING:
    from classifiers.statements import Statement
    from pipelines.scan.reaching import Reach


@dataclass(frozen=True, slots=True)
class Link:
    """A column that points at another dataset's column (結合): a disclosure follows it."""

    column: str
    target: str
    """The other dataset's masked name, in the same store."""
    target_column: str
    origin: str = "foreign_key"


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of a view, a script, a dbt model or a query log."""

    statement: Statement
    uses: tuple[UseTag, ...]
    """What it uses what it reads for, beyond what that is called."""


@dataclass(frozen=True, slots=True)
class StopCount:
    """Rows held against the stop list's entries of one scope: counts alone."""

    scope: str
    rows: int
    hits: int
    doubts: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """One dataset as a scan saw it."""

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
    steps: tuple[Step, ...] = ()
    contract: str = ""
    level: Level = "sample"
    """How far it was read."""
    individuals: int | None = None
    """About how many persons its records are of; None: nothing in it tells them apart."""
    version: str = ""
    """The store's word for this state of the content; '': it has none."""
    basis: str = ""
    """A digest of all that the answer rests on beside the content: declaration, rules, vocabulary, model, settings."""
    bytes_read: int = 0
    stops: tuple[StopCount, ...] = ()
    """What it holds of the stop list, a scope with an entry in force each; () it was not compared."""
    access: tuple[Reader, ...] = ()
    """Whom its store lets read it, accounts of persons masked; () the store does not tell."""
    reach: Reach | None = None
    """Since when it holds records; None: nothing in it says so."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something a scan could not read, and why: it stands in the register like everything else."""

    store: str
    name: str
    reason: Reason
    hint: str = ""


def dataset_id(store: str, name: str) -> str:
    """The opaque id of a dataset, the same at every scan, from its store's id and its name as the store spells it."""
    return "ds-" + hashlib.blake2b(f"{store}\0{name}".encode(errors="surrogateescape"), digest_size=8).hexdigest()


def shown(kind: str, name: str) -> str:
    """A dataset's name as the register may show it: in a database a programmer named it, elsewhere anybody."""
    return mask_identifier(name) if kind in ("sql", "data_dictionary") else mask(name)
