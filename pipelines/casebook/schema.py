"""The casebook's tables. What says anything of a person is sealed; in clear stand numbers, kinds, days and states."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table

APPLICATION, VERSION = 0x57507371, 3
"""`application_id` and `user_version` of the file."""

metadata = MetaData()


def _text(name: str, **more: Any) -> Column[str]:
    return Column(name, String, nullable=False, **more)


audit_keys = Table(
    "audit_keys",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""The keys the audit is chained by: a new one with every new casebook key."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("epoch", Integer, nullable=False),
    _text("at"),
    _text("account"),
    _text("process"),
    _text("event"),
    _text("subject"),
    _text("detail"),
    _text("row"),
    _text("previous"),
    _text("mac"),
)
"""Who did what to which row, chained. No value of a case."""

accounts = Table(
    "accounts", metadata, _text("name", primary_key=True), _text("role"), _text("secret"), _text("disabled_at")
)

requests = Table(
    "requests",
    metadata,
    _text("number", primary_key=True),
    _text("route"),
    _text("kinds"),
    _text("requester"),
    _text("step"),
    _text("arrived"),
    _text("completed_on"),
    _text("target_on"),
    _text("due"),
    _text("due_on"),
    _text("suit_from"),
    _text("closed_on"),
    _text("keep_until"),
    _text("withdrawn_on", server_default=""),
    Column("sealed", LargeBinary),
)
"""One row a request; `sealed` is the whole case, NULL after its erasure. '' is a day that is not yet.

`withdrawn_on` since version 3."""

letters = Table(
    "letters",
    metadata,
    _text("request", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""Letters as they were put up for approval."""

provisions = Table(
    "provisions",
    metadata,
    _text("number", primary_key=True),
    _text("side"),
    _text("ground"),
    _text("made_on"),
    _text("keep_until"),
    Column("sealed", LargeBinary, nullable=False),
)
"""Records of provision to and from third parties (arts 29, 30). Since version 2."""
