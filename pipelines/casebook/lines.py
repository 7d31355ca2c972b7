"""The rows of a casebook: a line in clear for each request, and what is sealed beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date

import sqlalchemy as sa

from pipelines.casebook.case import Case
from pipelines.casebook.opening import Transaction
from pipelines.casebook.schema import letters, requests


@dataclass(frozen=True, slots=True)
class Line:
    """One request as it is listed: nothing of a person."""

    number: str
    route: str
    kinds: tuple[str, ...]
    requester: str
    step: str
    """What is to be done next; `erased` where only this line is left."""
    arrived: str
    completed_on: str
    target_on: str
    due: str
    due_on: str
    suit_from: str
    closed_on: str
    keep_until: str
    withdrawn_on: str = ""

    def late(self, today: date) -> bool:
        """Whether what is owed is overdue."""
        return bool(self.due_on) and self.due_on < today.isoformat()


def lines_of(transaction: Transaction) -> Iterator[Line]:
    """Every request, by number."""
    columns = [column for column in requests.c if column.name != "sealed"]
    for row in transaction.connection.execute(sa.select(*columns).order_by(requests.c.number)).mappings().all():
        yield Line(**{**row, "kinds": tuple(filter(None, row["kinds"].split(",")))})


def cases(transaction: Transaction) -> Iterator[Case]:
    """Every case that is not erased."""
    for number, sealed in transaction.connection.execute(sa.select(requests.c.number, requests.c.sealed)).all():
        if sealed is not None:
            yield Case.model_validate_json(transaction.keys.open(sealed, f"request {number}"))


def contents(transaction: Transaction) -> Iterator[tuple[str, bytes]]:
    """Every request and letter as subject and content of the audit."""
    for line in lines_of(transaction):
        subject = f"request {line.number}"
        place = requests.c.number == line.number
        sealed = transaction.connection.execute(sa.select(requests.c.sealed).where(place)).scalar_one()
        yield subject, content_of(line, transaction.keys.open(sealed, subject) if sealed is not None else b"")
    for request, number, sealed in transaction.connection.execute(sa.select(letters)).all():
        subject = f"letter {request}/{number}"
        yield subject, transaction.keys.open(sealed, subject)


def erase(transaction: Transaction, line: Line, account: str) -> None:
    """Erase a case: its content and letters go, its line stays."""
    gone = replace(line, step="erased")
    place = requests.c.number == line.number
    transaction.connection.execute(sa.update(requests).where(place).values(**row_of(gone), sealed=None))
    kept = transaction.connection.execute(sa.select(letters.c.number).where(letters.c.request == line.number)).scalars()
    numbers = list(kept)
    transaction.connection.execute(sa.delete(letters).where(letters.c.request == line.number))
    for number in numbers:
        transaction.record("letter_erased", account, f"letter {line.number}/{number}", b"")
    transaction.record("erased", account, f"request {line.number}", content_of(gone, b""))


def row_of(line: Line) -> dict[str, object]:
    """The line as columns."""
    return {**asdict(line), "kinds": ",".join(line.kinds)}


def content_of(line: Line, content: bytes) -> bytes:
    """What the audit's digest of a request is made of."""
    said = row_of(line)
    if not line.withdrawn_on:
        # lines had no such column before version 3
        del said["withdrawn_on"]
    return json.dumps(said, sort_keys=True).encode() + b"\0" + content
