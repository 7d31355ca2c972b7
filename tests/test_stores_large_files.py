"""Large files: a sample reads some byte ranges of them, the same for the same seed, from all over the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from pipelines.stores import Dataset, open_store, windows
from pipelines.stores.sources import File

ROWS = 20_000
PAD = "東京都例市本町一丁目二番三号例示ビル" * 3


@pytest.fixture(autouse=True)
def smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts as large, small enough for a test."""
    monkeypatch.setattr(windows, "LARGE", 2**20)
    monkeypatch.setattr(windows, "WINDOW", 2**12)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many bytes were asked of files."""
    counted: list[int] = []
    opened = File.open

    def counting(file: File) -> BinaryIO:
        given = opened(file)
        ask = given.read

        class Counting:
            def read(self, size: int = -1) -> bytes:
                got = ask(size)
                counted.append(len(got))
                return got

            def __enter__(self) -> Counting:
                return self

            def __exit__(self, *_: object) -> None:
                given.close()

            def __getattr__(self, name: str) -> Any:
                return getattr(given, name)

        return Counting()  # type: ignore[return-value]

    monkeypatch.setattr(File, "open", counting)
    yield counted


def dataset(path: Path) -> tuple[Any, Dataset]:
    store = open_store("files", str(path))
    (one,) = store.datasets()
    assert isinstance(one, Dataset)
    return store, one


def csv(path: Path, codec: str = "utf-8", end: str = "\r\n", note: str = "") -> Path:
    lines = ["番号,氏名,備考", *(f'{at},星野みなみ,"{PAD}{note}"' for at in range(ROWS))]
    path.write_bytes(end.join([*lines, ""]).encode(codec))
    return path


@pytest.mark.parametrize(
    ("codec", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp932", "\r\n"), ("euc_jp", "\n")]
)
def test_a_sample_is_whole_rows_from_all_over_the_file(tmp_path: Path, codec: str, end: str) -> None:
    store, one = dataset(csv(tmp_path / "a.csv", codec, end))
    rows = store.sample(one, 500, 1).to_pylist()
    assert len(rows) == 500
    assert {(row["氏名"], row["備考"]) for row in rows} == {("星野みなみ", PAD)}
    numbers = [int(row["番号"]) for row in rows]
    assert numbers == sorted(set(numbers))
    tenths = [sum(number * 10 // ROWS == tenth for number in numbers) for tenth in range(10)]
    assert all(25 <= count <= 90 for count in tenths), tenths
    assert store.sample(one, 500, 1).to_pylist() == rows
    assert store.sample(one, 500, 2).to_pylist() != rows


def test_a_sample_reads_little(tmp_path: Path, read: list[int]) -> None:
    path = csv(tmp_path / "a.csv")
    store, one = dataset(path)
    store.sample(one, 1, 0)
    read.clear()
    store.sample(one, 100, 0)
    beyond_the_head = [size for size in read if size <= windows.WINDOW]
    assert 0 < sum(beyond_the_head) < path.stat().st_size / 4


@pytest.mark.parametrize("codec", ["iso2022_jp", "utf-16"])
def test_an_encoding_with_a_state_is_read_in_one_pass(tmp_path: Path, codec: str) -> None:
    store, one = dataset(csv(tmp_path / "a.csv", codec))
    assert {row["備考"] for row in store.sample(one, 100, 0).to_pylist()} == {PAD}


def test_rows_of_several_lines_are_never_cut(tmp_path: Path) -> None:
    store, one = dataset(csv(tmp_path / "a.csv", note="\nほか,二行\n"))
    rows = store.sample(one, 300, 0).to_pylist()
    assert {row["備考"] for row in rows} == {f"{PAD}\nほか,二行\n"}
    assert len(rows) == 300


def test_a_few_rows_of_several_lines_far_below_leave_no_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.stores import charsets

    path = csv(tmp_path / "a.csv")
    monkeypatch.setattr(charsets, "HEAD", 2**16)
    raw = path.read_bytes().split(b"\r\n")
    for at in range(5_000, ROWS, 1_000):
        raw[at] = f'{at},星野みなみ,"一行目\r\n,二行目,\r\n三行目"'.encode()
    path.write_bytes(b"\r\n".join(raw))
    store, one = dataset(path)
    for row in store.sample(one, 2_000, 0).to_pylist():
        assert row["氏名"] == "星野みなみ"
        assert row["番号"].isdigit()


def test_a_wrong_encoding_far_below_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.stores import StoreError, charsets

    path = csv(tmp_path / "a.csv")
    store, one = dataset(path)
    monkeypatch.setattr(charsets, "HEAD", 2**16)
    raw = path.read_bytes().split(b"\r\n")
    raw[10_000:] = [line.decode().encode("cp932") for line in raw[10_000:]]
    path.write_bytes(b"\r\n".join(raw))
    with pytest.raises(StoreError, match=r"encoding.*10001"):
        store.sample(one, 500, 0)


def jsonl(path: Path) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for at in range(ROWS):
            record = {"番号": at, "氏名": "星野\nみなみ", "住所": {"県": PAD}}
            file.write(json.dumps(record | ({"珍": "稀"} if at == 77 else {}), ensure_ascii=False) + "\n")
    return path


def test_records_a_line_are_sampled_by_ranges(tmp_path: Path) -> None:
    store, one = dataset(jsonl(tmp_path / "a.jsonl"))
    assert one.records is not None
    assert abs(one.records - ROWS) < ROWS / 10
    rows = store.sample(one, 500, 3).to_pylist()
    assert {(row["氏名"], row["住所.県"]) for row in rows} == {("星野\nみなみ", PAD)}
    numbers = [int(row["番号"]) for row in rows]
    assert len(numbers) == 500
    assert numbers == sorted(set(numbers))
    assert numbers[0] < ROWS / 10 < ROWS * 9 / 10 < numbers[-1]
    assert store.sample(one, 500, 3).to_pylist() == rows


def test_a_key_that_no_range_showed_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.stores import json_records

    monkeypatch.setattr(json_records, "SKIMMED", 10)
    store, one = dataset(jsonl(tmp_path / "a.jsonl"))
    assert one.records_estimated
    assert "珍" not in {field.name for field in one.fields}
    rest = [
        text for batch in store.batches(one) for texts in batch[json_records.REST].to_pylist() for text in texts or ()
    ]
    assert rest == ["稀"]
