"""The desk's own accounts, of engineers and the privacy team, in an SQLite file that its owner alone reads.

Responders and approvers have theirs in the casebook (`pipelines.casebook.accounts`), whose audit tells of them. Who
came in with one of these, who left and who was refused stands here (`journal`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pipelines.account_secrets import NAME, SecretError, hashed, is_of, spend
from pipelines.clock import now
from pipelines.desk import DeskError, journal
from pipelines.desk.journal import Entry
from pipelines.private_files import PrivateFileError, guard, make

OwnRole = Literal["engineer", "privacy"]
APPLICATION, VERSION = 0x44657368, 2
"""`application_id` and `user_version` of the file."""
_TABLE = (
    "CREATE TABLE accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, secret TEXT NOT NULL, disabled_at TEXT NOT NULL)"
)
_WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """One account as it is listed."""

    name: str
    role: OwnRole
    disabled_at: str
    """'' while it may be used."""


class AccountsFile:
    """The file of the desk's accounts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._connection() as connection:
            found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
            if found == [APPLICATION, 1]:  # as it was before it had a journal
                journal.lay_out(connection)
                connection.execute(f"PRAGMA user_version = {VERSION}")
                found = [APPLICATION, VERSION]
        if found != [APPLICATION, VERSION]:
            raise DeskError(f"{path}: この版の口座のファイルではありません · is no file of accounts of this version")

    @classmethod
    def start(cls, path: Path) -> AccountsFile:
        """Make an empty file; raises DeskError where there is one already."""
        try:
            make(path)
        except PrivateFileError as error:
            raise DeskError(str(error)) from None
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(_TABLE)
            journal.lay_out(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        return cls(path)

    def add(self, name: str, role: OwnRole, secret: str) -> None:
        """Add an account; raises DeskError."""
        if not NAME.fullmatch(name):
            raise DeskError("名前は半角の英小文字・数字 2〜32 文字です · an account's name: 2 to 32 of a-z 0-9 . _ -")
        if role not in get_args(OwnRole):
            raise DeskError(f"役割は {'、'.join(get_args(OwnRole))} です · no such role")
        with self._connection() as connection:
            known = dict(connection.execute("SELECT name, secret FROM accounts"))
            if name in known:
                raise DeskError(f"{name}: その名前はもうあります · there is an account of that name")
            phc = _hashed(secret, known.values())
            connection.execute("INSERT INTO accounts VALUES (?, ?, ?, '')", (name, role, phc))
            journal.write(connection, "account_added", name)

    def change_secret(self, name: str, secret: str) -> None:
        """Give an account another secret; raises DeskError."""
        with self._connection() as connection:
            known = dict(connection.execute("SELECT name, secret FROM accounts WHERE disabled_at = ''"))
            if name not in known:
                raise DeskError(f"{name}: その名前の使える口座はありません · no such account in use")
            phc = _hashed(secret, known.values())
            connection.execute("UPDATE accounts SET secret = ? WHERE name = ?", (phc, name))
            journal.write(connection, "secret_changed", name)

    def disable(self, name: str) -> None:
        """Close an account; raises DeskError."""
        at = now().isoformat(timespec="seconds")
        with self._connection() as connection:
            query = "UPDATE accounts SET disabled_at = ? WHERE name = ? AND disabled_at = ''"
            if not connection.execute(query, (at, name)).rowcount:
                raise DeskError(f"{name}: その名前の使える口座はありません · no such account in use")
            journal.write(connection, "account_disabled", name)

    def note(self, event: journal.Event, account: str, address: str, by: str = "") -> None:
        """Add an entry to the journal; `account` is '' for a name that no account has."""
        with self._connection() as connection:
            journal.write(connection, event, account, address, by)

    def entries(self) -> tuple[Entry, ...]:
        """The journal, the newest first."""
        with self._connection() as connection:
            return journal.read(connection)

    def listed(self) -> tuple[OwnAccount, ...]:
        """Every account, by name."""
        with self._connection() as connection:
            rows = connection.execute("SELECT name, role, disabled_at FROM accounts ORDER BY name").fetchall()
        return tuple(OwnAccount(*row) for row in rows)

    def prove(self, name: str, secret: str) -> OwnAccount | None:
        """The account, where the secret is its own; else None, after the same while for any name."""
        with self._connection() as connection:
            query = "SELECT name, role, disabled_at, secret FROM accounts WHERE name = ? AND disabled_at = ''"
            row = connection.execute(query, (name,)).fetchone()
        if row is None:
            spend(secret)
            return None
        return OwnAccount(*row[:3]) if is_of(secret, row[3]) else None

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            guard(self.path)
        except FileNotFoundError:
            raise DeskError(
                f"{self.path}: 口座のファイルがありません。`daicho desk account add NAME --role privacy` で作れます"
                " · no accounts here; that command makes them"
            ) from None
        except PrivateFileError as error:
            raise DeskError(str(error)) from None
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS)) as connection, connection:
                yield connection
        except sqlite3.Error as error:
            raise DeskError(
                f"{self.path}: 口座のファイルを読み書きできません · cannot be read or written ({type(error).__name__})"
            ) from None


def _hashed(secret: str, known: Iterable[str]) -> str:
    try:
        return hashed(secret, known)
    except SecretError as error:
        raise DeskError(str(error)) from None
