"""Delimited files: every encoding, delimiter and layout, read as text exactly as stored."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.stores import Dataset, NotRead, StoreError, open_store
from pipelines.stores.delimited import COUNTED

ROWS = [
    ["氏名", "電話番号", "備考"],
    ["星野みなみ", "03000000001", "改行\nあり, と記号"],
    ["高原健太", "09000000002", ""],
    ["早見ゆい", "00012", "　"],
]


def text_of(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def only(path: Path) -> tuple[Any, Dataset]:
    store = open_store("delimited", str(path))
    (dataset,) = store.datasets()
    assert isinstance(dataset, Dataset), dataset
    return store, dataset


def read(path: Path) -> list[dict[str, Any]]:
    store, dataset = only(path)
    sampled = store.sample(dataset, 1_000_000, 7).to_pylist()
    assert sampled == [row for batch in store.batches(dataset) for row in batch.to_pylist()]
    return sampled


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_encoding_reads_the_same(tmp_path: Path, codec: str, end: str) -> None:
    path = tmp_path / "名簿.csv"
    path.write_bytes(text_of(ROWS, end=end).encode(codec))
    assert [field.name for field in only(path)[1].fields] == ROWS[0]
    assert read(path) == [
        {"氏名": "星野みなみ", "電話番号": "03000000001", "備考": "改行\nあり, と記号"},
        {"氏名": "高原健太", "電話番号": "09000000002", "備考": None},
        {"氏名": "早見ゆい", "電話番号": "00012", "備考": None},
    ]


@pytest.mark.parametrize(
    ("delimiter", "suffix"), [(",", "csv"), ("\t", "tsv"), (";", "csv"), ("|", "csv"), ("\t", "csv")]
)
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text(text_of(ROWS, delimiter), encoding="utf-8")
    assert [row["電話番号"] for row in read(path)] == ["03000000001", "09000000002", "00012"]


def test_one_column_is_no_reason_to_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("氏名\n星野みなみ\n高原健太\n", encoding="utf-8")
    assert read(path) == [{"氏名": "星野みなみ"}, {"氏名": "高原健太"}]


def test_a_file_without_a_header_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("星野みなみ,03-0000-0001,東京都例市\n高原健太,03-0000-0002,大阪府見本市\n", encoding="utf-8")
    assert [row["列1"] for row in read(path)] == ["星野みなみ", "高原健太"]
    assert [field.name for field in only(path)[1].fields] == ["列1", "列2", "列3"]


def test_titles_above_the_header_become_hints(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("得意先名簿 2025年度,,\n,,\n" + text_of(ROWS), encoding="utf-8")
    assert only(path)[1].hints == ("得意先名簿 2025年度",)
    assert len(read(path)) == 3


def test_double_and_missing_names_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "会員番号,氏名,住所,メールアドレス,電話番号,電話番号,\nA1,星野みなみ,例市,x,1,2,3\n", encoding="utf-8"
    )
    (row,) = read(path)
    assert list(row.items())[4:] == [("電話番号", "1"), ("電話番号 (2)", "2"), ("列7", "3")]


def test_ragged_rows_keep_every_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("氏名,電話番号\n星野みなみ,1,余り,二つ\n高原健太\n", encoding="utf-8")
    assert read(path) == [
        {"氏名": "星野みなみ", "電話番号": "1", "列3": "余り", "列4": "二つ"},
        {"氏名": "高原健太", "電話番号": None, "列3": None, "列4": None},
    ]


def test_a_ragged_row_far_down_keeps_every_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = 400_000
    path.write_text("氏名,電話番号\n" + "見本,0900000000\n" * rows + "星野みなみ,1,余り\n高原健太\n", encoding="utf-8")
    store, dataset = only(path)
    last: list[dict[str, Any]] = []
    count = 0
    for batch in store.batches(dataset):
        count, last = count + batch.num_rows, (last + batch.slice(max(0, batch.num_rows - 2)).to_pylist())[-2:]
    assert count == rows + 2
    assert last == [
        {"氏名": "星野みなみ", "電話番号": "1", "列3": "余り"},
        {"氏名": "高原健太", "電話番号": None, "列3": None},
    ]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=40), st.sampled_from([",", "\t"]))
def test_any_cells_come_back_as_they_were(rows: list[list[str]], delimiter: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(text_of([["氏名", "電話番号", "住所"], *rows], delimiter), encoding="utf-8")
        try:
            cells = [list(row.values()) for row in read(path)]
        except StoreError as error:
            # letters from every script at random may well be mojibake
            assert error.reason == "encoding"
            return
        except AssertionError as listed:
            assert isinstance(listed.args[0], str)
            assert "encoding" in listed.args[0]
            return
    assert cells == [[cell if cell.strip() else None for cell in row] for row in rows]


@pytest.mark.parametrize("content", [b"", b"\n\n", "　,　\n,\n".encode()])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    (found,) = open_store("delimited", str(tmp_path)).datasets()
    assert isinstance(found, NotRead)
    assert (found.name, found.reason) == ("a.csv", "empty")


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_header_alone_is_a_dataset_without_rows(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.csv").write_text("会員番号,氏名,電話番号" + end, encoding="utf-8")
    store, dataset = only(tmp_path / "a.csv")
    assert store.sample(dataset, 10, 0).column_names == ["会員番号", "氏名", "電話番号"]
    assert store.sample(dataset, 10, 0).num_rows == 0


def test_mixed_encodings_are_not_read_and_say_where(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(text_of(ROWS, end="\n").encode("cp932") + text_of(ROWS[1:3], end="\n").encode())
    (found,) = open_store("delimited", str(tmp_path)).datasets()
    assert isinstance(found, NotRead)
    assert found.reason == "encoding"
    assert "行目 UTF-8" in found.hint


def test_another_encoding_far_down_is_found_while_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(("氏名,電話番号\n" + "見本,0900000000\n" * 400_000).encode() + "星野みなみ,1\n".encode("cp932"))
    store, dataset = only(path)
    for reading in (lambda: store.sample(dataset, 5, 0), lambda: list(store.batches(dataset))):
        with pytest.raises(StoreError) as told:
            reading()
        assert told.value.reason == "encoding"
        assert "400002" in told.value.hint


def test_an_unclosed_quotation_mark_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('氏名,電話番号\n星野みなみ,1\n"高原健太,2\n早見ゆい,3\n', encoding="utf-8")
    store, dataset = only(path)
    with pytest.raises(StoreError) as told:
        store.sample(dataset, 5, 0)
    assert told.value.reason == "broken"
    assert "3行目" in told.value.hint


def test_a_sample_is_random_repeatable_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("氏名,番号\n" + "".join(f"見本,{number:06}\n" for number in range(50_000)), encoding="utf-8")
    store, dataset = only(path)
    first = store.sample(dataset, 500, 1)["番号"].to_pylist()
    assert first == store.sample(dataset, 500, 1)["番号"].to_pylist() == sorted(first)
    assert first != store.sample(dataset, 500, 2)["番号"].to_pylist()
    numbers = [int(number) for number in first]
    assert len(set(numbers)) == 500
    assert 22_000 < sum(numbers) / 500 < 28_000
    assert store.sample(dataset, 0, 1).num_rows == 0


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_rows_of_a_file_are_counted(tmp_path: Path, codec: str, end: str) -> None:
    path = tmp_path / "名簿.csv"
    rows = [["会員名簿"], [], ROWS[0], *ROWS[1:], [], *ROWS[1:]]
    path.write_bytes(text_of(rows, end=end).encode(codec))
    assert only(path)[1].records == 6 == len(read(path))


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "utf-16-le", "iso2022_jp"])
@pytest.mark.parametrize("memo", ["", "改行\nの\nある備考", "か" * 300])
def test_the_rows_of_a_large_file_are_estimated(tmp_path: Path, codec: str, memo: str) -> None:
    path = tmp_path / "名簿.csv"
    many = 15_000 if len(memo) > 100 else 150_000
    # numbers grow: rows at the end are longer than those that the head shows
    body = ([str(at**3), "見本太郎", f"090-0000-{at % 10_000:04}", memo] for at in range(many))
    text = text_of([["番号", "氏名", "電話番号", "備考"], *body])
    path.write_bytes((codec == "utf-16-le") * b"\xff\xfe" + text.encode(codec))
    assert path.stat().st_size > COUNTED
    listed = only(path)[1]
    records = listed.records
    assert records is not None
    assert listed.records_estimated
    assert abs(records - many) <= 0.1 * many
    assert len(str(records).rstrip("0")) <= 2


def test_a_file_that_cannot_be_read_to_its_end_has_no_count(tmp_path: Path) -> None:
    path = tmp_path / "名簿.csv"
    path.write_bytes(text_of([*ROWS, ["見本", "1"]]).encode() + b'"open,1,2\n' + b"a,b,c\n" * 50)
    store, dataset = only(path)
    assert dataset.records is None
    with pytest.raises(StoreError):
        store.sample(dataset, 10, 0)
