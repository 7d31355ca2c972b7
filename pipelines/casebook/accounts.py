"""Accounts of the casebook: who works on requests, in which role, proven by a secret of their own (Argon2id, RFC 9106).

A responder may not make the approver that releases his answers: once there is an approver, only approvers add accounts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import sqlalchemy as sa

from pipelines.account_secrets import NAME, SecretError, hashed, is_of, spend
from pipelines.casebook.hands import Hand, Role
from pipelines.casebook.opening import CasebookFile, Transaction
from pipelines.casebook.schema import accounts
from pipelines.casebook.sealing import CasebookError
from pipelines.clock import now


class UnprovenError(CasebookError):
    """Somebody has not proven to be who he says. Says nothing of which half was wrong."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is listed."""

    name: str
    role: Role
    disabled_at: str
    """'' while it may be used."""


def add(transaction: Transaction, name: str, role: Role, secret: str, by: Hand | None) -> None:
    """Add an account; raises CasebookError."""
    if not NAME.fullmatch(name):
        raise CasebookError("名前は半角の英小文字・数字 2〜32 文字です (an account's name: 2 to 32 of a-z 0-9 . _ -)")
    if role not in get_args(Role):
        raise CasebookError(f"役割は {'、'.join(get_args(Role))} です (no such role)")
    known = list(_rows(transaction))
    if any(row.name == name for row in known):
        raise CasebookError(f"{name}: その名前はもうあります (there is an account of that name)")
    _authorise(known, by)
    phc = _hashed(secret, known)
    transaction.connection.execute(sa.insert(accounts).values(name=name, role=role, secret=phc, disabled_at=""))
    _record(transaction, "account_added", name, by, {"role": role})


def change_secret(transaction: Transaction, by: Hand, secret: str) -> None:
    """Give an account that has proven itself another secret; raises CasebookError."""
    # one's own old one too: a new secret is a new one
    phc = _hashed(secret, list(_rows(transaction)))
    transaction.connection.execute(sa.update(accounts).where(accounts.c.name == by.account).values(secret=phc))
    _record(transaction, "secret_changed", by.account, by, {})


def disable(transaction: Transaction, name: str, by: Hand) -> None:
    """Close an account; its entries in the audit stay. Raises CasebookError."""
    known = list(_rows(transaction))
    _authorise(known, by)
    living = [row for row in known if not row.disabled_at]
    if name not in {row.name for row in living}:
        raise CasebookError("その名前の使える口座はありません (no such account in use)")
    if {row.name for row in living if row.role == "approver"} == {name}:
        raise CasebookError("最後の決裁者です。先に別の決裁者を加えてください (the last approver: add another first)")
    at = now().isoformat(timespec="seconds")
    transaction.connection.execute(sa.update(accounts).where(accounts.c.name == name).values(disabled_at=at))
    _record(transaction, "account_disabled", name, by, {})


def prove(file: CasebookFile, name: str, secret: str) -> Hand:
    """The account, where the secret is its own; raises UnprovenError, and a wrong secret stands in the audit."""
    with file.transaction() as transaction:
        row = next((row for row in _rows(transaction) if row.name == name and not row.disabled_at), None)
        if row is None:
            spend(secret)
        elif is_of(secret, row.secret):
            return Hand(row.name, row.role)
        else:
            transaction.record("unproven", subject=f"account {name}")
    raise UnprovenError("口座名か秘密が違います (no such account, or not its secret)")


def listed(transaction: Transaction) -> tuple[Account, ...]:
    """Every account."""
    return tuple(Account(row.name, row.role, row.disabled_at) for row in _rows(transaction))


def contents(transaction: Transaction) -> Iterator[tuple[str, bytes]]:
    """Every account as subject and content of the audit."""
    for row in _rows(transaction):
        yield f"account {row.name}", json.dumps(tuple(row)).encode()


def _rows(transaction: Transaction) -> Iterator[sa.Row[tuple[str, ...]]]:
    yield from transaction.connection.execute(sa.select(accounts).order_by(accounts.c.name)).all()


def _record(transaction: Transaction, event: str, name: str, by: Hand | None, detail: dict[str, object]) -> None:
    content = dict(contents(transaction))[f"account {name}"]
    transaction.record(event, by.account if by else "", f"account {name}", content, detail)


def _authorise(known: list[sa.Row[tuple[str, ...]]], by: Hand | None) -> None:
    there_is_one = any(row.role == "approver" and not row.disabled_at for row in known)
    if there_is_one and (by is None or by.role != "approver"):
        raise CasebookError("口座は決裁者だけが加え、閉じられます (only an approver adds or closes accounts)")


def _hashed(secret: str, known: list[sa.Row[tuple[str, ...]]]) -> str:
    try:
        return hashed(secret, (row.secret for row in known))
    except SecretError as error:
        raise CasebookError(str(error)) from None
