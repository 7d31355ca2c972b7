"""Folders of files: what is found in them, what is left out and why, and that nothing is ever written."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from pipelines.stores import Dataset, NotRead, StoreError, kind_of, kinds, open_store

CSV = "氏名,電話番号\n星野みなみ,03-0000-0001\n"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A shared folder as companies have them."""
    root = tmp_path / "共有"
    for name in ["b.csv", "取引先/a.csv", "取引先/c.tsv", "取引先/2025/d.csv"]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(CSV.replace(",", "\t" if name.endswith("tsv") else ","), encoding="utf-8")
    (root / "取引先" / "memo.txt").write_text("見本", encoding="utf-8")
    (root / "取引先" / "users.jsonl").write_text('{"name": "見本"}\n', encoding="utf-8")
    pq.write_table(pa.table({"id": [1]}), root / "facts.PARQUET")
    for name in [".hidden.csv", "~$名簿.csv", "Thumbs.db", ".git/a.csv", "取引先/.DS_Store"]:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(CSV, encoding="utf-8")
    for name in ["x.zip", "取引先/x.bin", "取引先/y.bin", "取引先/Makefile"]:
        (root / name).write_bytes(b"\0")
    return root


def listed(kind: str, location: Path | str, **scope: object) -> tuple[list[str], dict[str, str]]:
    found = list(open_store(kind, str(location), **scope).datasets())  # type: ignore[arg-type]
    return (
        [one.name for one in found if isinstance(one, Dataset)],
        {one.name: one.reason for one in found if isinstance(one, NotRead)},
    )


def test_every_format_is_found_and_the_rest_is_counted_by_folder(shared: Path) -> None:
    names, unread = listed("files", shared)
    assert names == [
        "b.csv",
        "facts.PARQUET",
        "取引先/a.csv",
        "取引先/c.tsv",
        "取引先/users.jsonl",
        "取引先/",
        "取引先/2025/d.csv",
    ]
    assert unread == {"x.zip": "broken", "取引先/*": "unsupported", "取引先/*.bin": "unsupported"}
    bins = next(one for one in open_store("files", str(shared)).datasets() if one.name == "取引先/*.bin")
    assert isinstance(bins, NotRead)
    assert "2件" in bins.hint


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("delimited", ["b.csv", "取引先/a.csv", "取引先/c.tsv", "取引先/2025/d.csv"]),
        ("parquet", ["facts.PARQUET"]),
        ("json", ["取引先/users.jsonl"]),
        ("documents", ["取引先/"]),
        ("excel", []),
    ],
)
def test_a_kind_is_one_format_only(shared: Path, kind: str, names: list[str]) -> None:
    assert listed(kind, shared)[0] == names


def test_what_a_declaration_leaves_out_is_told(shared: Path) -> None:
    names, unread = listed("files", shared, include=["取引先/*"], exclude=["*/2025/*", "*.bin", "*/Makefile"])
    assert names == ["取引先/a.csv", "取引先/c.tsv", "取引先/users.jsonl", "取引先/"]
    assert unread == {"./": "excluded", "取引先/": "excluded", "取引先/2025/": "excluded"}


def test_a_folder_and_a_part_of_a_file_can_be_named(shared: Path) -> None:
    tables = {"users": [{"n": at} for at in range(10)], "orders": [{"n": at} for at in range(10)]}
    (shared / "a.json").write_text(json.dumps(tables), encoding="utf-8")
    assert listed("files", shared, include=["a.json#users", "取引先/2025/"]) == (
        ["a.json#users", "取引先/2025/d.csv"],
        {"a.json#orders": "excluded", "./": "excluded", "取引先/": "excluded"},
    )
    assert listed("json", shared, exclude=["*#orders", "取引先/"])[0] == ["a.json#users"]
    assert listed("json", shared, include=["*.json"])[0] == ["a.json#users", "a.json#orders"]


@pytest.mark.parametrize("name", ["b.csv", "facts.PARQUET", "取引先/memo.txt"])
def test_a_single_file_is_a_store(shared: Path, name: str) -> None:
    store = open_store("files", str(shared / name))
    (dataset,) = store.datasets()
    assert isinstance(dataset, Dataset)
    assert dataset.name == Path(name).name
    assert store.sample(dataset, 5, 0).num_rows == 1


