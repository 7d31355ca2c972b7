"""What an account may do beyond reading: a scan needs no more than that."""

from __future__ import annotations

import sqlalchemy as sa

_POSTGRESQL = """
SELECT pg_catalog.current_setting('is_superuser') = 'on' OR EXISTS (
    SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname NOT LIKE 'pg\\_%'
      AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
)
"""
_MYSQL = """
SELECT EXISTS (SELECT 1 FROM (
    SELECT privilege_type FROM information_schema.user_privileges
    UNION SELECT privilege_type FROM information_schema.schema_privileges WHERE database() LIKE table_schema
    UNION SELECT privilege_type FROM information_schema.table_privileges WHERE table_schema = database()
) held WHERE privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'DROP', 'CREATE', 'ALTER'))
"""


def may_write(connection: sa.Connection) -> bool | None:
    """Whether the account might change what is stored, by the catalogue; None where that is not known."""
    match connection.dialect.name:
        case "postgresql":
            return bool(connection.scalar(sa.text(_POSTGRESQL)))
        case "mysql" | "mariadb":
            return bool(connection.scalar(sa.text(_MYSQL)))
    return None
