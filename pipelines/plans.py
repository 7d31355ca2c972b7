"""Before a scan: whether stores answer and what may be read there, and what a scan would read now."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.scan import Reading, Unread, datasets
from pipelines.scan.unchanged import split
from pipelines.stores import Dataset, Level, kinds
from pipelines.stores.limits import least

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.register import Register


@dataclass(frozen=True, slots=True)
class Look:
    """A store as it answers now."""

    store: StoreDeclaration
    found: tuple[Dataset, ...]
    missed: tuple[Unread, ...]
    seconds: float
    may_write: bool | None
    """Whether the account could change what is stored; None: not known, or no database."""

    @property
    def failure(self) -> Unread | None:
        """Why the store itself does not answer; None where it does."""
        return next((one for one in self.missed if not one.name and one.reason != "empty"), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan would read of a store."""

    store: StoreDeclaration
    datasets: int
    due: int
    """Datasets that are new, changed, or judged by other rules than these."""
    rows: int
    """Records that would be read, of those datasets whose size is known."""
    of_rows: int
    """Records that lie in the datasets that are due."""
    unknown: int
    """Datasets due whose size nobody knows before they are read."""
    level: Level
    missed: tuple[Unread, ...]


def look(stores: Sequence[StoreDeclaration]) -> Iterator[Look]:
    """Ask every store what lies in it; of its records nothing is read, but for the head of a file."""
    for store in stores:
        started = time.perf_counter()
        found, missed = datasets(store)
        yield Look(store, found, missed, time.perf_counter() - started, _may_write(store) if found else None)


def plan(stores: Sequence[StoreDeclaration], book: Register | None, reading: Reading) -> Iterator[Plan]:
    """What a scan would read, store by store; `book` is the register that knows what was read before, if any."""
    for store in stores:
        found, missed = datasets(store)
        due, _ = split(store, found, book.known(store.id) if book else {}, reading, run=0)
        sizes = [(one.records, _rows(store, one, reading)) for one in due]
        yield Plan(
            store=store,
            datasets=len(found),
            due=len(due),
            rows=sum(rows for _, rows in sizes if rows is not None),
            of_rows=sum(records for records, _ in sizes if records is not None),
            unknown=sum(rows is None for _, rows in sizes),
            level=store.level,
            missed=missed,
        )


def _rows(store: StoreDeclaration, dataset: Dataset, reading: Reading) -> int | None:
    level = least(store.level, dataset.level)
    if level in ("none", "metadata"):
        return 0
    if dataset.records is None or (level == "full" and reading.full):
        return dataset.records
    return min(dataset.records, reading.rows)


def _may_write(store: StoreDeclaration) -> bool | None:
    ask = getattr(kinds()[store.kind], "may_write", None)
    answer: bool | None = ask(store.location()) if ask else None
    return answer
