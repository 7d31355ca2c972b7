"""What a database's catalogue says: its tables and views, their columns, comments, keys and sizes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from pipelines.stores import Dataset, Field, ForeignKey
from pipelines.stores.sql_statements import without_literals

T = TypeVar("T")
U = TypeVar("U")

SYSTEM = frozenset({"information_schema", "mysql", "performance_schema", "sys", "guest", "pg_catalog", "pg_toast"})
SYSTEM_PREFIXES = ("pg_", "db_", "crdb_")
"""Schemas that databases keep for themselves."""

ESTIMATES = {
    "postgresql": "SELECT CAST(c.reltuples AS bigint) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = :schema AND c.relname = :name",
    "mysql": "SELECT table_rows FROM information_schema.tables WHERE table_schema = :schema AND table_name = :name",
}
ESTIMATES["mariadb"] = ESTIMATES["mysql"]
"""How many rows a table has, by the database's own estimate; others count."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view."""

    table: str = field(repr=False)
    schema: str | None = field(repr=False)
    """None: the connection's own."""
    is_view: bool

    @property
    def name(self) -> str:
        """The dataset's name: the table's, with its schema where that is not the connection's own."""
        return f"{self.schema}.{self.table}" if self.schema else self.table

    def clause(self, columns: Collection[str]) -> sa.TableClause:
        """The relation with those columns for a statement, of no type: values come as the driver gives them."""
        return sa.table(self.table, *map(sa.column, columns), schema=self.schema)


def relations(inspector: sa.Inspector) -> Iterator[Relation]:
    """Every table and view of every schema that holds data, in the order of their names."""
    for schema in _schemas(inspector):
        tables = inspector.get_table_names(schema)
        views = {*inspector.get_view_names(schema), *_materialized(inspector, schema)}
        for table in sorted({*tables, *views}):
            yield Relation(table, schema, table in views)


def dataset(inspector: sa.Inspector, relation: Relation, names: Collection[str]) -> Dataset:
    """The dataset of a relation; `names` are those of all relations, for a view's statement."""
    columns = inspector.get_columns(relation.table, relation.schema)
    fields = tuple(Field(column["name"], column.get("comment") or "", _type(column["type"])) for column in columns)
    known = {*names, *(name for name in names for name in name.split(".")), *(field.name for field in fields)}
    definition = _or(lambda: inspector.get_view_definition(relation.table, relation.schema), None)
    return Dataset(
        name=relation.name,
        label=_or(lambda: inspector.get_table_comment(relation.table, relation.schema)["text"], None) or "",
        fields=fields,
        links=tuple(_links(inspector, relation)),
        records=None if relation.is_view else records(inspector, relation),
        key=_key(inspector, relation),
        statement=without_literals(definition or "", known) if relation.is_view else "",
    )


def records(inspector: sa.Inspector, relation: Relation) -> int | None:
    """Rows of a table, estimated where the database does so by itself, else counted; None where neither can be."""
    connection = inspector.bind
    assert isinstance(connection, sa.Connection)
    estimate = ESTIMATES.get(connection.dialect.name)
    if estimate is None:
        return _or(lambda: connection.scalar(sa.select(sa.func.count()).select_from(relation.clause(()))), None)
    place = {"schema": relation.schema or inspector.default_schema_name, "name": relation.table}
    rows = _or(lambda: connection.scalar(sa.text(estimate), place), None)
    return rows if rows is not None and rows >= 0 else None


def _schemas(inspector: sa.Inspector) -> list[str | None]:
    if inspector.dialect.name in ("sqlite", "oracle"):
        return [None]
    own = inspector.default_schema_name
    if inspector.dialect.name in ("mysql", "mariadb") and own:
        return [None]
    others = (name for name in inspector.get_schema_names() if name.lower() not in SYSTEM)
    return [None if name == own else name for name in others if not name.lower().startswith(SYSTEM_PREFIXES)]


def _links(inspector: sa.Inspector, relation: Relation) -> Iterator[ForeignKey]:
    for key in _or(lambda: inspector.get_foreign_keys(relation.table, relation.schema), None) or ():
        target = Relation(key["referred_table"], key["referred_schema"], is_view=False)
        columns, targets = tuple(key["constrained_columns"]), tuple(key["referred_columns"])
        # what SQLite means where a key names its target without a column
        yield ForeignKey(columns, target.name, targets or _primary(inspector, target))


def _primary(inspector: sa.Inspector, relation: Relation) -> tuple[str, ...]:
    """The columns of the primary key, none where there is none."""
    constraint = _or(lambda: inspector.get_pk_constraint(relation.table, relation.schema), None)
    return tuple(constraint["constrained_columns"]) if constraint else ()


def _key(inspector: sa.Inspector, relation: Relation) -> str:
    columns = () if relation.is_view else _primary(inspector, relation)
    return columns[0] if len(columns) == 1 else ""


def _materialized(inspector: sa.Inspector, schema: str | None) -> list[str]:
    return _or(lambda: inspector.get_materialized_view_names(schema), None) or []


def _type(kind: object) -> str:
    return "" if isinstance(kind, sa.types.NullType) else _or(lambda: str(kind), type(kind).__name__)


def _or(read: Callable[[], T], otherwise: U) -> T | U:
    """What the catalogue says, or `otherwise` where this database has no such thing."""
    try:
        return read()
    except (NotImplementedError, SQLAlchemyError):
        return otherwise
