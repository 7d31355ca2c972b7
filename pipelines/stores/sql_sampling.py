"""A random sample of a table without reading all of it, where the database has a way to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

DENSE = 0.02
"""Share of the numbers between the least and the greatest that must be rows for a draw to be worth it."""
ROUNDS = 8
AT_ONCE = 500
"""Numbers one statement asks for."""


def drawn(
    connection: sa.Connection,
    source: sa.TableClause,
    number: sa.ColumnElement[Any],
    records: int,
    rows: int,
    seed: int,
) -> list[tuple[Any, ...]] | None:
    """`rows` rows, uniform over the `records` of `source`, found by random values of `number`, in its order.

    `number` is the table's unique whole number: an integer key or SQLite's rowid. None where its values lie too thinly
    or are no whole numbers; the table must be read then.
    """
    low, high = connection.execute(sa.select(sa.func.min(number), sa.func.max(number)).select_from(source)).one()
    if not (isinstance(low, int) and isinstance(high, int)) or records < DENSE * (high - low + 1):
        return None
    draw = np.random.default_rng(seed)
    found: dict[int, tuple[Any, ...]] = {}
    asked: set[int] = set()
    for _ in range(ROUNDS):
        size = int(1.2 * (rows - len(found)) * (high - low + 1) / records) + AT_ONCE
        values = draw.integers(low, high, size, endpoint=True).tolist()
        fresh = [value for value in dict.fromkeys(values) if value not in asked]
        asked.update(fresh)
        for at in range(0, len(fresh), AT_ONCE):
            some = fresh[at : at + AT_ONCE]
            answer = connection.execute(sa.select(number, *source.c).select_from(source).where(number.in_(some)))
            there = {row[0]: tuple(row[1:]) for row in answer}
            # in the order of the draw: the database answers in its own, which would favour small numbers
            found |= {value: there[value] for value in some if value in there}
            if len(found) >= rows:
                return [found[value] for value in sorted(list(found)[:rows])]
    return None


def thinned(
    connection: sa.Connection, source: sa.TableClause, cells: Sequence[sa.ColumnElement[Any]], share: float, seed: int
) -> sa.Select[Any] | None:
    """A statement for about that share of a table, drawn by the database; None where it has no way to.

    Whole blocks are drawn, which lie together on disk, so the share must be many times what is kept of it.
    """
    dialect = connection.dialect
    if dialect.name in ("mysql", "mariadb"):
        # reads the table, but sends a part of it
        return sa.select(*cells).select_from(source).where(sa.func.rand(sa.literal_column(str(seed))) < share)
    clause = _CLAUSES.get(dialect.name)
    if clause is None:
        return None
    table = dialect.identifier_preparer.format_table(source).replace(":", "\\:")
    part = clause.format(percent=f"{min(100.0, max(100 * share, 1e-6)):.6f}", seed=seed % 2**31)
    return sa.select(*cells).select_from(sa.text(f"{table} {part}"))


_CLAUSES = {
    "postgresql": "TABLESAMPLE SYSTEM ({percent}) REPEATABLE ({seed})",
    "mssql": "TABLESAMPLE ({percent} PERCENT) REPEATABLE ({seed})",
    "oracle": "SAMPLE BLOCK ({percent}) SEED ({seed})",
    "snowflake": "TABLESAMPLE SYSTEM ({percent}) SEED ({seed})",
    "bigquery": "TABLESAMPLE SYSTEM ({percent} PERCENT)",
}
