"""Hostile files: each costs its own row and nothing else, within a bound of time and memory that the program keeps."""

from __future__ import annotations

import gzip
import json
import mmap
import os
import resource
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from pipelines.stores import Dataset, NotRead, StoreError, aside, charsets, excel, files, kind_of, open_store, sources
from tests.conftest import ROOT

CSV = "氏名,電話番号\n星野みなみ,03-0000-0001\n"
GOOD = "good.csv"

MEASURED = """
import json, pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from pipelines.stores import Dataset, StoreError, open_store
store = open_store("files", sys.argv[1])
told = {}
for one in store.datasets():
    if isinstance(one, Dataset):
        try:
            store.sample(one, 10, 0)
            told[one.name] = "read"
        except StoreError as error:
            told[one.name] = error.reason
    else:
        told[one.name] = one.reason
# what `getrusage` tells is also the process's that started this one
status = pathlib.Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else ()
print(json.dumps([told, next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / GOOD).write_text(CSV, encoding="utf-8")
    return tmp_path / "store"


def listed(path: Path, **scope: Any) -> tuple[Any, dict[str, Dataset], dict[str, NotRead]]:
    store = open_store("files", str(path), **scope)
    found = list(store.datasets())
    return (
        store,
        {one.name: one for one in found if isinstance(one, Dataset)},
        {one.name: one for one in found if isinstance(one, NotRead)},
    )


def told(path: Path, but: str = GOOD) -> dict[str, str]:
    """What is not read and why; the good file beside it is read in any case."""
    store, datasets, unread = listed(path)
    assert store.sample(datasets[but], 5, 0).num_rows == 1
    return {name: one.reason for name, one in unread.items()}


def measured(path: Path, address_space: int = 3 * 2**30) -> tuple[dict[str, str], int]:
    """What a process of its own makes of a folder: outcome by name, and MiB it took at most."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path), str(address_space)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    outcome, peak = json.loads(done.stdout)
    return outcome, peak


def test_pipes_sockets_and_devices_are_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe.csv")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.csv")
        expected = {"pipe.csv": "unsupported", "socket.csv": "unsupported"}
        if os.geteuid() == 0:
            try:
                os.mknod(folder / "device.csv", 0o644 | 0o20000, os.makedev(1, 5))
                expected["device.csv"] = "unsupported"
            except PermissionError:
                pass
        assert told(folder) == expected
    assert kind_of(str(folder / "pipe.csv")) == "files"
    store = open_store("files", str(folder / "pipe.csv"))
    assert [one.reason for one in store.datasets() if isinstance(one, NotRead)] == ["unsupported"]


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(folder: Path) -> None:
    store, datasets, _ = listed(folder)
    reader, piece = store.store.walk.piece(GOOD)
    (folder / GOOD).unlink()
    os.mkfifo(folder / GOOD)
    with pytest.raises(StoreError, match="unsupported"):
        piece.files[0].open()
    with pytest.raises(StoreError, match="missing"):
        store.sample(datasets[GOOD], 5, 0)
    assert reader


def test_cyclic_links_end(folder: Path) -> None:
    (folder / "a").symlink_to(folder / "b")
    (folder / "b").symlink_to(folder / "a")
    (folder / "self.csv").symlink_to("self.csv")
    (folder / "here").symlink_to(".")
    (folder / "up").symlink_to("..")
    assert told(folder) == dict.fromkeys(["a", "b", "self.csv", "up"], "excluded")


def test_many_folders_in_each_other_end(folder: Path) -> None:
    deep = folder.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "x.csv").write_text(CSV, encoding="utf-8")
    store, datasets, unread = listed(folder)
    assert not unread
    assert store.sample(datasets["d/" * 300 + "x.csv"], 5, 0).num_rows == 1


def test_a_file_that_grows_while_it_is_read_ends(folder: Path) -> None:
    store, datasets, _ = listed(folder)
    path = folder / "log.csv"
    path.write_text("番号\n" + "1\n" * 300_000, encoding="utf-8")
    store, datasets, _ = listed(folder)
    read = 0
    with path.open("a", encoding="utf-8") as growing:
        for batch in store.batches(datasets["log.csv"]):
            read += batch.num_rows
            growing.write("2\n" * 1_000_000)
            growing.flush()
    assert read <= 300_000


