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
        self._seen: dict[str, set[str]] = {}
        self._rows: dict[str, int] = {}
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
        """Count what its columns repeat, the first time that it is read."""
        import pyarrow.compute as pc

        if before < self._until or before >= _MEASURED:
            return
        if not before and self.names != tuple(batch.schema.names):
            self.names, self._found = tuple(batch.schema.names), None
        self._until = before + batch.num_rows
        for one in self.found:
            # of the others nobody asks
            if one.beside_names and not (one.is_key or one.is_register) and one.column in batch.schema.names:
                cells = AsNumber().read(batch.column(batch.schema.names.index(one.column)))
                held = cells.filter(pc.not_equal(cells, ""))
                self._seen.setdefault(one.column, set()).update(pc.unique(held).to_pylist())
                self._rows[one.column] = self._rows.get(one.column, 0) + len(held)

    def tells_apart(self, number: Number) -> bool:
        """Whether the number tells the rows apart, as a register's does."""
        rows = self._rows.get(number.column, 0)
        return number.is_key or (rows > 0 and len(self._seen[number.column]) >= _ALONE * rows)

    def is_unique_whole(self, columns: Sequence[str]) -> bool:
        """Whether a database holds each of those keys once, in one spelling."""
        if tuple(columns) != (self._dataset.key,):
            return False
        kind = next((field.sql_type for field in self._dataset.fields if field.name == self._dataset.key), "")
        return bool(_WHOLE_TYPE.fullmatch(kind.partition("(")[0].split(" ")[0].upper()))
