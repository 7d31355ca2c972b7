"""Documents and mails as rows: one dataset a folder, one row a document, whatever formats they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from pipelines.stores import Dataset, Field, NotRead, frames
from pipelines.stores.failures import reworded
from pipelines.stores.plain_texts import Document
from pipelines.stores.walk import Piece

COLUMNS = ("file", "title", "author", "sender", "recipients", "subject", "body")
PIECE = 200
"""Documents a batch holds."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document or mail."""

    name: str = field(repr=False)
    """What its row calls it."""
    known_as: str = field(repr=False)
    """Its name relative to the store."""
    read: Callable[[], Document] = field(repr=False)
    """What it says; may raise anything."""


def unopened(piece: Piece, records: int | None) -> Dataset:
    """The folder's dataset where no document of it may be opened."""
    return Dataset(piece.name, kind="documents", fields=tuple(map(Field, COLUMNS)), records=records)


def listed(piece: Piece, items: Iterable[Item]) -> Iterator[Dataset | NotRead]:
    """The folder's one dataset; a document that cannot be read, or only in part, is a row of its own.

    Each document is opened and read: only that shows whether it is locked, broken or nothing but pictures.
    """
    readable = 0
    for item in items:
        try:
            document = item.read()
        except Exception as error:
            failure = reworded(error)
            yield NotRead(item.known_as, failure.reason, failure.hint)
            continue
        readable += 1
        if document.left_out:
            yield NotRead(item.known_as, "unsupported", f"添付ファイル {document.left_out}件は読みません")
    if readable:
        yield unopened(piece, readable)


def sampled(items: Sequence[Item], rows: int, seed: int) -> pa.Table | None:
    """Random documents of the folder; only those are opened."""
    order = np.random.default_rng(seed).permutation(len(items))
    chosen: dict[int, Document] = {}
    for at in map(int, order):
        if len(chosen) == rows:
            break
        if (document := _readable(items[at])) is not None:
            chosen[at] = document
    batches = list(_framed((items[at], chosen[at]) for at in sorted(chosen)))
    return pa.Table.from_batches(batches) if batches else None


def all_of(items: Iterable[Item]) -> Iterator[pa.RecordBatch]:
    """All documents that can be read; the listing names the others."""
    yield from _framed((item, document) for item in items if (document := _readable(item)) is not None)


def _readable(item: Item) -> Document | None:
    try:
        return item.read()
    except Exception:
        return None


def _framed(documents: Iterable[tuple[Item, Document]]) -> Iterator[pa.RecordBatch]:
    rows = (
        (item.name, one.title, one.author, one.sender, one.recipients, one.subject, one.body) for item, one in documents
    )
    return frames.pieces(rows, COLUMNS, PIECE)
