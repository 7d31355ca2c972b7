"""A random sample of a table without reading all of it, where the database has a way to draw."""

from __future__ import annotations

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


def thinned(source: sa.TableClause, records: int, rows: int, seed: int) -> sa.Select[Any]:
    """A PostgreSQL statement for a random part of a table, somewhat more than `rows` rows of it."""
    percent = min(100.0, 100 * (1.5 * rows + 100) / records)
    part = sa.tablesample(source, sa.func.bernoulli(percent), seed=sa.literal(seed % 2**31))
    return sa.select(*part.c)
