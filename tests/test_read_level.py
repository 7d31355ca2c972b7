"""What may be read: levels, who allowed them, and that nothing beyond them is asked of a store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pydantic import ValidationError

from pipelines.declarations import MissingVariableError, StoreDeclaration, expand, load
from pipelines.scan import Reading, Scanned, datasets, reach, scan_group
from pipelines.stores import Dataset, Field, Level, NotRead, StoreError
from pipelines.stores.limits import LEVELS, Limited
from tests.conftest import DECLARATIONS

LEAVE = {"allowed_by": "個人情報保護管理者", "allowed_on": "2026-11-01"}


class Spy:
    """A store that notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def datasets(self) -> Iterator[Dataset | NotRead]:
        self.asked.append("datasets")
        yield Dataset("顧客", fields=(Field("氏名"),), records=2)
        yield Dataset("相談/#mails", kind="documents", fields=(Field("body"),), records=1, level="metadata")

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        self.asked.append(f"sample {dataset.name}")
        return pa.table({"氏名": ["羽鳥 八重子"]})

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        self.asked.append(f"batches {dataset.name}")
        yield pa.record_batch({"氏名": ["羽鳥 八重子"]})


@pytest.mark.parametrize(
    ("level", "allowed"),
    [
        ("none", []),
        ("metadata", ["datasets"]),
        ("sample", ["datasets", "sample 顧客"]),
        ("full", ["datasets", "sample 顧客", "batches 顧客"]),
    ],
)
def test_nothing_beyond_its_level_is_asked_of_a_store(level: Level, allowed: list[str]) -> None:
    spy = Spy()
    store = Limited(spy, level)
    known = [one for one in Spy().datasets() if isinstance(one, Dataset)]
    asks: list[Any] = [lambda: list(store.datasets())]
    for dataset in known:
        asks.append(lambda dataset=dataset: store.sample(dataset, 10, 0))
        asks.append(lambda dataset=dataset: list(store.batches(dataset)))
    refused = 0
    for ask in asks:
        try:
            ask()
        except StoreError as error:
            assert error.reason == "not_allowed"
            refused += 1
    assert spy.asked == allowed
    assert refused == len(asks) - len(allowed)


@pytest.mark.parametrize(
    ("said", "level", "mails"),
    [
        ({"kind": "files"}, "sample", "metadata"),
        ({"kind": "mails"}, "metadata", "metadata"),
        ({"kind": "files", "users_content": True}, "metadata", "metadata"),
        ({"kind": "files", "custody": "entrusted"}, "metadata", "metadata"),
        ({"kind": "files", "mail_level": "sample", **LEAVE}, "sample", "sample"),
        ({"kind": "files", "read_level": "metadata", "mail_level": "full", **LEAVE}, "metadata", "metadata"),
        ({"kind": "mails", "read_level": "sample", **LEAVE}, "sample", "sample"),
        ({"kind": "sql", "read_level": "none"}, "none", "none"),
    ],
)
def test_the_default_opens_neither_mails_nor_what_others_keep_with_us(
    said: dict[str, Any], level: Level, mails: Level
) -> None:
    store = StoreDeclaration.model_validate({"id": "x", "path": "x", **said})
    assert (store.level, store.mails) == (level, mails)


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "files", "read_level": "full"},
        {"kind": "mails", "read_level": "sample"},
        {"kind": "files", "custody": "entrusted", "read_level": "sample"},
        {"kind": "files", "mail_level": "sample", "allowed_by": "総務部"},
    ],
)
def test_more_than_the_default_needs_somebody_who_allowed_it_and_a_day(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="who allowed it and when"):
        StoreDeclaration.model_validate({"id": "x", "path": "x", **said})


