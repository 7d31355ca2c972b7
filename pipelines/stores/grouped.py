"""Typed rows in groups that can be read apart (row groups, stripes, record batches): listed, sampled, read as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
import pyarrow as pa

from pipelines.stores import Dataset, Field, frames, nested

GROUPS = 16
"""Groups a sample is drawn from at most: each is read whole."""


class Grouped(Protocol):
    """A file of typed rows in groups that can be read apart."""

    schema: pa.Schema
    sizes: tuple[int, ...]
    """Rows of each group."""

    def group(self, number: int) -> Iterator[pa.RecordBatch]:
        """The rows of one group."""


def listed(name: str, file: Grouped) -> Dataset:
    """The file's one dataset, from its footer."""
    fields = tuple(Field(name, sql_type=kind) for name, kind in nested.paths(file.schema))
    return Dataset(name, fields=fields, records=sum(file.sizes))


def sampled(file: Grouped, rows: int, seed: int) -> pa.Table | None:
    """Uniform over the rows of at most `GROUPS` groups, which are drawn by their sizes."""
    if sum(file.sizes) <= rows:
        return frames.reservoir(all_of(file), rows, seed)
    sizes = np.array(file.sizes)
    count = min(GROUPS, int((sizes > 0).sum()))
    draw = np.random.default_rng(seed)
    chosen = sorted(draw.choice(len(sizes), size=count, replace=False, p=sizes / sizes.sum()))
    short = rows - int(sizes[chosen].sum())
    for other in draw.permutation(len(sizes)):
        if short > 0 and other not in chosen:
            chosen, short = sorted([*chosen, other]), short - int(sizes[other])
    return frames.reservoir(_read(file, map(int, chosen)), rows, seed)


def all_of(file: Grouped) -> Iterator[pa.RecordBatch]:
    """All rows."""
    return _read(file, range(len(file.sizes)))


def _read(file: Grouped, groups: Iterable[int]) -> Iterator[pa.RecordBatch]:
    for number in groups:
        for batch in file.group(number):
            yield nested.flat(batch)
