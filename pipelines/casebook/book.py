"""The casebook (開示等請求受付・対応台帳): opened, seen, changed; each time with its audit entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from expectations.policy import Policy
from pipelines.casebook import accounts, gates
from pipelines.casebook.case import Case
from pipelines.casebook.days import days, due
from pipelines.casebook.draft import Draft, opened
from pipelines.casebook.hands import Hand
from pipelines.casebook.lines import Line, cases, content_of, lines_of, row_of
from pipelines.casebook.opening import CasebookFile, Transaction
from pipelines.casebook.progress import Number
from pipelines.casebook.receiving import receive
from pipelines.casebook.repeats import related
from pipelines.casebook.rules import terms
from pipelines.casebook.schema import letters, requests
from pipelines.casebook.sealing import CasebookError, Keyring
from pipelines.clock import TOKYO, now

Change = Callable[[Case], Case]


class Casebook:
    """A casebook under a policy. Whoever does something has proven himself before (`prove`)."""

    def __init__(self, path: Path, keys: Keyring, policy: Policy) -> None:
        self._file = CasebookFile(path, keys)
        self.policy = policy

    def prove(self, name: str, secret: str) -> Hand:
        """The account, where the secret is its own; raises UnprovenError."""
        return accounts.prove(self._file, name, secret)

    def open(self, draft: Draft, by: Hand) -> Case:
        """Take a request in: its number, what it lacks, whether it came before. Raises CasebookError."""
        _responder(by)
        at = now()
        with self._file.transaction() as transaction:
            case = opened(draft, _next_number(transaction, f"{at.astimezone(TOKYO):%Y}"), self.policy, at)
            if case.marks:
                case = case.model_copy(update={"related": tuple(related(case, cases(transaction)))})
            case = receive(case, self.policy, draft, by, at)
            detail = {"route": case.route, "kinds": case.kinds, "related": [one.number for one in case.related]}
            self._write(transaction, case, "opened", by, detail)
        return case

    def case(self, number: str, by: Hand) -> Case:
        """One case, and that it was seen, by whom; raises CasebookError."""
        with self._file.transaction() as transaction:
            case = _read(transaction, number)
            transaction.record("seen", by.account, f"request {number}")
        return case

    def change(
        self, number: str, by: Hand, event: str, change: Change, detail: Mapping[str, object] | None = None
    ) -> Case:
        """Change a case: read, changed, written and audited in one transaction, or not at all. Raises CasebookError."""
        _responder(by)
        with self._file.transaction() as transaction:
            case = change(_read(transaction, number))
            self._write(transaction, case, event, by, detail)
        return case

    def put_letter(
        self, number: str, by: Hand, letter: bytes, kind: str = "docx", my_number: Number | None = None
    ) -> Case:
        """Put a letter up for approval, a file of that kind; it is kept, sealed. Raises RefusedError.

        Where a My Number goes with it, `letter` has it blacked out.
        """
        _responder(by)
        with self._file.transaction() as transaction:
            case = _read(transaction, number)
            progress = gates.lettered(case.progress, by, case.fingerprint(letter), kind, my_number)
            case = case.model_copy(update={"progress": progress})
            subject = f"letter {number}/{progress.letters}"
            sealed = transaction.keys.seal(letter, subject)
            transaction.connection.execute(
                sa.insert(letters).values(request=number, number=progress.letters, sealed=sealed)
            )
            transaction.record("letter_kept", by.account, subject, letter)
            self._write(transaction, case, "letter_put_up", by, {"letter": progress.letters, "kind": kind})
        return case

    def letter(self, number: str, by: Hand) -> bytes:
        """The letter that was put up last; raises CasebookError."""
        with self._file.transaction() as transaction:
            case = _read(transaction, number)
            place = (letters.c.request == number) & (letters.c.number == case.progress.letters)
            sealed = transaction.connection.execute(sa.select(letters.c.sealed).where(place)).scalar_one_or_none()
            if sealed is None:
                raise gates.RefusedError("no_letter")
            subject = f"letter {number}/{case.progress.letters}"
            transaction.record("letter_seen", by.account, subject)
            return transaction.keys.open(sealed, subject)

    def approve(self, number: str, name: str, secret: str, of: str) -> Case:
        """Release what has the digest `of`: the approver proves himself here and now. Raises CasebookError."""
        return self._as_approver(number, name, secret, "approved", lambda case, by: gates.approved(
            case.progress, by, of, now()
        ))  # fmt: skip

    def reject(self, number: str, name: str, secret: str) -> Case:
        """Send it back to be decided anew; raises CasebookError."""
        return self._as_approver(number, name, secret, "rejected", lambda case, by: gates.rejected(case.progress, by))

    def close(self, number: str, by: Hand) -> Case:
        """Close a case of which nothing is left to do; from here on its time of keeping runs. Raises RefusedError."""

        def closed(case: Case) -> Case:
            progress = gates.closed(case.progress, by, unsettled(case, self.policy))
            return case.model_copy(update={"progress": progress, "closed_on": now().date()})

        return self.change(number, by, "closed", closed)

    def lines(self) -> tuple[Line, ...]:
        """Every request, by number."""
        with self._file.transaction() as transaction:
            return tuple(lines_of(transaction))

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction on the casebook's file, for its keeping."""
        with self._file.transaction() as transaction:
            yield transaction

    def _as_approver(
        self, number: str, name: str, secret: str, event: str, gate: Callable[[Case, Hand], object]
    ) -> Case:
        by = accounts.prove(self._file, name, secret)
        with self._file.transaction() as transaction:
            case = _read(transaction, number)
            case = case.model_copy(update={"progress": gate(case, by)})
            self._write(transaction, case, event, by)
        return case

    def _write(
        self, transaction: Transaction, case: Case, event: str, by: Hand, detail: Mapping[str, object] | None = None
    ) -> None:
        line, content = self._line(case), case.model_dump_json().encode()
        subject = f"request {case.number}"
        row = row_of(line) | {"sealed": transaction.keys.seal(content, subject)}
        transaction.connection.execute(sa.delete(requests).where(requests.c.number == case.number))
        transaction.connection.execute(sa.insert(requests).values(row))
        said = {"step": case.progress.step, **(detail or {})}
        transaction.record(event, by.account, subject, content_of(line, content), said)

    def _line(self, case: Case) -> Line:
        found, owed = days(case, self.policy), due(case, self.policy)
        keep = case.closed_on and _years_after(case.closed_on, terms().keep_years)
        return Line(
            number=case.number,
            route=case.route,
            kinds=case.kinds,
            requester=case.requester,
            step=case.progress.step,
            arrived=case.arrived.astimezone(TOKYO).isoformat(timespec="minutes"),
            completed_on=_day(case.completed_on),
            target_on=_day(found.target),
            due=owed.what if owed else "",
            due_on=_day(owed.on if owed else None),
            suit_from=_day(found.suit_from),
            closed_on=_day(case.closed_on),
            keep_until=_day(keep),
            withdrawn_on=_day(case.progress.withdrawn_on),
        )


def unsettled(case: Case, policy: Policy) -> tuple[str, ...]:
    """What still has to go back to the requester before a case is closed."""
    from pipelines.casebook.fees import fee

    left = []
    if case.papers and not case.papers_settled_on:
        left.append("papers")
    if fee(case, policy).to_return:
        left.append("fee")
    return tuple(left)


def _responder(by: Hand) -> None:
    if by.role != "responder":
        raise gates.RefusedError("role")


def _read(transaction: Transaction, number: str) -> Case:
    row = transaction.connection.execute(
        sa.select(requests.c.step, requests.c.sealed).where(requests.c.number == number)
    ).one_or_none()
    if row is None:
        raise CasebookError("その受付番号はありません (no request of that number)")
    if row.sealed is None:
        raise CasebookError(f"{number}: 保存期間の満了により消去済みです (erased when its time of keeping ended)")
    return Case.model_validate_json(transaction.keys.open(row.sealed, f"request {number}"))


def _next_number(transaction: Transaction, year: str) -> str:
    like = requests.c.number.like(f"{year}-%")
    last = transaction.connection.execute(sa.select(sa.func.max(requests.c.number)).where(like)).scalar_one()
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:04d}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)
