"""Look-ups in the casebook's audit: who looked somebody up, when, why, by which kinds of keys; nothing of whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from pipelines.casebook import accounts
from pipelines.casebook.gates import RefusedError
from pipelines.casebook.hands import Hand
from pipelines.casebook.opening import CasebookFile, Transaction
from pipelines.disclosure.lookup import Record


def recorder(file: CasebookFile, account: str, secret: str) -> Record:
    """What the look-ups of a responder, proven here, are recorded by; raises CasebookError."""
    return recorder_of(file.transaction, accounts.prove(file, account, secret))


def recorder_of(transaction: Callable[[], AbstractContextManager[Transaction]], by: Hand) -> Record:
    """What the look-ups of a responder, who has proven himself before, are recorded by; raises RefusedError."""
    if by.role != "responder":
        raise RefusedError("role")

    def record(event: str, detail: Mapping[str, Any]) -> str:
        with transaction() as open_one:
            return str(open_one.record(event, by.account, detail=detail))

    return record
