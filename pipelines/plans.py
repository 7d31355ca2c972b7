"""What a scan would read now, without reading it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines import clock
from pipelines.scan import Reading, Unread, datasets
from pipelines.scan.unchanged import split
from pipelines.stores import Dataset
from pipelines.stores.limits import least

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.register import Register

STRETCH = 4
"""A scan speaks for no more than so many times what it read: loading the model is no measure of many rows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan would read of a store."""

    store: StoreDeclaration
    opens: datetime | None = None
    """When its window opens next, and it can be told what lies in it; None: it may be read now."""
    datasets: int = 0
    due: int = 0
    """Datasets that are new, changed, or judged by other rules than these."""
    rows: int = 0
    """Records that would be read, of those datasets whose number is known."""
    of_rows: int = 0
    """Records that lie in the datasets that are due."""
    uncounted: int = 0
    """Datasets due whose number of records nobody knows before they are read."""
    bytes: int = 0
    """About how much of what is stored they are, of those datasets whose size is known."""
    unsized: int = 0
    """Datasets due of which records would be read and whose size nobody knows."""
    seconds: float | None = None
    """About how long one worker takes, by the last scan that read about as much of it the same way; None: none did."""
    missed: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class _Share:
    """What would be read of one dataset."""

    rows: int | None
    of_rows: int | None
    bytes: int | None


def plan(
    stores: Sequence[StoreDeclaration], book: Register | None, reading: Reading, *, anew: bool = False
) -> Iterator[Plan]:
    """What a scan would read, store by store; `book` is the register that knows what was read before, if any."""
    for store in stores:
        if store.window and not store.window.is_open(clock.now()):
            yield Plan(store, opens=store.window.next_opening(clock.now()))
            continue
        found, missed = datasets(store, glance=True)
        due, _ = split(store, found, book.known(store.id) if book else {}, reading, run=0, anew=anew)
        shares = [_share(store, one, reading) for one in due]
        rows = sum(share.rows or 0 for share in shares)
        yield Plan(
            store=store,
            datasets=len(found),
            due=len(due),
            rows=rows,
            of_rows=sum(share.of_rows or 0 for share in shares),
            uncounted=sum(share.rows is None for share in shares),
            bytes=sum(share.bytes or 0 for share in shares),
            unsized=sum(share.bytes is None for share in shares),
            seconds=_seconds(book, store.id, reading.full, rows, len(due)),
            missed=missed,
        )


def _share(store: StoreDeclaration, dataset: Dataset, reading: Reading) -> _Share:
    level, records = least(store.level, dataset.level), dataset.records
    if level in ("none", "metadata") or store.kind == "data_dictionary" or records == 0:
        return _Share(0, records, 0)
    if level == "full" and reading.full:
        return _Share(records, records, dataset.size)
    if records is None:
        return _Share(None, None, None)
    rows = min(records, reading.rows)
    return _Share(rows, records, None if dataset.size is None else round(dataset.size * rows / records))


def _seconds(book: Register | None, store: str, full: bool, rows: int, due: int) -> float | None:
    """By the newest scan that read enough: a sample costs by the dataset, all rows cost by the row."""
    if not due:
        return 0.0
    unit, wanted = ("rows", rows) if full and rows else ("datasets", due)
    for run in book.runs() if book else ():
        if run.kind == "scan" and run.versions.get("full") == str(full):
            for told in run.counts.get("by_store", ()):
                if told["store"] == store and told[unit] * STRETCH >= wanted:
                    return float(told["seconds"] / told[unit] * wanted)
    return None
