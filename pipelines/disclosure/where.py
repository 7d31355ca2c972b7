"""Where to look: every dataset not proven impersonal (個人情報でないと確かめたもの以外の全部)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from classifiers.tags import NOT_PERSONAL, Custody
from pipelines.disclosure.links import DeclaredLink
from pipelines.stores import Reason, Store

WhyNot = Reason | Literal["not_personal", "pseudonymised", "anonymous", "unclear_link"]
"""Why a dataset was not searched: it could not be read, or it must not or need not be; or why some of its rows are
nobody's yet: a number in them is several persons'."""

NEED_NOT: frozenset[WhyNot] = frozenset({"not_personal", "pseudonymised", "anonymous", "empty", "excluded"})
"""Why a dataset is not searched that leaves nothing open: it holds nobody, or must not be searched."""


class RegisteredColumn(Protocol):
    """What a look-up reads of a registered column."""

    @property
    def column(self) -> str:
        """Masked."""

    @property
    def data_category(self) -> str:
        """A row of the vocabulary."""


class RegisteredPartition(Protocol):
    """What a look-up reads of a registered row partition."""

    @property
    def row_filter(self) -> str:
        """'' is the whole dataset."""

    @property
    def subject(self) -> str:
        """A row of the vocabulary."""

    @property
    def custody(self) -> Custody:
        """Own or entrusted."""

    @property
    def nature(self) -> str:
        """Personal, related, pseudonymised …"""

    @property
    def subject_category(self) -> str:
        """As the policy in force maps it."""


class RegisteredDataset(Protocol):
    """What a look-up reads of a registered dataset."""

    @property
    def id(self) -> str:
        """Opaque."""

    @property
    def store(self) -> str:
        """The store's id."""

    @property
    def name(self) -> str:
        """Masked."""

    @property
    def columns(self) -> Sequence[RegisteredColumn]:
        """In the store's order."""

    @property
    def partitions(self) -> Sequence[RegisteredPartition]:
        """One at least."""


@dataclass(frozen=True, slots=True)
class StoreToSearch:
    """A declared store, not yet opened."""

    id: str
    open: Callable[[], Store]
    """Raises StoreError."""
    custody: Custody = "own"
    """Of datasets that the register does not know yet."""
    label: str = ""
    links: tuple[DeclaredLink, ...] = ()
    """What people declared of its datasets."""


def why_not(dataset: RegisteredDataset) -> WhyNot | None:
    """Why a registered dataset is not searched; None: it is.

    Pseudonymised and anonymous data must not be: to look for a person in it is the collation that the Act forbids
    (arts 41(7), 43(5)). Data proven to be of nobody need not be.
    """
    natures = {partition.nature for partition in dataset.partitions}
    if natures and natures <= {"pseudonymised", "anonymous"}:
        return "pseudonymised" if "pseudonymised" in natures else "anonymous"
    impersonal = all(partition.subject_category == NOT_PERSONAL for partition in dataset.partitions)
    if impersonal and all(column.data_category == NOT_PERSONAL for column in dataset.columns):
        return "not_personal"
    return None


def categories(dataset: RegisteredDataset | None, names: Sequence[str]) -> tuple[str, ...]:
    """The data category of each column that was read, '' where the register has none.

    Registered names may be masked, so columns are matched by position; by name where the dataset has changed since.
    """
    known = dataset.columns if dataset else ()
    if len(known) <= len(names) and all(
        one.column == name or "〔" in one.column for one, name in zip(known, names, strict=False)
    ):
        found = [one.data_category for one in known]
        return (*found, *[""] * (len(names) - len(found)))
    by_name = {one.column: one.data_category for one in known}
    return tuple(by_name.get(name, "") for name in names)
