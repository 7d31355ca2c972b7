"""Archives: what lies in them is found as in folders, and nothing of it is written anywhere."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from pipelines.stores import Dataset, NotRead, archives, open_store

CSV = "氏名,電話番号\n星野みなみ,03-0000-0001\n"


def parquet() -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table({"id": [1]}), made)
    return made.getvalue()


MEMBERS = {
    "名簿/会員.csv": CSV.encode("cp932"),
    "名簿/facts.parquet": parquet(),
    "文書/メモ.txt": "星野みなみ様より電話".encode(),
    "文書/a.eml": b"From: a@mail.example\r\nSubject: x\r\n\r\nbody\r\n",
}
NAMES = ["名簿/facts.parquet", "名簿/会員.csv", "文書/", "文書/#mails"]


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))
    return made.getvalue()


def listed(path: Path, **scope: Any) -> tuple[Any, dict[str, Dataset], dict[str, NotRead]]:
    store = open_store("files", str(path), **scope)
    found = list(store.datasets())
    return (
        store,
        {one.name: one for one in found if isinstance(one, Dataset)},
        {one.name: one for one in found if isinstance(one, NotRead)},
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a.tar", tarred(MEMBERS, "w")),
        ("a.tar.gz", tarred(MEMBERS)),
        ("a.TGZ", tarred(MEMBERS)),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_what_lies_in_an_archive_is_found_as_in_a_folder(
    tmp_path: Path, name: str, content: bytes, alone: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    store, datasets, unread = listed(tmp_path / name if alone else tmp_path)
    assert not unread
    assert sorted(datasets) == sorted(f"{name}!/{member}" for member in NAMES)
    for dataset in datasets.values():
        assert dataset.version
        assert store.sample(dataset, 5, 0).num_rows == 1
        assert sum(batch.num_rows for batch in store.batches(dataset)) == 1
    rows = store.sample(datasets[f"{name}!/名簿/会員.csv"], 5, 0).to_pylist()
    assert rows == [{"氏名": "星野みなみ", "電話番号": "03-0000-0001"}]


def test_a_packed_file_is_found_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "会員.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    store, datasets, _ = listed(tmp_path)
    assert list(datasets) == ["会員.csv.gz!/会員.csv"]
    assert store.sample(datasets["会員.csv.gz!/会員.csv"], 5, 0).num_rows == 1


def test_an_archive_in_an_archive_is_opened_and_no_further(tmp_path: Path) -> None:
    inner = zipped({"会員.csv": CSV.encode(), "c.zip": zipped({"x.csv": CSV.encode()})})
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": inner}))
    store, datasets, unread = listed(tmp_path)
    assert list(datasets) == ["a.zip!/b.zip!/会員.csv"]
    assert {name: one.reason for name, one in unread.items()} == {"a.zip!/b.zip!/c.zip": "unsupported"}
    assert store.sample(datasets["a.zip!/b.zip!/会員.csv"], 5, 0).num_rows == 1


def test_names_of_windows_are_read(tmp_path: Path) -> None:
    class Windows(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
            return self.filename.encode("cp932"), 0

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(Windows("顧客/名簿.csv"), CSV)
    store, datasets, _ = listed(tmp_path)
    assert list(datasets) == ["a.zip!/顧客/名簿.csv"]
    assert store.sample(datasets["a.zip!/顧客/名簿.csv"], 5, 0).num_rows == 1


def test_no_member_leads_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(CSV, encoding="utf-8")
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.zip").write_bytes(zipped({"../../secret.csv": CSV.encode(), "/etc/x.csv": CSV.encode()}))
    with tarfile.open(inner / "b.tar", "w") as archive:
        link = tarfile.TarInfo("link.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "../secret.csv"
        archive.addfile(link)
    before = sorted(tmp_path.rglob("*"))
    _, datasets, unread = listed(inner)
    assert sorted(datasets) == ["a.zip!/etc/x.csv", "a.zip!/secret.csv"]
    assert {name: one.reason for name, one in unread.items()} == {"b.tar!/link.csv": "unsupported"}
    assert sorted(tmp_path.rglob("*")) == before


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.csv", "氏名\n星野\n")
        archive.writestr("a.csv", "氏名\n高原\n")
    store, datasets, _ = listed(tmp_path)
    values = {name: store.sample(one, 5, 0)["氏名"].to_pylist() for name, one in datasets.items()}
    assert sorted(values.values()) == [["星野"], ["高原"]]


def test_patterns_speak_for_archives_and_for_what_is_in_them(tmp_path: Path) -> None:
    for name in ["a.zip", "b.zip"]:
        (tmp_path / name).write_bytes(zipped(MEMBERS))
    assert {name.split("!")[0] for name in listed(tmp_path, include=["a.zip"])[1]} == {"a.zip"}
    assert list(listed(tmp_path, include=["a.zip!/*.csv"])[1]) == ["a.zip!/名簿/会員.csv"]
    _, datasets, unread = listed(tmp_path, exclude=["a.zip", "b.zip!/文書/*"])
    assert list(datasets) == [f"b.zip!/{name}" for name in NAMES[:2]]
    assert {one.reason for one in unread.values()} == {"excluded"}


def test_at_metadata_a_tar_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_bytes(tarred(MEMBERS))
    (tmp_path / "b.zip").write_bytes(zipped(MEMBERS))
    _, datasets, unread = listed(tmp_path, level="metadata")
    assert sorted(datasets) == [f"b.zip!/{name}" for name in NAMES]
    assert unread["a.tar.gz"].reason == "not_allowed"


def test_a_locked_member_costs_no_other(tmp_path: Path) -> None:
    content = bytearray(zipped({"locked.csv": CSV.encode(), "open.csv": CSV.encode()}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    _, datasets, unread = listed(tmp_path)
    assert list(datasets) == ["a.zip!/open.csv"]
    assert unread["a.zip!/locked.csv"].reason == "locked"


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.csv.gz", "a.tar"])
@pytest.mark.parametrize("content", [b"PK\3\4 nothing", b"\x1f\x8b\x08\0", b"\0", b"x" * 2000])
def test_a_broken_archive_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    _, datasets, unread = listed(tmp_path)
    assert not datasets
    assert {one.reason for one in unread.values()} <= {"broken", "empty"}
    assert unread


def test_many_small_members_in_a_bomb_and_large_ones_are_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "many.zip").write_bytes(zipped({f"{number}.txt": b"x" for number in range(60)}))
    (tmp_path / "large.zip").write_bytes(zipped({"a.csv": os.urandom(3_000_000)}))
    (tmp_path / "large.csv.gz").write_bytes(gzip.compress(os.urandom(3_000_000)))
    (tmp_path / "bomb.zip").write_bytes(zipped({"a.csv": bytes(2_500_000)}))
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(bytes(2_500_000)))
    monkeypatch.setattr(archives, "MEMBERS", 50)
    monkeypatch.setattr(archives, "UNPACKED", 2_900_000)
    monkeypatch.setattr(archives, "SPOOLED", 2_900_000)
    monkeypatch.setattr(archives, "IN_MEMORY", 1_000_000)
    _, datasets, unread = listed(tmp_path)
    assert not datasets
    assert {name: one.reason for name, one in unread.items()} == dict.fromkeys(
        ["many.zip", "large.zip", "large.csv.gz", "bomb.zip", "bomb.csv.gz"], "too_large"
    )


def test_a_tar_too_large_for_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "temp").mkdir()
    (tmp_path / "data" / "a.tar.gz").write_bytes(tarred(MEMBERS))
    monkeypatch.setattr(archives, "IN_MEMORY", 1_000)
    monkeypatch.setattr(archives, "RATIO", 10_000)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    store = open_store("files", str(tmp_path / "data"))
    for dataset in store.datasets():
        assert isinstance(dataset, Dataset)
        assert store.sample(dataset, 5, 0).num_rows == 1
        assert not list((tmp_path / "temp").iterdir())
