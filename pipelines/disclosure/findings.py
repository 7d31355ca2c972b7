"""What a look-up answers: candidates, and the proof of its search. No value of any person stands in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from pipelines.disclosure.links import Origin
from pipelines.disclosure.ownership import Whose
from pipelines.disclosure.weighing import DISPOSITIONS, Disposition, Weighed
from pipelines.disclosure.where import WhyNot


@dataclass(frozen=True, slots=True)
class RecordKey:
    """What the store itself numbers a record by: a whole number or UUID that says nothing of anybody."""

    column: str
    """The column's masked name."""
    value: str


@dataclass(frozen=True, slots=True)
class Linked:
    """That a record points at another candidate's, by a number of the company's own."""

    dataset_id: str
    row: int
    """The other record, as in `Candidate`."""
    by: str
    """The other dataset and its key, masked: `customers.customer_id`."""
    sure: bool
    """Whether it says whom the record is about: not where two columns of it point at the same dataset, nor where
    nobody knows whose the other record's dataset is, and never where the link is inferred."""
    origin: Origin = "foreign_key"
    column: str = ""
    """The record's own column or columns, masked."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row or document that may be the person's, and why. No value of it but its surrogate key."""

    store: str
    dataset_id: str
    dataset: str
    """Masked name."""
    kind: Literal["table", "documents"]
    row: int
    """Which record, counted from 1 in the order in which the store gives them."""
    key: RecordKey | None
    """Databases: the record's surrogate primary key, by which it is found again whatever the order."""
    document: str
    """Documents: the file's masked name."""
    columns: tuple[str, ...]
    """Masked names of the columns of `weighed.found`, one text each: `氏名`, or `姓＋名` where they make one value."""
    weighed: Weighed
    whose: Whose
    linked: tuple[Linked, ...] = ()
    """What it hangs on. Where `weighed.found` is empty, nothing else speaks for it."""


@dataclass(frozen=True, slots=True)
class Entrusted:
    """Rows of data that another company entrusted to us: counted, never shown, never part of an answer."""

    store: str
    dataset_id: str
    dataset: str
    rows: int


@dataclass(frozen=True, slots=True)
class Searched:
    """A dataset that was searched to its end."""

    store: str
    dataset_id: str
    dataset: str
    rows: int
    at: datetime
    registered: bool
    """False: the register does not know it yet, so all its columns were searched as text."""


@dataclass(frozen=True, slots=True)
class NotSearched:
    """A dataset, a document or a whole store (`dataset` is '') that was not searched to its end, and why."""

    store: str
    dataset_id: str
    dataset: str
    reason: WhyNot
    hint: str = ""
    rows: int = 0
    """Rows that were searched before it failed."""


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What a look-up found, and the proof of its search."""

    at: datetime
    kinds: Mapping[str, int]
    """How many keys of which kind were searched by."""
    candidates: tuple[Candidate, ...]
    """Strongest first."""
    entrusted: tuple[Entrusted, ...]
    searched: tuple[Searched, ...]
    not_searched: tuple[NotSearched, ...]

    def counts(self) -> dict[Disposition, int]:
        """Candidates by disposition."""
        return {kind: sum(one.weighed.disposition == kind for one in self.candidates) for kind in DISPOSITIONS}

    def digest(self) -> str:
        """A digest of everything in the result, by which a printed one can be held against the audit."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()


Finding = Candidate | Entrusted | Searched | NotSearched
