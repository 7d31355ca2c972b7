"""Documents: .txt .md .html .docx .pptx .pdf; one dataset a folder, one row a document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from pipelines.stores import Dataset, NotRead, aside
from pipelines.stores.document_reading import READERS
from pipelines.stores.document_rows import Item, all_of, listed, sampled, unopened
from pipelines.stores.plain_texts import Document
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "documents"
SUFFIXES = frozenset(READERS)
LARGEST = 100 * 2**20
COLLECTS = ""


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The folder's one dataset, and its documents that cannot be read."""
    if piece.glance or piece.level == "metadata":
        yield unopened(piece, len(piece.files))
    else:
        yield from listed(piece, _items(piece))


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Random documents of the folder; only those are opened."""
    return sampled(_items(piece), rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All documents that can be read; the listing names the others."""
    yield from all_of(_items(piece))


def _items(piece: Piece) -> list[Item]:
    return [Item(file.name, piece.name_of(file), partial(_read, file)) for file in piece.files]


def _read(file: File) -> Document:
    return aside.document(file.suffix, file.read())
