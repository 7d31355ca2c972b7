"""DuckDB as an engine over Arrow: one connection a thread, one thread each, nothing of it on disk."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_held = threading.local()


def duck() -> duckdb.DuckDBPyConnection:
    """This thread's connection."""
    if not hasattr(_held, "connection"):
        import duckdb

        # neither a spill file nor an extension: values must not reach the disk
        _held.connection = duckdb.connect(
            config={"threads": 1, "temp_directory": "", "autoinstall_known_extensions": False}
        )
    connection: duckdb.DuckDBPyConnection = _held.connection
    return connection
