"""Who may read a dataset, as the store itself grants it: owners, groups and everybody of a file, roles of a database.

It says whom the store lets in, not who is in a group or behind a role. What a proxy, a view or an administrator lets
through besides is for people to add.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import os

    import sqlalchemy as sa

_PERSONS = 1000
"""Numbers of accounts from which on they are people's: theirs is not told by name."""

Kind = Literal["everyone", "group", "owner", "role"]

_POSTGRESQL = """
SELECT n.nspname, c.relname, r.rolname
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) a
LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.privilege_type = 'SELECT'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""
# An account that may not read the server's own tables sees its own rights there and nobody else's.
_MYSQL_SEES_ALL = "SELECT count(DISTINCT grantee) > 1 FROM information_schema.user_privileges"
_MYSQL = """
SELECT NULL, NULL, grantee FROM information_schema.user_privileges WHERE privilege_type = 'SELECT'
UNION ALL
SELECT table_schema, NULL, grantee FROM information_schema.schema_privileges WHERE privilege_type = 'SELECT'
UNION ALL
SELECT table_schema, table_name, grantee FROM information_schema.table_privileges WHERE privilege_type = 'SELECT'
"""


@dataclass(frozen=True, slots=True, order=True)
class Reader:
    """Somebody a store lets read."""

    kind: Kind
    name: str = field(default="", repr=False)
    """Of the account, group or role as the store calls it; '' everyone, or the account of a person."""


EVERYONE = Reader("everyone")


def of_file(found: os.stat_result) -> tuple[Reader, ...]:
    """Whom a file's mode lets read it; an access control list beside the mode is not looked at."""
    readers = {Reader("owner", _user(found.st_uid))} if found.st_mode & stat.S_IRUSR else set()
    if found.st_mode & stat.S_IRGRP:
        readers.add(Reader("group", _group(found.st_gid)))
    if found.st_mode & stat.S_IROTH:
        readers.add(EVERYONE)
    return tuple(sorted(readers))


def of_tables(connection: sa.Connection) -> Mapping[tuple[str, str], tuple[Reader, ...]]:
    """Schema and table → whom the database's grants let read it; {} where it does not tell."""
    found: dict[tuple[str, str], set[Reader]] = {}
    match connection.dialect.name:
        case "postgresql":
            for schema, table, role in connection.exec_driver_sql(_POSTGRESQL):
                found.setdefault((schema, table), set()).add(Reader("role", role) if role else EVERYONE)
        case "mysql" | "mariadb":
            found = _of_mysql(connection)
    return {place: tuple(sorted(readers)) for place, readers in found.items()}


def _of_mysql(connection: sa.Connection) -> dict[tuple[str, str], set[Reader]]:
    import sqlalchemy as sa

    if not connection.exec_driver_sql(_MYSQL_SEES_ALL).scalar():
        return {}
    tables = sa.text("SELECT table_schema, table_name FROM information_schema.tables")
    found = {(schema, table): set[Reader]() for schema, table in connection.execute(tables)}
    for schema, table, grantee in connection.exec_driver_sql(_MYSQL):
        for place, readers in found.items():
            if schema in (None, place[0]) and table in (None, place[1]):
                readers.add(Reader("role", grantee.replace("'", "")))
    return found


def together(many: Iterable[tuple[Reader, ...]]) -> tuple[Reader, ...]:
    """Whoever may read one of several files."""
    return tuple(sorted({reader for readers in many for reader in readers}))


@lru_cache(maxsize=1024)
def _user(number: int) -> str:
    import pwd

    if number >= _PERSONS:
        return ""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


@lru_cache(maxsize=1024)
def _group(number: int) -> str:
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
