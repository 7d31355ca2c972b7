"""Databases by their SQLAlchemy URL, or an SQLite file by its path: every table and view, read only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from pipelines.stores import (
    Dataset,
    NotRead,
    Store,
    StoreError,
    duckdb_files,
    frames,
    sql_catalog,
    sql_neighbours,
    sql_postgresql,
    sql_rights,
)
from pipelines.stores.failures import worded, worded_call
from pipelines.stores.scope import Scope
from pipelines.stores.sql_access import lost, session, watch_over
from pipelines.stores.sql_catalog import Relation
from pipelines.stores.sql_failures import reworded
from pipelines.stores.sql_sampling import drawn, thinned
from pipelines.stores.sql_spelling import spelt
from pipelines.stores.sql_statements import of_a_view

if TYPE_CHECKING:
    from classifiers.statements import Statement

KIND = "sql"

MANY = 20
"""Tables of up to so many times the sample are read whole; of larger ones so many times are drawn where a database
draws whole blocks: rows that lie together were often made together, and one in twenty of them is fair."""
ROWIDS = ("_rowid_", "rowid", "oid")
"""What SQLite calls a table's own number, unless a column bears the name."""


def connect(location: str, scope: Scope) -> Store:
    """The database at a URL, or in an SQLite or DuckDB file."""
    if duckdb_files.is_one(location):
        return duckdb_files.DuckdbFile(location, scope)
    return SqlStore(location, scope)


def may_write(location: str) -> bool | None:
    """Whether the account of a URL could change what is stored; None where that is not known. Raises StoreError."""
    if duckdb_files.is_one(location):
        return None
    with session(location) as connection:
        return sql_rights.may_write(connection)


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

    def statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        """What a view's definition does."""
        return of_a_view(dataset)

    def _datasets(self) -> Iterator[Dataset | NotRead]:
        with self._session() as connection:
            inspector = sa.inspect(connection)
            found = list(sql_catalog.relations(inspector, self.scope.elsewhere))
            readers = sql_catalog.readers(inspector)
            for relation in found:
                if not self.scope.holds(relation.name):
                    yield NotRead(relation.name, "excluded", "宣言により対象外の表")
                    continue
                try:
                    one = sql_catalog.dataset(inspector, relation, found, readers)
                    hidden = sql_catalog.rows_hidden(inspector, relation)
                    # whoever takes this may be slow, which is not the server's silence
                    watch_over(connection).rest()
                    yield one
                    if hidden:
                        yield NotRead(relation.name, "denied", "行レベルセキュリティにより、一部の行は読めません")
                except SQLAlchemyError as error:
                    if lost(error):
                        raise
                    connection.rollback()
                    watch_over(connection).rest()
                    failure = reworded(error)
                    yield NotRead(relation.name, failure.reason, failure.hint)
            yield from sql_neighbours.undeclared(connection, self.scope)

    def _sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        with self._session() as connection:
            relation = _relation(connection, dataset, self.scope)
            table = frames.reservoir(_drawn(connection, relation, dataset, rows, seed), rows, seed)
        return frames.nothing(field.name for field in dataset.fields) if table is None else table

    def _batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        with self._session(whole=True) as connection:
            yield from _all(connection, _relation(connection, dataset, self.scope), dataset)

    def _session(self, *, whole: bool = False) -> AbstractContextManager[sa.Connection]:
        return session(self.location, whole=whole)


def _relation(connection: sa.Connection, dataset: Dataset, scope: Scope) -> Relation:
    for relation in sql_catalog.relations(sa.inspect(connection), scope.elsewhere):
        if relation.name == dataset.name:
            return relation
    raise StoreError("missing", "一覧を作った後に表がなくなりました")


def _drawn(
    connection: sa.Connection, relation: Relation, dataset: Dataset, rows: int, seed: int
) -> Iterator[pa.RecordBatch]:
    """Rows to sample from: some of the table's where it is large and the database can draw, else all of them."""
    if relation.has_rows and dataset.records is not None and dataset.records > MANY * rows and rows:
        found = _by_number(connection, relation, dataset, rows, seed)
        if found is None:
            found = _by_share(connection, relation, dataset, rows, seed)
        if found is not None:
            return iter(found)
    return _all(connection, relation, dataset)


def _by_number(
    connection: sa.Connection, relation: Relation, dataset: Dataset, rows: int, seed: int
) -> list[pa.RecordBatch] | None:
    number = _number(connection, dataset)
    if number is None or dataset.records is None:
        return None
    names = [field.name for field in dataset.fields]
    try:
        found = drawn(connection, relation.clause(names), number, dataset.records, rows, seed)
    except SQLAlchemyError as error:
        if lost(error):
            raise
        return None
    return None if found is None else [spelt(piece, dataset.fields) for piece in frames.pieces(found, names)]


def _by_share(
    connection: sa.Connection, relation: Relation, dataset: Dataset, rows: int, seed: int
) -> list[pa.RecordBatch] | None:
    source = relation.clause([field.name for field in dataset.fields])
    statement = thinned(connection, source, _cells(connection, dataset), MANY * rows / (dataset.records or 1), seed)
    if statement is None:
        return None
    part = list(_read(connection, statement, dataset))
    return part if sum(piece.num_rows for piece in part) >= rows else None


def _all(connection: sa.Connection, relation: Relation, dataset: Dataset) -> Iterator[pa.RecordBatch]:
    source = relation.clause([field.name for field in dataset.fields])
    return _read(connection, sa.select(*_cells(connection, dataset)).select_from(source), dataset)


def _cells(connection: sa.Connection, dataset: Dataset) -> list[sa.ColumnElement[Any]]:
    if _copies(connection):
        return sql_postgresql.cells(dataset.fields)
    return [sa.column(field.name) for field in dataset.fields]


def _read(connection: sa.Connection, statement: sa.Select[Any], dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """What a statement over `_cells` answers, in pieces of text."""
    if _copies(connection):
        pieces = sql_postgresql.copied(connection, statement, dataset.fields)
    else:
        pieces = frames.pieces(_rows(connection, statement), [field.name for field in dataset.fields])
    return (spelt(piece, dataset.fields) for piece in pieces)


def _copies(connection: sa.Connection) -> bool:
    return connection.dialect.driver == "psycopg"


def _rows(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Sequence[Any]]:
    # the size must stand on the statement: on the connection alone, drivers hold the whole result
    for part in connection.execute(statement.execution_options(yield_per=frames.PIECE)).partitions():
        yield from part


def _number(connection: sa.Connection, dataset: Dataset) -> sa.ColumnElement[Any] | None:
    """The table's unique whole number, if it has one: SQLite's rowid, or a primary key that is an integer."""
    match connection.dialect.name:
        case "sqlite":
            names = [field.name.lower() for field in dataset.fields]
            free = next((name for name in ROWIDS if name not in names), None)
            return sa.literal_column(free) if free else None
        case "mysql" | "mariadb":
            return sa.column(dataset.key) if dataset.key else None
    return None
