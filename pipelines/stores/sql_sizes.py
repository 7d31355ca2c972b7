"""How large a table is: its rows by the database's own estimate where counting would take reading, else counted."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

COUNTED = 8 * 2**20
"""Bytes up to which a PostgreSQL table is counted: below, its planner knows too little."""

_BYTES = """
WITH RECURSIVE part(oid) AS (
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relname = :name
    UNION SELECT i.inhrelid FROM pg_inherits i JOIN part ON i.inhparent = part.oid
)
SELECT CAST(sum(pg_relation_size(oid)) AS bigint) FROM part
"""
_MYSQL = (
    "SELECT table_rows, data_length FROM information_schema.tables WHERE table_schema = :schema AND table_name = :name"
)


class Extent(NamedTuple):
    """How large a table is, all of its partitions together."""

    rows: int | None = None
    """None: not known."""
    size: int | None = None
    """Bytes it takes; None: not known."""
    is_estimated: bool = False
    """Whether `rows` is the server's estimate."""


def extent(connection: sa.Connection, source: sa.TableClause, schema: str) -> Extent:
    """Rows of a table with all of its partitions, and the bytes it takes."""
    place = {"schema": schema, "name": source.name}
    size: int | None = None
    match connection.dialect.name:
        case "postgresql":
            size = connection.scalar(sa.text(_BYTES), place)
            if (size or 0) > COUNTED:
                # the planner weighs the table's size today by its density when it was last looked at
                every = sa.select(sa.literal_column("1")).select_from(source).compile(connection)
                plan: Any = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {every}").scalar()
                return Extent(int(plan[0]["Plan"]["Plan Rows"]), size, is_estimated=True)
        case "mysql" | "mariadb":
            found = connection.execute(sa.text(_MYSQL), place).first()
            rows, size = found if found is not None else (None, None)
            known = (None if rows is None else int(rows), None if size is None else int(size))
            return Extent(*known, is_estimated=True)
    return Extent(connection.scalar(sa.select(sa.func.count()).select_from(source)), size)
