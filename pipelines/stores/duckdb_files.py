"""DuckDB files: a kind of database that is a file, read by DuckDB itself, with nothing reached from inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.stores import Dataset, Field, ForeignKey, NotRead, StoreError, frames
from pipelines.stores.failures import reworded, worded, worded_call
from pipelines.stores.scope import Scope
from pipelines.stores.sql_spelling import spelt
from pipelines.stores.sql_statements import of_a_view, without_literals
from pipelines.stores.sql_versions import digest, file_version

if TYPE_CHECKING:
    import duckdb

    from classifiers.statements import Statement

URL = "duckdb:///"
MAGIC = b"DUCK"
"""At the ninth byte of such a file."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    # a view may name any file or address there is: none is opened
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "1GB",
    "temp_directory": "",
    # the same seed draws the same rows on one thread only
    "threads": 1,
}
BYTES = 2**20
"""Longer binary values are no text, and stay where they are."""

_RELATIONS = """
SELECT schema_name, table_name, comment, NULL FROM duckdb_tables() WHERE NOT internal AND NOT temporary
UNION ALL SELECT schema_name, view_name, comment, sql FROM duckdb_views() WHERE NOT internal AND NOT temporary
ORDER BY 1, 2
"""
_COLUMNS = """
SELECT column_name, data_type, comment FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?
ORDER BY column_index
"""
_COLUMN_NAMES = "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal"
_KEYS = """
SELECT constraint_type, constraint_column_names, referenced_table, referenced_column_names FROM duckdb_constraints()
WHERE schema_name = ? AND table_name = ? AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
"""


def is_one(location: str) -> bool:
    """Whether a URL, or the file at a path, is DuckDB's."""
    if "://" in location:
        return location.startswith(URL)
    try:
        with Path(location).expanduser().open("rb") as file:
            return file.read(12)[8:] == MAGIC
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class DuckdbFile:
    """A DuckDB file; nothing but `StoreError` comes out of it, and nothing goes into it."""

    location: str = field(repr=False)
    scope: Scope

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """Every table and view; one that cannot be described is a row and stops no other."""
        return worded(self._datasets(), _reworded)

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        """At most `rows` random rows; raises StoreError."""
        return worded_call(lambda: self._sample(dataset, rows, seed), _reworded)

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows, in pieces; raises StoreError."""
        return worded(self._batches(dataset), _reworded)

    def statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        """What a view's definition does."""
        return of_a_view(dataset)

    @property
    def _path(self) -> Path:
        return Path(self.location.removeprefix(URL).partition("?")[0]).expanduser()

    def _datasets(self) -> Iterator[Dataset | NotRead]:
        version = file_version(self._path, ".wal") if self._path.is_file() else ""
        with _opened(self._path) as database:
            found = database.execute(_RELATIONS).fetchall()
            names = {row[1] for row in found} | {row[0] for row in database.execute(_COLUMN_NAMES).fetchall()}
            for schema, table, comment, sql in found:
                name = _name(schema, table)
                if not self.scope.holds(name):
                    yield NotRead(name, "excluded", "宣言により対象外の表")
                    continue
                try:
                    one = _described(database, schema, table, comment or "", sql, names)
                    # a view may look beyond the file
                    yield replace(one, version="" if sql else digest(version, one))
                except Exception as error:
                    failure = _reworded(error)
                    yield NotRead(name, failure.reason, failure.hint)

    def _sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        with _opened(self._path) as database:
            where = ""
            if not dataset.statement:
                draw = f"SELECT rowid FROM {_found(database, dataset)} USING SAMPLE reservoir({rows} ROWS)"  # noqa: S608
                drawn = database.execute(f"{draw} REPEATABLE ({seed % 2**31})").fetchall() if rows else []
                where = f" WHERE rowid IN ({', '.join(str(number) for (number,) in drawn) or 'NULL'}) ORDER BY rowid"
            table = frames.reservoir(_read(database, dataset, where), rows, seed)
        return frames.nothing(column.name for column in dataset.fields) if table is None else table

    def _batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        with _opened(self._path) as database:
            yield from _read(database, dataset, "")


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    if not path.is_file():
        raise StoreError("missing", "指定された場所に DuckDB ファイルがありません")
    database = duckdb.connect(str(path), read_only=True, config=SETTINGS)
    try:
        database.execute("SET enable_progress_bar = false")
        yield database
    finally:
        database.close()


