"""A listing of tables and columns without their data: JSONL or CSV, one line a column.

Members or headers: `table, table_label, column, column_label, sql_type`; only `table` and `column` are required.
Everything is judged by names and labels alone: no dataset has a row, and its `records` stay unknown.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.stores import Dataset, Field, NotRead, Reason, StoreError, charsets, frames
from pipelines.stores.failures import worded
from pipelines.stores.layouts import delimiter_of
from pipelines.stores.scope import Scope

KIND = "data_dictionary"

MEMBERS = ("table", "table_label", "column", "column_label", "sql_type")
HEADERS = {
    "テーブル名": "table",
    "テーブル物理名": "table",
    "テーブル論理名": "table_label",
    "テーブル和名": "table_label",
    "カラム名": "column",
    "カラム物理名": "column",
    "列名": "column",
    "物理名": "column",
    "カラム論理名": "column_label",
    "カラム和名": "column_label",
    "論理名": "column_label",
    "項目名": "column_label",
    "データ型": "sql_type",
    "型": "sql_type",
}
"""What table definition documents (テーブル定義書) call the members."""


def connect(location: str, scope: Scope) -> DataDictionary:
    """The listing in a file."""
    return DataDictionary(Path(location).expanduser(), scope)


@dataclass(frozen=True, slots=True)
class DataDictionary:
    """Tables that are known by a listing only."""

    path: Path = field(repr=False)
    scope: Scope

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """One dataset a table, in the order of the listing."""
        return worded(self._datasets())

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:  # noqa: ARG002
        """No row: nothing is read."""
        return frames.nothing(field.name for field in dataset.fields)

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """No row: nothing is read."""
        return iter(self.sample(dataset, 0, 0).to_batches())

    def _datasets(self) -> Iterator[Dataset | NotRead]:
        tables: dict[str, tuple[str, dict[str, Field]]] = {}
        wrong: list[int] = []
        for number, row in _rows(charsets.decode(self.path.read_bytes())):
            if not (row["table"] and row["column"]):
                wrong.append(number)
                continue
            label, fields = tables.setdefault(row["table"], (row["table_label"], {}))
            fields.setdefault(row["column"], Field(row["column"], row["column_label"], row["sql_type"]))
        if not tables:
            reason: Reason = "broken" if wrong else "empty"
            raise StoreError(reason, f"table と column のある行がありません（項目: {', '.join(MEMBERS)}）")
        for name, (label, fields) in tables.items():
            if self.scope.holds(name):
                yield Dataset(name, label, fields=tuple(fields.values()))
            else:
                yield NotRead(name, "excluded", "宣言により対象外の表")
        if wrong:
            places = "、".join(map(str, wrong[:5])) + (" ほか" if len(wrong) > 5 else "")
            yield NotRead("", "broken", f"{places}行目に table または column がありません（{len(wrong)}行）")


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line number and members of every entry, '' where one says nothing."""
    text = text.lstrip("\ufeff")
    numbered = _json_rows(text) if text.lstrip()[:1] in ("{", "[") else _delimited_rows(text)
    for number, row in numbered:
        yield number, {member: (frames.text(row.get(member)) or "").strip() for member in MEMBERS}


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if text.lstrip().startswith("["):
        yield from enumerate((row if isinstance(row, dict) else {} for row in json.loads(text)), start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        yield number, row if isinstance(row, dict) else {}


def _delimited_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    lines = list(StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter_of(lines))
    header = [HEADERS.get(cell.strip(), cell.strip().lower()) for cell in next(reader, [])]
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, dict(zip(header, row, strict=False))
