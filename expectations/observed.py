"""What the checks judge as a scan saw it: datasets and their columns, what SQL does with them, the stop list's hits."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from expectations.facts import Custody, Fact, Nature
from expectations.stops import Scope


class ObservedColumn(Fact):
    """A column as the scan tagged it."""

    name: str
    data_category: str
    data_type: str
    special_care: str = ""
    """Which of the eleven items of art 2(3) it is; '' none."""
    mentions: tuple[str, ...] = ()
    """Free text: data categories found inside."""


class Partition(Fact):
    """Some rows of a dataset, or all of them, that are one kind of person's."""

    row_filter: str = ""
    subject: str
    custody: Custody
    nature: Nature


class Place(Fact):
    """Where a statement stands."""

    store: str
    job: str
    """Masked: a file's name, a view's."""
    line: int = 0
    """0: not known."""


class ObservedUse(Fact):
    """What SQL shows a dataset to be used for."""

    dataset: str
    """Its id; the dataset that is read, or what that was made of."""
    use: str
    related: tuple[str, ...] = ()
    """Ids of what it is made of and what is made of it: who declares the use of one declares it of all."""
    places: tuple[Place, ...]


class ObservedExport(Fact):
    """Rows of a dataset that SQL writes to somewhere outside its database."""

    dataset: str
    outlet: Literal["file", "storage", "stream"]
    columns: tuple[str, ...] = ()
    """As the dataset calls them; none: not known, or all of them."""
    related: tuple[str, ...] = ()
    places: tuple[Place, ...]


class ObservedMatch(Fact):
    """Rows of two datasets that SQL puts side by side: joined, matched or united, through whatever is made between."""

    dataset: str
    """Of entrusted data."""
    other: str
    places: tuple[Place, ...]


class ObservedCopy(Fact):
    """Rows of entrusted data that SQL writes into another dataset."""

    dataset: str
    other: str
    places: tuple[Place, ...]


class ObservedFlows(Fact):
    """What SQL was seen to do with the datasets."""

    uses: tuple[ObservedUse, ...] = ()
    exports: tuple[ObservedExport, ...] = ()
    matches: tuple[ObservedMatch, ...] = ()
    copies: tuple[ObservedCopy, ...] = ()


class StopHits(Fact):
    """Rows of a dataset held against the stop list's entries of one scope: how many."""

    scope: Scope
    rows: int
    """Rows that were compared."""
    hits: int
    """Of somebody on the list."""
    doubts: int
    """Perhaps of somebody on it: for a person to check."""
    whole: bool = False
    """Whether all rows were compared, not a sample."""


class ObservedDataset(Fact):
    """A dataset as the scan saw it, with what its declaration says of custody and contract."""

    id: str
    """Opaque: the register's."""
    store: str
    name: str
    """Masked: as the register shows it and declarations name it."""
    partitions: tuple[Partition, ...] = Field(min_length=1)
    columns: tuple[ObservedColumn, ...]
    contract: str = ""
    oldest: date | None = None
    """The first day of the oldest month in it that says since when its records are held; None: nothing says so."""
    stops: tuple[StopHits, ...] = ()
    """One a scope with an entry in force; () it was not compared."""
