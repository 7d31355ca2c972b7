"""What a run did with one store, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.scan import Scanned, Unread


@dataclass(slots=True)
class Tally:
    """Of one store; grows as its pieces are done."""

    store: str
    retried: int
    """How often it had to be asked again before it answered."""
    not_read: list[Unread]
    seen: list[str] = field(default_factory=list)
    """Ids of the datasets whose answer stands, read now or before."""
    skipped: int = 0
    pieces: int = 0
    datasets: int = 0
    rows: int = 0
    bytes: int = 0
    """Of the text that was read."""
    seconds: float = 0.0
    """That workers spent on it, together."""

    def skip(self, ids: Sequence[str]) -> None:
        """Those datasets needed no reading."""
        self.seen += ids
        self.skipped += len(ids)

    def add(self, scanned: Sequence[Scanned], unread: Iterable[Unread], seconds: float) -> None:
        """A piece is done."""
        self.seen += [one.id for one in scanned]
        self.not_read += unread
        self.pieces += 1
        self.datasets += len(scanned)
        self.rows += sum(one.rows_read for one in scanned)
        self.bytes += sum(one.bytes_read for one in scanned)
        self.seconds += seconds

    def row(self) -> dict[str, Any]:
        """Counts and speeds; of what was not read only how much, and why."""
        reasons = Counter(one.reason for one in self.not_read)
        return {
            "store": self.store,
            "pieces": self.pieces,
            "datasets": self.datasets,
            "skipped": self.skipped,
            "retried": self.retried,
            "rows": self.rows,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 2),
            "rows_per_s": self._speed(self.rows),
            "bytes_per_s": self._speed(self.bytes),
            "not_read": len(self.not_read),
            "why": ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items())),
        }

    def _speed(self, amount: int) -> int:
        return round(amount / self.seconds) if self.seconds else 0


COUNTED = ("pieces", "datasets", "skipped", "retried", "rows", "bytes", "not_read")


def together(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The counts of all stores, and each store's row."""
    return {name: sum(row[name] for row in rows) for name in COUNTED} | {"stores": len(rows), "by_store": list(rows)}
