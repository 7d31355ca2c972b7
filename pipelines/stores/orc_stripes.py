"""An ORC file's stripes. A broken file can crash Arrow's reader of them: it runs in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from pyarrow import orc

from pipelines.stores import frames
from pipelines.stores.grouped import Grouped
from pipelines.stores.sources import File


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


def opened(file: File) -> Grouped:
    """The stripes of a file."""
    return OrcStripes(file)
