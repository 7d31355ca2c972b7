"""How far a store of files is read: at `metadata` no document and no mail is opened, at `none` nothing is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from pipelines.stores import Dataset, NotRead, StoreError, open_store
from tests.conftest import ROOT

SPY = """
import json, os, sys
touched = []
root = sys.argv[1]
def spy(event, args):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(args[0], (str, bytes)):
        touched.append((event, os.fsdecode(args[0])))
sys.addaudithook(spy)
for name in ("stat", "lstat"):
    real = getattr(os, name)
    def told(path, *args, real=real, name=name, **more):
        touched.append((name, str(path)))
        return real(path, *args, **more)
    setattr(os, name, told)
from pipelines.stores import Dataset, StoreError, open_store
store = open_store("files", root, level=sys.argv[2], mails=sys.argv[3])
reasons = []
try:
    found = [one for one in store.datasets()]
except StoreError as error:
    found = []
    reasons.append(error.reason)
for one in [*found, Dataset("文書/"), Dataset("名簿.csv")]:
    for read in (lambda: store.sample(one, 5, 0), lambda: list(store.batches(one))):
        if isinstance(one, Dataset):
            try:
                read()
            except StoreError as error:
                reasons.append(error.reason)
within = sorted({(event, path[len(root):].strip("/")) for event, path in touched if path.startswith(root)})
print(json.dumps([within, [one.name for one in found], sorted(set(reasons))]))
"""

TITLE = "星野みなみ様ご依頼分"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "共有"
    (root / "文書").mkdir(parents=True)
    for name in ["メモ.txt", "案内.html", "契約.docx", "請求.pdf"]:
        (root / "文書" / name).write_text("星野みなみ", encoding="utf-8")
    for name in ["1.eml", "2.eml"]:
        (root / "文書" / name).write_bytes(b"From: a@mail.example\r\nSubject: x\r\n\r\nbody\r\n")
    (root / "名簿.csv").write_text(f"{TITLE}\n\n氏名,電話番号\n星野みなみ,03-0000-0001\n", encoding="utf-8")
    (root / "u.jsonl").write_text('{"name": "星野"}\n', encoding="utf-8")
    pq.write_table(pa.table({"id": [1]}), root / "f.parquet")
    book = openpyxl.Workbook()
    for row in [[TITLE], [], ["氏名", "電話番号"], ["星野みなみ", "03-0000-0001"]]:
        book.worksheets[0].append(row)
    book.save(root / "b.xlsx")
    return root


def spied(folder: Path, level: str, mails: str = "full") -> tuple[set[tuple[str, str]], list[str], list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", SPY, str(folder), level, mails], capture_output=True, text=True, cwd=ROOT, check=True
    )
    touched, names, reasons = json.loads(done.stdout)
    return {(event, path) for event, path in touched}, names, reasons


def test_at_metadata_no_document_and_no_mail_is_opened(folder: Path) -> None:
    touched, names, reasons = spied(folder, "metadata")
    assert {path for event, path in touched if event == "open"} == {"名簿.csv", "u.jsonl", "f.parquet", "b.xlsx"}
    assert {"文書/", "文書/#mails", "名簿.csv"} <= set(names)
    assert reasons == ["not_allowed"]


def test_at_none_nothing_is_touched(folder: Path) -> None:
    assert spied(folder, "none") == (set(), [], ["not_allowed"])


@pytest.mark.parametrize("mails", ["none", "metadata"])
def test_documents_may_be_read_and_mails_not(folder: Path, mails: str) -> None:
    touched, names, _ = spied(folder, "full", mails)
    opened = {path for event, path in touched if event == "open"}
    assert "文書/メモ.txt" in opened
    assert not any(path.endswith(".eml") for path in opened)
    assert "文書/#mails" in names


def listed(folder: Path, **scope: str) -> dict[str, Dataset | NotRead]:
    return {one.name: one for one in open_store("files", str(folder), **scope).datasets()}  # type: ignore[arg-type]


def test_what_a_listing_at_metadata_tells(folder: Path) -> None:
    found = listed(folder, level="metadata")
    documents, mails = found["文書/"], found["文書/#mails"]
    assert isinstance(documents, Dataset)
    assert isinstance(mails, Dataset)
    assert (documents.records, mails.records, mails.kind) == (4, 2, "documents")
    for name in ["名簿.csv", "b.xlsx#Sheet"]:
        table = found[name]
        assert isinstance(table, Dataset)
        assert [field.name for field in table.fields] == ["氏名", "電話番号"]
        assert table.hints == ()


def test_a_mails_level_stands_on_its_dataset(folder: Path) -> None:
    found = listed(folder, level="full", mails="sample")
    mails = found["文書/#mails"]
    assert isinstance(mails, Dataset)
    assert mails.level == "sample"
    store = open_store("files", str(folder), mails="sample")
    assert store.sample(mails, 5, 0).num_rows == 2
    with pytest.raises(StoreError, match="not_allowed"):
        store.batches(mails)


def test_mails_that_may_not_even_be_listed_are_told(folder: Path) -> None:
    told = listed(folder, mails="none")["文書/#mails"]
    assert isinstance(told, NotRead)
    assert (told.reason, "2件" in told.hint) == ("not_allowed", True)


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 2))


def _write(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize("change", [_touch, _write])
@pytest.mark.parametrize(
    ("file", "name"), [("名簿.csv", "名簿.csv"), ("文書/メモ.txt", "文書/"), ("文書/1.eml", "文書/#mails")]
)
def test_a_version_changes_with_its_files_and_no_others(
    folder: Path, file: str, name: str, change: Callable[[Path], None]
) -> None:
    def versions() -> dict[str, str]:
        return {key: one.version for key, one in listed(folder, level="metadata").items() if isinstance(one, Dataset)}

    before = versions()
    assert all(before.values())
    assert versions() == before
    change(folder / file)
    after = versions()
    assert {key for key in after if after[key] != before[key]} == {name}


def test_a_document_that_comes_goes_or_is_renamed_changes_its_folders_version(folder: Path) -> None:
    def version() -> str:
        documents = listed(folder, level="metadata")["文書/"]
        assert isinstance(documents, Dataset)
        return documents.version

    seen = [version()]
    (folder / "文書" / "メモ.txt").rename(folder / "文書" / "めも.txt")
    seen.append(version())
    (folder / "文書" / "めも.txt").unlink()
    seen.append(version())
    assert len(set(seen)) == 3
