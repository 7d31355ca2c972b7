"""Profiles: what is known of a dataset when all of its rows have gone by, in memory that does not grow with them.

Of a column at most `KEPT` distinct values stay, those whose hash is smallest: a fair sample of its distinct values,
each with its exact count, and the same however the rows were cut into batches or shared out ("k minimum values",
Bar-Yossef et al., 2002). Values that look like a rare find stay apart: one mail address in ten million rows must not
go by. Of the rows a uniform sample stays, for what only whole records can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.columns import SUSPECT
from classifiers.tags import Column
from pipelines.stores import Field
from pipelines.stores.frames import Reservoir

KEPT = 2_048
"""Distinct values of a column that stay."""
SUSPECTS = 1_024
"""Distinct values of a column that look like a find and stay beside those."""
CHUNK = 131_072
"""Rows that are profiled at once: readers' batches may be smaller."""
FIRST = 16_384
"""Rows of the first such piece."""
_COMMON = 0.5
"""Share of the values from which a find is not rare: the values that stay anyway show it."""
_HASHES = 2.0**64

Hashes = np.ndarray[Any, np.dtype[np.uint64]]


class Distinct:
    """The `size` distinct values with the smallest hashes of all that were added, each with its exact count."""

    def __init__(self, size: int) -> None:
        self.bound: int | None = None
        """Hashes above it are not kept any more; None: everything was kept so far."""
        self._size = size
        self._held = counted(pa.array([], pa.string()), pa.array([], pa.int64()))

    def add(self, more: pa.Table) -> pa.Table:
        """Add values with their counts, those of hashes up to the bound; answers what cannot stay of all there is."""
        merged = pa.concat_tables([self._held, more]).group_by("values").aggregate([("counts", "sum")])
        self._held = merged.rename_columns(["values", "counts"])
        if self._held.num_rows <= self._size:
            return self._held.slice(0, 0)
        hashes = hashed([self._held.column("values")])[0]
        return self._cut(int(np.partition(hashes, self._size - 1)[self._size - 1]), hashes)

    def merge(self, other: Distinct) -> tuple[pa.Table, pa.Table, pa.Table]:
        """Add what another has kept; answers what cannot stay: of this one, of the other, of both together."""
        bounds = [bound for bound in (self.bound, other.bound) if bound is not None]
        mine, theirs = self._held.slice(0, 0), other._held
        gone = theirs.slice(0, 0)
        if bounds:
            # above the lower bound one of the two has let occurrences go: what the other counted there is not all
            mine = self._cut(min(bounds), hashed([self._held.column("values")])[0])
            high = pa.array(hashed([theirs.column("values")])[0] > np.uint64(min(bounds)))
            theirs, gone = theirs.filter(pc.invert(high)), theirs.filter(high)
        return mine, gone, self.add(theirs)

    def items(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The values that stayed and their counts, in the order of the values."""
        held = self._held.sort_by("values")
        return tuple(held.column("values").to_pylist()), tuple(held.column("counts").to_pylist())

    def estimate(self) -> int:
        """How many distinct values there were, estimated where not all stayed."""
        kept: int = self._held.num_rows
        return kept if self.bound is None else round((kept - 1) * _HASHES / (self.bound + 1))

    def _cut(self, bound: int, hashes: Hashes) -> pa.Table:
        self.bound = bound
        high = pa.array(hashes > np.uint64(bound))
        gone, self._held = self._held.filter(high), self._held.filter(pc.invert(high)).combine_chunks()
        return gone


class ColumnProfile:
    """One column's."""

    def __init__(self) -> None:
        self.filled = 0
        """Cells that were not empty."""
        self.kept = Distinct(KEPT)
        self._suspects: Distinct | None = Distinct(SUSPECTS)
        # None: such values are common here, and stand among those that stay
        self._looked = self._alike = 0

    def add(self, cells: pa.Array, hashes: Hashes | None) -> None:
        """Add cells without nulls; `hashes` are theirs where a bound tells which of them can stay at all."""
        self.filled += len(cells)
        if hashes is not None and self.kept.bound is not None:
            low = pa.array(hashes <= np.uint64(self.kept.bound))
            if self._suspects is not None and _may_match(cells):
                self._suspect(cells.filter(pc.invert(low)))
            cells = cells.filter(low)
        found = pc.value_counts(cells)
        gone = self.kept.add(counted(found.field("values"), found.field("counts")))
        self._suspect(gone.column("values"), gone.column("counts"))

    def merge(self, other: ColumnProfile) -> None:
        """Add what another profile of the same column has seen."""
        self.filled += other.filled
        gone = self.kept.merge(other.kept)
        if self._suspects is None or other._suspects is None:
            self._suspects = None
            return
        self._suspects.merge(other._suspects)
        for table in gone:
            self._suspect(table.column("values"), table.column("counts"))

    def column(self, name: str, declared: Field | None, rows: int) -> Column:
        """The column as a classifier sees it: `rows` shrink with the values that stayed, so that shares stay true."""
        values, counts = self.kept.items()
        share = sum(counts) / self.filled if self.filled else 1.0
        if self._suspects is not None:
            held = set(values)
            beside = [pair for pair in zip(*self._suspects.items(), strict=True) if pair[0] not in held]
            values, counts = (*values, *(value for value, _ in beside)), (*counts, *(count for _, count in beside))
        return Column(
            name=name,
            label=declared.label if declared else "",
            sql_type=declared.sql_type if declared else "",
            values=values,
            counts=counts,
            rows=max(round(rows * share), sum(counts)),
        )

    def _suspect(self, cells: pa.Array | pa.ChunkedArray, counts: pa.ChunkedArray | None = None) -> None:
        if self._suspects is None or not _may_match(cells):
            return
        found = pc.match_substring_regex(cells, SUSPECT)
        hits = pc.sum(found).as_py() or 0
        self._looked, self._alike = self._looked + len(cells), self._alike + hits
        if self._looked >= FIRST and self._alike > _COMMON * self._looked:
            self._suspects = None
        elif hits:
            ones = pa.array(np.ones(len(cells), dtype=np.int64))
            self._suspects.add(counted(cells, ones if counts is None else counts).filter(found))


class Profile:
    """A dataset's: give it every batch of rows, then ask."""

    def __init__(self, sample: int, seed: int) -> None:
        self.rows = 0
        self.bytes = 0
        """Of text that went by."""
        self._records = Reservoir(sample, seed)
        self._columns: dict[str, ColumnProfile] = {}

    def add(self, batches: Iterable[pa.RecordBatch]) -> None:
        """Add batches of text columns, null where a cell is empty; columns may turn up late."""
        for chunk in _chunks(batches):
            self._records.add(chunk)
            self.rows += chunk.num_rows
            self.bytes += chunk.nbytes
            cells = {name: _cells(chunk.column(name)) for name in chunk.schema.names}
            profiles = {name: self._columns.setdefault(name, ColumnProfile()) for name in cells}
            wide = [name for name, profile in profiles.items() if profile.kept.bound is not None]
            hashes = dict(zip(wide, hashed([cells[name] for name in wide]), strict=True))
            for name, profile in profiles.items():
                profile.add(cells[name], hashes.get(name))

    def merge(self, other: Profile) -> None:
        """Add what another profile has seen of other rows of the same dataset."""
        self.rows += other.rows
        self.bytes += other.bytes
        self._records.merge(other._records)
        for name, profile in other._columns.items():
            self._columns.setdefault(name, ColumnProfile()).merge(profile)

    def records(self) -> pa.Table | None:
        """A uniform sample of the rows; None: there was no batch."""
        return self._records.table()

    def distinct(self) -> dict[str, int]:
        """How many distinct values each column has, estimated where not all stayed."""
        return {name: profile.kept.estimate() for name, profile in self._columns.items()}

    def columns(self, declared: Iterable[Field]) -> Iterator[Column]:
        """Every column, those of the declaration first."""
        fields = {one.name: one for one in declared}
        for name in [*fields, *(name for name in self._columns if name not in fields)]:
            yield self._columns.get(name, ColumnProfile()).column(name, fields.get(name), self.rows)


def hashed(columns: list[Any]) -> list[Hashes]:
    """64-bit hashes of the cells of each column; the same text has the same hash wherever it stands."""
    if not columns:
        return []
    from pipelines.engine import duck

    by_length: dict[int, list[int]] = {}
    for number, column in enumerate(columns):
        by_length.setdefault(len(column), []).append(number)
    found: dict[int, Hashes] = {}
    for numbers in by_length.values():
        # one statement for all columns of a length: a statement costs as much as ten thousand cells
        table = pa.table({f"c{number}": columns[number] for number in numbers})
        answer = duck().from_arrow(table).project(", ".join(f"hash(c{number}) AS c{number}" for number in numbers))
        arrays = answer.fetchnumpy()
        found |= {number: np.asarray(arrays[f"c{number}"], dtype=np.uint64) for number in numbers}
    return [found[number] for number in range(len(columns))]


def _chunks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches of about `CHUNK` rows where there are so many, of equal columns each; a small one first.

    The first one finds the bounds by counting all that it holds, the others need only hash.
    """
    held: list[pa.RecordBatch] = []
    size = FIRST
    for batch in batches:
        if held and held[0].schema != batch.schema:
            yield pa.concat_batches(held)
            held = []
        while sum(one.num_rows for one in held) + batch.num_rows >= size:
            room = size - sum(one.num_rows for one in held)
            yield pa.concat_batches([*held, batch.slice(0, room)])
            held, batch, size = [], batch.slice(room), CHUNK
        held.append(batch)
    if held:
        yield pa.concat_batches(held)


def _cells(column: pa.Array) -> pa.Array:
    if pa.types.is_list(column.type):
        column = pc.list_flatten(column)
    return column.drop_null() if column.null_count else column


def counted(values: pa.Array | pa.ChunkedArray, counts: pa.Array | pa.ChunkedArray) -> pa.Table:
    return pa.table({"values": values, "counts": counts.cast(pa.int64())})


def _may_match(cells: pa.Array | pa.ChunkedArray) -> bool:
    """Whether any cell can match `SUSPECT`: by the bytes of all cells at once, which costs a tenth of looking."""
    text = b"".join(_bytes(piece) for piece in (cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]))
    if any(mark in text for mark in (b"@", b"-", b")")):
        return True
    # marks of several bytes are looked for five times as slowly, and most cells of a number's column have none
    return not text.isascii() and any(mark in text for mark in _WIDE_MARKS)


_WIDE_MARKS = tuple(mark.encode() for mark in "ー−‐")


def _bytes(cells: pa.Array) -> bytes:
    _, offsets, text = cells.buffers()
    if text is None or not len(cells):
        return b""
    bounds = np.frombuffer(offsets, dtype=np.int32)
    return bytes(memoryview(text)[int(bounds[cells.offset]) : int(bounds[cells.offset + len(cells)])])
