"""Object storage, against a server on this machine: the same datasets as on a disk, and every failure in words."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import boto3
import openpyxl
import pyarrow as pa
import pytest
from moto.server import ThreadedMotoServer
from pyarrow import orc
from pyarrow import parquet as pq

from pipelines.stores import Dataset, NotRead, StoreError, kind_of, objects, open_store, windows
from pipelines.stores.local import LocalTree

CSV = "氏名,電話番号\n星野みなみ,03-0000-0001\n"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    made = boto3.resource("s3").create_bucket(Bucket="shared")
    yield made
    made.objects.delete()
    made.delete()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "共有"
    for name in ["a.csv", "顧客/b.csv", "文書/メモ.txt"]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(CSV, encoding="cp932")
    (root / "文書" / "1.eml").write_bytes(b"From: a@mail.example\r\nSubject: x\r\n\r\nbody\r\n")
    (root / "u.jsonl").write_text('{"name": "見本"}\n', encoding="utf-8")
    table = pa.table({"id": list(range(1_000)), "氏名": ["星野みなみ"] * 1_000})
    pq.write_table(table, root / "f.parquet", row_group_size=100)
    orc.write_table(table, root / "f.orc")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["氏名", "電話番号"])
    book.worksheets[0].append(["星野みなみ", "03-0000-0001"])
    book.save(root / "b.xlsx")
    (root / "empty.csv").write_bytes(b"")
    (root / "x.bin").write_bytes(b"\0")
    return root


def upload(bucket: Any, folder: Path, prefix: str) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            bucket.upload_file(str(path), f"{prefix}{path.relative_to(folder).as_posix()}")


def found(location: str, **scope: Any) -> tuple[Any, dict[str, Dataset], dict[str, NotRead]]:
    store = open_store("files", location, **scope)
    both = list(store.datasets())
    return (
        store,
        {one.name: one for one in both if isinstance(one, Dataset)},
        {one.name: one for one in both if isinstance(one, NotRead)},
    )


@pytest.mark.parametrize("prefix", ["", "年度/2026/"])
def test_a_bucket_holds_what_a_folder_would(bucket: Any, folder: Path, prefix: str) -> None:
    upload(bucket, folder, prefix)
    bucket.put_object(Key=f"{prefix}顧客/", Body=b"")
    bucket.put_object(Key="outside.csv", Body=CSV.encode()) if prefix else None
    store, datasets, unread = found(f"s3://shared/{prefix}")
    local, expected, expected_unread = found(str(folder))
    assert list(datasets) == list(expected)
    assert {name: one.reason for name, one in unread.items()} == {
        name: one.reason for name, one in expected_unread.items()
    }
    for name, one in datasets.items():
        assert (one.fields, one.records, one.kind) == (
            expected[name].fields,
            expected[name].records,
            expected[name].kind,
        )
        assert store.sample(one, 50, 1).equals(local.sample(expected[name], 50, 1))
        assert list(store.batches(one)) == list(local.batches(expected[name]))


def test_a_single_object_is_a_store(bucket: Any, folder: Path) -> None:
    upload(bucket, folder, "")
    store, datasets, _ = found("s3://shared/顧客/b.csv", elsewhere=[])
    assert list(datasets) == ["b.csv"]
    assert store.sample(datasets["b.csv"], 5, 0).num_rows == 1


def test_a_version_is_the_contents_not_the_uploads(bucket: Any) -> None:
    bucket.put_object(Key="a.csv", Body=CSV.encode())
    bucket.put_object(Key="文書/a.txt", Body=b"1")

    def versions() -> dict[str, str]:
        return {name: one.version for name, one in found("s3://shared", level="metadata")[1].items()}

    before = versions()
    bucket.put_object(Key="a.csv", Body=CSV.encode())
    assert versions() == before
    bucket.put_object(Key="a.csv", Body=CSV.replace("星", "月").encode())
    bucket.put_object(Key="文書/a.txt", Body=b"2")
    after = versions()
    assert all(after[name] != before[name] for name in before)


def test_a_large_object_is_sampled_by_ranges(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"{at},星野みなみ,東京都例市本町一丁目\r\n" for at in range(60_000))
    bucket.put_object(Key="a.csv", Body=f"番号,氏名,住所\r\n{rows}".encode("cp932"))
    monkeypatch.setattr(windows, "LARGE", 2**20)
    monkeypatch.setattr(windows, "WINDOW", 2**12)
    monkeypatch.setattr(windows, "WINDOWS", 32)
    store, datasets, _ = found("s3://shared")
    numbers = [int(number) for number in store.sample(datasets["a.csv"], 100, 0)["番号"].to_pylist()]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] - numbers[0] > 40_000


def test_other_buckets_that_can_be_listed_are_told(bucket: Any) -> None:
    boto3.resource("s3").create_bucket(Bucket="backup")
    boto3.resource("s3").create_bucket(Bucket="declared")
    bucket.put_object(Key="a.csv", Body=CSV.encode())
    _, datasets, unread = found("s3://shared", elsewhere=["declared"])
    assert list(datasets) == ["a.csv"]
    assert {name: one.reason for name, one in unread.items()} == {"backup": "undeclared"}
    for name in ["backup", "declared"]:
        boto3.resource("s3").Bucket(name).delete()


@pytest.mark.parametrize("location", ["s3://no-such-bucket", "s3://shared/no/such/prefix"])
def test_what_is_not_there_is_missing(bucket: Any, location: str) -> None:
    assert bucket
    with pytest.raises(StoreError) as told:
        found(location)
    assert told.value.reason == "missing"
    assert "such" not in str(told.value)
    assert told.value.__context__ is None


def test_an_object_that_went_away_is_missing(bucket: Any) -> None:
    bucket.put_object(Key="a.csv", Body=CSV.encode())
    store, datasets, _ = found("s3://shared")
    bucket.Object("a.csv").delete()
    with pytest.raises(StoreError, match="missing"):
        store.sample(datasets["a.csv"], 5, 0)


def test_without_credentials_it_is_denied(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bucket
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(StoreError, match="denied"):
        found("s3://shared")


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"<Error><Code>AccessDenied</Code><Message>no, secret-user</Message></Error>"
            self.send_response(403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    yield
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.usefixtures("refusing")
def test_who_may_not_read_is_denied() -> None:
    with pytest.raises(StoreError) as told:
        found("s3://shared/x")
    assert told.value.reason == "denied"
    assert "secret" not in str(told.value)


def test_nobody_there_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    with pytest.raises(StoreError, match="unreachable"):
        found("s3://shared")


def test_a_server_that_never_answers_is_unreachable_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "ANSWER", 1)
    monkeypatch.setattr(objects, "ATTEMPTS", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(StoreError, match="unreachable"):
            found("s3://shared")


def test_credentials_in_a_url_are_refused() -> None:
    with pytest.raises(StoreError, match="denied"):
        found("s3://key:secret@shared/x")


def test_a_missing_driver_is_named() -> None:
    pytest.importorskip("fsspec")
    try:
        import gcsfs  # noqa: F401
    except ImportError:
        with pytest.raises(StoreError, match=r"daicho\[gcs\]"):
            found("gs://shared")
    else:
        pytest.skip("the driver is installed")


def test_a_url_from_the_shell_finds_its_kind() -> None:
    assert kind_of("s3://shared/x") == kind_of("gs://b") == "files"
    assert kind_of("postgresql://db.example/crm") == "sql"


def test_a_place_on_disk_has_no_neighbours(tmp_path: Path) -> None:
    assert list(LocalTree(tmp_path).beside()) == []