def test_a_file_that_shrinks_while_it_is_read_is_no_crash(folder: Path) -> None:
    path = folder / "log.csv"
    path.write_text("番号\n" + "12345678\n" * 2_000_000, encoding="utf-8")
    store, datasets, _ = listed(folder)
    batches = store.batches(datasets["log.csv"])
    next(batches)
    os.truncate(path, 1_000)
    assert sum(batch.num_rows for batch in batches) < 2_000_000


@pytest.fixture
def outsider() -> Iterator[Path]:
    """A folder anybody can reach, and for the test nobody's rights."""
    place = Path(mkdtemp())
    place.chmod(0o755)
    (place / GOOD).write_text(CSV, encoding="utf-8")
    listed(place)
    was = os.geteuid()
    try:
        yield place
    finally:
        os.seteuid(was)
        shutil.rmtree(place)


def test_what_may_not_be_read_is_denied(outsider: Path) -> None:
    for name in ["secret.csv", "secret.txt", "locked/x.csv"]:
        (outsider / name).parent.mkdir(exist_ok=True)
        (outsider / name).write_text(CSV, encoding="utf-8")
    (outsider / "secret.csv").chmod(0)
    (outsider / "secret.txt").chmod(0)
    (outsider / "locked").chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        assert told(outsider) == {"secret.csv": "denied", "secret.txt": "denied", "locked/": "denied"}
    finally:
        os.seteuid(os.getuid())
        (outsider / "locked").chmod(0o755)


def test_names_that_are_no_utf_8_are_shown_and_found_again(folder: Path) -> None:
    raw = os.fsencode(folder)
    try:
        for name in [b"\xff.csv", b"\xfe.csv", "名簿".encode("cp932") + b"/x.csv", "名簿".encode("cp932") + b"/x.txt"]:
            path = Path(os.fsdecode(raw + b"/" + name))
            path.parent.mkdir(exist_ok=True)
            path.write_text(CSV, encoding="utf-8")
    except OSError:
        pytest.skip("this file system knows UTF-8 only")
    store, datasets, unread = listed(folder)
    assert not unread
    assert len(datasets) == 5
    for name, one in datasets.items():
        name.encode("utf-8")
        assert store.sample(one, 5, 0).num_rows == 1
        assert sum(batch.num_rows for batch in store.batches(one)) == 1
    assert {"\ufffd.csv", "\ufffd (2).csv"} <= set(datasets)


def test_a_zip_bomb_is_too_large(folder: Path) -> None:
    zeros = mmap.mmap(-1, 2**29)
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb:
        bomb.writestr("x.csv", zeros)
    for name in ["a.docx", "a.pptx"]:
        shutil.copy(folder / "a.zip", folder / name)
    with gzip.open(folder / "a.csv.gz", "wb", compresslevel=9) as packed:
        packed.write(zeros)
    outcome, peak = measured(folder)
    assert outcome == {GOOD: "read", **dict.fromkeys(["a.zip", "a.csv.gz", "a.docx", "a.pptx"], "too_large")}
    assert peak < 900


def test_a_workbook_that_unpacks_to_too_much_is_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(folder / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(2**20))
    monkeypatch.setattr(excel, "UNPACKED", 2**19)
    assert told(folder) == {"a.xlsx": "too_large"}


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]>'


@pytest.mark.parametrize(
    ("name", "member"),
    [("a.xlsx", "xl/worksheets/sheet1.xml"), ("a.docx", "word/document.xml"), ("a.pptx", "ppt/slides/slide1.xml")],
)
def test_an_xml_bomb_is_no_crash(folder: Path, name: str, member: str) -> None:
    whole = folder / "whole"
    if name == "a.xlsx":
        book = openpyxl.Workbook()
        book.worksheets[0].append(["氏名"])
        book.worksheets[0].append(["見本"])
        book.save(whole)
    elif name == "a.docx":
        import docx

        docx.Document().save(str(whole))
    else:
        from pptx import Presentation

        show = Presentation()
        show.slides.add_slide(show.slide_layouts[5])
        show.save(str(whole))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as new:
        for inside in old.namelist():
            content = old.read(inside)
            if inside == member:
                body = content.decode().rpartition("?>")[2]
                end = body.rindex("</")
                content = (laughs() + body[:end] + "&l11;" + body[end:]).encode()
            new.writestr(inside, content)
    whole.unlink()
    outcome, peak = measured(folder)
    assert outcome.pop(GOOD) == "read"
    assert set(outcome.values()) <= {"broken", "too_large", "empty", "read"}
    assert peak < 600


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json"])
def test_a_line_of_200_mb_is_too_large(folder: Path, suffix: str) -> None:
    with (folder / f"a{suffix}").open("wb") as file:
        file.write({".csv": b"name,tel\nx,", ".jsonl": b'{"a": "', ".json": b'{"a": "'}[suffix])
        for _ in range(200):
            file.write(b"x" * 2**20)
    outcome, peak = measured(folder, 4 * 2**30)
    assert outcome == {GOOD: "read", f"a{suffix}": "too_large"}
    assert peak < 1_200


