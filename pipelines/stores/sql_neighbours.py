"""The other databases of a server: what nobody declared is told, not read."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from pipelines.stores import NotRead
from pipelines.stores.scope import Scope
from pipelines.stores.sql_catalog import SYSTEM

HINT = "同じサーバーにありますが、データストアとして宣言されていません"

_LISTED = {
    "postgresql": "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> current_database()"
    " ORDER BY datname",
    "mysql": "SELECT schema_name FROM information_schema.schemata WHERE schema_name <> DATABASE() ORDER BY schema_name",
    "mssql": "SELECT name FROM sys.databases WHERE name <> DB_NAME() ORDER BY name",
}
_LISTED["mariadb"] = _LISTED["mysql"]
"""The databases beside the one that is open. None where a MySQL URL names no database: then all of them are open."""

_OWN = SYSTEM | {
    # PostgreSQL's, empty unless somebody works in it; hosted servers'
    *("postgres", "rdsadmin", "cloudsqladmin", "azure_maintenance", "azure_sys", "alloydbadmin"),
    # SQL Server's
    *("master", "model", "msdb", "tempdb", "rdsadmin_dba"),
}
"""Databases that servers keep for themselves."""


def undeclared(connection: sa.Connection, scope: Scope) -> Iterator[NotRead]:
    """Databases on the same server that are not opened as stores of their own."""
    statement = _LISTED.get(connection.dialect.name)
    if statement is None:
        return
    for (name,) in connection.exec_driver_sql(statement).all():
        if name.lower() not in _OWN and name not in scope.elsewhere:
            yield NotRead(name, "undeclared", HINT)
