"""The records of provision in the casebook's file: sealed like cases, audited, erased when their time is over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from pipelines.casebook.gates import RefusedError
from pipelines.casebook.hands import Hand
from pipelines.casebook.opening import Transaction
from pipelines.casebook.provisions.record import Provision, problems
from pipelines.casebook.schema import audit, provisions
from pipelines.casebook.sealing import CasebookError


@dataclass(frozen=True, slots=True)
class Line:
    """A record as it is listed: nothing of a person, nor of the third party."""

    number: str
    side: str
    ground: str
    made_on: str
    keep_until: str


def add(transaction: Transaction, record: Provision, by: Hand, today: date, kept: set[str] | None = None) -> str:
    """Keep a record; answers its number, '' where the same one is kept already (`known`). Raises CasebookError."""
    if by.role != "responder":
        raise RefusedError("role")
    if wrong := [*problems(record, today)]:
        raise CasebookError("; ".join(wrong))
    kept = known(transaction) if kept is None else kept
    if (same := _same(record)) in kept:
        return ""
    kept.add(same)
    number = _next(transaction, today.year)
    line = Line(number, record.side, record.ground, f"{record.made_on}", f"{record.keep_until}")
    content = record.model_dump_json().encode()
    row = asdict(line) | {"sealed": transaction.keys.seal(content, _place(number))}
    transaction.connection.execute(sa.insert(provisions).values(row))
    said = {"side": record.side, "ground": record.ground}
    transaction.record("provision_added", by.account, _place(number), _content(line, content), said)
    return number


def listed(transaction: Transaction) -> Iterator[Line]:
    """Every record, by number."""
    columns = [column for column in provisions.c if column.name != "sealed"]
    for row in transaction.connection.execute(sa.select(*columns).order_by(provisions.c.number)).mappings().all():
        yield Line(**row)


def kept_records(transaction: Transaction) -> Iterator[tuple[str, Provision]]:
    """Every record with its number, opened."""
    chosen = sa.select(provisions.c.number, provisions.c.sealed).order_by(provisions.c.number)
    for number, sealed in transaction.connection.execute(chosen).all():
        yield number, Provision.model_validate_json(transaction.keys.open(sealed, _place(number)))


def known(transaction: Transaction) -> set[str]:
    """What tells a record from another, of every one that is kept."""
    return {_same(record) for _, record in kept_records(transaction)}


def seen(transaction: Transaction, number: str, by: Hand) -> Provision:
    """One record, and that it was seen; raises CasebookError."""
    chosen = sa.select(provisions.c.sealed).where(provisions.c.number == number)
    sealed = transaction.connection.execute(chosen).scalar_one_or_none()
    if sealed is None:
        raise CasebookError("その番号の第三者提供記録はありません (no record of that number)")
    transaction.record("provision_seen", by.account, _place(number))
    return Provision.model_validate_json(transaction.keys.open(sealed, _place(number)))


def contents(transaction: Transaction) -> Iterator[tuple[str, bytes]]:
    """Every record as subject and content of the audit."""
    lines = {line.number: line for line in listed(transaction)}
    for number, sealed in transaction.connection.execute(sa.select(provisions.c.number, provisions.c.sealed)).all():
        yield _place(number), _content(lines[number], transaction.keys.open(sealed, _place(number)))


def reseal(transaction: Transaction) -> int:
    """Seal every record by the current key; answers how many."""
    rows = transaction.connection.execute(sa.select(provisions.c.number, provisions.c.sealed)).all()
    for number, sealed in rows:
        again = transaction.keys.seal(transaction.keys.open(sealed, _place(number)), _place(number))
        where = provisions.c.number == number
        transaction.connection.execute(sa.update(provisions).where(where).values(sealed=again))
    return len(rows)


def erase_due(transaction: Transaction, today: date, account: str) -> tuple[str, ...]:
    """Erase every record whose time of keeping is over; answers their numbers."""
    over = tuple(line.number for line in listed(transaction) if line.keep_until < f"{today}")
    for number in over:
        transaction.connection.execute(sa.delete(provisions).where(provisions.c.number == number))
        transaction.record("provision_erased", account, _place(number), b"")
    return over


def counts(transaction: Transaction) -> dict[str, int]:
    """How many records there are by side and ground."""
    side, ground = provisions.c.side, provisions.c.ground
    chosen = sa.select(side, ground, sa.func.count()).group_by(side, ground).order_by(side, ground)
    return {f"{row[0]}_{row[1]}": row[2] for row in transaction.connection.execute(chosen).all()}


def _same(record: Provision) -> str:
    # the same provision written down on another day is the same
    return record.model_dump_json(exclude={"made_on"})


def _place(number: str) -> str:
    return f"provision {number}"


def _content(line: Line, content: bytes) -> bytes:
    return json.dumps(asdict(line), sort_keys=True).encode() + b"\0" + content


def _next(transaction: Transaction, year: int) -> str:
    # of the audit, which forgets nothing: a number that was erased is not given again
    like = audit.c.subject.like(f"{_place(f'P{year}-')}%")
    last = transaction.connection.execute(sa.select(sa.func.max(audit.c.subject)).where(like)).scalar_one()
    return f"P{year}-{int(last.rpartition('-')[2]) + 1 if last else 1:06d}"
