"""ORC: typed columns read as text, some of the stripes sampled."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from pyarrow import orc

from pipelines.stores import Dataset, NotRead, frames
from pipelines.stores.grouped import all_of, listed, sampled
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "orc"
SUFFIXES = frozenset({".orc"})
LARGEST = 2**40
COLLECTS = None


class OrcStripes:
    """An ORC file's stripes."""

    def __init__(self, file: File) -> None:
        self._file = orc.ORCFile(pa.PythonFile(file.open(), "r"))
        self.schema = self._file.schema
        # the footer tells their rows together only; all but the last are about as long
        rows, stripes = self._file.nrows, self._file.nstripes
        self.sizes = tuple(rows * (at + 1) // stripes - rows * at // stripes for at in range(stripes))

    def group(self, number: int) -> Iterator[pa.RecordBatch]:
        """The rows of one stripe."""
        stripe = self._file.read_stripe(number)
        for start in range(0, stripe.num_rows, frames.PIECE):
            yield stripe.slice(start, frames.PIECE)


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The file's one dataset, from its footer."""
    yield listed(piece.name, OrcStripes(piece.files[0]))


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Random rows of some stripes."""
    return sampled(OrcStripes(piece.files[0]), rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All rows."""
    yield from all_of(OrcStripes(piece.files[0]))
