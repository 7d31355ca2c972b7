"""What an account may do beyond reading: a scan needs no more than that."""

from __future__ import annotations

import re

import sqlalchemy as sa

_POSTGRESQL = """
SELECT pg_catalog.current_setting('is_superuser') = 'on' OR EXISTS (
    SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname NOT LIKE 'pg\\_%' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND (pg_catalog.has_table_privilege(c.oid, 'DELETE, TRUNCATE')
           OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
)
"""
_GRANT = re.compile(r"GRANT (.+?) ON `?((?:[^`]|``)*?)`?\.\S+ TO ")
_COLUMNS = re.compile(r"\([^)]*\)")
_WRITES = frozenset({"ALL PRIVILEGES", "INSERT", "UPDATE", "DELETE", "DROP", "CREATE", "ALTER"})
"""What MySQL and MariaDB call the rights to change tables."""


def may_write(connection: sa.Connection) -> bool | None:
    """Whether the account might change what is stored, by the catalogue; None where that is not known."""
    match connection.dialect.name:
        case "postgresql":
            return bool(connection.scalar(sa.text(_POSTGRESQL)))
        case "mysql" | "mariadb":
            # the catalogue's own tables show everybody's rights to one who may read them, and a role's to nobody else
            return any(_writes(connection, grant) for grant in connection.exec_driver_sql("SHOW GRANTS").scalars())
    return None


def _writes(connection: sa.Connection, grant: str) -> bool:
    found = _GRANT.match(grant)
    if not found or not _WRITES & {right.strip() for right in _COLUMNS.sub("", found[1]).split(",")}:
        return False
    # where the URL names no database all are open; a grant's database is a pattern
    here = sa.text("SELECT DATABASE() IS NULL OR :pattern = '*' OR DATABASE() LIKE :pattern")
    return bool(connection.scalar(here, {"pattern": found[2].replace("``", "`")}))
