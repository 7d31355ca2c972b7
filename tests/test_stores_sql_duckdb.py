"""DuckDB files: tables and views, rows as text, a fair sample, nothing written and nothing reached from inside one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.stores import Dataset, ForeignKey, NotRead, StoreError, kind_of, open_store

SCHEMA = """
CREATE SCHEMA "営業";
CREATE TABLE "顧客" (id INTEGER PRIMARY KEY, "氏名" VARCHAR);
COMMENT ON TABLE "顧客" IS '顧客の台帳';
COMMENT ON COLUMN "顧客"."氏名" IS '名前';
INSERT INTO "顧客" SELECT i, '見本' || i FROM range(3000) t(i);
DELETE FROM "顧客" WHERE id % 7 = 0;
CREATE TABLE orders (id INTEGER, customer INTEGER REFERENCES "顧客"(id));
CREATE TABLE "営業".kinds (
    code VARCHAR, "at" TIMESTAMP, share DOUBLE, num DECIMAL(12, 2), names VARCHAR[], b BLOB, bad BLOB, yes BOOLEAN,
    part STRUCT(a VARCHAR)
);
INSERT INTO "営業".kinds VALUES
    ('007', '1985-04-01', 9012345678, 10.50, ['見本', '二'], '\\xE8\\xA6\\x8B'::BLOB, '\\xFF'::BLOB, true,
    {'a': '見本'}),
    ('　', NULL, 1.5, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE VIEW seen AS SELECT "氏名" FROM "顧客" WHERE "氏名" <> '星野みなみ';
CREATE TABLE empty_one (a VARCHAR);
"""


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    path = tmp_path / "crm.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute(SCHEMA)
    return path


def datasets(location: str, **scope: Any) -> dict[str, Dataset | NotRead]:
    return {one.name: one for one in open_store("sql", location, **scope).datasets()}


def dataset(location: str | Path, name: str) -> Dataset:
    found = datasets(str(location))[name]
    assert isinstance(found, Dataset), found
    return found


def test_a_file_is_known_by_its_content_and_by_its_url(crm: Path) -> None:
    assert kind_of(str(crm)) == "sql"
    assert list(datasets(str(crm))) == list(datasets(f"duckdb:///{crm}"))


def test_the_catalogue_is_told(crm: Path) -> None:
    found = datasets(str(crm))
    assert list(found) == ["empty_one", "orders", "seen", "顧客", "営業.kinds"]
    customers = dataset(crm, "顧客")
    assert (customers.label, customers.key, customers.records) == ("顧客の台帳", "id", 2571)
    assert [(field.name, field.label, field.sql_type) for field in customers.fields] == [
        ("id", "", "INTEGER"),
        ("氏名", "名前", "VARCHAR"),
    ]
    assert dataset(crm, "orders").links == (ForeignKey(("customer",), "顧客", ("id",)),)
    view = dataset(crm, "seen")
    assert "氏名" in view.statement
    assert "星野" not in view.statement


def test_values_are_text_as_stored(crm: Path) -> None:
    one = dataset(crm, "営業.kinds")
    first, second = open_store("sql", str(crm)).sample(one, 5, 0).to_pylist()
    assert first == {
        "code": "007",
        "at": "1985-04-01",
        "share": "9012345678",
        "num": "10.50",
        "names": '["見本","二"]',
        "b": "見",
        "bad": None,
        "yes": "true",
        "part": '{"a":"見本"}',
    }
    assert {name: cell for name, cell in second.items() if cell} == {"share": "1.5"}


@pytest.mark.parametrize("name", ["顧客", "seen"])
def test_a_sample_is_random_and_repeatable(crm: Path, name: str) -> None:
    store, one = open_store("sql", str(crm)), dataset(crm, name)
    first = store.sample(one, 20, 1)
    assert first.num_rows == 20
    assert first.equals(store.sample(one, 20, 1))
    assert not first.equals(store.sample(one, 20, 2))
    everything = [row for batch in store.batches(one) for row in batch.to_pylist()]
    assert len(everything) == 2571
    assert all(row in everything for row in first.to_pylist())
    assert first.to_pylist() != everything[:20]


def test_an_empty_table_has_columns_and_no_rows(crm: Path) -> None:
    assert open_store("sql", str(crm)).sample(dataset(crm, "empty_one"), 5, 0).column_names == ["a"]


def test_nothing_is_written(crm: Path) -> None:
    def state() -> dict[str, str]:
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in crm.parent.iterdir()}

    before = state()
    store, one = open_store("sql", str(crm)), dataset(crm, "顧客")
    assert store.sample(one, 5, 0).num_rows
    assert list(store.batches(one))
    assert state() == before


def test_a_view_reaches_nothing_outside_the_file(crm: Path) -> None:
    other = crm.with_name("other.csv")
    other.write_text("a\n星野みなみ\n", encoding="utf-8")
    with duckdb.connect(str(crm)) as database:
        database.execute(f"CREATE VIEW outside AS SELECT * FROM read_csv('{other}')")
    one = dataset(crm, "outside")
    with pytest.raises(StoreError) as told:
        open_store("sql", str(crm)).sample(one, 5, 0)
    assert told.value.reason == "denied"
    assert "other" not in str(told.value)


def test_a_version_changes_with_the_file(crm: Path) -> None:
    before = dataset(crm, "顧客").version
    assert before
    assert dataset(crm, "顧客").version == before
    assert dataset(crm, "seen").version == ""
    with duckdb.connect(str(crm)) as database:
        database.execute("INSERT INTO \"顧客\" VALUES (9999, 'x')")
    assert dataset(crm, "顧客").version != before


def test_a_file_in_use_missing_or_broken_says_so(crm: Path, tmp_path: Path) -> None:
    def refused(location: Path | str) -> str:
        with pytest.raises(StoreError) as told:
            list(open_store("sql", str(location)).datasets())
        assert told.value.hint
        assert str(tmp_path) not in str(told.value)
        return told.value.reason

    with duckdb.connect(str(crm)):
        assert refused(crm) == "locked"
    assert refused(f"duckdb:///{tmp_path}/none.duckdb") == "missing"
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(crm.read_bytes()[:64])
    assert refused(broken) == "broken"


def test_excluded_and_dropped_tables_are_told(crm: Path) -> None:
    found = datasets(str(crm), exclude=("営業.*",))["営業.kinds"]
    assert isinstance(found, NotRead)
    assert found.reason == "excluded"
    one = dataset(crm, "empty_one")
    with duckdb.connect(str(crm)) as database:
        database.execute("DROP TABLE empty_one")
    with pytest.raises(StoreError) as told:
        open_store("sql", str(crm)).sample(one, 5, 0)
    assert told.value.reason == "missing"
