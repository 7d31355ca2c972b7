"""Batches that are looked at together, where a look costs much before it has seen the first cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

TOGETHER = 16 * 2**20
"""Bytes of the batches that are held."""


class Gathering:
    """Holds batches until there are enough of them, or one has other columns."""

    def __init__(self, look: Callable[[Sequence[pa.RecordBatch], int], None]) -> None:
        """`look` is given batches of one schema and the number of rows before them."""
        self._look = look
        self._held: list[pa.RecordBatch] = []
        self._before = self._size = 0

    def put(self, batch: pa.RecordBatch, before: int) -> None:
        """Hold one more."""
        if self._held and batch.schema != self._held[0].schema:
            self.rest()
        if not self._held:
            self._before = before
        self._held.append(batch)
        self._size += batch.nbytes
        if self._size >= TOGETHER:
            self.rest()

    def rest(self) -> None:
        """Look at those that are held."""
        held, self._held, self._size = self._held, [], 0
        if held:
            self._look(held, self._before)
