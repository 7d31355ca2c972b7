"""Documents and mails: .txt .md .html .docx .pdf .eml; one dataset a folder, one row a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.stores import Dataset, Field, NotRead, frames
from pipelines.stores.document_reading import READERS, read
from pipelines.stores.failures import reworded
from pipelines.stores.plain_texts import Document
from pipelines.stores.walk import Piece

KIND = "documents"
SUFFIXES = frozenset(READERS)
LARGEST = 100 * 2**20
COLLECTS = True

COLUMNS = ("file", "title", "author", "sender", "recipients", "subject", "body")
PIECE = 200
"""Documents a batch holds."""


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The folder's one dataset; a document that cannot be read, or only in part, is a row of its own.

    Each document is opened and read: only that shows whether it is locked, broken or nothing but pictures.
    """
    readable = 0
    for path in piece.paths:
        try:
            document = read(path)
        except Exception as error:
            failure = reworded(error)
            yield NotRead(piece.name_of(path), failure.reason, failure.hint)
            continue
        readable += 1
        if document.left_out:
            yield NotRead(piece.name_of(path), "unsupported", f"添付ファイル {document.left_out}件は読みません")
    if readable:
        yield Dataset(piece.name, kind="documents", fields=tuple(map(Field, COLUMNS)), records=readable)


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Random documents of the folder; only those are opened."""
    order = np.random.default_rng(seed).permutation(len(piece.paths))
    chosen: dict[int, Document] = {}
    for at in map(int, order):
        if len(chosen) == rows:
            break
        if (document := _readable(piece.paths[at])) is not None:
            chosen[at] = document
    batches = list(_framed((piece.paths[at], chosen[at]) for at in sorted(chosen)))
    return pa.Table.from_batches(batches) if batches else None


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All documents that can be read; the listing names the others."""
    yield from _framed((path, document) for path in piece.paths if (document := _readable(path)) is not None)


def _readable(path: Path) -> Document | None:
    try:
        return read(path)
    except Exception:
        return None


def _framed(documents: Iterable[tuple[Path, Document]]) -> Iterator[pa.RecordBatch]:
    rows = (
        (path.name, one.title, one.author, one.sender, one.recipients, one.subject, one.body) for path, one in documents
    )
    return frames.pieces(rows, COLUMNS, PIECE)
