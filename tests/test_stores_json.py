"""JSON: a record a line, arrays, and documents that hold tables; numbers as spelt, nested values by their paths."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.stores import Dataset, NotRead, open_store

RECORD = (
    '{"id": 1, "tel": "03000000001", "big": 123456789012345678901, "rate": 1.10, "flag": true, "none": null,'
    ' "contact": {"mail": "minami@mail.example"}, "tags": ["a", "b"],'
    ' "contacts": [{"mail": "x@mail.example", "n": [1]}, {"mail": "y@mail.example"}]}'
)
FLAT = {
    "id": "1",
    "tel": "03000000001",
    "big": "123456789012345678901",
    "rate": "1.10",
    "flag": "true",
    "none": None,
    "contact.mail": "minami@mail.example",
    "tags[]": ["a", "b"],
    "contacts[].mail": ["x@mail.example", "y@mail.example"],
    "contacts[].n[]": ["1"],
}


def listed(path: Path) -> tuple[Any, list[Dataset], list[NotRead]]:
    store = open_store("json", str(path))
    found = list(store.datasets())
    return (
        store,
        [one for one in found if isinstance(one, Dataset)],
        [one for one in found if isinstance(one, NotRead)],
    )


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    store, datasets, unread = listed(path)
    assert not unread
    rows = {one.name: store.sample(one, 10_000, 0).to_pylist() for one in datasets}
    assert rows == {one.name: [row for batch in store.batches(one) for row in batch.to_pylist()] for one in datasets}
    for one in datasets:
        assert one.records == len(rows[one.name])
        assert [field.name for field in one.fields] == store.sample(one, 0, 0).column_names
    return rows


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", RECORD + "\n\n" + RECORD + "\n"),
        ("a.ndjson", RECORD + "\r\n" + RECORD),
        ("a.json", RECORD + "\n" + RECORD),
        ("a.json", f"[{RECORD},\n {RECORD}]"),
        ("a.json", f'{{"users": [{RECORD}, {RECORD}]}}'),
    ],
)
def test_records_are_flattened_and_numbers_kept(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read(tmp_path) == {name: [FLAT, FLAT]}


def test_a_single_record_is_one_row(tmp_path: Path) -> None:
    record = {"氏名": "星野みなみ", "住所": {"県": "東京都"}, "連絡先": [{"種別": "携帯"}, {"種別": "自宅"}]}
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    assert read(tmp_path) == {
        "a.json": [{"氏名": "星野みなみ", "住所.県": "東京都", "連絡先[].種別": ["携帯", "自宅"]}]
    }


def test_what_stands_beside_the_records_is_kept_with_each(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"company": "見本商事", "users": [{"name": "a"}, {"name": "b"}]}', encoding="utf-8"
    )
    assert read(tmp_path)["a.json"] == [{"company": "見本商事", "name": "a"}, {"company": "見本商事", "name": "b"}]


def test_a_document_of_several_tables_is_several_datasets(tmp_path: Path) -> None:
    document = {
        "at": "2025",
        "users": [{"name": str(at)} for at in range(12)],
        "orders": [{"no": at} for at in range(3)],
    }
    (tmp_path / "a.json").write_text(json.dumps(document), encoding="utf-8")
    rows = read(tmp_path)
    assert {name: len(found) for name, found in rows.items()} == {"a.json": 1, "a.json#users": 12, "a.json#orders": 3}


def test_an_object_used_as_a_map_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({f"u{at}": {"name": str(at)} for at in range(6)}), encoding="utf-8")
    assert read(tmp_path)["a.json"][1] == {"キー": "u1", "name": "1"}


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp932", "utf-16"])
def test_other_encodings_are_read(tmp_path: Path, codec: str) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"氏名": "星野みなみ", "住所": "東京都例市"}\n'.encode(codec))
    assert read(tmp_path)["a.jsonl"] == [{"氏名": "星野みなみ", "住所": "東京都例市"}]


def test_bad_lines_are_counted_and_cost_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{RECORD}\n{{oops\n{RECORD}\n星野みなみ\n{RECORD[:40]}", encoding="utf-8")
    _, datasets, (unread,) = listed(tmp_path)
    assert datasets[0].records == 2
    assert (unread.name, unread.reason) == ("a.jsonl", "broken")
    assert "2、4、5行目" in unread.hint
    assert "3箇所" in unread.hint
    assert "星野" not in unread.hint


def test_an_array_that_breaks_off_keeps_what_was_whole(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f"[{RECORD}, {RECORD}, {RECORD[:50]}", encoding="utf-8")
    _, datasets, (unread,) = listed(tmp_path)
    assert datasets[0].records == 2
    assert unread.reason == "broken"


@pytest.mark.parametrize("content", ["[]", " \n", "{}", "[{}, {}]"])
def test_nothing_is_said_to_be_empty(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    _, datasets, (unread,) = listed(tmp_path)
    assert (datasets, unread.reason) == ([], "empty")


def test_a_thousand_keys_lose_no_value(tmp_path: Path) -> None:
    records = [{f"k{at}_{one}": f"{at}-{one}" for one in range(50)} for at in range(60)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    cells = [cell for row in read(tmp_path)["a.jsonl"] for cell in row.values() if cell]
    texts = {text for cell in cells for text in ([cell] if isinstance(cell, str) else cell)}
    assert texts == {value for record in records for value in record.values()}


@pytest.mark.parametrize("content", ["[" * 5_000 + "]" * 5_000, '{"a":' * 5_000 + "1" + "}" * 5_000])
def test_depth_is_no_danger(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    _, datasets, unread = listed(tmp_path)
    assert [one.reason for one in unread] == ["broken"] * (not datasets)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=("Cs",)), max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)


def texts(value: Any) -> list[str]:
    match value:
        case None:
            return []
        case bool():
            return [str(value).lower()]
        case dict():
            return [text for inner in value.values() for text in texts(inner)]
        case list():
            return [text for inner in value for text in texts(inner)]
    return [str(value)]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "name", "list"]), VALUES, min_size=1), min_size=1, max_size=5))
def test_no_leaf_of_any_record_is_lost(records: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        rows = read(Path(folder))["a.jsonl"]
    for record, row in zip(records, rows, strict=True):
        found = [text for cell in row.values() if cell for text in ([cell] if isinstance(cell, str) else cell)]
        for text in texts(record):
            assert not text.strip() or text in found
