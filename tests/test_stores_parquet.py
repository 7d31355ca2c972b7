"""Parquet and Arrow files: typed columns come as the text a person would write, nested ones by their paths."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import feather, ipc
from pyarrow import parquet as pq

from pipelines.stores import Dataset, open_store

TABLE = pa.table(
    {
        "会員番号": [1, 2, None],
        "電話": [9012345678.0, None, 1.5],
        "生年月日": [date(1999, 1, 2), None, date(1985, 4, 1)],
        "登録": [datetime(1999, 1, 2), datetime(2000, 1, 1, 1, 2, 3, 450000), None],  # noqa: DTZ001
        "更新": pa.array([datetime(1999, 1, 2, 3, tzinfo=UTC), None, None]),
        "残高": [Decimal("1.10"), None, Decimal("0.05")],
        "開始": [time(9, 30), None, None],
        "生": [b"abc", b"\xff", None],
        "有効": [True, None, False],
        "区分": pa.array(["顧客", "取引先", "顧客"]).dictionary_encode(),
        "住所": [{"県": "東京都", "郵便": {"番号": 1000001}}, None, {"県": None, "郵便": None}],
        "タグ": [["a", "b"], [], None],
        "連絡先": [[{"mail": "a@mail.example", "n": [1, 2]}, {"mail": None, "n": [3]}], None, []],
        "属性": pa.array([[("鍵", "値")], None, []], pa.map_(pa.string(), pa.string())),
        "空": pa.nulls(3),
        "備考": ["", "　", " 可 "],
    }
)
FIRST = {
    "会員番号": "1",
    "電話": "9012345678",
    "生年月日": "1999-01-02",
    "登録": "1999-01-02",
    "更新": "1999-01-02 03:00:00Z",
    "残高": "1.10",
    "開始": "09:30:00",
    "生": "abc",
    "有効": "true",
    "区分": "顧客",
    "住所.県": "東京都",
    "住所.郵便.番号": "1000001",
    "タグ[]": ["a", "b"],
    "連絡先[].mail": ["a@mail.example"],
    "連絡先[].n[]": ["1", "2", "3"],
    "属性[].key": ["鍵"],
    "属性[].value": ["値"],
    "空": None,
    "備考": None,
}


def write(path: Path) -> None:
    match path.suffix:
        case ".parquet":
            pq.write_table(TABLE, path)
        case ".feather":
            feather.write_feather(TABLE, str(path))
        case ".arrow":
            with ipc.new_file(str(path), TABLE.schema) as file:
                file.write(TABLE)


@pytest.mark.parametrize("name", ["a.parquet", "a.feather", "a.arrow"])
def test_types_become_text_and_nested_values_paths(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    store = open_store("parquet", str(tmp_path))
    (dataset,) = store.datasets()
    assert isinstance(dataset, Dataset)
    assert (dataset.name, dataset.records) == (name, 3)
    rows = store.sample(dataset, 10, 0)
    assert rows.column_names == [field.name for field in dataset.fields] == list(FIRST)
    first, second, third = rows.to_pylist()
    assert first == FIRST
    assert (second["登録"], second["生"], second["備考"]) == ("2000-01-01 01:02:03.45", None, None)
    assert {key for key, value in second.items() if value is not None} == {"会員番号", "登録", "区分"}
    assert (third["電話"], third["備考"]) == ("1.5", " 可 ")
    assert [row for batch in store.batches(dataset) for row in batch.to_pylist()] == [first, second, third]


def test_declared_types_stand_with_the_columns(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet")
    (dataset,) = open_store("parquet", str(tmp_path)).datasets()
    assert isinstance(dataset, Dataset)
    types = {field.name: field.sql_type for field in dataset.fields}
    assert (types["会員番号"], types["連絡先[].n[]"], types["区分"]) == ("int64", "int64", "string")


@pytest.mark.parametrize("group", [100, 5_000])
def test_a_sample_comes_from_many_row_groups(tmp_path: Path, group: int) -> None:
    pq.write_table(pa.table({"番号": range(100_000)}), tmp_path / "a.parquet", row_group_size=group)
    store = open_store("parquet", str(tmp_path))
    (dataset,) = store.datasets()
    assert isinstance(dataset, Dataset)
    numbers = [int(number) for number in store.sample(dataset, 1_000, 3)["番号"].to_pylist()]
    assert len(set(numbers)) == 1_000
    assert numbers == sorted(numbers)
    assert len({number // group for number in numbers}) >= 10
    assert numbers == [int(number) for number in store.sample(dataset, 1_000, 3)["番号"].to_pylist()]


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    pq.write_table(TABLE.slice(0, 0), tmp_path / "a.parquet")
    store = open_store("parquet", str(tmp_path))
    (dataset,) = store.datasets()
    assert isinstance(dataset, Dataset)
    assert store.sample(dataset, 10, 0).column_names == list(FIRST)
