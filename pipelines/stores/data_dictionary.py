"""A listing of tables and columns without their data: JSONL, CSV or a workbook (テーブル定義書), one line a column.

Headings in Japanese or English as `dictionary_headings.yml` lists them; only table and column are required, and the
table may stand above the headings or be a sheet's name. Everything is judged by names and labels alone: no dataset has
a row, and its `records` stay unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.stores import Dataset, Field, NotRead, Reason, StoreError, frames
from pipelines.stores.dictionary_headings import UNDERSTOOD
from pipelines.stores.failures import worded
from pipelines.stores.listings import listings
from pipelines.stores.local import LocalTree
from pipelines.stores.scope import Scope
from pipelines.stores.sources import File

if TYPE_CHECKING:
    from classifiers.statements import Statement

KIND = "data_dictionary"


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

    def statements(self, _dataset: Dataset) -> tuple[Statement, ...]:
        """Nothing: a listing of columns has no SQL."""
        return ()

    def _datasets(self) -> Iterator[Dataset | NotRead]:
        tables: dict[str, tuple[str, dict[str, Field]]] = {}
        wrong: list[str] = []
        unlike: list[int] = []
        for listing in listings(_file(self.path)):
            if listing.lines is None and not listing.is_blank:
                unlike.append(listing.sheet)
            for number, line in listing.lines or ():
                if not (line.table and line.column):
                    wrong.append(f"シート{listing.sheet}の{number}" if listing.sheet else str(number))
                    continue
                label, fields = tables.get(line.table, ("", {}))
                tables[line.table] = label or line.table_label, fields
                fields.setdefault(line.column, Field(line.column, line.column_label, line.sql_type))
        if not tables:
            reason: Reason = "broken" if wrong or unlike else "empty"
            raise StoreError(reason, f"表と項目の名前のある行がありません。{UNDERSTOOD}")
        for name, (label, fields) in tables.items():
            if self.scope.holds(name):
                yield Dataset(name, label, fields=tuple(fields.values()))
            else:
                yield NotRead(name, "excluded", "宣言により対象外の表")
        if wrong:
            yield NotRead("", "broken", f"{_some(wrong)}行目に表または項目の名前がありません（{len(wrong)}行）")
        if unlike:
            sheets = _some([str(number) for number in unlike])
            yield NotRead("", "unsupported", f"{sheets}枚目のシートには表と項目の見出しがありません。{UNDERSTOOD}")


def _file(path: Path) -> File:
    entry = LocalTree(path).single()
    if entry is None or entry.file is None:
        raise StoreError("unsupported", "表定義のファイルを指定してください（フォルダーは読めません）")
    return entry.file


def _some(places: list[str]) -> str:
    return "、".join(places[:5]) + (" ほか" if len(places) > 5 else "")
