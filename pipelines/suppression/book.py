"""The stop list's file: who must not be provided or used, by case, scope and day. Of the person it holds hashes alone.

One SQLite file, its owner's alone (0600), apart from the register: that one is handed about. What one process writes,
the next that reads finds.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from expectations.stops import scopes
from pipelines.clock import TOKYO
from pipelines.disclosure.person import Person
from pipelines.disclosure.sought import seek
from pipelines.private_files import PrivateFileError, guard, make
from pipelines.suppression.forms import of_person
from pipelines.suppression.hashing import HashKey, StopListError

APPLICATION, VERSION = 0x57507370, 1
"""`application_id` and `user_version` of the file."""
WAIT_SECONDS = 30
AT_ONCE_DAYS = 1
"""Days from a request to its entry from where on it was not at once (the policy's 2.2(2))."""
_LONGEST = 200
_TABLES = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL, scope TEXT NOT NULL, article TEXT NOT NULL, ordered_by TEXT NOT NULL,
    requested_on TEXT NOT NULL, since TEXT NOT NULL,
    lifted TEXT NOT NULL DEFAULT '', lifted_by TEXT NOT NULL DEFAULT '', lifted_because TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX living ON entries (case_id, scope) WHERE lifted = '';
CREATE TABLE hashes (
    entry INTEGER NOT NULL REFERENCES entries (id), key_id TEXT NOT NULL, kind TEXT NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (entry, key_id, kind, hash)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Order:
    """A stop that somebody ordered: no personal value in it."""

    case: str
    """The case's number in the casebook."""
    scope: str
    """A row of `expectations/stop_scopes.yml`."""
    requested_on: date
    """The day on which the request arrived."""
    ordered_by: str
    """An office or a role."""
    article: str = ""
    """'' the scope's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the list shows it."""

    id: int
    case: str
    scope: str
    article: str
    ordered_by: str
    requested_on: date
    since: datetime
    """The moment from which on it stops."""
    lifted: datetime | None
    lifted_by: str
    lifted_because: str
    kinds: Mapping[str, int]
    """How many hashes of which kind."""
    key_ids: tuple[str, ...]

    @property
    def late(self) -> bool:
        """Whether it did not stop at once."""
        return (self.since.date() - self.requested_on).days > AT_ONCE_DAYS


class StopList:
    """A stop list that is there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open() as connection:
            kind = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if kind != APPLICATION:
            raise StopListError(f"{path}: 停止リストではありません (is no stop list)")
        if version > VERSION:
            raise StopListError(f"{path}: より新しい daicho が書いたリストです (written by a newer daicho)")

    @classmethod
    def start(cls, path: Path) -> StopList:
        """Make an empty list; raises StopListError where there is a file already."""
        try:
            make(path)
        except PrivateFileError as error:
            raise StopListError(str(error)) from None
        with _errors(path), closing(sqlite3.connect(path)) as connection:
            connection.executescript(
                f"{_TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
            )
        return cls(path)

    def add(self, order: Order, person: Person, key: HashKey) -> Entry:
        """Add a person under a case and scope; raises StopListError.

        Where the case stands there already, the hashes come beside the earlier ones and its days stay: so more of the
        person is added, and so an entry is brought under a new key.
        """
        _proofread(order, person)
        now = datetime.now(TOKYO)
        if order.requested_on > now.date():
            raise StopListError("請求の日が未来です (the day of the request is still to come)")
        hashes = [(kind, key.digest(kind, text)) for kind, text in sorted(of_person(person))]
        with self._write() as connection:
            row = connection.execute(
                "SELECT id FROM entries WHERE case_id = ? AND scope = ? AND lifted = ''", (order.case, order.scope)
            ).fetchone()
            if row is None:
                values = (order.case, order.scope, order.article, order.ordered_by, order.requested_on.isoformat())
                row = connection.execute(
                    "INSERT INTO entries (case_id, scope, article, ordered_by, requested_on, since)"
                    " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                    (*values, now.isoformat(timespec="seconds")),
                ).fetchone()
            added = [(row[0], key.id, kind, digest) for kind, digest in hashes]
            connection.executemany("INSERT OR IGNORE INTO hashes VALUES (?, ?, ?, ?)", added)
        (entry,) = self._entries(row[0])
        return entry

    def lift(self, case: str, scope: str, ordered_by: str, because: str) -> None:
        """End a stop: its hashes go, the entry stays as a record; raises StopListError."""
        now = datetime.now(TOKYO).isoformat(timespec="seconds")
        with self._write() as connection:
            row = connection.execute(
                "UPDATE entries SET lifted = ?, lifted_by = ?, lifted_because = ?"
                " WHERE case_id = ? AND scope = ? AND lifted = '' RETURNING id",
                (now, ordered_by, because, case, scope),
            ).fetchone()
            if row is None:
                raise StopListError("その受付番号と範囲の停止はありません (no such stop: case and scope)")
            connection.execute("DELETE FROM hashes WHERE entry = ?", row)

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, lifted ones too, in the order in which they came."""
        return self._entries()

    def _entries(self, only: int | None = None) -> tuple[Entry, ...]:
        kinds: dict[int, Counter[str]] = {}
        keys: dict[int, set[str]] = {}
        with self._open() as connection:
            rows = connection.execute(
                "SELECT id, case_id, scope, article, ordered_by, requested_on, since, lifted, lifted_by,"
                " lifted_because FROM entries WHERE ?1 IS NULL OR id = ?1 ORDER BY id",
                (only,),
            ).fetchall()
            for entry, kind, key, count in connection.execute(
                "SELECT entry, kind, key_id, count(*) FROM hashes WHERE ?1 IS NULL OR entry = ?1"
                " GROUP BY entry, kind, key_id",
                (only,),
            ):
                # under two keys it is the same keys of the person twice
                found = kinds.setdefault(entry, Counter())
                found[kind] = max(count, found[kind])
                keys.setdefault(entry, set()).add(key)
        return tuple(_entry(row, kinds.get(row[0], {}), keys.get(row[0], set())) for row in rows)

    def living(self, of: Iterable[str], keys: Sequence[HashKey]) -> tuple[Entry, ...]:
        """The entries in force of some scopes; raises StopListError where one cannot be seen by any of the keys."""
        wanted, known = frozenset(of), {key.id for key in keys}
        found = tuple(one for one in self.entries() if one.lifted is None and one.scope in wanted)
        if blind := [one.case for one in found if not known & set(one.key_ids)]:
            raise StopListError(
                f"鍵が足りません。次の受付の登録は、今ある鍵では照合できません: {'、'.join(blind)} "
                "(these cases stand by a key that is not given: give it behind the current one, after a comma)"
            )
        return found

    def hashes(self, entries: Iterable[int], keys: Sequence[HashKey]) -> Iterator[tuple[int, str, bytes]]:
        """Entry, kind and hash of some entries, those of the keys."""
        wanted, known = frozenset(entries), {key.id for key in keys}
        with self._open() as connection:
            for entry, key, kind, digest in connection.execute("SELECT entry, key_id, kind, hash FROM hashes"):
                if entry in wanted and key in known:
                    yield entry, kind, digest

    def state(self) -> str:
        """A digest of what stands on the list: another one after every change."""
        digest = hashlib.sha256()
        with self._open() as connection:
            for query in ("SELECT id, scope, lifted FROM entries ORDER BY id", "SELECT entry, hash FROM hashes"):
                for row in connection.execute(query):
                    digest.update(repr(row).encode())
        return digest.hexdigest()[:16]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        _guard(self._path)
        with _errors(self._path), closing(sqlite3.connect(self._path, timeout=WAIT_SECONDS)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection:
            # what was deleted is overwritten, not only unlinked
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection


def _entry(row: Sequence[Any], kinds: Mapping[str, int], keys: Collection[str]) -> Entry:
    id, case, scope, article, ordered_by, requested_on, since, lifted, lifted_by, because = row
    return Entry(
        id=id,
        case=case,
        scope=scope,
        article=article or scopes()[scope].law,
        ordered_by=ordered_by,
        requested_on=date.fromisoformat(requested_on),
        since=datetime.fromisoformat(since),
        lifted=datetime.fromisoformat(lifted) if lifted else None,
        lifted_by=lifted_by,
        lifted_because=because,
        kinds=dict(kinds),
        key_ids=tuple(sorted(keys)),
    )


def _guard(path: Path) -> None:
    try:
        guard(path)
    except FileNotFoundError:
        raise StopListError(
            f"{path}: 停止リストがありません。`daicho suppress start` で作れます (no stop list here)"
        ) from None
    except PrivateFileError as error:
        raise StopListError(str(error)) from None


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        raise StopListError(f"{path}: 停止リストを読み書きできません (cannot be read or written: {name})") from None


def _proofread(order: Order, person: Person) -> None:
    """No key of the person in what stands in clear."""
    sought = seek(person)
    for said in (order.case, order.ordered_by, order.article):
        if len(said) > _LONGEST or "\n" in said or sought.shows_in(said):
            raise StopListError(
                "受付番号・指示者・条項に本人の手がかりがあるか、長すぎます。受付番号と役職で書いてください "
                "(case, article or orderer holds a key of the person, or is too long)"
            )
    if not order.case.strip() or not order.ordered_by.strip():
        raise StopListError("受付番号と指示者が必要です (a case and who ordered it are needed)")
