"""What of a database changes whenever a table's content does, known without reading the table.

PostgreSQL counts rows inserted, updated and deleted a table. A change may be counted up to a second after it is
committed: such a change is told at the next look, not at this one. After a restart or a reset of the counters every
table is read again. A standby counts nothing of what it replays, and under row-level security rows may come into sight
without a change: there, and where counting is switched off, nobody can tell.

MySQL and MariaDB keep the second of a table's last change, but forget it at a restart, and a second may see two
changes: a table that was changed just now, or of which no change is known, is read again.

SQLite's is the file's: its counter of changes, its size and time, and its log's.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipelines.stores import Dataset

_POSTGRESQL = """
WITH RECURSIVE part(oid) AS (
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relname = :name
    UNION SELECT i.inhrelid FROM pg_inherits i JOIN part ON i.inhparent = part.oid
)
SELECT CASE
    WHEN pg_is_in_recovery() OR current_setting('track_counts') <> 'on' THEN ''
    WHEN bool_or(c.relrowsecurity OR c.relkind NOT IN ('r', 'p', 'm')) THEN ''
    ELSE concat_ws('/', pg_postmaster_start_time(),
        (SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()),
        string_agg(concat_ws(':', c.oid, c.relfilenode, s.n_tup_ins, s.n_tup_upd, s.n_tup_del), ',' ORDER BY c.oid))
    END
FROM part JOIN pg_class c ON c.oid = part.oid LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
"""
_MYSQL = """
SELECT CASE WHEN update_time < NOW() - INTERVAL 2 SECOND THEN CONCAT_WS('/', create_time, update_time) ELSE '' END
FROM information_schema.tables WHERE table_schema = :schema AND table_name = :name AND table_type = 'BASE TABLE'
"""
_BY_TABLE = {"postgresql": _POSTGRESQL, "mysql": _MYSQL, "mariadb": _MYSQL}


def content_version(connection: sa.Connection, schema: str, table: str) -> str:
    """What the database says of a table's content, '' where it says nothing."""
    if connection.dialect.name == "sqlite":
        path = connection.exec_driver_sql("PRAGMA database_list").all()[0][2]
        return file_version(Path(path), "-wal") if path else ""
    statement = _BY_TABLE.get(connection.dialect.name)
    told = connection.scalar(sa.text(statement), {"schema": schema, "name": table}) if statement else ""
    return str(told or "")


def file_version(path: Path, log: str) -> str:
    """What changes with a database's file or its log, whose name ends in `log`."""
    with path.open("rb") as file:
        counter = file.read(100)[24:28].hex()
    marks: list[Any] = [counter]
    for one in (path, path.with_name(path.name + log)):
        marks += [one.stat().st_size, one.stat().st_mtime_ns] if one.exists() else [0]
    return "/".join(map(str, marks))


def digest(content: str, dataset: Dataset) -> str:
    """The version of a dataset: its content's, and of what is said about it; '' where the content's is not known."""
    if not content:
        return ""
    names = (dataset.label, dataset.key, dataset.statement, *(astuple(one) for one in dataset.fields))
    said = (content, names, [astuple(one) for one in dataset.links], [astuple(one) for one in dataset.access])
    return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()
