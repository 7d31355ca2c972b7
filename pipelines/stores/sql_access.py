"""Connections that cannot write and do not wait for ever, and their errors in our own words."""

from __future__ import annotations

import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, NoSuchTableError
from sqlalchemy.pool import NullPool

from pipelines.stores import Reason, StoreError, failures

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


Meaning = tuple[Reason, str]

_DENIED: Meaning = ("denied", "接続または参照の権限がありません")
_SLOW: Meaning = ("too_large", f"{STATEMENT}秒以内に読み終わりません")
_GONE: Meaning = ("missing", "データベースまたは表がありません")
_BUSY: Meaning = ("locked", "ほかの処理が使用中です。時間をおいて再実行してください")
_BROKEN: Meaning = ("broken", "データベースまたはビューの内容が壊れています")
_UNREACHABLE: Meaning = ("unreachable", "データベースに接続できません。稼働状況と接続先を確かめてください")

_BY_CODE: dict[str, Meaning] = {
    # PostgreSQL's SQLSTATE, by its first letters
    "28": _DENIED,
    "42501": _DENIED,
    "3D": _GONE,
    "42P01": _GONE,
    "57014": _SLOW,
    "55P03": _BUSY,
    # SQLite's result codes, by their first letters
    "SQLITE_NOTADB": _BROKEN,
    "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_ERROR": _BROKEN,
    "SQLITE_IOERR": _BROKEN,
    "SQLITE_MISMATCH": _BROKEN,
    "SQLITE_FORMAT": _BROKEN,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": _BUSY,
    "SQLITE_CANTOPEN": _DENIED,
    "SQLITE_PERM": _DENIED,
    "SQLITE_AUTH": _DENIED,
    "SQLITE_TOOBIG": ("too_large", "1件の大きさが上限を超えています"),
    # MySQL's and MariaDB's error numbers
    **dict.fromkeys(("1044", "1045", "1142", "1143", "1227"), _DENIED),
    **dict.fromkeys(("1049", "1146"), _GONE),
    **dict.fromkeys(("3024", "1969"), _SLOW),
}


def reworded(error: Exception) -> StoreError:
    """The StoreError that says what a database stumbled over."""
    if isinstance(error, NoSuchTableError):
        return StoreError(*_GONE)
    driver = error.orig if isinstance(error, DBAPIError) else error
    codes = [getattr(driver, name, None) for name in ("sqlstate", "pgcode", "sqlite_errorname")]
    codes += [str(number) for number in getattr(driver, "args", ())[:1] if isinstance(number, int)]
    for code in filter(None, codes):
        for start, meant in _BY_CODE.items():
            if code.startswith(start):
                return StoreError(*meant)
    if isinstance(error, DBAPIError):
        return StoreError(*(_BROKEN if isinstance(driver, sqlite3.Error) else _UNREACHABLE))
    return failures.reworded(error)
