"""The corpus as files: what a scan from end to end reads, of any number of rows."""

from __future__ import annotations

import codecs
import csv
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Literal

from benchmarks.corpus.labels import LabelledTable

Encoding = Literal["utf-8", "utf-8-sig", "cp932", "euc_jp", "parquet", "sqlite"]


def files(tables: Iterable[LabelledTable], folder: Path, encoding: Encoding = "utf-8") -> list[Path]:
    """Write every table below `folder` and tell the files: CSV in an encoding, Parquet, or one SQLite database.

    One table is held at a time. Letters that an encoding does not have become 〓, as old hosts write them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if encoding == "sqlite":
        return [_database(tables, folder / "corpus.sqlite")]
    write: Callable[[LabelledTable, Path], Path] = (
        _parquet if encoding == "parquet" else lambda table, at: _delimited(table, at, encoding)
    )
    return [write(table, folder) for table in tables]


def _geta(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "〓", error.end


codecs.register_error("geta", _geta)


def _delimited(table: LabelledTable, folder: Path, encoding: str) -> Path:
    path = folder / f"{table.name}.csv"
    with path.open("w", encoding=encoding, errors="geta", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        writer.writerows(zip(*(column.values for column in table.columns), strict=True))
    return path


def _parquet(table: LabelledTable, folder: Path) -> Path:
    import pyarrow as pa
    from pyarrow import parquet

    path = folder / f"{table.name}.parquet"
    arrays = {column.name: pa.array(column.values, pa.string()) for column in table.columns}
    parquet.write_table(pa.table(arrays), path)
    return path


def _database(tables: Iterable[LabelledTable], path: Path) -> Path:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        for table in tables:
            columns = ", ".join(f"{_quoted(column.name)} {column.sql_type}" for column in table.columns)
            database.execute(f"CREATE TABLE {_quoted(table.name)} ({columns})")
            gaps = ", ".join("?" * len(table.columns))
            rows = zip(*(column.values for column in table.columns), strict=True)
            database.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({gaps})", rows)  # noqa: S608 - our names
    return path


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
