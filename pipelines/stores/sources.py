"""One file, wherever it lies (a disk, object storage, an archive): its name, its size, what tells its content apart.

Whoever reads a file reads it through `open`: never past the size it was listed with, so that a file which grows
meanwhile ends, and never longer than its time limit.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from time import monotonic
from typing import BinaryIO, Protocol, cast

from pipelines.stores import StoreError
from pipelines.stores.access import Reader

SECONDS = 300.0
"""How long one file may be read from its opening, at the least."""
SLOWEST = 2**20
"""Bytes a second that a file larger than that limit allows for must give."""
BUFFER = 2**18
"""Bytes that are asked for at once."""


class Raw(Protocol):
    """The little that is asked of an opened file."""

    def seek(self, offset: int, /) -> object:
        """Go to a place counted from the start."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes."""

    def close(self) -> None:
        """Let go of it."""


class Stopwatch:
    """The time a reader takes, without what its caller does between two batches."""

    def __init__(self) -> None:
        self._spent, self._since = 0.0, monotonic()

    def seconds(self) -> float:
        """What was taken so far."""
        return self._spent + monotonic() - self._since

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The time until the end of the block is not counted."""
        self._spent = self.seconds()
        try:
            yield
        finally:
            self._since = monotonic()


@dataclass(frozen=True, slots=True)
class File:
    """A regular file as a listing found it; nothing is opened yet."""

    name: str = field(repr=False)
    """The last part of its path, as it is shown."""
    size: int
    version: str
    """What changes whenever the content does."""
    raw: Callable[[], Raw] = field(repr=False, compare=False)
    access: tuple[Reader, ...] = ()
    """Whom its mode lets read it; () unknown."""
    watch: Stopwatch = field(default_factory=Stopwatch, repr=False, compare=False)

    @property
    def suffix(self) -> str:
        """Its suffix in lower case, with the point."""
        return PurePosixPath(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The file's bytes from its start, seekable; reading raises StoreError `timed_out` where it takes too long."""
        limit = max(SECONDS, self.size / SLOWEST)
        return cast(BinaryIO, io.BufferedReader(_Watched(self, self.watch.seconds() + limit), BUFFER))

    def read(self) -> bytes:
        """All of its bytes."""
        with self.open() as file:
            return file.read()


class _Watched(io.RawIOBase):
    """A file that ends where its listing said, and by a time."""

    def __init__(self, file: File, until: float) -> None:
        self._raw, self._size, self._watch, self._until = file.raw(), file.size, file.watch, until
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._watch.seconds() > self._until:
            raise StoreError("timed_out", "時間内に読み終わらないため中断しました")
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        self._raw.seek(self._at)
        given = self._raw.read(wanted)
        buffer[: len(given)] = given
        self._at += len(given)
        return len(given)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()
