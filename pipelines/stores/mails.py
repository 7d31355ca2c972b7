"""Mails: .eml .msg .mbox; one dataset a folder, one row a mail. A store's documents may be read and its mails not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import pyarrow as pa

from pipelines.stores import Dataset, NotRead, StoreError, aside, mailboxes
from pipelines.stores.document_rows import Item, all_of, listed, sampled, unopened
from pipelines.stores.failures import reworded
from pipelines.stores.mail_reading import READERS
from pipelines.stores.plain_texts import Document
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "mails"
MAILBOX = ".mbox"
SUFFIXES = frozenset({*READERS, MAILBOX})
LARGEST = 20 * 2**30
"""Of a mailbox; a single mail is held in memory, and less of it is borne."""
COLLECTS = "#mails"


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The folder's one dataset, and its mails that cannot be read, or only without an attachment."""
    if piece.glance or piece.level == "metadata":
        is_counted = all(file.suffix != MAILBOX for file in piece.files)
        yield unopened(piece, len(piece.files) if is_counted else None)
    else:
        yield from _broken(piece)
        yield from listed(piece, _items(piece))


def sample(piece: Piece, _dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """Random mails of the folder; only those are parsed."""
    return sampled(list(_items(piece)), rows, seed)


def batches(piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All mails that can be read; the listing names the others."""
    yield from all_of(_items(piece))


def _items(piece: Piece) -> Iterator[Item]:
    """Every mail of the folder; those of a mailbox are numbered."""
    for file in piece.files:
        if file.suffix != MAILBOX:
            yield Item(file.name, piece.name_of(file), partial(_whole, file))
            continue
        for number, (start, end) in enumerate(_places(file), start=1):
            yield Item(f"{file.name}#{number}", piece.name_of(file), partial(_of_mailbox, file, start, end))


def _broken(piece: Piece) -> Iterator[NotRead]:
    """The mailboxes that are none, or break off."""
    for file in piece.files:
        if file.suffix == MAILBOX:
            try:
                empty = not any(True for _ in mailboxes.places(file))
            except Exception as error:
                failure = reworded(error)
                yield NotRead(piece.name_of(file), failure.reason, failure.hint)
            else:
                if empty:
                    yield NotRead(piece.name_of(file), "empty", "メールが1通もありません")


def _places(file: File) -> Iterator[tuple[int, int]]:
    """Where the mails of a mailbox lie; the listing tells where that is not to be found."""
    with suppress(Exception):
        yield from mailboxes.places(file)


def _whole(file: File) -> Document:
    if file.size > mailboxes.LARGEST:
        raise StoreError("too_large", f"{mailboxes.LARGEST // 2**20} MiB を超えるメールは読みません")
    return aside.document(file.suffix, file.read())


def _of_mailbox(file: File, start: int, end: int) -> Document:
    return aside.document(".eml", mailboxes.mail(file, start, end))
