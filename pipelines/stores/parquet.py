"""Parquet, and Arrow's own files (.arrow, .feather): typed columns read as text, a part of the row groups sampled."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from pyarrow import ipc
from pyarrow import parquet as pq

from pipelines.stores import Dataset, NotRead, frames
from pipelines.stores.grouped import Grouped, all_of, listed, sampled
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "parquet"
SUFFIXES = frozenset({".parquet", ".pq", ".arrow", ".feather"})
LARGEST = 2**40
COLLECTS = None


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


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The file's one dataset, from its footer."""
    yield listed(piece.name, _opened(piece.files[0]))


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Random rows of some row groups."""
    return sampled(_opened(piece.files[0]), rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All rows."""
    yield from all_of(_opened(piece.files[0]))


def _opened(file: File) -> Grouped:
    with file.open() as opened:
        magic = opened.read(4)
    return ParquetGroups(file) if magic == b"PAR1" else ArrowGroups(file)
