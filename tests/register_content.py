"""What a register says, to compare two of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path


def content(register: Path) -> Mapping[str, list[str]]:
    """Every row that says what is held; ids that the database deals out by itself, and times, left out."""
    with sqlite3.connect(register) as connection:
        tables = ("stores", "datasets", "columns", "partitions", "links", "uses", "not_read", "changes")
        found: dict[str, list[str]] = {}
        for table in tables:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            chosen = ", ".join(f'"{name}"' for name in names if name != "id" or table in ("stores", "datasets"))
            found[table] = sorted(map(repr, connection.execute(f"SELECT {chosen} FROM {table}")))
        return found
