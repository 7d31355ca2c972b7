"""A listing of columns without data: one dataset a table, from names and labels alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.stores import Dataset, Field, NotRead, StoreError, open_store

JSONL = """{"table": "KKYK", "table_label": "顧客", "column": "NM", "column_label": "氏名", "sql_type": "CHAR(40)"}
{"table": "KKYK", "table_label": "顧客", "column": "TEL", "column_label": null, "extra": 1}
{"table": "SHOHIN", "column": "TANKA"}
"""
CSV = "table,table_label,column,column_label,sql_type\nKKYK,顧客,NM,氏名,CHAR(40)\nKKYK,顧客,TEL,,\nSHOHIN,,TANKA,,\n"
JAPANESE = (
    "テーブル名\tテーブル論理名\tカラム名\tカラム論理名\tデータ型\n"
    "KKYK\t顧客\tNM\t氏名\tCHAR(40)\nKKYK\t顧客\tTEL\t\t\nSHOHIN\t\tTANKA\t\t\n"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", JSONL), ("a.csv", CSV), ("定義書.tsv", JAPANESE), ("a.txt", CSV.replace(",", ";"))],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932"])
def test_tables_and_columns_are_told_and_no_row(tmp_path: Path, name: str, content: str, codec: str) -> None:
    (tmp_path / name).write_bytes(content.encode(codec))
    store = open_store("data_dictionary", str(tmp_path / name))
    customers, goods = store.datasets()
    assert isinstance(customers, Dataset)
    assert isinstance(goods, Dataset)
    assert (customers.name, customers.label, customers.records) == ("KKYK", "顧客", None)
    assert customers.fields == (Field("NM", "氏名", "CHAR(40)"), Field("TEL"))
    assert (goods.name, goods.label, goods.fields) == ("SHOHIN", "", (Field("TANKA"),))
    sample = store.sample(customers, 100, 0)
    assert (sample.num_rows, sample.column_names) == (0, ["NM", "TEL"])
    assert sum(batch.num_rows for batch in store.batches(customers)) == 0


def test_wrong_lines_are_counted_and_cost_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(JSONL + '{oops\n{"table": "X"}\n', encoding="utf-8")
    *_, goods, wrong = open_store("data_dictionary", str(tmp_path / "a.jsonl")).datasets()
    assert isinstance(goods, Dataset)
    assert isinstance(wrong, NotRead)
    assert wrong.reason == "broken"
    assert "4、5行目" in wrong.hint


def test_excluded_tables_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    _, goods = open_store("data_dictionary", str(tmp_path / "a.csv"), exclude=["SH*"]).datasets()
    assert goods == NotRead("SHOHIN", "excluded", goods.hint)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "missing"), ("氏名,電話番号\n星野みなみ,1\n", "broken"), ("[1, {]", "broken"), ("", "empty")],
)
def test_what_is_no_listing_is_told(tmp_path: Path, content: str | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError) as told:
        list(open_store("data_dictionary", str(tmp_path / "a.csv")).datasets())
    assert told.value.reason == reason
    assert "星野" not in str(told.value)
    assert told.value.__context__ is None
