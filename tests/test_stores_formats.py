"""Formats beside the common ones: ORC, old Excel, presentations; hidden sheets and columns; tables of many files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import xlwt
from pptx import Presentation
from pptx.util import Inches
from pyarrow import orc
from pyarrow import parquet as pq

from pipelines.stores import Dataset, NotRead, open_store


def listed(path: Path) -> tuple[Any, dict[str, Dataset], dict[str, NotRead]]:
    store = open_store("files", str(path))
    found = list(store.datasets())
    return (
        store,
        {one.name: one for one in found if isinstance(one, Dataset)},
        {one.name: one for one in found if isinstance(one, NotRead)},
    )


def test_orc_becomes_text(tmp_path: Path) -> None:
    rows = [{"番号": at, "氏名": "星野みなみ", "住所": {"県": "東京都"}, "印": ["a", "b"]} for at in range(3)]
    orc.write_table(pa.Table.from_pylist(rows), tmp_path / "a.orc")
    store, datasets, _ = listed(tmp_path)
    one = datasets["a.orc"]
    assert one.records == 3
    assert [field.name for field in one.fields] == ["番号", "氏名", "住所.県", "印[]"]
    assert store.sample(one, 1_000, 0).to_pylist() == [
        {"番号": str(at), "氏名": "星野みなみ", "住所.県": "東京都", "印[]": ["a", "b"]} for at in range(3)
    ]


def test_a_sample_of_orc_comes_from_many_stripes(tmp_path: Path) -> None:
    table = pa.table({"番号": list(range(100_000)), "備考": [f"{at * 7919 % 99991:032}" for at in range(100_000)]})
    orc.write_table(table, tmp_path / "a.orc", stripe_size=2**15)
    store, datasets, _ = listed(tmp_path)
    one = datasets["a.orc"]
    assert one.records == 100_000
    numbers = [int(number) for number in store.sample(one, 200, 1)["番号"].to_pylist()]
    assert len(numbers) == 200
    assert numbers == sorted(set(numbers))
    assert numbers[-1] - numbers[0] > 50_000
    assert numbers == [int(number) for number in store.sample(one, 200, 1)["番号"].to_pylist()]
    assert sum(batch.num_rows for batch in store.batches(one)) == 100_000


def test_a_broken_orc_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.orc").write_bytes(b"ORC nothing")
    assert listed(tmp_path)[2]["a.orc"].reason == "broken"


def test_old_excel_is_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名刺")
    for at, row in enumerate([["氏名", "社員番号", "電話番号"], ["星野みなみ", "00123", 312345678.0]]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    hidden = book.add_sheet("旧")
    hidden.visibility = 1
    for column, cell in enumerate(["氏名", "電話番号"]):
        hidden.write(0, column, cell)
        hidden.write(1, column, "見本")
    book.save(str(tmp_path / "a.xls"))
    store, datasets, _ = listed(tmp_path)
    assert store.sample(datasets["a.xls#名刺"], 5, 0).to_pylist() == [
        {"氏名": "星野みなみ", "社員番号": "00123", "電話番号": "312345678"}
    ]
    assert datasets["a.xls#旧"].hints == ("非表示のシートです",)


def test_hidden_sheets_and_columns_are_read_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in ["会員", "旧&会員"]:
        sheet = book.create_sheet(name)
        for row in [["氏名", "電話番号", "備考", "区分"], ["星野みなみ", "03-0000-0001", "x", "一般"]]:
            sheet.append(row)
        for column in "BC":
            sheet.column_dimensions[column].hidden = name != "会員"
    book["旧&会員"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    store, datasets, _ = listed(tmp_path)
    assert datasets["a.xlsx#会員"].hints == ()
    one = datasets["a.xlsx#旧&会員"]
    assert one.hints == ("非表示のシートです", "非表示の列が2列あります")
    assert store.sample(one, 5, 0)["電話番号"].to_pylist() == ["03-0000-0001"]


def test_a_presentation_gives_its_slides_tables_groups_and_notes(tmp_path: Path) -> None:
    show = Presentation()
    show.core_properties.title, show.core_properties.author = "商談資料", "高原健太"
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "ご担当 星野みなみ様"
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "電話", "03-0000-0001"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "枠の中"
    slide.notes_slide.notes_text_frame.text = "発表者の覚え"
    show.save(str(tmp_path / "a.pptx"))
    store, datasets, unread = listed(tmp_path)
    assert not unread
    (row,) = store.sample(datasets["./"], 5, 0).to_pylist()
    assert (row["title"], row["author"]) == ("商談資料", "高原健太")
    assert row["body"].split("\n") == ["ご担当 星野みなみ様", "電話\t03-0000-0001", "枠の中", "発表者の覚え"]


@pytest.mark.parametrize("log", ["_delta_log/00000000000000000000.json", "metadata/v1.metadata.json"])
def test_the_log_of_a_table_of_many_files_is_no_dataset(tmp_path: Path, log: str) -> None:
    table = tmp_path / "顧客"
    (table / log).parent.mkdir(parents=True)
    (table / log).write_text(json.dumps({"commitInfo": {}}), encoding="utf-8")
    pq.write_table(pa.table({"id": [1]}), table / "part-0.parquet")
    _, datasets, unread = listed(tmp_path)
    assert list(datasets) == ["顧客/part-0.parquet"]
    assert {name: one.reason for name, one in unread.items()} == {f"顧客/{log.split('/')[0]}/": "unsupported"}
