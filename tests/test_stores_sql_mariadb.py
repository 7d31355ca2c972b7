"""MariaDB, by a server of its own: what is found, what is read, what is never written, and what never comes out."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.stores import Dataset, ForeignKey, NotRead, StoreError, open_store, sql_limits
from pipelines.stores.access import Reader
from pipelines.stores.sql_limits import Limits
from tests import servers
from tests.servers import Server

SCHEMA = """
CREATE DATABASE crm;
CREATE DATABASE sales;
CREATE DATABASE `人事`;
CREATE TABLE crm.`顧客 Master` (
    id int PRIMARY KEY, `氏名` varchar(50) CHARACTER SET cp932, `Tel` varchar(20) COMMENT '電話番号'
) COMMENT '顧客の台帳';
INSERT INTO crm.`顧客 Master` SELECT seq, CONCAT('見本', seq), CONCAT('0', 9000000000 + seq) FROM crm.seq_1_to_50;
CREATE TABLE sales.shops (id int PRIMARY KEY);
CREATE TABLE crm.orders (
    id int, customer int, shop int, KEY (customer), FOREIGN KEY (customer) REFERENCES `顧客 Master`(id),
    FOREIGN KEY (shop) REFERENCES sales.shops(id)
);
CREATE TABLE crm.parts (id int) PARTITION BY RANGE (id) (
    PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (99)
);
INSERT INTO crm.parts SELECT seq FROM crm.seq_1_to_40;
CREATE VIEW crm.seen AS SELECT `氏名` FROM crm.`顧客 Master` WHERE `氏名` <> '星野みなみ';
CREATE TABLE crm.kinds (
    yes tinyint(1), b blob, bad blob, bits bit(3), num decimal(12, 2), day datetime, zero date, e enum('金', '銀'),
    j json, sjis varchar(20) CHARACTER SET sjis, wide varchar(20), code char(4), blank text, share double,
    big bigint unsigned
);
SET sql_mode = '';
INSERT INTO crm.kinds VALUES (
    1, '見本', x'ff', b'101', 10.50, '1985-04-01', '0000-00-00', '金', '{"氏名": "見本"}', '高原ｱ', '𠮷田😀', '0012',
    '　', 9012345678, 18446744073709551615
);
INSERT INTO crm.kinds VALUES (
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
);
CREATE TABLE crm.empty_one (a text);
CREATE TABLE crm.big (id int PRIMARY KEY, code char(9));
INSERT INTO crm.big SELECT seq, LPAD(seq, 9, '0') FROM crm.seq_0_to_199999;
CREATE TABLE crm.keyless (id int, code char(9));
INSERT INTO crm.keyless SELECT * FROM crm.big;
CREATE VIEW crm.slow AS SELECT SLEEP(600) AS a;
CREATE USER reader@'%' IDENTIFIED BY '{secret}';
GRANT SELECT, SHOW VIEW ON crm.* TO reader@'%';
GRANT SHOW DATABASES ON *.* TO reader@'%';
CREATE USER encrypted@'%' IDENTIFIED BY '{secret}' REQUIRE SSL;
GRANT SELECT ON crm.* TO encrypted@'%';
ANALYZE TABLE crm.`顧客 Master`;
ANALYZE TABLE crm.big;
ANALYZE TABLE crm.keyless
"""


@pytest.fixture(autouse=True, scope="module")
def collected() -> Iterator[None]:
    """The driver ends what was cut off when it is collected: here, not in the middle of another file's tests."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with servers.mariadb() as running:
        running.run(None, *SCHEMA.replace("{secret}", servers.SECRET).split(";\n"))
        yield running


@pytest.fixture
def url(server: Server) -> str:
    return server.url("crm", "reader")


@pytest.fixture
def table(server: Server) -> Iterator[str]:
    """A table of a test's own."""
    server.run("crm", "CREATE TABLE mine (id int, a text)")
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
    for word in (servers.SECRET, "127.0.0.1", "reader", "keeper", "crm", "Access"):
        assert word not in str(told.value)
    assert told.value.hint
    return told.value


