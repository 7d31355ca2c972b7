"""What may be read of a store (read_level): the one door through which records leave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from pipelines.stores import Dataset, Level, NotRead, Store, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

    from classifiers.statements import Statement

LEVELS: tuple[Level, ...] = get_args(Level)
"""From nothing to everything."""


@dataclass(frozen=True, slots=True)
class Limited:
    """A store that hands out nothing beyond a level; what would be asked of it beyond that never reaches the store."""

    store: Store
    level: Level

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """What is in the store; StoreError where even that may not be asked."""
        self._demand("metadata", self.level)
        yield from self.store.datasets()

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        """Random rows, where some may be read."""
        self._demand("sample", self.level, dataset.level)
        return self.store.sample(dataset, rows, seed)

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows, where all may be read."""
        self._demand("full", self.level, dataset.level)
        return self.store.batches(dataset)

    def statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        """What its SQL does; a view's definition is metadata, a file's content is not."""
        wanted: Level = "sample" if dataset.kind == "statements" else "metadata"
        self._demand(wanted, self.level, dataset.level)
        return self.store.statements(dataset)

    def _demand(self, wanted: Level, *allowed: Level) -> None:
        if LEVELS.index(least(*allowed)) < LEVELS.index(wanted):
            raise StoreError("not_allowed", "宣言の read_level により、ここまでは読みません")


def least(*levels: Level) -> Level:
    """The strictest of some levels.

    >>> least("full", "metadata", "sample")
    'metadata'
    """
    return min(levels, key=LEVELS.index)
