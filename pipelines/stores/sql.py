"""Databases by their SQLAlchemy URL, or an SQLite file by its path: every table and view, read only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from pipelines.stores import Dataset, NotRead, StoreError, frames, sql_catalog
from pipelines.stores.failures import worded, worded_call
from pipelines.stores.scope import Scope
from pipelines.stores.sql_access import read_only
from pipelines.stores.sql_catalog import Relation
from pipelines.stores.sql_failures import reworded
from pipelines.stores.sql_sampling import drawn, thinned

KIND = "sql"

SMALL = 20
"""Tables of up to so many times the sample are read whole: that is quicker than drawing."""
ROWIDS = ("_rowid_", "rowid", "oid")
"""What SQLite calls a table's own number, unless a column bears the name."""


def connect(location: str, scope: Scope) -> SqlStore:
    """The database at a URL, or in an SQLite file."""
    return SqlStore(location, scope)


@dataclass(frozen=True, slots=True)
class SqlStore:
    """A database; nothing but `StoreError` comes out of it, and nothing goes into it."""

    location: str = field(repr=False)
    scope: Scope

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """Every table and view, from the catalogue; one that it cannot describe is a row and stops no other."""
        return worded(self._datasets(), reworded)

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        """At most `rows` random rows; raises StoreError."""
        return worded_call(lambda: self._sample(dataset, rows, seed), reworded)

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows, in pieces; raises StoreError."""
        return worded(self._batches(dataset), reworded)

    def _datasets(self) -> Iterator[Dataset | NotRead]:
        with read_only(self.location).connect() as connection:
            inspector = sa.inspect(connection)
            found = list(sql_catalog.relations(inspector))
            names = [relation.name for relation in found]
            for relation in found:
                if not self.scope.holds(relation.name):
                    yield NotRead(relation.name, "excluded", "宣言により対象外の表")
                    continue
                try:
                    yield sql_catalog.dataset(inspector, relation, names)
                except SQLAlchemyError as error:
                    failure = reworded(error)
                    yield NotRead(relation.name, failure.reason, failure.hint)

    def _sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        names = [column.name for column in dataset.fields]
        with read_only(self.location).connect() as connection:
            relation = _relation(connection, dataset)
            chosen = _chosen(connection, relation, dataset, rows, seed)
            read = chosen if chosen is not None else _rows(connection, sa.select(*relation.clause(names).c))
            pieces = (frames.blanks_to_null(piece) for piece in frames.pieces(read, names))
            table = frames.reservoir(pieces, rows, seed)
        return frames.nothing(names) if table is None else table

    def _batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        names = [column.name for column in dataset.fields]
        with read_only(self.location).connect() as connection:
            relation = _relation(connection, dataset)
            rows = _rows(connection, sa.select(*relation.clause(names).c))
            for piece in frames.pieces(rows, names):
                yield frames.blanks_to_null(piece)


def _relation(connection: sa.Connection, dataset: Dataset) -> Relation:
    for relation in sql_catalog.relations(sa.inspect(connection)):
        if relation.name == dataset.name:
            return relation
    raise StoreError("missing", "一覧を作った後に表がなくなりました")


def _rows(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Sequence[Any]]:
    # the size must stand on the statement: on the connection alone, drivers hold the whole result
    for part in connection.execute(statement.execution_options(yield_per=frames.PIECE)).partitions():
        yield from part


def _chosen(
    connection: sa.Connection, relation: Relation, dataset: Dataset, rows: int, seed: int
) -> Sequence[Sequence[Any]] | None:
    """Rows drawn without reading the table; None where that is no use or no way."""
    if relation.is_view or dataset.records is None or dataset.records <= SMALL * rows or not rows:
        return None
    source = relation.clause([column.name for column in dataset.fields])
    if connection.dialect.name == "postgresql":
        part = connection.execute(thinned(source, dataset.records, rows, seed)).all()
        return part if len(part) >= rows else None
    number = _number(connection, relation, dataset)
    if number is None:
        return None
    try:
        return drawn(connection, source, number, dataset.records, rows, seed)
    except SQLAlchemyError:
        return None


def _number(connection: sa.Connection, relation: Relation, dataset: Dataset) -> sa.ColumnElement[Any] | None:
    """The table's unique whole number, if it has one: SQLite's rowid, or a primary key that is an integer."""
    names = [column.name.lower() for column in dataset.fields]
    if connection.dialect.name == "sqlite":
        free = next((name for name in ROWIDS if name not in names), None)
        return sa.literal_column(free) if free else None
    key = sa.inspect(connection).get_pk_constraint(relation.table, relation.schema)["constrained_columns"]
    return sa.column(key[0]) if len(key) == 1 else None
