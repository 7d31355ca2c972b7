"""Rows as Arrow frames of text: cells of any type as the store spells them, blanks as null, a fair random sample."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice, repeat, zip_longest
from types import NoneType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

PIECE = 20_000
"""Rows a batch holds where the reader has no better measure."""


def text(value: Any) -> str | None:
    """One cell as text: whole numbers without `.0`, dates in ISO 8601, midnight unsaid; bytes only where UTF-8.

    >>> [text(value) for value in (None, "007", 9012345678.0, 1.5, True, datetime(1985, 4, 1))]
    [None, '007', '9012345678', '1.5', 'true', '1985-04-01']
    """
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            midnight = value.time() == time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return _decoded(bytes(value))
        case dict() | list() | tuple() | set():
            return json.dumps(list(value) if isinstance(value, set) else value, ensure_ascii=False, default=text)
    return str(value)


def _decoded(raw: bytes) -> str | None:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def pieces(rows: Iterable[Sequence[Any]], names: Sequence[str], size: int = PIECE) -> Iterator[pa.RecordBatch]:
    """Rows of cells as batches of text; a short row ends in nulls."""
    remaining = iter(rows)
    while piece := list(islice(remaining, size)):
        columns = zip_longest(*piece, fillvalue=None)
        cells = [_spelt(column) for column in islice(chain(columns, repeat((None,) * len(piece))), len(names))]
        yield pa.RecordBatch.from_arrays(cells, names=list(names))


def _spelt(column: Sequence[Any]) -> pa.Array:
    kinds = set(map(type, column))
    return texts(column if kinds <= {str, NoneType} else [text(cell) for cell in column])


def texts(cells: Sequence[str | None]) -> pa.Array:
    """Cells as an array; half of a surrogate pair, which JSON and some databases let pass, becomes U+FFFD."""
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        whole = [cell and cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for cell in cells]
        return pa.array(whole, pa.string())


def nothing(names: Iterable[str]) -> pa.Table:
    """A frame of those columns without a row."""
    return pa.schema([(name, pa.string()) for name in names]).empty_table()


def blanks_to_null(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with null where a cell is empty or only spaces (full-width ones too)."""
    arrays = [_blank_to_null(array) for array in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names) if arrays else batch


def _blank_to_null(array: pa.Array) -> pa.Array:
    if not pa.types.is_string(array.type):
        return array
    lengths, spaces = pc.binary_length(array), pc.utf8_is_space(array)
    if pc.min(lengths).as_py() != 0 and not pc.any(spaces).as_py():
        return array
    return pc.if_else(pc.or_(pc.equal(lengths, 0), spaces), pa.scalar(None, pa.string()), array)


def reservoir(batches: Iterable[pa.RecordBatch], rows: int, seed: int) -> pa.Table | None:
    """A uniform random sample of at most `rows` rows in one pass, in the order they came; None: there was no batch."""
    held = Reservoir(rows, seed)
    for batch in batches:
        held.add(batch)
    return held.table()


class Reservoir:
    """A uniform random sample of at most `rows` of the rows it is given, in the order they came.

    Every row draws a number by its position alone, the smallest `rows` stay: how the batches are cut changes nothing.
    """

    def __init__(self, rows: int, seed: int) -> None:
        self._rows = rows
        self._draw = np.random.default_rng(seed)
        self._kept: list[pa.Table] = []
        self._drawn: list[np.ndarray[Any, np.dtype[np.float64]]] = []
        self._held, self._bar = 0, 1.0

    def add(self, batch: pa.RecordBatch) -> None:
        """Let the rows of a batch draw."""
        numbers = self._draw.random(batch.num_rows)
        below = numbers < self._bar
        self._hold(pa.Table.from_batches([batch.filter(pa.array(below))]), numbers[below])

    def merge(self, other: Reservoir) -> None:
        """Add what another sample kept of other rows: those come after this one's."""
        for table, numbers in zip(other._kept, other._drawn, strict=True):
            self._hold(table, numbers)

    def table(self) -> pa.Table | None:
        """The rows that stayed; None: there was no batch."""
        if not self._kept:
            return None
        kept, _ = _fewest(self._kept, self._drawn, self._rows)
        return kept[0].combine_chunks()

    def _hold(self, table: pa.Table, numbers: np.ndarray[Any, np.dtype[np.float64]]) -> None:
        self._kept.append(table)
        self._drawn.append(numbers)
        self._held += len(numbers)
        if self._held > max(2 * self._rows, PIECE):
            self._kept, self._drawn = _fewest(self._kept, self._drawn, self._rows)
            self._held, self._bar = self._rows, float(self._drawn[0].max(initial=0.0))


def _fewest(
    kept: list[pa.Table], drawn: list[np.ndarray[Any, np.dtype[np.float64]]], rows: int
) -> tuple[list[pa.Table], list[np.ndarray[Any, np.dtype[np.float64]]]]:
    table, numbers = pa.concat_tables(kept, promote_options="default"), np.concatenate(drawn)
    if len(numbers) > rows:
        least = np.sort(np.argpartition(numbers, rows)[:rows]) if rows else np.array([], dtype=np.int64)
        table, numbers = table.take(pa.array(least)), numbers[least]
    return [table], [numbers]
