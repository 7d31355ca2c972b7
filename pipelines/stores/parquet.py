"""Parquet, and Arrow's own files (.arrow, .feather): typed columns read as text, a part of the row groups sampled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from pyarrow import ipc
from pyarrow import parquet as pq

from pipelines.stores import Dataset, Field, NotRead, frames, nested
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "parquet"
SUFFIXES = frozenset({".parquet", ".pq", ".arrow", ".feather"})
LARGEST = 2**40
COLLECTS = None

GROUPS = 16
"""Row groups a sample is drawn from at most: each is read whole."""


class Grouped(Protocol):
    """A file of typed rows in groups that can be read apart."""

    schema: pa.Schema
    sizes: tuple[int, ...]
    """Rows of each group."""

    def group(self, number: int) -> Iterator[pa.RecordBatch]:
        """The rows of one group."""


class ParquetGroups:
    """A Parquet file's row groups."""

    def __init__(self, file: File) -> None:
        self._file = pq.ParquetFile(file.open())
        meta = self._file.metadata
        self.schema = self._file.schema_arrow
        self.sizes = tuple(meta.row_group(at).num_rows for at in range(meta.num_row_groups))

    def group(self, number: int) -> Iterator[pa.RecordBatch]:
        """The rows of one row group."""
        yield from self._file.iter_batches(batch_size=frames.PIECE, row_groups=[number], use_threads=False)


class ArrowGroups:
    """An Arrow file's record batches."""

    def __init__(self, file: File) -> None:
        self._file = ipc.open_file(pa.PythonFile(file.open(), "r"))
        self.schema = self._file.schema
        self.sizes = tuple(self._file.get_batch(at).num_rows for at in range(self._file.num_record_batches))

    def group(self, number: int) -> Iterator[pa.RecordBatch]:
        """One record batch."""
        yield self._file.get_batch(number)


def _opened(file: File) -> Grouped:
    with file.open() as opened:
        magic = opened.read(4)
    return ParquetGroups(file) if magic == b"PAR1" else ArrowGroups(file)


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The file's one dataset, from its footer."""
    file = _opened(piece.files[0])
    fields = tuple(Field(name, sql_type=kind) for name, kind in nested.paths(file.schema))
    yield Dataset(piece.name, fields=fields, records=sum(file.sizes))


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Uniform over the rows of at most `GROUPS` row groups, which are drawn by their sizes."""
    file = _opened(piece.files[0])
    if sum(file.sizes) <= rows:
        return frames.reservoir(_read(file, range(len(file.sizes))), rows, seed)
    sizes = np.array(file.sizes)
    count = min(GROUPS, int((sizes > 0).sum()))
    draw = np.random.default_rng(seed)
    chosen = sorted(draw.choice(len(sizes), size=count, replace=False, p=sizes / sizes.sum()))
    short = rows - int(sizes[chosen].sum())
    for other in draw.permutation(len(sizes)):
        if short > 0 and other not in chosen:
            chosen, short = sorted([*chosen, other]), short - int(sizes[other])
    return frames.reservoir(_read(file, chosen), rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All rows."""
    file = _opened(piece.files[0])
    yield from _read(file, range(len(file.sizes)))


def _read(file: Grouped, groups: Any) -> Iterator[pa.RecordBatch]:
    for number in groups:
        for batch in file.group(int(number)):
            yield nested.flat(batch)
