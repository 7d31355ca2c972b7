"""Connections that cannot write and do not wait for ever."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SAWarning
from sqlalchemy.pool import NullPool

from pipelines.drivers import driven
from pipelines.stores import StoreError, sql_limits
from pipelines.stores.sql_failures import reworded
from pipelines.stores.sql_limits import Limits
from pipelines.stores.sql_silence import Watch

# An unknown column type is told in a warning, with the column's name, which may be a person's.
warnings.filterwarnings("ignore", category=SAWarning)


@contextmanager
def session(location: str, *, whole: bool = False) -> Iterator[sa.Connection]:
    """A connection to a URL, or to an SQLite file by its path; `whole` where a statement may read all of a table.

    Everything a server is asked stands in one read-only transaction; `expect` and `rest` tell the watch over it.
    """
    limits = sql_limits.LIMITS
    watch = Watch(limits.silence)
    failure = None
    try:
        engine = _engine(location, limits, limits.full if whole else limits.statement, watch)
        with engine.connect() as connection:
            connection.info["watch"] = watch
            try:
                yield connection
            except GeneratorExit:
                # left half-way: some drivers would read the rest of the answer before they close
                connection.invalidate()
                raise
    except Exception as error:
        failure = StoreError(*UNANSWERED) if watch.fired else reworded(error)
    finally:
        watch.close()
    if failure:
        raise failure


UNANSWERED: Any = ("timed_out", "サーバーが制限時間内に応答しません。稼働状況を確かめてください")


def watch_over(connection: sa.Connection) -> Watch:
    """The watch over a session's connection."""
    watch = connection.info["watch"]
    assert isinstance(watch, Watch)
    return watch


def lost(error: Exception) -> bool:
    """Whether an error means that the connection itself has gone: nothing more can be asked."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _engine(location: str, limits: Limits, statement: int, watch: Watch) -> sa.Engine:
    if "://" not in location:
        return _sqlite(Path(location).expanduser(), limits)
    try:
        url = sa.make_url(location)
        backend = url.get_backend_name()
        if backend == "sqlite":
            return _sqlite(Path(url.database or ""), limits)
        url = driven(url)
        driver = url.get_driver_name()
        engine = sa.create_engine(url, poolclass=NullPool, connect_args=_arguments(driver, limits))
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError("unsupported", "このデータベースのドライバーが導入されていません") from None
    except ArgumentError:
        raise StoreError("unsupported", "接続先の URL の書き方が正しくありません") from None
    if backend == "postgresql":
        engine = engine.execution_options(postgresql_readonly=True)
    if driver == "psycopg":
        _watched(engine, watch)
    at_connect, at_begin = _settings(backend, limits, statement)
    if at_connect:
        event.listen(engine, "connect", lambda connection, _record: _set(connection, at_connect))
    if at_begin:
        event.listen(engine, "begin", lambda connection: _begin(connection, at_begin))
    return engine


def _arguments(driver: str, limits: Limits) -> dict[str, Any]:
    if driver == "psycopg":
        # a pooler hands each transaction to another server process, which has no statement prepared
        return {"connect_timeout": limits.connect, "client_encoding": "utf8", "prepare_threshold": None}
    if driver == "pymysql":
        from pipelines.stores.sql_mysql import conversions

        quiet = {"read_timeout": limits.silence, "write_timeout": limits.silence}
        return {"connect_timeout": limits.connect, "conv": conversions(), **quiet}
    return {"connect_timeout": limits.connect} if driver in ("psycopg2", "mysqldb") else {}


def _settings(backend: str, limits: Limits, statement: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to say at every connection, of which the first must hold and the others are some versions' only, and at
    the start of every transaction: a pooler forgets what was said before it."""
    match backend:
        case "postgresql":
            timeouts = {"statement_timeout": statement, "lock_timeout": limits.lock}
            return (), tuple(f"SET LOCAL {name} = '{seconds}s'" for name, seconds in timeouts.items())
        case "mysql" | "mariadb":
            return (
                "SET SESSION TRANSACTION READ ONLY",
                f"SET SESSION max_execution_time = {statement * 1000}",
                f"SET SESSION max_statement_time = {statement}",
                f"SET SESSION lock_wait_timeout = {limits.lock}",
                f"SET SESSION net_write_timeout = {limits.full}",  # a slow reader is no dead one
                "SET SESSION information_schema_stats_expiry = 0",
            ), ()
        case "oracle":
            return (), ("SET TRANSACTION READ ONLY",)
    return (), ()


def _watched(engine: sa.Engine, watch: Watch) -> None:
    def connect(dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        connection = dialect.connect(*arguments, **named)
        watch.look_at(connection.fileno())
        return connection

    event.listen(engine, "do_connect", connect)
    for name in ("before_cursor_execute", "rollback", "commit"):
        event.listen(engine, name, lambda *_: watch.expect())
    event.listen(engine, "after_cursor_execute", lambda *_: watch.rest())


def _begin(connection: sa.Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


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


def _sqlite(path: Path, limits: Limits) -> sa.Engine:
    if not path.is_file():
        raise StoreError("missing", "指定された場所に SQLite ファイルがありません")
    with path.open("rb") as file:
        head = file.read(20)
    # A WAL database that nobody has open leaves no log; read as `immutable`, it does not get one from us either.
    log = path.with_name(path.name + "-wal")
    idle = head[18:20] == b"\2\2" and not (log.exists() and log.stat().st_size)
    uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if idle else ''}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=limits.connect, check_same_thread=False)
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
