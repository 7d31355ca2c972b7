"""What a database's catalogue says: its tables and views, their columns, comments, keys and sizes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from pipelines.stores import Dataset, Field, ForeignKey, sql_sizes, sql_versions
from pipelines.stores.access import Reader, of_tables
from pipelines.stores.sql_access import lost
from pipelines.stores.sql_statements import without_literals

T = TypeVar("T")

SYSTEM = frozenset({"information_schema", "mysql", "performance_schema", "sys", "guest", "pg_catalog", "pg_toast"})
SYSTEM_PREFIXES = ("pg_", "db_", "crdb_")
"""Schemas that databases keep for themselves."""

PARTITIONS = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relispartition
"""
ROWS_HIDDEN = """
SELECT row_security_active(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :schema AND c.relname = :table
"""

Readers = Mapping[tuple[str, str], tuple[Reader, ...]]
"""Schema and table → whom the database lets read it."""
Kind = Literal["table", "view", "materialized", "foreign"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view."""

    table: str = field(repr=False)
    schema: str | None = field(repr=False)
    """None: the connection's own."""
    kind: Kind = "table"

    @property
    def is_view(self) -> bool:
        """Whether it has a definition."""
        return self.kind in ("view", "materialized")

    @property
    def has_rows(self) -> bool:
        """Whether it keeps rows of its own, which can be counted and drawn from."""
        return self.kind in ("table", "materialized")

    @property
    def name(self) -> str:
        """The dataset's name: the table's, with its schema where that is not the connection's own."""
        return f"{self.schema}.{self.table}" if self.schema else self.table

    def clause(self, columns: Collection[str]) -> sa.TableClause:
        """The relation with those columns for a statement, of no type: values come as the driver gives them."""
        return sa.table(self.table, *map(sa.column, columns), schema=self.schema)


def relations(inspector: sa.Inspector, elsewhere: Collection[str] = ()) -> Iterator[Relation]:
    """Every table and view of every schema that holds data, in the order of their names.

    A partition is no table beside the one it is a part of. `elsewhere`: MySQL's databases that others read.
    """
    connection = _connection(inspector)
    parts: set[tuple[str, str]] = set()
    if connection.dialect.name == "postgresql":
        parts = {(schema, name) for schema, name in connection.exec_driver_sql(PARTITIONS)}
    for schema in _schemas(inspector):
        if connection.dialect.name in ("mysql", "mariadb") and schema in elsewhere:
            continue
        found = {name: Relation(name, schema) for name in inspector.get_table_names(schema)}
        for kind, names in _others(inspector, schema):
            found |= {name: Relation(name, schema, kind) for name in names}
        own = schema or inspector.default_schema_name or ""
        yield from (found[name] for name in sorted(found) if (own, name) not in parts)


def rows_hidden(inspector: sa.Inspector, relation: Relation) -> bool:
    """Whether the server shows us only some of a table's rows (row-level security)."""
    connection = _connection(inspector)
    if connection.dialect.name != "postgresql":
        return False
    return bool(_ask(inspector, lambda: connection.scalar(sa.text(ROWS_HIDDEN), _place(inspector, relation))))


def readers(inspector: sa.Inspector) -> Readers:
    """Whom the database's grants let read each table; {} where it does not tell."""
    return _ask(inspector, lambda: of_tables(_connection(inspector))) or {}


def dataset(inspector: sa.Inspector, relation: Relation, others: Sequence[Relation], readers: Readers) -> Dataset:
    """The dataset of a relation; `others` are all relations, for a view's statement."""
    connection = _connection(inspector)
    columns = inspector.get_columns(relation.table, relation.schema)
    fields = tuple(Field(column["name"], column.get("comment") or "", _type(column["type"])) for column in columns)
    view = partial(inspector.get_view_definition, relation.table, relation.schema)
    definition = (_ask(inspector, view) if relation.is_view else None) or ""
    known = {field.name for field in fields} | _names(inspector, others, definition)
    comment = _ask(inspector, lambda: inspector.get_table_comment(relation.table, relation.schema))
    place = _place(inspector, relation)
    extent = None
    if relation.has_rows:
        extent = _ask(inspector, lambda: sql_sizes.extent(connection, relation.clause(()), place["schema"]))
    records, size = extent or (None, None)
    found = Dataset(
        name=relation.name,
        label=(comment["text"] if comment else None) or "",
        fields=fields,
        links=tuple(_links(inspector, relation)),
        records=records,
        size=size,
        key=_key(inspector, relation),
        statement=without_literals(definition, known),
        access=readers.get((place["schema"], place["table"]), ()),
    )
    content = _ask(inspector, lambda: sql_versions.content_version(connection, **place))
    return replace(found, version=sql_versions.digest(content or "", found))


def _names(inspector: sa.Inspector, relations: Iterable[Relation], definition: str) -> set[str]:
    """What a view's definition may call by its name: the relations it mentions, their schemas and columns."""
    found: set[str] = set()
    for relation in relations:
        if relation.table in definition:
            found |= {relation.name, relation.table, relation.schema or ""}
            columns = _ask(inspector, partial(inspector.get_columns, relation.table, relation.schema))
            found |= {column["name"] for column in columns or ()}
    return found


def _connection(inspector: sa.Inspector) -> sa.Connection:
    assert isinstance(inspector.bind, sa.Connection)
    return inspector.bind


def _place(inspector: sa.Inspector, relation: Relation) -> dict[str, str]:
    return {"schema": relation.schema or inspector.default_schema_name or "", "table": relation.table}


def _schemas(inspector: sa.Inspector) -> list[str | None]:
    if inspector.dialect.name in ("sqlite", "oracle"):
        return [None]
    own = inspector.default_schema_name
    if inspector.dialect.name in ("mysql", "mariadb") and own:
        return [None]
    others = (name for name in inspector.get_schema_names() if name.lower() not in SYSTEM)
    return [None if name == own else name for name in others if not name.lower().startswith(SYSTEM_PREFIXES)]


def _links(inspector: sa.Inspector, relation: Relation) -> Iterator[ForeignKey]:
    for key in _ask(inspector, lambda: inspector.get_foreign_keys(relation.table, relation.schema)) or ():
        target = Relation(key["referred_table"], key["referred_schema"])
        columns, targets = tuple(key["constrained_columns"]), tuple(key["referred_columns"])
        # what SQLite means where a key names its target without a column
        yield ForeignKey(columns, target.name, targets or _primary(inspector, target))


def _primary(inspector: sa.Inspector, relation: Relation) -> tuple[str, ...]:
    """The columns of the primary key, none where there is none."""
    constraint = _ask(inspector, lambda: inspector.get_pk_constraint(relation.table, relation.schema))
    return tuple(constraint["constrained_columns"]) if constraint else ()


def _key(inspector: sa.Inspector, relation: Relation) -> str:
    columns = () if relation.is_view else _primary(inspector, relation)
    return columns[0] if len(columns) == 1 else ""


def _others(inspector: sa.Inspector, schema: str | None) -> Iterator[tuple[Kind, list[str]]]:
    yield "view", inspector.get_view_names(schema)
    yield "materialized", _ask(inspector, lambda: inspector.get_materialized_view_names(schema)) or []
    foreign = getattr(inspector, "get_foreign_table_names", None)
    if foreign:
        yield "foreign", foreign(schema)


def _type(kind: object) -> str:
    if isinstance(kind, sa.types.NullType):
        return ""
    try:
        return str(kind)
    except SQLAlchemyError:
        return type(kind).__name__


def _ask(inspector: sa.Inspector, read: Callable[[], T]) -> T | None:
    """What the catalogue says; None where this database has no such thing, or keeps it to itself."""
    try:
        return read()
    except NotImplementedError:
        return None
    except SQLAlchemyError as error:
        if lost(error):
            raise
        # after an error a transaction of PostgreSQL answers nothing more
        _connection(inspector).rollback()
        return None
