"""How long a database is waited for, and how many connections it is asked for at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock

from pipelines.stores import StoreError


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, each told to the server where it can be told so."""

    connect: int = 10
    """For a connection."""
    lock: int = 10
    """Behind a program that holds a table to itself."""
    statement: int = 120
    """For a statement of the catalogue or a sample."""
    full: int = 6 * 3600
    """For all rows of a table."""
    silence: float = 150
    """Without a word from the server; longer than a statement, which the server then ends by itself."""


LIMITS = Limits()

_lock = Lock()
_gates: dict[tuple[str, int], BoundedSemaphore] = {}


@contextmanager
def admitted(location: str, connections: int) -> Iterator[None]:
    """Wait until fewer than `connections` of this process are at that location; StoreError where it takes too long."""
    with _lock:
        gate = _gates.setdefault((location, connections), BoundedSemaphore(max(1, connections)))
    if not gate.acquire(timeout=LIMITS.statement):
        raise StoreError("timed_out", "同時接続数の上限に達したまま空きが出ません")
    try:
        yield
    finally:
        gate.release()
