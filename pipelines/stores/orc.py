"""ORC: typed columns read as text, some of the stripes sampled."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from pipelines.stores import Dataset, NotRead, apart
from pipelines.stores.walk import Piece

KIND = "orc"
SUFFIXES = frozenset({".orc"})
LARGEST = 2**40
COLLECTS = None
READER = "orc_stripes"


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The file's one dataset, from its footer."""
    yield apart.listed(READER, piece.name, piece.files[0])


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Random rows of some stripes."""
    return apart.sampled(READER, piece.files[0], rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All rows."""
    yield from apart.all_of(READER, piece.files[0])
