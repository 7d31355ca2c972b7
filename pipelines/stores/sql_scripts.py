"""Scripts of SQL (jobs, views, procedures): one dataset a file, whose statements say what data is used for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.stores import Dataset, NotRead, StoreError
from pipelines.stores.statement_reading import statements as read
from pipelines.stores.walk import Piece

if TYPE_CHECKING:
    from classifiers.statements import Statement

KIND = "sql_scripts"
SUFFIXES = frozenset({".sql", ".ddl", ".dml", ".hql", ".plsql", ".psql", ".tsql"})
LARGEST = 8 * 2**20
COLLECTS = None
ROWLESS = "SQL の文です。表の行はありません"


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """The file, unopened."""
    yield Dataset(piece.name, kind="statements")


def sample(_piece: Piece, _dataset: Dataset, _rows: int, _seed: int) -> pa.Table | None:
    """No row: StoreError."""
    raise StoreError("unsupported", ROWLESS)


def batches(_piece: Piece, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """No row: StoreError."""
    raise StoreError("unsupported", ROWLESS)


def statements(piece: Piece, dialect: str) -> tuple[Statement, ...]:
    """What its statements do; StoreError."""
    return read("script", piece.files[0].read(), dialect)
