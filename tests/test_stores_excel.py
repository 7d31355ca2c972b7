"""Workbooks: every sheet, titles above headers, headers in two rows, cells as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.stores import Dataset, NotRead, StoreError, open_store

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
HEADER = ["会社名", "氏名", "電話番号", "メールアドレス"]
ROW = ["見本商事", "星野みなみ", "03-0000-0001", "minami@mail.example"]


def book(path: Path, sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> None:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    made.save(path)


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    store = open_store("excel", str(path))
    rows = {}
    for one in store.datasets():
        assert isinstance(one, Dataset), one
        rows[one.name] = store.sample(one, 10_000, 0).to_pylist()
        assert rows[one.name] == [row for batch in store.batches(one) for row in batch.to_pylist()]
        assert one.records == len(rows[one.name])
        assert [field.name for field in one.fields] == store.sample(one, 0, 0).column_names
    return rows


def test_every_sheet_is_a_dataset_hidden_ones_too(tmp_path: Path) -> None:
    path = tmp_path / "名刺.xlsx"
    book(path, {"今年": [HEADER, ROW], "昨年": [HEADER, ROW, ROW], "#3": [HEADER, ROW]})
    made = openpyxl.load_workbook(path)
    made["昨年"].sheet_state = "veryHidden"
    made.create_chartsheet("図")
    made.save(path)
    rows = read(tmp_path)
    assert {name: len(found) for name, found in rows.items()} == {
        "名刺.xlsx#今年": 1,
        "名刺.xlsx#昨年": 2,
        "名刺.xlsx##3": 1,
    }
    assert rows["名刺.xlsx#今年"] == [dict(zip(HEADER, ROW, strict=True))]


def test_cells_are_text_without_a_trace_of_floats(tmp_path: Path) -> None:
    cells = ["見本", "00123", 9012345678, 1.5, datetime(1985, 4, 1), date(1999, 1, 2), datetime(2025, 1, 1, 9, 30)]  # noqa: DTZ001
    more = [time(9, 30), timedelta(hours=30), True, "　", None, 0.05]
    header = [
        "氏名",
        "社員番号",
        "電話番号",
        "率",
        "生年月日",
        "入社日",
        "更新日時",
        "開始",
        "時間",
        "有効",
        "備考",
        "メモ",
        "金額",
    ]
    book(tmp_path / "a.xlsx", {"社員": [header, [*cells, *more]]})
    (row,) = read(tmp_path)["a.xlsx#社員"]
    assert list(row.values()) == [
        "見本", "00123", "9012345678", "1.5", "1985-04-01", "1999-01-02", "2025-01-01 09:30:00",
        "09:30:00", "1 day, 6:00:00", "true", None, None, "0.05",
    ]  # fmt: skip


def test_titles_above_the_header_become_hints(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", {"名刺": [["名刺管理表 2025年度"], [], HEADER, ROW, [], ROW]})
    (dataset,) = open_store("excel", str(tmp_path)).datasets()
    assert isinstance(dataset, Dataset)
    assert dataset.hints == ("名刺管理表 2025年度",)
    assert read(tmp_path)["a.xlsx#名刺"] == [dict(zip(HEADER, ROW, strict=True))] * 2


def test_a_header_in_two_rows_is_joined(tmp_path: Path) -> None:
    rows = [
        ["会員名簿", None, None, None, None],
        ["氏名", None, "電話番号", "住所", None],
        ["姓", "名", None, "都道府県", "市区町村"],
        ["星野", "みなみ", "03-0000-0001", "東京都", "例市"],
        ["高原", "健太", "03-0000-0002", "大阪府", "見本市"],
    ]
    book(tmp_path / "a.xlsx", {"会員": rows}, ("A1:E1", "A2:B2", "C2:C3", "D2:E2"))
    first, second = read(tmp_path)["a.xlsx#会員"]
    assert list(first) == ["氏名 姓", "氏名 名", "電話番号", "住所 都道府県", "住所 市区町村"]
    assert list(second.values()) == ["高原", "健太", "03-0000-0002", "大阪府", "見本市"]


def test_a_sheet_without_a_header_loses_no_row(tmp_path: Path) -> None:
    people = [["星野みなみ", "03-0000-0001", "minami@mail.example"], ["高原健太", "03-0000-0002", "kenta@mail.example"]]
    book(tmp_path / "a.xlsx", {"星野みなみ": people})
    assert [row["列1"] for row in read(tmp_path)["a.xlsx#星野みなみ"]] == ["星野みなみ", "高原健太"]


def test_a_table_away_from_the_corner_is_found(tmp_path: Path) -> None:
    rows = [[], [], [None, None, *HEADER], [None, None, *ROW]]
    book(tmp_path / "a.xlsx", {"表": rows}, ("C1:D1",))
    assert read(tmp_path)["a.xlsx#表"] == [dict(zip(HEADER, ROW, strict=True))]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(LOCKED, "locked"), (b"PK\3\4 no workbook", "broken"), (b"", "empty"), ("氏名,電話番号".encode(), "broken")],
)
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_what_cannot_be_opened_is_told(tmp_path: Path, content: bytes, reason: str, suffix: str) -> None:
    (tmp_path / f"星野みなみ{suffix}").write_bytes(content)
    store = open_store("excel", str(tmp_path))
    (found,) = store.datasets()
    assert isinstance(found, NotRead)
    assert found.reason == reason
    assert "星野" not in found.hint
    with pytest.raises(StoreError) as told:
        store.sample(Dataset(f"星野みなみ{suffix}#表"), 1, 0)
    assert told.value.reason == reason


def test_a_far_off_cell_does_not_take_the_machine_down(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book(path, {"表": [HEADER, ROW]})
    made = openpyxl.load_workbook(path)
    made["表"]["XFD1048576"] = "余り"
    made.save(path)
    (found,) = open_store("excel", str(tmp_path)).datasets()
    assert isinstance(found, NotRead)
    assert found.reason == "too_large"


def test_an_empty_sheet_is_said_to_be_empty(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", {"空": [], "表": [HEADER, ROW]})
    empty, filled = open_store("excel", str(tmp_path)).datasets()
    assert isinstance(empty, NotRead)
    assert (empty.name, empty.reason) == ("a.xlsx#空", "empty")
    assert isinstance(filled, Dataset)


def test_a_workbook_of_charts_alone_is_said_to_be_empty(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.create_chartsheet("図")
    made.remove(made.worksheets[0])
    made.save(tmp_path / "a.xlsx")
    (found,) = open_store("excel", str(tmp_path)).datasets()
    assert isinstance(found, NotRead)
    assert (found.name, found.reason) == ("a.xlsx", "empty")
