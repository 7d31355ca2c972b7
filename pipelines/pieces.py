"""Pieces: what one worker reads at once, and reading one. Knows no engine: it runs wherever it is sent."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from pipelines import clock
from pipelines.declarations import StoreDeclaration
from pipelines.scan import Reading, Scanned, Unread, scan_group, unread
from pipelines.stores import Dataset, Reason
from pipelines.versions import versions

GROUP = 8
"""Datasets a piece: coarse enough that dealing it out does not count, fine enough to share out."""


class Piece:
    """One store and some of its datasets, or what became of them. Not a dataclass: Prefect would walk through one."""

    def __init__(self, store: StoreDeclaration, group: Sequence[Dataset] = (), unread: Sequence[Unread] = ()) -> None:
        self.store, self.group, self.unread = store, tuple(group), tuple(unread)
        self.scanned: tuple[Scanned, ...] = ()
        self.tries = 1
        self.seconds = 0.0

    def groups(self) -> Iterator[Piece]:
        """The piece in pieces of at most `GROUP` datasets."""
        for start in range(0, len(self.group), GROUP):
            yield Piece(self.store, self.group[start : start + GROUP])

    def left(self, reason: Reason, hint: str) -> Piece:
        """The piece with its datasets as not read."""
        return Piece(self.store, self.group, [unread(self.store, one.name, reason, hint) for one in self.group])


def read(piece: Piece, reading: Reading) -> Piece:
    """Read and classify a piece, unless its store's window has closed or this worker is of another version."""
    if versions() != reading.versions:
        return piece.left("failed", "このワーカーの daicho は版が違います。揃えてください")
    if opens := closed(piece.store):
        return piece.left("outside_window", opens)
    started = time.perf_counter()
    found = list(scan_group(piece.store, piece.group, reading))
    done = Piece(piece.store, piece.group, [one for one in found if isinstance(one, Unread)])
    done.scanned = tuple(one for one in found if isinstance(one, Scanned))
    done.seconds = time.perf_counter() - started
    return done


def closed(store: StoreDeclaration) -> str:
    """When the store's window opens next; '' it is open, or there is none."""
    if store.window is None or store.window.is_open(moment := clock.now()):
        return ""
    return f"次に読めるのは {store.window.next_opening(moment):%Y-%m-%d %H:%M} からです"