def test_the_catalogue_is_told(url: str) -> None:
    found = datasets(url)
    customers, orders, view = found["顧客 Master"], found["orders"], found["seen"]
    assert isinstance(customers, Dataset) and isinstance(orders, Dataset) and isinstance(view, Dataset)
    assert (customers.label, customers.key, customers.records) == ("顧客の台帳", "id", 50)
    assert [(field.name, field.label) for field in customers.fields] == [("id", ""), ("氏名", ""), ("Tel", "電話番号")]
    assert set(orders.links) == {
        ForeignKey(("customer",), "顧客 Master", ("id",)),
        ForeignKey(("shop",), "sales.shops", ("id",)),
    }
    assert "氏名" in view.statement
    assert "星野" not in view.statement
    assert len(rows(url, "parts")) == 40


def test_whom_the_grants_let_read_is_told_by_an_account_that_may_know(server: Server, url: str) -> None:
    told, kept = datasets(server.url("crm", "keeper"))["orders"], datasets(url)["orders"]
    assert isinstance(told, Dataset)
    assert {Reader("role", "reader@%"), Reader("role", "keeper@127.0.0.1")} <= set(told.access)
    assert isinstance(kept, Dataset)
    assert kept.access == ()


def test_databases_beside_it_that_nobody_declared_are_named(url: str) -> None:
    beside = [one for one in datasets(url).values() if isinstance(one, NotRead) and one.reason == "undeclared"]
    assert [one.name for one in beside] == ["sales", "人事"]
    assert "人事" not in datasets(url, elsewhere=("人事",))


def test_without_a_database_all_are_read_but_those_read_elsewhere(server: Server) -> None:
    found = datasets(server.url(None), elsewhere=("人事", "crm"))
    assert list(found) == ["sales.shops"]


def test_values_are_text_as_stored(url: str) -> None:
    first, second = rows(url, "kinds")
    assert first == {
        "yes": "1",
        "b": "見本",
        "bad": None,
        "bits": "5",
        "num": "10.50",
        "day": "1985-04-01",
        "zero": "0000-00-00",
        "e": "金",
        "j": '{"氏名": "見本"}',
        "sjis": "高原ｱ",
        "wide": "𠮷田😀",
        "code": "0012",
        "blank": None,
        "share": "9012345678",
        "big": "18446744073709551615",
    }
    assert set(second.values()) == {None}
    assert open_store("sql", url).sample(dataset(url, "kinds"), 5, 0).to_pylist() == [first, second]


def test_an_empty_table_has_columns_and_no_rows(url: str) -> None:
    assert open_store("sql", url).sample(dataset(url, "empty_one"), 5, 0).column_names == ["a"]


@pytest.mark.parametrize("name", ["big", "keyless"])
def test_a_sample_of_a_large_table_is_random_and_repeatable(url: str, name: str) -> None:
    store, one = open_store("sql", url), dataset(url, name)
    sample = store.sample(one, 500, 3)
    ids = [int(number) for number in sample["id"].to_pylist()]
    assert sample["code"].to_pylist()[0] == f"{ids[0]:09}"
    assert len(set(ids)) == 500
    assert 80_000 < sum(ids) / 500 < 120_000
    assert min(ids) < 20_000
    assert max(ids) > 180_000
    assert sample.equals(store.sample(one, 500, 3))
    assert not sample.equals(store.sample(one, 500, 4))


def test_a_full_read_has_every_row_in_pieces_and_may_be_left(url: str) -> None:
    store, one = open_store("sql", url), dataset(url, "big")
    pieces = list(store.batches(one))
    assert sum(piece.num_rows for piece in pieces) == 200_000
    assert len(pieces) > 1
    reading = iter(store.batches(one))
    assert next(reading).num_rows
    reading.close()  # type: ignore[attr-defined]


