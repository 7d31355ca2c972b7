"""The few statements that the register's writers are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from pipelines.register import schema
from pipelines.register.differences import State, state
from pipelines.register.scanned import Row

CHUNK = 500
"""Ids in one condition: databases allow only so many parameters a statement."""


def held(connection: sa.Connection, store: str) -> list[sa.RowMapping]:
    """The datasets of a store that are not gone: id and masked name."""
    table = schema.datasets
    query = sa.select(table.c.id, table.c.name).where(table.c.store == store, table.c.gone_run.is_(None))
    return list(connection.execute(query).mappings())


def living(connection: sa.Connection, ids: Sequence[str]) -> list[str]:
    """Those of some datasets that the register holds and that are not gone."""
    table = schema.datasets
    return [
        one
        for some in chunks(ids)
        for one in connection.scalars(sa.select(table.c.id).where(table.c.id.in_(some), table.c.gone_run.is_(None)))
    ]


def snapshot(connection: sa.Connection, ids: Sequence[str]) -> State:
    """What the register holds of some datasets, to compare."""
    keys = {"datasets": schema.datasets.c.id}
    keys |= {table.name: table.c.dataset_id for table in (schema.columns, schema.partitions, schema.stops)}
    return state(
        {
            name: [
                row
                for some in chunks(ids)
                for row in connection.execute(sa.select(key.table).where(key.in_(some))).mappings()
            ]
            for name, key in keys.items()
        }
    )


def first_runs(connection: sa.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Dataset id → the run that saw it first."""
    table = schema.datasets
    return {
        name: run
        for some in chunks(ids)
        for name, run in connection.execute(sa.select(table.c.id, table.c.first_run).where(table.c.id.in_(some)))
    }


def retire(connection: sa.Connection, run: int, ids: Iterable[str]) -> None:
    """Mark datasets as gone."""
    for some in chunks(sorted(ids)):
        connection.execute(sa.update(schema.datasets).where(schema.datasets.c.id.in_(some)).values(gone_run=run))


def delete(connection: sa.Connection, key: sa.Column[Any], values: Sequence[str]) -> None:
    """Delete the rows of these keys, and what hangs on them."""
    for some in chunks(values):
        connection.execute(sa.delete(key.table).where(key.in_(some)))


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows, perhaps none."""
    if rows:
        connection.execute(sa.insert(table), [{name: _text(cell) for name, cell in row.items()} for row in rows])


def replace(connection: sa.Connection, key: sa.Column[Any], row: Row) -> None:
    """Write one row over the one of the same key, or beside the others where there is none."""
    if not connection.execute(sa.update(key.table).where(key == row[key.name]).values(row)).rowcount:
        insert(connection, key.table, [row])


def _text(cell: Any) -> Any:
    """A cell as every database holds it: PostgreSQL knows no NUL, which stands there as a sign of its own."""
    return cell.replace("\0", "␀") if isinstance(cell, str) else cell


def chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    """Values, so many at once as one condition takes."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
