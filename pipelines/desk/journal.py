"""Who signed in to the desk, out of it, or was refused: when, by which account, from where. Only ever added to.

A name that no account has is not written down: somebody may have typed his secret there.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from pipelines.clock import now

Event = Literal["signed_in", "signed_out", "refused", "locked", "account_added", "secret_changed", "account_disabled"]
_LONGEST = 100
_LAID_OUT = (
    "CREATE TABLE IF NOT EXISTS journal (number INTEGER PRIMARY KEY, at TEXT NOT NULL, event TEXT NOT NULL, "
    "account TEXT NOT NULL, address TEXT NOT NULL, by TEXT NOT NULL)",
    *(
        f"CREATE TRIGGER IF NOT EXISTS journal_{what.lower()} BEFORE {what} ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END"
        for what in ("UPDATE", "DELETE")
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of it."""

    number: int
    at: str
    event: Event
    account: str
    """'' a name that no account has."""
    address: str
    """The browser's; '' at a terminal."""
    by: str
    """`secret` or `proxy`, of who came in; `proxy` of whom it named in vain; '' else."""


def lay_out(connection: sqlite3.Connection) -> None:
    """Make its table."""
    for statement in _LAID_OUT:
        connection.execute(statement)


def write(connection: sqlite3.Connection, event: Event, account: str, address: str = "", by: str = "") -> None:
    """Add an entry."""
    row = (now().isoformat(timespec="seconds"), event, account, address[:_LONGEST], by)
    connection.execute("INSERT INTO journal (at, event, account, address, by) VALUES (?, ?, ?, ?, ?)", row)


def read(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    """Every entry, the newest first."""
    query = "SELECT number, at, event, account, address, by FROM journal ORDER BY number DESC"
    return tuple(Entry(*row) for row in connection.execute(query))