def _described(
    database: duckdb.DuckDBPyConnection, schema: str, table: str, comment: str, sql: str | None, names: set[str]
) -> Dataset:
    columns = database.execute(_COLUMNS, [schema, table]).fetchall()
    fields = tuple(Field(name, label or "", kind) for name, kind, label in columns)
    keys = database.execute(_KEYS, [schema, table]).fetchall()
    primary = next((tuple(own) for kind, own, _, _ in keys if kind == "PRIMARY KEY"), ())
    known = {*names, *(column.name for column in fields)}
    counted = f"SELECT count(*) FROM {_quoted(schema)}.{_quoted(table)}"  # noqa: S608
    return Dataset(
        name=_name(schema, table),
        label=comment,
        fields=fields,
        links=tuple(
            ForeignKey(tuple(own), _name(schema, target), tuple(targets))
            for kind, own, target, targets in keys
            if kind == "FOREIGN KEY"
        ),
        records=None if sql else int(database.execute(counted).fetchall()[0][0]),
        key=primary[0] if len(primary) == 1 else "",
        statement=without_literals(sql, known) if sql else "",
    )


def _found(database: duckdb.DuckDBPyConnection, dataset: Dataset) -> str:
    """The dataset's place in a statement; StoreError where it has gone."""
    for schema, table, _, _ in database.execute(_RELATIONS).fetchall():
        if _name(schema, table) == dataset.name:
            return f"{_quoted(schema)}.{_quoted(table)}"
    raise StoreError("missing", "一覧を作った後に表がなくなりました")


def _read(database: duckdb.DuckDBPyConnection, dataset: Dataset, where: str) -> Iterator[pa.RecordBatch]:
    cells = ", ".join(map(_cell, dataset.fields))
    statement = f"SELECT {cells} FROM {_found(database, dataset)}{where}"  # noqa: S608
    for batch in _pieces(database.sql(statement)):
        yield spelt(_named(batch, dataset.fields), dataset.fields)


def _pieces(answer: Any) -> Any:
    # a relation streams, as a cursor does not; before DuckDB 2 it had another name for that
    reader = getattr(answer, "to_arrow_reader", None) or answer.fetch_arrow_reader
    return reader(frames.PIECE)


def _named(batch: pa.RecordBatch, fields: Sequence[Field]) -> pa.RecordBatch:
    arrays = [array.cast(pa.string()) for array in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in fields])


def _cell(column: Field) -> str:
    name = _quoted(column.name)
    if column.sql_type == "BLOB":
        return f"CASE WHEN octet_length({name}) <= {BYTES} THEN TRY(decode({name})) END"
    nested = column.sql_type.endswith("]") or column.sql_type.startswith(("STRUCT", "MAP"))
    return f"CAST({f'to_json({name})' if nested else name} AS VARCHAR)"


def _name(schema: str, table: str) -> str:
    return table if schema == "main" else f"{schema}.{table}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _reworded(error: Exception) -> StoreError:
    """What DuckDB stumbled over, by the kind of its error."""
    import duckdb

    match error:
        case duckdb.PermissionException():
            return StoreError("denied", "ファイルの外にあるデータを参照しているため、読みません")
        case duckdb.IOException() if "lock" in str(error):
            return StoreError("locked", "ほかの処理が使用中です。時間をおいて再実行してください")
        case duckdb.ConnectionException():
            return StoreError("locked", "ほかの処理が使用中です。時間をおいて再実行してください")
        case duckdb.OutOfMemoryException():
            return StoreError("too_large", "展開した大きさがメモリに収まりません")
        case duckdb.Error():
            return StoreError("broken", "データベースまたはビューの内容が壊れています")
    return reworded(error)
