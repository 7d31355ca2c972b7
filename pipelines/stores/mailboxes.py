"""Mailboxes of many mails in one file (.mbox): where each of them lies, found in one pass and without its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.stores import StoreError
from pipelines.stores.sources import File

LARGEST = 100 * 2**20
"""Bytes of the largest mail that is read."""
_PIECE = 2**20
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def places(file: File) -> Iterator[tuple[int, int]]:
    """Start and end of every mail, the line that parts it from the one before left out."""
    start, at, is_blank = None, 0, True
    with file.open() as opened:
        # the pieces of a line longer than one are no lines of their own
        whole = True
        while line := opened.readline(_PIECE):
            if whole and is_blank and line.startswith(b"From "):
                if start is not None:
                    yield start, at
                start = at + len(line)
            elif start is None and line.strip():
                raise StoreError("broken", "メールボックス（mbox）の形式ではありません")
            is_blank = whole and not line.strip()
            whole = line.endswith(b"\n")
            at += len(line)
    if start is not None:
        yield start, at


def mail(file: File, start: int, end: int) -> bytes:
    """The bytes of one mail."""
    if end - start > LARGEST:
        raise StoreError("too_large", f"{LARGEST // 2**20} MiB を超えるメールは読みません")
    with file.open() as opened:
        opened.seek(start)
        return _QUOTED.sub(rb"\1", opened.read(end - start))
