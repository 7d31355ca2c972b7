"""JSON: records a line (JSONL), or the records that one document holds; nested ones by dotted paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate, islice
from typing import Any

import pyarrow as pa

from pipelines.stores import Dataset, Field, NotRead, StoreError, frames
from pipelines.stores.json_parsing import Bad, JsonTable, Record, leaves, tables
from pipelines.stores.json_windows import drawn, records
from pipelines.stores.sources import File
from pipelines.stores.walk import Piece

KIND = "json"
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
LARGEST = 100 * 2**30
COLLECTS = None

COLUMNS = 1_000
"""Paths that become columns of their own; what lies under further ones (an object used as a map) stands in `REST`."""
REST = "ほか[]"
HEAD = 1_000
"""Records whose keys are looked at where nothing but the schema may be read."""
SKIMMED = 10_000
"""Records of a large file that are looked at for its keys: so many at its start, and as many all over it."""


def datasets(piece: Piece) -> Iterator[Dataset | NotRead]:
    """One dataset, or one a list where a document holds several (`path#orders`); bad lines are counted and told."""
    file = piece.files[0]
    for table in tables(file):
        if piece.level != "metadata" and table.codec and (some := _skimmed(file, table)):
            yield _estimated(piece, table, some)
            continue
        name = f"{piece.name}#{table.key}" if table.key else piece.name
        found: dict[str, bool] = {}
        count, bad = 0, list[Bad]()
        for record in islice(table.records(), HEAD if piece.level == "metadata" else None):
            if isinstance(record, Bad):
                bad.append(record)
                continue
            count += 1
            _note(found, record)
        if fields := tuple(map(Field, _columns(found))):
            yield Dataset(name, fields=fields, records=None if piece.level == "metadata" else count)
        elif not bad:
            yield NotRead(name, "empty", "記録が1件もありません")
        if bad:
            yield NotRead(name, "broken", _told(bad, count))


def sample(piece: Piece, dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
    """A uniform random sample: of a large file of a record a line by byte ranges, else in one pass."""
    file = piece.files[0]
    table = next(tables(file), None)
    some = drawn(file, table.codec, rows, seed) if table and table.codec else None
    if some is None:
        return frames.reservoir(batches(piece, dataset), rows, seed)
    return pa.Table.from_batches([_batch(some, [field.name for field in dataset.fields])])


def batches(piece: Piece, dataset: Dataset) -> Iterator[pa.RecordBatch]:
    """All records, in the columns that the listing found."""
    key = dataset.name.removeprefix(piece.name).removeprefix("#")
    table = next((table for table in tables(piece.files[0]) if table.key == key), None)
    if table is None:
        raise StoreError("missing", "一覧を作った後に中身が変わりました")
    names = [field.name for field in dataset.fields]
    good = (record for record in table.records() if not isinstance(record, Bad))
    while some := list(islice(good, frames.PIECE)):
        yield _batch(some, names)


def _skimmed(file: File, table: JsonTable) -> list[Record] | None:
    """Some records of a large file of a record a line; None where all of them are looked at."""
    some = drawn(file, table.codec, SKIMMED, 0)
    if some is None:
        return None
    head = islice(table.records(), SKIMMED)
    return [*(record for record in head if not isinstance(record, Bad)), *some]


def _estimated(piece: Piece, table: JsonTable, some: list[Record]) -> Dataset:
    found: dict[str, bool] = {}
    for record in some:
        _note(found, record)
    # what no record that was looked at has is not lost
    names = dict.fromkeys([*_columns(found), REST])
    fields, counted = tuple(map(Field, names)), records(piece.files[0], table.codec)
    return Dataset(piece.name, fields=fields, records=counted, records_estimated=True)


def _note(found: dict[str, bool], record: Record) -> None:
    for path, leaf in leaves(record).items():
        known = path if path in found or len(found) < COLUMNS else REST
        found[known] = found.get(known, False) or leaf is not None


def _columns(found: Mapping[str, bool]) -> Iterator[str]:
    """The paths that become columns: those of objects and lists, which turn up where one is null, do not."""
    inner = {path[: cut.start()] for path in found for cut in re.finditer(r"\.|\[\]", path)}
    return (path for path, filled in found.items() if filled or path not in inner)


def _batch(records: list[Record], names: list[str]) -> pa.RecordBatch:
    columns: dict[str, list[Any]] = {name: [None] * len(records) for name in names}
    rest = columns.get(REST)
    for row, record in enumerate(records):
        for path, leaf in leaves(record).items():
            column = columns.get(path)
            if leaf is None:
                continue
            if column is not None:
                column[row] = leaf
            elif rest is not None:
                rest[row] = [*(rest[row] or ()), *([leaf] if isinstance(leaf, str) else leaf)]
    return pa.RecordBatch.from_arrays([_array(name, column) for name, column in columns.items()], names=names)


def _array(name: str, column: list[Any]) -> pa.Array:
    if "[]" not in name:
        return frames.texts(column)
    offsets = [0, *accumulate(len(texts or ()) for texts in column)]
    values = frames.texts([text for texts in column for text in texts or ()])
    empty = pa.array([not texts for texts in column], pa.bool_())
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values, mask=empty)


def _told(bad: list[Bad], records: int) -> str:
    places = "、".join(str(one.place) for one in bad[:5]) + (" ほか" if len(bad) > 5 else "")
    return f"{places}{bad[0].unit}目が JSON として読めません（{len(bad)}箇所、読めた記録は {records}件）"
