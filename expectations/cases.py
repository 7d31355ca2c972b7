"""Kinds of cases: a declared or observed fact beside the data it is about. A case is one row that the checks judge."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from classifiers.vocabulary import data_categories
from expectations.books import Act
from expectations.facts import Acquisition, Consent, Custody, Provision, Retention, StatutoryException
from expectations.fit import Fit
from expectations.observed import (
    ObservedColumn,
    ObservedCopy,
    ObservedDataset,
    ObservedExport,
    ObservedMatch,
    ObservedUse,
    Partition,
)
from expectations.policy import Purpose

Table = Literal[
    "uses", "provisions", "columns", "datasets", "purposes", "observed_uses", "exports", "matches", "copies",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handling:
    """A use or a provision over one row partition of a dataset, with what carries it beside its purposes."""

    act: Act
    dataset: ObservedDataset | None
    """None: no scan saw it."""
    partition: Partition | None
    """None: no scan saw the rows it names."""
    category: str
    fit: Fit
    consent: Consent | None = None
    """A consent that stands for this very handling."""
    exception: StatutoryException | None = None
    """A statutory exception that stands for it."""
    acquisitions: tuple[Acquisition, ...] = ()
    """How the data came to the company, as far as it is declared."""
    table: Table = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", "provisions" if isinstance(self.act, Provision) else "uses")

    @property
    def personal(self) -> bool:
        """The data was seen, and is somebody's."""
        return self.partition is not None and self.category != "not_personal"

    @property
    def entrusted(self) -> bool:
        """The data was entrusted to the company: the contract bounds it, whatever the person said."""
        return self.personal and self.partition is not None and self.partition.custody == "entrusted"

    @property
    def carried(self) -> bool:
        """Consent or statute carries it, whatever the published purposes say (arts 18(1), 18(3), 27(1))."""
        return self.exception is not None or (self.consent is not None and not self.entrusted)

    @property
    def columns(self) -> tuple[ObservedColumn, ...]:
        """The columns it touches: those it names, or all."""
        if self.dataset is None:
            return ()
        named = self.act.source.columns
        return tuple(column for column in self.dataset.columns if not named or column.name in named)


@dataclass(frozen=True, slots=True)
class Holding:
    """A row partition of a dataset, by itself: what it is used for is judged of each use, not here."""

    dataset: ObservedDataset
    partition: Partition
    category: str
    acts: tuple[Act, ...] = ()
    """The declared uses and provisions over it."""
    acquisitions: tuple[Acquisition, ...] = ()
    retentions: tuple[Retention, ...] = ()
    table: Table = "datasets"


@dataclass(frozen=True, slots=True)
class SensitiveColumn:
    """A column that is, or whose texts hold, special-care data, My Number or what applicants must not be asked."""

    dataset: ObservedDataset
    partition: Partition
    category: str
    column: ObservedColumn
    kinds: tuple[str, ...]
    """The data categories it is judged for: My Number, those of special care, or a restricted item."""
    consent: Consent | None = None
    exception: StatutoryException | None = None
    acquisitions: tuple[Acquisition, ...] = ()
    table: Table = "columns"

    @property
    def in_texts(self) -> bool:
        """Found inside free texts, by mention: less sure than a column that is nothing else."""
        return self.column.data_category not in self.kinds

    @property
    def entrusted(self) -> bool:
        """The data was entrusted to the company."""
        return self.partition.custody == "entrusted"


@dataclass(frozen=True, slots=True)
class NamedPurpose:
    """A published purpose that somebody names: whether its sentence says enough."""

    purpose: Purpose
    dataset: None = None
    partition: None = None
    table: Table = "purposes"

    @property
    def category(self) -> str:
        """Whose purpose it is."""
        return self.purpose.category


_TABLES: Mapping[type, Table] = {
    ObservedUse: "observed_uses",
    ObservedExport: "exports",
    ObservedMatch: "matches",
    ObservedCopy: "copies",
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """What SQL was seen to do with a row partition of a dataset: use it, write it out, put it beside another."""

    fact: ObservedUse | ObservedExport | ObservedMatch | ObservedCopy
    dataset: ObservedDataset
    partition: Partition
    category: str
    acts: tuple[Act, ...]
    """The declared uses and provisions over it, over what it is made of and over what is made of it."""
    fit: Fit | None = None
    """Of a use that shows: how it lies beside the purposes of the category; no purpose is named."""
    other: ObservedDataset | None = None
    """What it is put beside, or written into."""
    others: tuple[tuple[str, Custody], ...] = ()
    """Subject category and custody of that, each once."""
    table: Table = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", _TABLES[type(self.fact)])

    @property
    def use(self) -> str:
        """The use that shows; '' of anything else."""
        return self.fact.use if isinstance(self.fact, ObservedUse) else ""

    @property
    def columns(self) -> tuple[ObservedColumn, ...]:
        """The columns that are written out; none where it is not known which."""
        named = {name.casefold() for name in self.fact.columns} if isinstance(self.fact, ObservedExport) else set()
        return tuple(column for column in self.dataset.columns if column.name.casefold() in named)


Case = Handling | Holding | SensitiveColumn | NamedPurpose | Sighting


def my_number(column: ObservedColumn) -> tuple[str, ...]:
    """`("my_number",)` where a column is 個人番号 or its texts hold it."""
    return ("my_number",) if "my_number" in (column.data_category, *column.mentions) else ()


def special_care(column: ObservedColumn) -> tuple[str, ...]:
    """The special-care data categories (要配慮個人情報, art 2(3)) that a column is, or that its texts hold."""
    own = (column.data_category,) if column.special_care else ()
    known = data_categories()
    return own + tuple(kind for kind in column.mentions if kind in known and known[kind].special_care)


def restricted(column: ObservedColumn, partition: Partition) -> tuple[str, ...]:
    """`("restricted_item",)` where a column of applicants' is one that nobody may ask them for in principle."""
    asked = column.data_category == "restricted_item" and partition.subject == "applicant"
    return ("restricted_item",) if asked else ()


def fact_id(case: Case) -> str:
    """A case's opaque id: the same at every run, and telling nothing."""
    where = (case.dataset.id if case.dataset else "", case.partition.row_filter if case.partition else "")
    if isinstance(case, Handling):
        what: tuple[str, ...] = (case.act.id, case.act.source.store, case.act.source.dataset)
    elif isinstance(case, Sighting):
        outlet = case.fact.outlet if isinstance(case.fact, ObservedExport) else ""
        what = (case.use, outlet, case.other.id if case.other else "")
    elif isinstance(case, NamedPurpose):
        what = (case.purpose.id,)
    else:
        # in which order its texts show them hangs on the rows that were drawn
        what = (case.column.name, *sorted(set(case.kinds))) if isinstance(case, SensitiveColumn) else ()
    return digest(case.table, *what, *where)


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of some words."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()
