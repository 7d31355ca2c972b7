"""Writers of tables: rows go through as they come, so that a large scale needs no more memory than a small one."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from data_samples.archives import without_times

Cell = str | int | float | None

_BATCH = 20_000


@contextmanager
def database(file: Path) -> Iterator[sqlite3.Connection]:
    """A new SQLite database at `file`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def table(connection: sqlite3.Connection, ddl: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Creates the table of `ddl` and fills it; the rows have its columns' order."""
    connection.execute(ddl)
    found = iter(rows)
    if (first := next(found, None)) is None:
        return
    name = ddl.split("(")[0].split()[-1]
    gaps = ", ".join("?" * len(first))
    connection.executemany(f"INSERT INTO {name} VALUES ({gaps})", chain([first], found))  # noqa: S608


def delimited(file: Path, rows: Iterable[Sequence[Cell]], encoding: str = "cp932") -> None:
    """A CSV file; its first row is whatever `rows` begins with. `utf-8-sig` writes a BOM, as Excel does."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, lineterminator="\r\n").writerows(rows)


def parquet(file: Path, schema: pa.Schema, rows: Iterable[Sequence[Any]]) -> None:
    """A Parquet file of `schema`, written in row groups."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(file, schema) as writer:
        for batch in _batches(rows):
            columns = zip(*batch, strict=True)
            arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def records(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """A JSONL file, one object a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def workbook(
    file: Path,
    sheets: Mapping[str, Iterable[Sequence[Cell]]],
    hidden: frozenset[str] = frozenset(),
    creator: str = "総務部",
) -> None:
    """An Excel workbook; each sheet begins with whatever its rows begin with."""
    file.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = creator
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        if title in hidden:
            sheet.sheet_state = "hidden"
        for row in rows:
            sheet.append(row)
    book.save(file)
    without_times(file)


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    found = iter(rows)
    while batch := list(islice(found, _BATCH)):
        yield batch
