"""A listing of columns without data: one dataset a table, from names and labels alone."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stores import Dataset, Field, NotRead, StoreError, open_store
from pipelines.stores.dictionary_headings import heads
from tests.test_stores_excel import book

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


@pytest.mark.parametrize(
    "headings",
    [
        ("表名", "テーブル論理名", "項目名", "項目論理名", "型"),
        ("テーブル物理名", "表示名", "カラム名", "日本語名", "データ型（桁）"),
        ("テーブル名（物理）", "テーブル名（論理）", "カラム名(物理)", "カラム名(論理)", "型(桁)"),
        ("テーブルID", "テーブル名", "項目ID", "項目名", "データ型"),
        ("テーブル名", "論理名", "フィールド名", "コメント", "データ型"),
        ("テーブル 名", "和名", "列名", "説明", "型"),
        ("TABLE_NAME", "TABLE_COMMENT", "COLUMN_NAME", "COLUMN_COMMENT", "DATA_TYPE"),
        ("テーブル名", "表和名", "カラム名", "項目名", "データ型"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (0, 1, 3, 2, 4), (2, 3, 4, 0, 1)])
@pytest.mark.parametrize("shape", ["csv", "jsonl", "xlsx"])
def test_headings_that_companies_use_are_understood(
    tmp_path: Path, headings: tuple[str, ...], order: tuple[int, ...], shape: str
) -> None:
    lines = [
        headings,
        ("KKYK", "顧客", "NM", "氏名", "CHAR(40)"),
        ("KKYK", "顧客", "TEL", "電話番号", "CHAR(15)"),
        ("SHOHIN", "商品", "TANKA", "単価", "INT"),
        ("SHOHIN", "商品", "NM", "商品名", "CHAR(40)"),
    ]
    rows = [[line[at] for at in order] for line in lines]
    path = tmp_path / f"定義書.{shape}"
    if shape == "csv":
        path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    elif shape == "jsonl":
        said = [json.dumps(dict(zip(rows[0], row, strict=True)), ensure_ascii=False) for row in rows[1:]]
        path.write_text("\n".join(said), encoding="utf-8")
    else:
        book(path, {"一覧": rows})
    customers, goods = open_store("data_dictionary", str(path)).datasets()
    assert customers == Dataset(
        "KKYK", "顧客", fields=(Field("NM", "氏名", "CHAR(40)"), Field("TEL", "電話番号", "CHAR(15)"))
    )
    assert goods == Dataset("SHOHIN", "商品", fields=(Field("TANKA", "単価", "INT"), Field("NM", "商品名", "CHAR(40)")))


def test_labels_beside_one_name_are_the_columns_where_they_differ(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("表名,説明,項目名,型\nKKYK,氏名,NM,CHAR\nKKYK,電話,TEL,CHAR\n", encoding="utf-8")
    (customers,) = open_store("data_dictionary", str(tmp_path / "a.csv")).datasets()
    assert customers == Dataset("KKYK", fields=(Field("NM", "氏名", "CHAR"), Field("TEL", "電話", "CHAR")))


def test_a_workbook_of_one_table_a_sheet_is_read_and_its_cover_is_told(tmp_path: Path) -> None:
    columns: list[list[Any]] = [
        ["No", "論理名", "物理名", "データ型", "桁"],
        [1, "氏名", "NM", "CHAR", 40],
        [2, "電話番号", "TEL", "CHAR", 15],
    ]
    book(
        tmp_path / "定義書.xlsx",
        {
            "表紙": [["テーブル定義書"], ["第1版"]],
            "顧客": [["システム名", "販売", "テーブル名", "顧客"], ["", "", "物理名", "KKYK"], [], *columns],
            "SHAIN": columns,
            "白紙": [],
        },
    )
    customers, staff, cover = open_store("data_dictionary", str(tmp_path / "定義書.xlsx")).datasets()
    fields = (Field("NM", "氏名", "CHAR"), Field("TEL", "電話番号", "CHAR"))
    assert (customers, staff) == (Dataset("KKYK", "顧客", fields=fields), Dataset("SHAIN", fields=fields))
    assert isinstance(cover, NotRead)
    assert (cover.reason, cover.hint.startswith("1枚目のシート")) == ("unsupported", True)


def test_a_name_that_merged_cells_leave_blank_is_the_one_above(tmp_path: Path) -> None:
    lines = "表名,テーブル論理名,項目名\n,,捨て\nKKYK,顧客,NM\n,,TEL\nSHOHIN,,TANKA\n"
    (tmp_path / "a.csv").write_text(lines, encoding="utf-8")
    customers, goods, wrong = open_store("data_dictionary", str(tmp_path / "a.csv")).datasets()
    assert customers == Dataset("KKYK", "顧客", fields=(Field("NM"), Field("TEL")))
    assert goods == Dataset("SHOHIN", fields=(Field("TANKA"),))
    assert isinstance(wrong, NotRead)
    assert wrong.hint.startswith("2行目")


def test_headings_that_nobody_knows_are_answered_by_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("もの,なまえ\nKKYK,NM\n", encoding="utf-8")
    with pytest.raises(StoreError) as told:
        list(open_store("data_dictionary", str(tmp_path / "a.csv")).datasets())
    groups = re.findall("「(.+?)」", told.value.hint)
    named = [heads([heading]) for group in groups for heading in group.split("・")]
    assert len(groups) == 4
    assert all(
        one.table or one.column or one.table_label or one.column_label or one.label or one.sql_type for one in named
    )


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=8))
def test_whatever_a_listing_holds_is_a_table_or_is_told(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        out = StringIO()
        csv.writer(out).writerows([["表名", "項目名", "論理名"], *rows])
        path.write_bytes(out.getvalue().encode("utf-8", "replace"))
        try:
            found = list(open_store("data_dictionary", str(path)).datasets())
        except StoreError as error:
            assert error.hint
        else:
            assert all(one.fields for one in found if isinstance(one, Dataset))
