"""The numbers of one dataset, and whether each tells its rows apart: measured while it is read, in memory alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.disclosure.numbered import Number, numbers
from pipelines.disclosure.spelling import AsNumber
from pipelines.disclosure.where import RegisteredDataset, categories
from pipelines.stores import Dataset

if TYPE_CHECKING:
    import pyarrow as pa

_MEASURED = 50_000
"""Rows after which a column has shown whether it repeats its numbers."""
_ALONE = 0.98
"""Share of a register's numbers that stand once: some people are entered twice."""
_WHOLE_TYPE = re.compile(r"(?:TINY|SMALL|MEDIUM|BIG)?INT(?:EGER|2|4|8)?|(?:SMALL|BIG)?SERIAL")


class Numbering:
    """The numbers of a dataset."""

    def __init__(self, dataset: Dataset, registered: RegisteredDataset | None) -> None:
        self._dataset, self._registered = dataset, registered
        self.names = tuple(field.name for field in dataset.fields)
        """Its columns as the store names them."""
        self._found: tuple[Number, ...] | None = None
        self._held: dict[str, list[pa.Array]] = {}
        """The first cells of columns of which somebody may ask whether they repeat: few look-ups do."""
        self._alone: dict[tuple[str, int], float] = {}
        self._until = 0

    @property
    def found(self) -> tuple[Number, ...]:
        """Every number, by the columns' names and the register's tags; none where the register does not know it."""
        if self._found is None:
            kinds = categories(self._registered, self.names) if self._registered else ()
            known = self._dataset.kind == "table" and bool(kinds)
            self._found = numbers(self._dataset.name, self._dataset.key, self.names, kinds) if known else ()
        return self._found

    def see(self, batch: pa.RecordBatch, before: int) -> None:
        """Hold its first numbers, the first time that it is read."""
        if before < self._until or before >= _MEASURED:
            return
        if not before and self.names != tuple(batch.schema.names):
            self.names, self._found = tuple(batch.schema.names), None
        self._until = before + batch.num_rows
        for one in self.found:
            # of the others nobody asks
            if one.beside_names and not (one.is_key or one.is_register) and one.column in batch.schema.names:
                column = batch.column(batch.schema.names.index(one.column))
                self._held.setdefault(one.column, []).append(column)

    def tells_apart(self, number: Number) -> bool:
        """Whether the number tells the rows apart, as a register's does."""
        if number.is_key:
            return True
        asked = number.column, self._until
        if asked not in self._alone:
            self._alone[asked] = self._share(number.column)
        return self._alone[asked] >= _ALONE

    def _share(self, column: str) -> float:
        """The share of different ones among a column's first numbers."""
        import pyarrow as pa
        import pyarrow.compute as pc

        cells = pa.chunked_array([AsNumber().read(one) for one in self._held.get(column, ())], pa.string())
        held = cells.filter(pc.not_equal(cells, ""))
        return len(held.unique()) / len(held) if len(held) else 0.0

    def is_unique_whole(self, columns: Sequence[str]) -> bool:
        """Whether a database holds each of those keys once, in one spelling."""
        if tuple(columns) != (self._dataset.key,):
            return False
        kind = next((field.sql_type for field in self._dataset.fields if field.name == self._dataset.key), "")
        return bool(_WHOLE_TYPE.fullmatch(kind.partition("(")[0].split(" ")[0].upper()))
