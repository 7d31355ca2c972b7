"""Look-ups in the casebook's audit: who looked somebody up, when, why, by which kinds of keys; nothing of whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.casebook import accounts
from pipelines.casebook.gates import RefusedError
from pipelines.casebook.opening import CasebookFile
from pipelines.disclosure.lookup import Record


def recorder(file: CasebookFile, account: str, secret: str) -> Record:
    """What the look-ups of a responder, proven here, are recorded by; raises CasebookError."""
    by = accounts.prove(file, account, secret)
    if by.role != "responder":
        raise RefusedError("role")

    def record(event: str, detail: Mapping[str, Any]) -> str:
        with file.transaction() as transaction:
            return str(transaction.record(event, by.account, detail=detail))

    return record