def test_nothing_is_written(server: Server) -> None:
    counters = (
        "SELECT variable_name, variable_value FROM information_schema.global_status WHERE variable_name IN"
        " ('COM_INSERT', 'COM_UPDATE', 'COM_DELETE', 'COM_CREATE_TABLE', 'INNODB_ROWS_INSERTED') ORDER BY 1"
    )
    keeper = server.url("crm")
    before = server.all("crm", counters)
    store = open_store("sql", keeper)
    for one in store.datasets():
        if isinstance(one, Dataset) and one.name != "slow":
            store.sample(one, 5, 0)
    assert server.all("crm", counters) == before


def test_a_view_that_writes_is_refused(server: Server) -> None:
    server.run(
        "crm",
        "CREATE TABLE noted (a int)",
        "CREATE FUNCTION note() RETURNS int BEGIN INSERT INTO noted VALUES (1); RETURN 1; END",
        "CREATE VIEW writing AS SELECT note() AS a",
    )
    try:
        keeper = server.url("crm")
        found = datasets(keeper, include=("writing",))["writing"]
        assert isinstance(found, NotRead)
        assert found.reason == "denied"
        assert server.ask("crm", "SELECT COUNT(*) FROM noted") == (0,)
    finally:
        server.run("crm", "DROP VIEW writing", "DROP FUNCTION note", "DROP TABLE noted")


def test_a_table_dropped_meanwhile_is_missing(server: Server, url: str, table: str) -> None:
    one = dataset(url, table)
    server.run("crm", "DROP TABLE mine")
    with pytest.raises(StoreError) as told:
        open_store("sql", url).sample(one, 5, 0)
    assert told.value.reason == "missing"


def test_a_table_changed_just_now_has_no_version_to_go_by(server: Server, url: str) -> None:
    # a second may see two changes: one that is this young is no version to go by
    assert dataset(url, "seen").version == ""
    server.run("crm", "INSERT INTO empty_one VALUES ('a')", "DELETE FROM empty_one")
    assert dataset(url, "empty_one").version == ""
    server.run(None, "SET GLOBAL init_connect = 'SET timestamp = UNIX_TIMESTAMP() + 3600'")
    try:
        version = dataset(url, "empty_one").version
        assert version
        assert dataset(url, "empty_one").version == version
        server.run("crm", "ALTER TABLE empty_one COMMENT '備考'", "DELETE FROM empty_one")
        assert dataset(url, "empty_one").version != version
    finally:
        server.run(None, "SET GLOBAL init_connect = ''")


def test_a_statement_that_takes_too_long_is_ended(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = dataset(url, "slow")
    monkeypatch.setattr(sql_limits, "LIMITS", Limits(statement=1))
    with pytest.raises(StoreError) as told:
        open_store("sql", url).sample(one, 5, 0)
    assert told.value.reason == "timed_out"


@pytest.mark.parametrize("reading", ["datasets", "batches"])
def test_a_server_that_stops_answering_is_not_waited_for(
    server: Server, url: str, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    one = dataset(url, "big")
    monkeypatch.setattr(sql_limits, "LIMITS", Limits(silence=5))
    store = open_store("sql", url)
    answers: Iterator[Any] = iter(store.batches(one) if reading == "batches" else store.datasets())
    next(answers)
    os.kill(server.pid, signal.SIGSTOP)
    try:
        with pytest.raises(StoreError) as told:
            list(answers)
    finally:
        os.kill(server.pid, signal.SIGCONT)
    assert told.value.reason == "timed_out"


def test_what_never_says_a_word_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_limits, "LIMITS", Limits(silence=3))
    with servers.silent() as port:
        assert refused(f"mysql://reader:{'x' * 9}@127.0.0.1:{port}/crm").reason == "timed_out"


def test_why_a_server_refuses_is_told_in_words(server: Server) -> None:
    assert refused(server.url("crm", "reader", "wrong")).reason == "denied"
    assert refused(server.url("nowhere", "keeper")).reason == "missing"
    assert refused(server.url("nowhere", "reader")).reason == "denied"
    assert refused(server.url("crm", "encrypted")).reason == "denied"
    assert refused(f"mysql://reader:x@127.0.0.1:{servers.free_port()}/crm").reason == "unreachable"
