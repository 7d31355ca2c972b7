"""PostgreSQL, by a server of its own: what is found, what is read, what is never written, and what never comes out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from pipelines.stores import Dataset, ForeignKey, NotRead, StoreError, open_store, sql_limits
from pipelines.stores.access import Reader
from pipelines.stores.sql_limits import Limits
from pipelines.stores.sql_sampling import thinned
from tests import servers
from tests.servers import Server

SCHEMA = """
CREATE SCHEMA "営業"; CREATE SCHEMA quiet;
CREATE TABLE "営業"."顧客 Master" (id int PRIMARY KEY, "氏名" text NOT NULL, "Tel" text);
COMMENT ON TABLE "営業"."顧客 Master" IS '顧客の台帳';
COMMENT ON COLUMN "営業"."顧客 Master"."Tel" IS '電話番号';
INSERT INTO "営業"."顧客 Master" SELECT i, '見本' || i, '0' || (9000000000 + i) FROM generate_series(1, 50) i;
CREATE TABLE orders (
    id int, customer int REFERENCES "営業"."顧客 Master"(id), at date NOT NULL, PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO orders SELECT i, i, '2025-06-01' FROM generate_series(1, 30) i;
INSERT INTO orders SELECT i, i, '2026-06-01' FROM generate_series(1, 12) i;
CREATE VIEW seen AS SELECT "氏名" FROM "営業"."顧客 Master" WHERE "氏名" <> '星野みなみ';
CREATE MATERIALIZED VIEW kept AS SELECT * FROM "営業"."顧客 Master";
CREATE TYPE rank AS ENUM ('金', '銀');
CREATE TABLE kinds (
    u uuid, j jsonb, a text[], n int[], b bytea, bad bytea, e rank, num numeric(12, 2), at timestamptz, day timestamp,
    ip inet, bits bit(3), yes boolean, code char(4), blank text, lines text, share double precision
);
SET TIME ZONE 'Asia/Tokyo';
INSERT INTO kinds VALUES (
    '0b5a9c1e-0000-4000-8000-000000000001', '{"氏名": "見本"}', '{"見,本",007}', '{1,2}', '見本', '\\xff', '金', 10.50,
    '2026-01-02 03:04:05+09', '1985-04-01', '192.0.2.1', '101', true, '0012', '　', E'一"行\n二,行', 9012345678
);
INSERT INTO kinds DEFAULT VALUES;
CREATE TABLE single (a text); INSERT INTO single VALUES ('見本'), (NULL), (''), ('\\.'), (E'\n');
CREATE TABLE empty_one (a text);
CREATE TABLE secret (a text);
CREATE TABLE guarded (a text, owner text); INSERT INTO guarded VALUES ('x', 'keeper');
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON guarded USING (owner = current_user);
CREATE TABLE quiet.big (id int, code text);
INSERT INTO quiet.big SELECT i, lpad(i::text, 9, '0') FROM generate_series(0, 199999) i;
CREATE VIEW slow AS SELECT pg_sleep(600)::text AS a;
ANALYZE
"""
READER = """
CREATE ROLE reader LOGIN PASSWORD '{secret}'; CREATE DATABASE "人事"; CREATE DATABASE sales;
GRANT USAGE ON SCHEMA "営業", quiet TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public, "営業", quiet TO reader; REVOKE ALL ON secret FROM reader
"""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with servers.postgresql() as running:
        running.run("postgres", "CREATE DATABASE crm")
        running.run("crm", SCHEMA)
        running.run("crm", *READER.format(secret=servers.SECRET).split(";"))
        yield running


@pytest.fixture
def url(server: Server) -> str:
    return server.url("crm", "reader")


@pytest.fixture
def table(server: Server) -> Iterator[str]:
    """A table of a test's own."""
    server.run("crm", "CREATE TABLE mine (id int, a text)", "GRANT SELECT ON mine TO reader")
    yield "mine"
    server.run("crm", "DROP TABLE IF EXISTS mine")


def datasets(url: str, **scope: Any) -> dict[str, Dataset | NotRead]:
    return {one.name: one for one in open_store("sql", url, **scope).datasets()}


def dataset(url: str, name: str) -> Dataset:
    found = next(one for one in open_store("sql", url, include=(name,)).datasets() if one.name == name)
    assert isinstance(found, Dataset), found
    return found


def rows(url: str, name: str) -> list[dict[str, Any]]:
    return [row for batch in open_store("sql", url).batches(dataset(url, name)) for row in batch.to_pylist()]


def refused(url: str) -> StoreError:
    with pytest.raises(StoreError) as told:
        list(open_store("sql", url).datasets())
    assert told.value.__context__ is told.value.__cause__ is None
    for word in (servers.SECRET, "127.0.0.1", "reader", "keeper", "crm", "FATAL"):
        assert word not in str(told.value)
    assert told.value.hint
    return told.value


def test_the_catalogue_is_told(url: str) -> None:
    found = datasets(url)
    customers, orders, kept = found["営業.顧客 Master"], found["orders"], found["kept"]
    assert isinstance(customers, Dataset) and isinstance(orders, Dataset) and isinstance(kept, Dataset)
    assert (customers.label, customers.key, customers.records) == ("顧客の台帳", "id", 50)
    assert [(field.name, field.label) for field in customers.fields] == [("id", ""), ("氏名", ""), ("Tel", "電話番号")]
    assert orders.links == (ForeignKey(("customer",), "営業.顧客 Master", ("id",)),)
    assert (kept.records, bool(kept.statement)) == (50, True)
    view = found["seen"]
    assert isinstance(view, Dataset)
    assert "氏名" in view.statement
    assert "星野" not in view.statement


def test_whom_the_grants_let_read_is_told(url: str) -> None:
    found = datasets(url)
    seen, secret = found["seen"], found["secret"]
    assert isinstance(seen, Dataset)
    assert seen.access == (Reader("role", "keeper"), Reader("role", "reader"))
    assert isinstance(secret, Dataset)
    assert secret.access == (Reader("role", "keeper"),)


def test_a_partitioned_table_is_one_table(url: str) -> None:
    found = datasets(url)
    assert not {"orders_2025", "orders_2026"} & set(found)
    assert dataset(url, "orders").records == 42
    assert len(rows(url, "orders")) == 42


def test_databases_beside_it_that_nobody_declared_are_named(url: str) -> None:
    beside = [one for one in datasets(url).values() if isinstance(one, NotRead) and one.reason == "undeclared"]
    assert [one.name for one in beside] == ["sales", "人事"]
    assert "人事" not in datasets(url, elsewhere=("人事",))


def test_values_are_text_as_stored(url: str) -> None:
    first, second = rows(url, "kinds")
    assert first == {
        "u": "0b5a9c1e-0000-4000-8000-000000000001",
        "j": '{"氏名": "見本"}',
        "a": '["見,本","007"]',
        "n": "[1,2]",
        "b": "見本",
        "bad": None,
        "e": "金",
        "num": "10.50",
        "at": first["at"],
        "day": "1985-04-01",
        "ip": "192.0.2.1",
        "bits": "101",
        "yes": "true",
        "code": "0012",
        "blank": None,
        "lines": '一"行\n二,行',
        "share": "9012345678",
    }
    assert set(second.values()) == {None}
    assert open_store("sql", url).sample(dataset(url, "kinds"), 5, 0).to_pylist() == [first, second]


def test_one_column_keeps_its_blank_rows(url: str) -> None:
    assert [row["a"] for row in rows(url, "single")] == ["見本", None, None, "\\.", None]


def test_an_empty_table_has_columns_and_no_rows(url: str) -> None:
    one = dataset(url, "empty_one")
    assert one.records == 0
    assert open_store("sql", url).sample(one, 5, 0).column_names == ["a"]


def test_a_table_without_rights_is_denied_and_no_other(url: str) -> None:
    store = open_store("sql", url)
    with pytest.raises(StoreError) as told:
        store.sample(dataset(url, "secret"), 5, 0)
    assert told.value.reason == "denied"
    assert store.sample(dataset(url, "営業.顧客 Master"), 5, 0).num_rows == 5


def test_rows_that_a_policy_hides_are_told(url: str) -> None:
    found = [one for one in open_store("sql", url).datasets() if one.name == "guarded"]
    assert [type(one) for one in found] == [Dataset, NotRead]
    assert dataset(url, "guarded").version == ""


def test_a_sample_of_a_large_table_is_random_repeatable_and_drawn(url: str) -> None:
    store, one = open_store("sql", url), dataset(url, "quiet.big")
    assert one.records is not None
    assert 150_000 < one.records < 250_000
    sample = store.sample(one, 500, 3)
    ids = [int(number) for number in sample["id"].to_pylist()]
    assert sample["code"].to_pylist()[0] == f"{ids[0]:09}"
    assert len(set(ids)) == 500
    assert 80_000 < sum(ids) / 500 < 120_000
    assert min(ids) < 20_000
    assert max(ids) > 180_000
    assert sample.equals(store.sample(one, 500, 3))
    assert not sample.equals(store.sample(one, 500, 4))


def test_a_large_table_is_not_read_to_be_sampled(server: Server) -> None:
    with sa.create_engine(server.url("crm"), poolclass=NullPool).connect() as connection:
        statement = thinned(connection, sa.table("big", schema="quiet"), [sa.column("id")], 0.05, 3)
        assert statement is not None
        read = len(connection.execute(statement).all())
        counted = "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'big'"
        assert 5_000 < read < 15_000
        assert connection.exec_driver_sql(counted).scalar() <= read


def test_a_full_read_has_every_row_in_pieces(url: str) -> None:
    one = dataset(url, "quiet.big")
    pieces = list(open_store("sql", url).batches(one))
    assert sum(piece.num_rows for piece in pieces) == 200_000
    assert len(pieces) > 1


def test_a_read_that_is_left_leaves_the_server_alone(url: str) -> None:
    reading = iter(open_store("sql", url).batches(dataset(url, "quiet.big")))
    assert next(reading).num_rows
    reading.close()  # type: ignore[attr-defined]
    assert open_store("sql", url).sample(dataset(url, "quiet.big"), 5, 0).num_rows == 5


def test_nothing_is_written(server: Server) -> None:
    before = server.ask("crm", "SELECT pg_current_xact_id_if_assigned(), txid_snapshot_xmax(txid_current_snapshot())")
    keeper = server.url("crm")
    store = open_store("sql", keeper)
    for one in store.datasets():
        if isinstance(one, Dataset) and one.name != "slow":
            store.sample(one, 5, 0)
    assert (
        server.ask("crm", "SELECT pg_current_xact_id_if_assigned(), txid_snapshot_xmax(txid_current_snapshot())")
        == before
    )


def test_a_view_that_writes_is_refused(server: Server) -> None:
    server.run(
        "crm",
        "CREATE SEQUENCE counted",
        "CREATE VIEW writing AS SELECT nextval('counted')::text AS a",
    )
    try:
        keeper = server.url("crm")
        with pytest.raises(StoreError) as told:
            open_store("sql", keeper).sample(dataset(keeper, "writing"), 5, 0)
        assert told.value.reason == "denied"
        assert server.ask("crm", "SELECT is_called FROM counted") == (False,)
    finally:
        server.run("crm", "DROP VIEW writing", "DROP SEQUENCE counted")


def test_a_table_dropped_meanwhile_is_missing(server: Server, url: str, table: str) -> None:
    one = dataset(url, table)
    server.run("crm", "DROP TABLE mine")
    with pytest.raises(StoreError) as told:
        open_store("sql", url).sample(one, 5, 0)
    assert told.value.reason == "missing"


def test_a_version_changes_with_content_and_schema(server: Server, url: str, table: str) -> None:
    def version() -> str:
        # counted as soon as its session ends, which the next one to start may not see yet
        return dataset(url, table).version

    def change(statement: str) -> None:
        server.run("crm", f"{statement}; SELECT pg_stat_force_next_flush()")

    versions = [version()]
    assert versions[0]
    assert version() == versions[0]
    for statement in (
        "INSERT INTO mine VALUES (1, 'a')",
        "UPDATE mine SET a = 'b'",
        "DELETE FROM mine",
        "TRUNCATE mine",
        "ALTER TABLE mine ADD b text",
        "COMMENT ON COLUMN mine.b IS '備考'",
    ):
        change(statement)
        versions.append(version())
    assert len(set(versions)) == len(versions)


def test_a_partition_changes_the_version_of_its_table(server: Server, url: str) -> None:
    before = dataset(url, "orders").version
    server.run("crm", "UPDATE orders_2026 SET customer = 1 WHERE id = 2; SELECT pg_stat_force_next_flush()")
    assert before
    assert dataset(url, "orders").version != before
    assert dataset(url, "seen").version == ""


def test_a_statement_that_takes_too_long_is_ended(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = dataset(url, "slow")
    monkeypatch.setattr(sql_limits, "LIMITS", Limits(statement=1))
    with pytest.raises(StoreError) as told:
        open_store("sql", url).sample(one, 5, 0)
    assert told.value.reason == "timed_out"


def test_a_table_that_somebody_holds_is_locked(server: Server, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = dataset(url, "empty_one")
    monkeypatch.setattr(sql_limits, "LIMITS", Limits(lock=1))
    with sa.create_engine(server.url("crm"), poolclass=NullPool).connect() as other:
        other.exec_driver_sql("LOCK TABLE empty_one IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError) as told:
            open_store("sql", url).sample(one, 5, 0)
    assert told.value.reason == "locked"


@pytest.mark.parametrize("reading", ["datasets", "batches"])
def test_a_server_that_stops_answering_is_not_waited_for(
    server: Server, url: str, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    one = dataset(url, "quiet.big")
    monkeypatch.setattr(sql_limits, "LIMITS", Limits(silence=5))
    store = open_store("sql", url)
    answers: Iterator[Any] = iter(store.batches(one) if reading == "batches" else store.datasets())
    next(answers)
    pid = int(server.ask("crm", "SELECT pid FROM pg_stat_activity WHERE usename = 'reader'")[0])  # type: ignore[call-overload]
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(StoreError) as told:
            list(answers)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert told.value.reason == "timed_out"


def test_what_never_says_a_word_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_limits, "LIMITS", Limits(connect=1))
    with servers.silent() as port:
        assert refused(f"postgresql://reader:{'x' * 9}@127.0.0.1:{port}/crm").reason == "timed_out"


def test_why_a_server_refuses_is_told_in_words(server: Server) -> None:
    def reason(*place: Any, **query: str) -> str:
        return refused(server.url(*place, **query)).reason

    assert reason("crm", "reader", "wrong") == "denied"
    assert reason("crm", "nobody", "wrong") == "denied"
    assert reason("nowhere", "reader") == "missing"
    assert reason("crm", "reader", sslmode="require") == "unreachable"
    assert refused(f"postgresql://reader:x@127.0.0.1:{servers.free_port()}/crm").reason == "unreachable"
