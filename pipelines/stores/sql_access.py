"""Connections that cannot write and do not wait for ever."""

from __future__ import annotations

import sqlite3
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SAWarning
from sqlalchemy.pool import NullPool

from pipelines.stores import StoreError

# An unknown column type is told in a warning, with the column's name, which may be a person's.
warnings.filterwarnings("ignore", category=SAWarning)

CONNECT = 10
"""Seconds to wait for a server."""
STATEMENT = 120
"""Seconds a statement may take where the database can be told so."""

DRIVERS = {
    "postgresql": ("psycopg", "psycopg2", "pg8000"),
    "mysql": ("pymysql", "mysqldb", "mysqlconnector"),
    "mariadb": ("pymysql", "mysqldb", "mariadbconnector"),
}
"""What a URL that names no driver is opened with: the first that is installed."""


def read_only(location: str) -> sa.Engine:
    """An engine for a URL, or for an SQLite file by its path; StoreError where there can be none."""
    if "://" not in location:
        return _sqlite(Path(location).expanduser())
    try:
        url = sa.make_url(location)
        backend = url.get_backend_name()
        if backend == "sqlite":
            return _sqlite(Path(url.database or ""))
        if "+" not in url.drivername and backend in DRIVERS:
            url = url.set(drivername=f"{backend}+{_installed(DRIVERS[backend])}")
        engine = sa.create_engine(url, poolclass=NullPool, connect_args=_arguments(url))
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError("unsupported", "このデータベースのドライバーが導入されていません") from None
    except ArgumentError:
        raise StoreError("unsupported", "接続先の URL の書き方が正しくありません") from None
    if backend in _SETTINGS:
        event.listen(engine, "connect", lambda connection, _record: _set(connection, _SETTINGS[backend]))
    return engine


def _installed(drivers: tuple[str, ...]) -> str:
    return next((driver for driver in drivers if find_spec(driver)), drivers[0])


def _arguments(url: sa.URL) -> dict[str, Any]:
    driver = url.get_driver_name()
    if driver in ("psycopg", "psycopg2"):
        own = url.query.get("options", "")
        settings = f"-c default_transaction_read_only=on -c statement_timeout={STATEMENT * 1000}"
        return {"connect_timeout": CONNECT, "options": f"{own} {settings}".strip()}
    return {"connect_timeout": CONNECT} if driver in ("pymysql", "mysqldb") else {}


_MYSQL = (
    "SET SESSION TRANSACTION READ ONLY",
    f"SET SESSION max_execution_time = {STATEMENT * 1000}",
    f"SET SESSION max_statement_time = {STATEMENT}",
)
_SETTINGS = {
    "postgresql": (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        f"SET statement_timeout = {STATEMENT * 1000}",
    ),
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
}
"""The first must hold; the others are each some version's only."""


def _set(connection: Any, statements: tuple[str, ...]) -> None:
    cursor = connection.cursor()
    cursor.execute(statements[0])
    for statement in statements[1:]:
        try:
            cursor.execute(statement)
        except Exception:  # noqa: S112
            continue
    cursor.close()
    connection.commit()


def _sqlite(path: Path) -> sa.Engine:
    if not path.is_file():
        raise StoreError("missing", "指定された場所に SQLite ファイルがありません")
    with path.open("rb") as file:
        head = file.read(20)
    # A WAL database that nobody has open leaves no log; read as `immutable`, it does not get one from us either.
    log = path.with_name(path.name + "-wal")
    idle = head[18:20] == b"\2\2" and not (log.exists() and log.stat().st_size)
    uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if idle else ''}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=CONNECT, check_same_thread=False)
        connection.text_factory = _text
        connection.execute("PRAGMA query_only = ON")
        return connection

    return sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)


def _text(raw: bytes) -> str:
    """SQLite keeps whatever bytes a program called text; old Windows programs meant CP932."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp932", "replace")
