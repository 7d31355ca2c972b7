"""Mails: .eml; one dataset a folder, one row a mail. A store's documents may be read and its mails not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from pipelines.stores import Dataset, NotRead, document_reading
from pipelines.stores.document_rows import Item, all_of, listed, sampled, unopened
from pipelines.stores.mail_parsing import parsed
from pipelines.stores.plain_texts import Document
from pipelines.stores.walk import Piece

KIND = "mails"
LARGEST = 100 * 2**20
COLLECTS = "#mails"


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The folder's one dataset, and its mails that cannot be read, or only without an attachment."""
    if piece.level == "metadata":
        yield unopened(piece, len(piece.files))
    else:
        yield from listed(piece, _items(piece))


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Random mails of the folder; only those are parsed."""
    return sampled(list(_items(piece)), rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All mails that can be read; the listing names the others."""
    yield from all_of(_items(piece))


def _items(piece: Piece) -> Iterator[Item]:
    for file in piece.files:
        yield Item(file.name, piece.name_of(file), lambda file=file: READERS[file.suffix](file.read()))  # type: ignore[misc]


def eml(raw: bytes) -> Document:
    """A mail with its readable attachments, other mails among them."""
    return parsed(raw, {**document_reading.READERS, **READERS})


READERS: Mapping[str, Callable[[bytes], Document]] = {".eml": eml}
"""Suffix → reader of a mail's bytes."""
SUFFIXES = frozenset(READERS)