def test_by_names_alone_a_table_is_judged_and_no_row_is_read(tmp_path: Path) -> None:
    (tmp_path / "会員.csv").write_text(
        "会員番号,氏名,メールアドレス\n1,羽鳥 八重子,yaeko@reiji.example\n", encoding="utf-8"
    )
    store = StoreDeclaration(id="files", kind="files", path=str(tmp_path), read_level="metadata")
    found, unread = datasets(store)
    (scanned,) = scan_group(store, found, Reading(date(2026, 11, 23)))
    assert not unread
    assert isinstance(scanned, Scanned)
    assert (scanned.level, scanned.rows_read) == ("metadata", 0)
    assert [tag.data_category for tag in scanned.columns] == ["account_id", "name", "email"]
    assert all(tag.n == 0 for tag in scanned.columns)


def test_a_look_up_reads_all_of_what_may_be_sampled_and_nothing_of_what_may_not(tmp_path: Path) -> None:
    (tmp_path / "会員.csv").write_text("氏名\n羽鳥 八重子\n", encoding="utf-8")
    place: dict[str, Any] = {"id": "files", "kind": "files", "path": str(tmp_path)}
    store = reach(StoreDeclaration(**place), whole=True)
    (dataset,) = store.datasets()
    assert isinstance(dataset, Dataset)
    assert sum(batch.num_rows for batch in store.batches(dataset)) == 1
    closed = reach(StoreDeclaration(**place, read_level="metadata"), whole=True)
    with pytest.raises(StoreError, match="not_allowed"):
        closed.batches(dataset)


def test_a_store_that_no_scanner_reaches_is_declared_with_an_owner_to_ask() -> None:
    cabinet = StoreDeclaration(id="kyabinetto", kind="paper", label="契約書の書庫", owner="法務部")
    found, (unread,) = datasets(cabinet)
    assert not found
    assert (unread.store, unread.reason) == ("kyabinetto", "out_of_reach")
    with pytest.raises(ValidationError, match="needs an owner"):
        StoreDeclaration(id="kyabinetto", kind="paper")
    with pytest.raises(ValidationError, match="neither path nor url"):
        StoreDeclaration(id="kyabinetto", kind="paper", path="/x", owner="法務部")


def test_levels_are_ordered() -> None:
    assert LEVELS == ("none", "metadata", "sample", "full")


def test_a_secrets_file_stands_in_for_the_environment(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.write_text("# the CRM's\nCRM_PASSWORD = s=cret\n", encoding="utf-8")
    url = "postgresql://daicho:${CRM_PASSWORD}@db.example/crm"
    assert expand(url, {"DAICHO_SECRETS": str(secrets)}) == "postgresql://daicho:s=cret@db.example/crm"
    assert expand(url, {"DAICHO_SECRETS": str(secrets), "CRM_PASSWORD": "x"}).startswith("postgresql://daicho:x@")
    with pytest.raises(MissingVariableError, match=r"^DAICHO_SECRETS$"):
        expand(url, {"DAICHO_SECRETS": str(tmp_path / "nowhere")})
    with pytest.raises(MissingVariableError, match=r"^CRM_PASSWORD$"):
        expand(url, {})


def test_databases_of_a_server_that_are_declared_are_nobodys_oversight(tmp_path: Path) -> None:
    shutil.copy(DECLARATIONS / "company.yml", tmp_path)
    (tmp_path / "stores.yml").write_text(
        "stores:\n"
        "  - {id: crm, kind: sql, url: 'postgresql://daicho:${PW}@db.example/crm'}\n"
        "  - {id: hr, kind: sql, url: 'postgresql+psycopg://other:${PW}@db.example/hr?sslmode=require'}\n"
        "  - {id: far, kind: sql, url: 'postgresql://daicho:${PW}@far.example/billing'}\n"
        "  - {id: lake, kind: files, url: 's3://lake/2026'}\n"
        "  - {id: keiri, kind: files, url: 's3://keiri'}\n",
        encoding="utf-8",
    )
    stores = load(tmp_path).by_id
    assert {id: store.elsewhere for id, store in stores.items()} == {
        "crm": ("hr",),
        "hr": ("crm",),
        "far": (),
        "lake": ("keiri",),
        "keiri": ("lake",),
    }