def test_a_line_of_1_gb_of_nothing_is_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charsets, "LONGEST", 2**23)
    with (folder / "a.csv").open("wb") as file:
        file.write(b"name,tel\n")
        file.truncate(2**30)
    with (folder / "a.mbox").open("wb") as file:
        file.write(b"From x\n\n")
        file.truncate(2**28)
    assert told(folder) == {"a.mbox": "too_large"}
    store, datasets, _ = listed(folder)
    with pytest.raises(StoreError, match="too_large"):
        store.sample(datasets["a.csv"], 5, 0)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl"])
def test_twenty_thousand_columns_are_read_to_a_limit(folder: Path, suffix: str) -> None:
    names = [f"項目{at}" for at in range(20_000)]
    path = folder / f"a{suffix}"
    if suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in [names, ["値"] * 20_000, ["値"] * 20_000]), encoding="utf-8")
    elif suffix == ".parquet":
        pq.write_table(pa.table({name: ["値", "値"] for name in names}), path)
    else:
        path.write_text(json.dumps(dict.fromkeys(names, "値"), ensure_ascii=False) + "\n", encoding="utf-8")
    store, datasets, unread = listed(folder)
    one = datasets[path.name]
    if suffix == ".jsonl":
        assert not unread
        return
    assert len(one.fields) == files.WIDEST
    assert (unread[path.name].reason, "20000 列" in unread[path.name].hint) == ("too_large", True)
    assert store.sample(one, 5, 0).column_names == [field.name for field in one.fields]
    assert {batch.num_columns for batch in store.batches(one)} == {files.WIDEST}


def test_a_file_that_takes_too_long_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "slow.csv").write_text(CSV, encoding="utf-8")
    monkeypatch.setattr(sources, "SECONDS", -1.0)
    monkeypatch.setattr(sources, "SLOWEST", 2**40)
    _, datasets, unread = listed(folder)
    assert not datasets
    assert {one.reason for one in unread.values()} == {"timed_out"}


def test_what_the_caller_does_between_two_batches_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(sources, "monotonic", lambda: now[0])
    watch = sources.Stopwatch()
    now[0] = 2.0
    with watch.paused():
        now[0] = 1_000.0
    now[0] += 3.0
    assert watch.seconds() == 5.0


def test_a_document_that_takes_too_long_costs_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text("見本", encoding="utf-8")
    # such a page takes some readers the square of its length
    (folder / "b.html").write_text("<!--" + "<!a" * 2_000_000, encoding="utf-8")
    monkeypatch.setattr(aside, "SECONDS", 1.5)
    store, datasets, unread = listed(folder)
    if "b.html" in unread:
        assert unread["b.html"].reason == "timed_out"
    assert "a.txt" in store.sample(datasets["./"], 5, 0)["file"].to_pylist()


def test_a_reader_that_dies_costs_one_document(folder: Path) -> None:
    (folder / "a.txt").write_text("見本", encoding="utf-8")
    store, datasets, _ = listed(folder)
    process = aside._reader()._process
    assert process is not None
    process.kill()
    process.wait()
    assert store.sample(datasets["./"], 5, 0)["body"].to_pylist() == ["見本"]


def test_a_reader_of_documents_knows_no_password(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_PASSWORD", "secret-canary")
    (folder / "a.txt").write_text("見本", encoding="utf-8")
    aside._reader().end()
    listed(folder)
    process = aside._reader()._process
    assert process is not None
    environment = Path(f"/proc/{process.pid}/environ")
    if not environment.exists():
        pytest.skip("this system does not tell a process's environment")
    assert b"secret-canary" not in environment.read_bytes()


def test_no_descriptor_is_left_open(folder: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("this system does not tell open files")
    (folder / "a.json").write_text('{"a": 1}', encoding="utf-8")
    pq.write_table(pa.table({"a": [1]}), folder / "a.parquet")
    listed(folder)
    before = len(list(descriptors.iterdir()))
    for _ in range(30):
        listed(folder)
    assert len(list(descriptors.iterdir())) <= before + 3
    assert resource.getrlimit(resource.RLIMIT_NOFILE)