def test_links_are_not_followed_outside_nor_twice_inside(shared: Path, tmp_path: Path) -> None:
    outside = tmp_path / "外"
    outside.mkdir()
    (outside / "secret.csv").write_text(CSV, encoding="utf-8")
    (shared / "out.csv").symlink_to(outside / "secret.csv")
    (shared / "outdir").symlink_to(outside)
    (shared / "loop").symlink_to(shared)
    (shared / "again.csv").symlink_to(shared / "b.csv")
    names, unread = listed("delimited", shared)
    assert names == ["b.csv", "取引先/a.csv", "取引先/c.tsv", "取引先/2025/d.csv"]
    assert {name for name, reason in unread.items() if reason == "excluded"} == {"out.csv", "outdir"}


@pytest.mark.parametrize(
    "name", ["../外/secret.csv", "outdir/secret.csv", "/etc/hostname.csv", "取引先/../../外/secret.csv"]
)
def test_no_dataset_name_leads_outside(shared: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "外").mkdir()
    (tmp_path / "外" / "secret.csv").write_text(CSV, encoding="utf-8")
    (shared / "outdir").symlink_to(tmp_path / "外")
    with pytest.raises(StoreError) as told:
        open_store("files", str(shared)).sample(Dataset(name), 5, 0)
    assert told.value.reason == "missing"


def test_a_file_that_went_away_is_missing(shared: Path) -> None:
    store = open_store("files", str(shared))
    datasets = [one for one in store.datasets() if isinstance(one, Dataset)]
    shutil.rmtree(shared / "取引先")
    for dataset in datasets:
        if dataset.name.startswith("取引先"):
            with pytest.raises(StoreError) as told:
                store.sample(dataset, 5, 0)
            assert told.value.reason == "missing"
            with pytest.raises(StoreError):
                list(store.batches(dataset))
        else:
            assert store.sample(dataset, 5, 0).num_rows == 1


@pytest.mark.parametrize("kind", ["files", "delimited", "parquet", "orc", "excel", "json", "documents", "mails"])
def test_a_missing_place_is_told_without_its_path(tmp_path: Path, kind: str) -> None:
    with pytest.raises(StoreError) as told:
        list(open_store(kind, str(tmp_path / "星野みなみ")).datasets())
    assert told.value.reason == "missing"
    assert "星野" not in str(told.value)
    assert told.value.__context__ is None


def test_too_large_a_file_is_told(shared: Path) -> None:
    with (shared / "scan.pdf").open("wb") as file:
        file.truncate(101 * 2**20)
    assert listed("documents", shared)[1]["scan.pdf"] == "too_large"


def test_nothing_is_written(shared: Path) -> None:
    def state() -> dict[str, tuple[str, int]]:
        files = sorted(path for path in shared.rglob("*") if path.is_file())
        return {str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}

    before = state()
    store = open_store("files", str(shared))
    for dataset in store.datasets():
        if isinstance(dataset, Dataset):
            store.sample(dataset, 5, 0)
            list(store.batches(dataset))
    assert state() == before


def test_an_unknown_kind_is_a_mistake_that_names_those_there_are() -> None:
    with pytest.raises(
        ValueError,
        match=r"data_dictionary, dbt, delimited, documents, excel, .*, query_log, sql",
    ):
        open_store("csv", "somewhere")


def test_every_kind_opens_without_touching_anything() -> None:
    for kind in kinds():
        open_store(kind, "/nowhere")


def test_names_stay_out_of_what_is_printed(shared: Path) -> None:
    store = open_store("files", str(shared))
    for shown in (store, *store.datasets()):
        assert "取引先" not in repr(shown)
        assert "氏名" not in repr(shown)


def test_a_source_from_the_shell_finds_its_kind(shared: Path) -> None:
    sqlite3.connect(shared / "crm.dat").execute("create table t (a)").connection.close()
    assert kind_of(str(shared / "crm.dat")) == "sql"
    assert kind_of("postgresql://db.example/crm") == "sql"
    for name in [".", "b.csv", "Thumbs.db", "none.csv"]:
        assert kind_of(str(shared / name)) == "files"


def test_files_that_are_read_elsewhere_are_neither_listed_nor_missed(shared: Path) -> None:
    (shared / "crm[1].sqlite").write_bytes(b"SQLite format 3\0")
    before = listed("files", shared)
    assert before[1]["*.sqlite"] == "unsupported"
    names, unread = listed("files", shared, elsewhere=["crm[1].sqlite", "取引先/a.csv"])
    assert names == [name for name in before[0] if name != "取引先/a.csv"]
    assert unread == {name: reason for name, reason in before[1].items() if name != "*.sqlite"}
