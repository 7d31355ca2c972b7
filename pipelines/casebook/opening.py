"""The casebook's file: made, guarded, opened, and written in transactions that leave all or nothing."""

from __future__ import annotations

import json
import os
import pwd
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from pipelines.casebook import chain, schema
from pipelines.casebook.sealing import CasebookError, Keyring
from pipelines.clock import now
from pipelines.private_files import PrivateFileError, guard, make

WAIT_SECONDS = 30
_REASONS = {
    "locked": f"ほかの処理が {WAIT_SECONDS} 秒以上書いています。後でもう一度 (another process is writing: try again)",
    "not a database": "受付台帳ではありません (is no casebook)",
    "malformed": "壊れています。バックアップから戻してください (is damaged: restore a backup)",
    "readonly": "書き込めません (cannot be written)",
    "disk is full": "ディスクが一杯です (the disk is full)",
}


class Transaction:
    """One transaction on a casebook: everything in it is kept, or nothing."""

    def __init__(self, connection: sa.Connection, keys: Keyring) -> None:
        self.connection = connection
        self.keys = keys

    @cached_property
    def audit_keys(self) -> Mapping[int, bytes]:
        """The audit's keys by epoch; raises LostKeyError."""
        rows = self.connection.execute(sa.select(schema.audit_keys).order_by(schema.audit_keys.c.epoch))
        return {epoch: self.keys.open(sealed, f"audit key {epoch}") for epoch, sealed in rows}

    def new_epoch(self) -> None:
        """From here on the audit is chained by a new key."""
        epoch = self.connection.execute(sa.select(sa.func.coalesce(sa.func.max(schema.audit_keys.c.epoch), 0) + 1))
        number = epoch.scalar_one()
        sealed = self.keys.seal(secrets.token_bytes(32), f"audit key {number}")
        self.connection.execute(sa.insert(schema.audit_keys).values(epoch=number, sealed=sealed))
        self.__dict__.pop("audit_keys", None)

    def record(
        self,
        event: str,
        account: str = "",
        subject: str = "",
        content: bytes | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> chain.Head:
        """Add an entry to the audit; `content` is the subject's row as it now stands, None where it did not change."""
        table = schema.audit
        last = self.connection.execute(
            sa.select(table.c.number, table.c.mac).order_by(table.c.number.desc()).limit(1)
        ).one_or_none()
        number, previous = (last.number, last.mac) if last else (0, chain.START)
        epoch = max(self.audit_keys)
        key = self.audit_keys[epoch]
        said: dict[str, Any] = {
            "number": number + 1,
            "epoch": epoch,
            "at": now().isoformat(timespec="seconds"),
            "account": account,
            "process": _process(),
            "event": event,
            "subject": subject,
            "detail": json.dumps(detail or {}, ensure_ascii=False, sort_keys=True),
            "row": "" if content is None else chain.digest(key, subject, content),
            "previous": previous,
        }
        mac = chain.Entry(**said).signed(key)
        self.connection.execute(sa.insert(table).values(**said, mac=mac))
        return chain.Head(number + 1, mac)


class CasebookFile:
    """A casebook's file and the keys it is opened with."""

    def __init__(self, path: Path, keys: Keyring) -> None:
        self.path = path
        self.keys = keys
        with self._connection() as connection:
            kind, version = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("application_id", "user_version")
            )
        if kind != schema.APPLICATION:
            raise CasebookError(f"{path}: 受付台帳ではありません (is no casebook)")
        if version > schema.VERSION:
            raise CasebookError(f"{path}: より新しい daicho が書いた台帳です (written by a newer daicho)")
        if version < schema.VERSION:
            with self._connection() as connection:
                _lay_out(connection)

    @classmethod
    def start(cls, path: Path, keys: Keyring) -> CasebookFile:
        """Make an empty casebook; raises CasebookError where there is a file already."""
        try:
            make(path)
        except PrivateFileError as error:
            raise CasebookError(str(error)) from None
        with in_words(path), _engine(path).begin() as connection:
            _lay_out(connection)
            transaction = Transaction(connection, keys)
            transaction.new_epoch()
            transaction.record("started", detail={"key": keys.current})
        return cls(path, keys)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that no other one runs beside; raises CasebookError."""
        with self._connection() as connection:
            yield Transaction(connection, self.keys)

    @contextmanager
    def _connection(self) -> Iterator[sa.Connection]:
        try:
            guard(self.path)
        except FileNotFoundError:
            raise CasebookError(
                f"{self.path}: 受付台帳がありません。`daicho casebook start` で作れます (no casebook here)"
            ) from None
        except PrivateFileError as error:
            raise CasebookError(str(error)) from None
        with in_words(self.path), _engine(self.path).begin() as connection:
            yield connection


def _lay_out(connection: sa.Connection) -> None:
    """Make the tables and columns that are not there yet: a version so far only added some."""
    schema.metadata.create_all(connection)
    if "withdrawn_on" not in {one["name"] for one in sa.inspect(connection).get_columns("requests")}:
        connection.exec_driver_sql("ALTER TABLE requests ADD COLUMN withdrawn_on VARCHAR NOT NULL DEFAULT ''")
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turns a driver's error, which quotes statements and their parameters, into a CasebookError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        message = str(getattr(error, "orig", error)).lower()
        reason = next((said for word, said in _REASONS.items() if word in message), type(error).__name__)
        raise CasebookError(f"{path}: {reason}") from None


def _engine(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        # a statement's parameters stand in no message
        hide_parameters=True,
        connect_args={"timeout": WAIT_SECONDS},
    )

    @sa.event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        # sqlite3 would begin by itself, and later than reading
        connection.isolation_level = None
        # what was deleted is overwritten, not only unlinked; nothing is put aside in a file
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _process() -> str:
    # of the process, not of $USER, which anybody may set
    uid = os.getuid()
    try:
        return f"{pwd.getpwuid(uid).pw_name} ({uid})"
    except KeyError:
        return str(uid)
