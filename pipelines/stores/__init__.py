"""Stores: where the data lies. One kind of store a file in this package, found by its place.

A module that opens a kind holds `KIND` and `connect(location, scope) -> Store`, or, for a format of files, what
`files.Format` says. A store lists its datasets and reads
them; it never writes, and never lets a driver's message out (it may quote a value, a path or a user): it raises
`StoreError` with a reason instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pipelines.stores.access import Reader
from pipelines.stores.scope import Scope

if TYPE_CHECKING:
    import pyarrow as pa

    from classifiers.statements import Statement

Reason = Literal[
    "missing",
    "denied",
    "locked",
    "broken",
    "encoding",
    "unsupported",
    "unreachable",
    "out_of_reach",
    "empty",
    "excluded",
    "not_allowed",
    "undeclared",
    "too_large",
    "timed_out",
    "outside_window",
    "failed",
]


OBJECT_STORAGE = ("s3", "gs", "abfs", "abfss", "az")
"""Schemes of URLs that lead to files in object storage; all others lead to databases."""

Level = Literal["none", "metadata", "sample", "full"]
"""How far a store may be read: not at all, names and sizes, some records, all of them. Each holds the one before."""


class StoreError(Exception):
    """A store or dataset could not be read. Carries a reason and a hint in words, never a driver's message."""

    def __init__(self, reason: Reason, hint: str = "") -> None:
        self.reason: Reason = reason
        self.hint = hint
        """What to do about it, or what is known of it, in Japanese: no value, path, user or host."""
        super().__init__(f"{reason}: {hint}" if hint else reason)


@dataclass(frozen=True, slots=True)
class Field:
    """A column as its store declares it."""

    name: str = field(repr=False)
    label: str = field(default="", repr=False)
    sql_type: str = ""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns of this dataset that point at columns of another one of the same store."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table, a sheet, a file of records, a folder of documents, or a file of statements. Its name may hold a personal
    value."""

    name: str = field(repr=False)
    """As the store finds it again: table name, relative path, `path#sheet`."""
    label: str = field(default="", repr=False)
    kind: Literal["table", "documents", "statements"] = "table"
    """`statements`: a script, a dbt model, a query log. It has no rows, and what is asked of it is what it does."""
    fields: tuple[Field, ...] = field(default=(), repr=False)
    links: tuple[ForeignKey, ...] = field(default=(), repr=False)
    records: int | None = None
    """Rows or documents; None: unknown until read.

    Estimated are a PostgreSQL or MySQL table's, by the server's own statistics, and a large delimited file's, rounded
    to two significant digits. All others are counted.
    """
    size: int | None = None
    """Bytes it takes where it lies; None: unknown. A workbook's sheets each take the workbook's."""
    key: str = field(default="", repr=False)
    """The column that is the table's primary key by itself; '' where there is no such column."""
    hints: tuple[str, ...] = field(default=(), repr=False)
    """Words beside the data that speak of the whole: a title row above the header."""
    statement: str = field(default="", repr=False)
    """A view's definition, every literal and comment in it replaced: what it is used for, never whom it names."""
    version: str = field(default="", repr=False)
    """What changes whenever the content does, known without reading it (size and time of a file, a table's counters
    of changes); the same at two scans: nothing needs reading. '': nobody can tell, it is read every time."""
    access: tuple[Reader, ...] = ()
    """Whom the store lets read it; () it does not tell."""
    level: Level = "full"
    """How far this dataset may be read where that is less than its store: a folder's mails."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something of a store that cannot be read, and why: a dataset, a document, or a part of a dataset that is read."""

    name: str = field(repr=False)
    reason: Reason
    hint: str = ""


class Store(Protocol):
    """What every kind of store can do. Values are text exactly as stored: no type inference eats a leading zero.

    The frames' columns are all strings, null where a cell is empty or blank; a repeated field of a nested record
    (`contacts[].mail`) is a list of strings, null where there is none. They stand in the order of `Dataset.fields`;
    rows longer than their header add columns at the end. A documents dataset has one row a document and the columns
    `file, title, author, sender, recipients, subject, body` (null where one does not apply).
    """

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """Everything in the store, by metadata alone; raises StoreError where the store itself cannot be opened."""

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        """At most `rows` random rows in the store's order, the same for the same seed; raises StoreError."""

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows, in pieces, for a look-up; raises StoreError."""

    def statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        """What the dataset's SQL does, nothing of a value in it: a view's definition, a script, a dbt model, a query
        log; nothing where it has none. Raises StoreError."""


@cache
def kinds() -> Mapping[str, Any]:
    """Every kind of store by its name: the module that opens it."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.KIND: module for module in modules if hasattr(module, "KIND")}


def open_store(
    kind: str,
    location: str,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
    level: Level = "full",
    mails: Level = "full",
    glance: bool = False,
    dialect: str = "",
) -> Store:
    """The store of that kind at a path or URL; nothing is touched yet. ValueError where there is no such kind.

    Nothing beyond `level` is opened, of mails nothing beyond `mails`: asking for it raises StoreError, `not_allowed`.

    `include` and `exclude` are patterns (`*`, `?`, `[…]`) over dataset names, `採用/*` or `public.tmp_*`; what they
    leave out is listed as not read, `excluded`. `elsewhere` are names, no patterns, of files or of the server's other
    databases that the caller opens as stores of their own: they are not listed at all. `glance`: a listing opens no
    document or mail to see whether it can be read. `dialect`: of SQL in files, sqlglot's or SQLAlchemy's name of it;
    '' guesses.
    """
    if kind not in kinds():
        raise ValueError(f"no kind of store is called {kind!r}: there are {', '.join(sorted(kinds()))}")
    from pipelines.stores.limits import Limited

    module = kinds()[kind]
    scope = Scope(tuple(include), tuple(exclude), frozenset(elsewhere), level, mails, glance, dialect)
    is_format = hasattr(module, "SUFFIXES")
    store: Store = kinds()["files"].connect(location, scope, module) if is_format else module.connect(location, scope)
    return Limited(store, level)


def kind_of(source: str) -> str:
    """The kind of store that a path or URL from a shell is: a database by its URL or its content, else files."""
    if "://" in source:
        return "files" if source.partition("://")[0] in OBJECT_STORAGE else "sql"
    path = Path(source)
    try:
        if not path.is_file():
            # a pipe would wait for a writer
            return "files"
        with path.open("rb") as file:
            head = file.read(16)
            # SQLite's first bytes, and DuckDB's after a checksum
            return "sql" if head == b"SQLite format 3\0" or head[8:12] == b"DUCK" else "files"
    except OSError:
        return "files"
