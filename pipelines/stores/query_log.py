"""Exported query logs of a database or a warehouse, whatever their files are called: one dataset a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.stores import sql_scripts
from pipelines.stores.files import FileStore, walk
from pipelines.stores.scope import Scope
from pipelines.stores.statement_reading import statements as read
from pipelines.stores.walk import Format, Piece

if TYPE_CHECKING:
    from classifiers.statements import Statement

KIND = "query_log"


def connect(location: str, scope: Scope) -> FileStore:
    """The logs at a path or URL."""
    return FileStore(walk(location, scope, _EverySuffix(QueryLog())))


class QueryLog:
    """A log's format: a script's, but for how it is read."""

    KIND = KIND
    SUFFIXES: frozenset[str] = frozenset()
    LARGEST = 128 * 2**20
    COLLECTS: str | None = None
    datasets = staticmethod(sql_scripts.datasets)
    sample = staticmethod(sql_scripts.sample)
    batches = staticmethod(sql_scripts.batches)

    def statements(self, piece: Piece, dialect: str) -> tuple[Statement, ...]:
        """What its distinct statements do; StoreError."""
        return read("log", piece.files[0].read(), dialect)


@dataclass(frozen=True, slots=True)
class _EverySuffix(Mapping[str, Format]):
    """One reader for every file: a rotated log ends with a number or a date."""

    reader: Format

    def __getitem__(self, _suffix: str) -> Format:
        return self.reader

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
