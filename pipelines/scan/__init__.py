"""A scan of one store: what to read of it, one read a dataset, and what the classifiers make of what was read."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pipelines.scan.answers import Link, Scanned, Step, Unread, dataset_id, shown
from pipelines.scan.reading import ROWS, Reading, columns_of, observe
from pipelines.stores import Dataset, Level, NotRead, Reason, Store, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipelines.declarations import StoreDeclaration

__all__ = [
    "ROWS",
    "Link",
    "Reading",
    "Scanned",
    "Step",
    "Unread",
    "dataset_id",
    "datasets",
    "place",
    "reach",
    "scan_group",
    "shown",
    "unread",
]


_alone = Lock()
"""Sudachi and GiNZA are one a process and not thread-safe, and a Dask worker may have several threads."""


def reach(declared: StoreDeclaration, *, whole: bool = False, glance: bool = False) -> Store:
    """Open a declared store; raises StoreError, for a password that is not in the environment, too.

    `whole`: all records of what may be opened at all, as a look-up on request must read them, not only a scan's sample.
    `glance`: no document or mail is opened for a listing.
    """
    from pipelines.declarations import MissingVariableError
    from pipelines.stores import open_store

    if not declared.is_reachable:
        raise StoreError("out_of_reach", "所管の部署に確かめてください")

    def up_to(level: Level) -> Level:
        return "full" if whole and level == "sample" else level

    try:
        location = declared.location()
    except MissingVariableError as error:
        raise StoreError("denied", f"環境変数 {error} が設定されていません") from None
    return open_store(
        declared.kind,
        location,
        include=declared.include,
        exclude=declared.exclude,
        elsewhere=declared.elsewhere,
        level=up_to(declared.level),
        mails=up_to(declared.mails),
        glance=glance,
        dialect=declared.dialect,
    )


def datasets(declared: StoreDeclaration, *, glance: bool = False) -> tuple[tuple[Dataset, ...], tuple[Unread, ...]]:
    """What lies in a store, and what of it cannot be read, by metadata alone. Never raises for the store's sake.

    `glance`: no document or mail is opened to see whether it can be read.
    """
    found: list[Dataset] = []
    missed: list[Unread] = []
    try:
        for entry in reach(declared, glance=glance).datasets():
            if isinstance(entry, NotRead):
                missed.append(unread(declared, entry.name, entry.reason, entry.hint))
            else:
                found.append(entry)
    except StoreError as error:
        missed.append(Unread(declared.id, "", error.reason, error.hint))
    except Exception as error:
        missed.append(_fault(declared, "", error))
    if not found and not missed:
        missed.append(Unread(declared.id, "", "empty", "中に表もファイルもありません"))
    return tuple(found), tuple(missed)


def scan_group(declared: StoreDeclaration, group: Sequence[Dataset], reading: Reading) -> Iterator[Scanned | Unread]:
    """Scan a bounded group of one store's datasets, in order. Never raises for a dataset's sake."""
    from pipelines.scan.stopping import Comparison, Told
    from pipelines.scan.tagging import classify, tagged

    def tell(dataset: Dataset, records: pa.Table) -> Told:
        columns = tuple(columns_of(records, dataset.fields))
        with _alone:
            tags, partitions = tagged(declared, dataset, columns, records, reading)
        return {column.name: tag.data_category for column, tag in zip(columns, tags, strict=True)}, partitions

    try:
        store = reach(declared)
    except StoreError as error:
        yield from (unread(declared, dataset.name, error.reason, error.hint) for dataset in group)
        return
    for dataset in group:
        try:
            comparison = Comparison(reading, partial(tell, dataset))
            observed = observe(store, declared.level, dataset, reading, comparison.through)
            with _alone:
                answer = classify(declared, dataset, observed, reading, comparison)
            yield answer
        except StoreError as error:
            yield unread(declared, dataset.name, error.reason, error.hint)
        except Exception as error:
            yield _fault(declared, dataset.name, error)


def _fault(declared: StoreDeclaration, name: str, error: Exception) -> Unread:
    # a fault of ours must cost no other dataset, and its message may quote a value: only its place is told
    if os.environ.get("DAICHO_DEBUG"):
        raise error
    return unread(declared, name, "failed", f"プログラムの不具合です（{place(error)}）")


def place(error: BaseException) -> str:
    """Kind and place of an error, without its message: that may quote a value."""
    frames = traceback.extract_tb(error.__traceback__)
    return type(error).__name__ + (f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "")


def unread(declared: StoreDeclaration, name: str, reason: Reason, hint: str = "") -> Unread:
    """Something of a store as not read, its name masked."""
    return Unread(declared.id, shown(declared.kind, name), reason, hint)
