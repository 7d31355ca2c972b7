"""Keeping a casebook: verified against its audit, brought under a new key, backed up, restored, and erased in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from pipelines.casebook import accounts, chain, lines, schema
from pipelines.casebook.chain import Entry, Head, TamperedError
from pipelines.casebook.opening import CasebookFile, Transaction, in_words
from pipelines.casebook.provisions import shelf
from pipelines.casebook.sealing import CasebookError, Keyring
from pipelines.private_files import PrivateFileError, make


def verify(transaction: Transaction, heads: Iterable[Head] = ()) -> Head:
    """Hold the whole casebook against its audit, and the audit against heads noted outside; raises TamperedError.

    Changed, deleted and added entries of the audit show, and so do accounts, requests and letters that are not as their
    last entry left them. What was cut off at the end together with what it did shows only against a head from outside.
    """
    entries = [Entry(*row) for row in transaction.connection.execute(sa.select(schema.audit).order_by("number")).all()]
    keys = transaction.audit_keys
    head = chain.verify(entries, keys, heads)
    last = {entry.subject: entry for entry in entries if entry.row}
    seen = set[str]()
    for subject, content in (
        *accounts.contents(transaction),
        *lines.contents(transaction),
        *shelf.contents(transaction),
    ):
        entry = last.get(subject)
        if entry is None or entry.row != chain.digest(keys[entry.epoch], subject, content):
            raise TamperedError(f"{subject}: 記録のない変更があります (was changed beside the audit)")
        seen.add(subject)
    for subject, entry in last.items():
        if subject not in seen and entry.row != chain.digest(keys[entry.epoch], subject, b""):
            raise TamperedError(f"{subject}: 記録なしに削除されています (was deleted beside the audit)")
    return head


def head(transaction: Transaction) -> Head:
    """The audit's last entry, to be noted outside the casebook."""
    number, mac = schema.audit.c.number, schema.audit.c.mac
    return Head(*transaction.connection.execute(sa.select(number, mac).order_by(number.desc()).limit(1)).one())


def rotate(transaction: Transaction) -> int:
    """Seal everything by the current key, in one transaction; answers how many rows. Raises CasebookError.

    The audit goes on by a key of its own that is new, too: who knew the old key cannot write on with it.
    """
    keys, connection, count = transaction.keys, transaction.connection, 0
    verify(transaction)
    for epoch, sealed in connection.execute(sa.select(schema.audit_keys)).all():
        place = f"audit key {epoch}"
        again = keys.seal(keys.open(sealed, place), place)
        connection.execute(sa.update(schema.audit_keys).where(schema.audit_keys.c.epoch == epoch).values(sealed=again))
    table = schema.requests
    for number, sealed in connection.execute(sa.select(table.c.number, table.c.sealed)).all():
        if sealed is not None:
            again = keys.seal(keys.open(sealed, f"request {number}"), f"request {number}")
            connection.execute(sa.update(table).where(table.c.number == number).values(sealed=again))
            count += 1
    kept = schema.letters
    for request, number, sealed in connection.execute(sa.select(kept)).all():
        place = f"letter {request}/{number}"
        again = keys.seal(keys.open(sealed, place), place)
        where = (kept.c.request == request) & (kept.c.number == number)
        connection.execute(sa.update(kept).where(where).values(sealed=again))
        count += 1
    count += shelf.reseal(transaction)
    transaction.new_epoch()
    transaction.record("rotated", detail={"key": keys.current, "rows": count})
    return count


def erase_due(transaction: Transaction, today: date, account: str) -> tuple[str, ...]:
    """Erase every case and record of provision whose time of keeping is over; answers their numbers."""
    over = [line for line in lines.lines_of(transaction) if line.step == "closed" and line.keep_until <= f"{today}"]
    for line in over:
        lines.erase(transaction, line, account)
    return (*(line.number for line in over), *shelf.erase_due(transaction, today, account))


def back_up(file: CasebookFile, to: Path, account: str) -> Head:
    """Write a copy, sealed as the casebook is; answers the head it ends with. Raises CasebookError."""
    with file.transaction() as transaction:
        verify(transaction)
        noted = transaction.record("backed_up", account)
    _copy(file.path, to)
    return noted


def restore(backup: Path, to: Path, keys: Keyring, heads: Iterable[Head] = ()) -> Head:
    """Make a casebook of a backup, if it is whole and opens by the keys; raises CasebookError, TamperedError."""
    with CasebookFile(backup, keys).transaction() as transaction:
        verify(transaction, heads)
    _copy(backup, to)
    with CasebookFile(to, keys).transaction() as transaction:
        return transaction.record("restored")


def counts(file: CasebookFile) -> Mapping[str, int]:
    """How many requests stand at which step, and how many records of provision are kept: all that anybody else gets."""
    with file.transaction() as transaction:
        step = schema.requests.c.step
        rows = transaction.connection.execute(sa.select(step, sa.func.count()).group_by(step).order_by(step)).all()
        return {row[0]: row[1] for row in rows} | shelf.counts(transaction)


def _copy(source: Path, target: Path) -> None:
    try:
        make(target)
    except PrivateFileError as error:
        raise CasebookError(str(error)) from None
    with in_words(target), closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write)
