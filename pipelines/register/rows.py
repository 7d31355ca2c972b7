"""Rows of a register's tables as the values that it answers."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from pipelines.register.contents import RegisteredColumn, RegisteredStatement, RegisteredUse, Run
from pipelines.register.evidence import worded

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Answer = TypeVar("Answer", bound="DataclassInstance")


def as_kind(kind: type[Answer], row: sa.RowMapping, **more: Any) -> Answer:
    """The row as a value of that kind; `more` goes before what stands in it."""
    names = {field.name for field in fields(kind)} - more.keys()
    known = {name: row[name] for name in names}
    if "evidence" in known:
        known["evidence"] = worded(known["evidence"])
    return kind(**known, **more)


def utc(moment: datetime | None) -> datetime | None:
    """A moment with its zone."""
    # SQLite keeps no time zone; the writer's is UTC
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def run(row: sa.RowMapping) -> Run:
    """A run."""
    return as_kind(Run, row, started=utc(row["started"]), finished=utc(row["finished"]))


def statement(row: sa.RowMapping) -> RegisteredStatement:
    """A statement."""
    return as_kind(
        RegisteredStatement,
        row,
        sources=tuple(row["sources"]),
        passed_on=tuple(row["passed_on"]),
        together=tuple(map(tuple, row["together"])),
        feeds=tuple(map(tuple, row["feeds"])),
        uses=tuple(RegisteredUse(one["use"], one["confidence"], worded(one["evidence"])) for one in row["uses"]),
    )


def column(row: sa.RowMapping) -> RegisteredColumn:
    """A column."""
    pairs = {name: tuple((str(key), value) for key, value in row[name]) for name in ("alternatives", "mentions")}
    return as_kind(RegisteredColumn, row, **pairs)
