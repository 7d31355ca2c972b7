"""Databases: tables and views by their catalogue, rows as text, a fair sample, nothing written and nothing let out."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import mssql, oracle, postgresql

from pipelines.stores import Dataset, ForeignKey, NotRead, StoreError, open_store
from pipelines.stores.sql_failures import reworded
from pipelines.stores.sql_sampling import thinned
from pipelines.stores.sql_statements import without_literals

SCHEMA = """
create table "顧客" (id integer primary key, "氏名" text, tel integer, yubin text, birth date, rate real, memo blob);
create table orders (
    id integer primary key, customer_id integer references "顧客", parent integer references orders(id), at datetime
);
create table codes (code text primary key, label text) without rowid;
create table shadow (rowid text, _rowid_ text, oid text);
create table blank (a text, b text);
create view recent as select "氏名", tel from "顧客" where "氏名" <> '星野みなみ' and tel > 100 -- 高原さん用
;
create table gone (a text);
create view lost as select a from gone;
drop table gone;
"""


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    path = tmp_path / "crm.db"
    with sqlite3.connect(path) as database:
        database.executescript(SCHEMA)
        rows = [(at, f"見本{at}", 9000000000 + at, "0600001", "昭和60年4月1日", 1.0, None) for at in range(1, 2001)]
        database.executemany('insert into "顧客" values (?,?,?,?,?,?,?)', rows)
        database.executemany("insert into codes values (?,?)", [(f"{at:04}", "見本") for at in range(500)])
        database.executemany("insert into shadow values (?,?,?)", [(f"{at}", "a", "b") for at in range(500)])
    database.close()
    return path


def datasets(location: str, **scope: Any) -> dict[str, Dataset | NotRead]:
    return {one.name: one for one in open_store("sql", location, **scope).datasets()}


def dataset(location: str | Path, name: str) -> Dataset:
    found = datasets(str(location))[name]
    assert isinstance(found, Dataset), found
    return found


def test_the_catalogue_is_told(crm: Path) -> None:
    found = datasets(f"sqlite:///{crm}")
    assert list(found) == ["blank", "codes", "lost", "orders", "recent", "shadow", "顧客"]
    customers, orders = found["顧客"], found["orders"]
    assert isinstance(customers, Dataset)
    assert isinstance(orders, Dataset)
    assert [(field.name, field.sql_type) for field in customers.fields][:4] == [
        ("id", "INTEGER"),
        ("氏名", "TEXT"),
        ("tel", "INTEGER"),
        ("yubin", "TEXT"),
    ]
    assert customers.records == 2000
    assert set(orders.links) == {
        ForeignKey(("customer_id",), "顧客", ("id",)),
        ForeignKey(("parent",), "orders", ("id",)),
    }


def test_a_view_tells_what_it_is_for_and_names_nobody(crm: Path) -> None:
    view = dataset(crm, "recent")
    assert view.statement == 'CREATE VIEW recent as select "氏名", tel from "顧客" where "氏名" <> ? and tel > ?'
    assert open_store("sql", str(crm)).sample(view, 5, 0).num_rows == 5


def test_a_view_that_is_broken_costs_no_other(crm: Path) -> None:
    lost = datasets(str(crm))["lost"]
    assert isinstance(lost, NotRead)
    assert lost.reason == "broken"


def test_values_are_text_as_stored(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("create table t (id integer, code text, birth date, rate real, memo blob, name text)")
        values = (7, "007", "昭和60年4月1日", 9012345678.0, b"\xff", "高原健太".encode("cp932"))
        database.execute("insert into t values (?, ?, ?, ?, ?, cast(? as text))", values)
        database.execute("insert into t values (null, '　', '', 1.5, ?, ' 可 ')", ("見本".encode(),))
    database.close()
    store = open_store("sql", str(path))
    assert store.sample(dataset(path, "t"), 10, 0).to_pylist() == [
        {"id": "7", "code": "007", "birth": "昭和60年4月1日", "rate": "9012345678", "memo": None, "name": "高原健太"},
        {"id": None, "code": None, "birth": None, "rate": "1.5", "memo": "見本", "name": " 可 "},
    ]


@pytest.mark.parametrize("name", ["顧客", "codes", "shadow", "recent"])
def test_a_sample_is_random_and_repeatable_with_and_without_a_number(crm: Path, name: str) -> None:
    store, one = open_store("sql", str(crm)), dataset(crm, name)
    first = store.sample(one, 20, 1)
    assert first.num_rows == 20
    assert first.equals(store.sample(one, 20, 1))
    assert not first.equals(store.sample(one, 20, 2))
    everything = [row for batch in store.batches(one) for row in batch.to_pylist()]
    assert all(row in everything for row in first.to_pylist())
    assert first.to_pylist() != everything[:20]


def test_a_sample_is_fair_over_numbers_with_gaps(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("create table t (id integer primary key)")
        database.executemany("insert into t values (?)", [(at,) for at in range(0, 200_000, 7)])
    database.close()
    store, one = open_store("sql", str(path)), dataset(path, "t")
    numbers = [int(number) for number in store.sample(one, 500, 3)["id"].to_pylist()]
    assert len(set(numbers)) == 500
    assert 90_000 < sum(numbers) / 500 < 110_000


def test_numbers_too_thin_to_draw_by_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("create table t (id integer primary key)")
        database.executemany("insert into t values (?)", [(at**3,) for at in range(2_000)])
    database.close()
    store, one = open_store("sql", str(path)), dataset(path, "t")
    assert store.sample(one, 50, 3).num_rows == 50


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_nothing_is_written(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "a.db"
    database = sqlite3.connect(path)
    database.execute(f"pragma journal_mode={journal}")
    database.execute("create table t (a text)")
    database.execute("insert into t values ('見本')")
    database.commit()
    database.close()

    def state() -> dict[str, tuple[str, int]]:
        return {
            file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
            for file in tmp_path.iterdir()
        }

    before = state()
    store, one = open_store("sql", str(path)), dataset(path, "t")
    assert store.sample(one, 5, 0).to_pylist() == [{"a": "見本"}]
    assert list(store.batches(one))
    assert state() == before


def test_rows_that_only_the_log_has_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = sqlite3.connect(path)
    writer.execute("pragma journal_mode=wal")
    writer.execute("create table t (a text)")
    writer.execute("insert into t values ('見本')")
    writer.commit()
    assert open_store("sql", str(path)).sample(dataset(path, "t"), 5, 0).num_rows == 1
    writer.close()


def test_excluded_tables_are_named(crm: Path) -> None:
    found = datasets(str(crm), include=("顧客", "o*"), exclude=("orders",))
    assert [name for name, one in found.items() if isinstance(one, Dataset)] == ["顧客"]
    assert {one.reason for one in found.values() if isinstance(one, NotRead)} == {"excluded"}


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("{folder}/none.db", "missing"),
        ("sqlite:///{folder}/none.db", "missing"),
        ("{folder}/text.db", "broken"),
        ("{folder}", "missing"),
        ("nosuch://hoshino:secret@db.example/crm", "unsupported"),
        ("postgresql://[", "unreachable"),
        ("://", "unsupported"),
    ],
)
def test_a_database_that_cannot_be_opened_says_why_and_nothing_else(tmp_path: Path, location: str, reason: str) -> None:
    (tmp_path / "text.db").write_bytes("星野みなみ".encode() * 100)
    with pytest.raises(StoreError) as told:
        list(open_store("sql", location.format(folder=tmp_path)).datasets())
    assert told.value.reason == reason
    assert told.value.hint
    assert told.value.__context__ is told.value.__cause__ is None
    for word in ("星野", "hoshino", "secret", "db.example", str(tmp_path)):
        assert word not in str(told.value)


def test_a_table_that_went_away_is_missing(crm: Path) -> None:
    one = dataset(crm, "codes")
    with sqlite3.connect(crm) as database:
        database.execute("drop table codes")
    database.close()
    store = open_store("sql", str(crm))
    with pytest.raises(StoreError) as told:
        store.sample(one, 5, 0)
    assert told.value.reason == "missing"


def test_a_database_in_use_is_locked() -> None:
    error = sqlite3.OperationalError("database is locked: 星野みなみ")
    error.sqlite_errorname = "SQLITE_BUSY"
    told = reworded(sa.exc.OperationalError("select '星野みなみ'", {}, error))
    assert (told.reason, "星野" in str(told)) == ("locked", False)


class RefusedError(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__('connection to "db.example" failed for user "hoshino"')
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "reason"),
    [("28P01", "denied"), ("42501", "denied"), ("3D000", "missing"), ("57014", "timed_out"), ("08006", "unreachable")],
)
def test_what_servers_answer_is_told_in_our_words(sqlstate: str, reason: str) -> None:
    told = reworded(sa.exc.OperationalError("select 1", {}, RefusedError(sqlstate)))
    assert told.reason == reason
    assert "hoshino" not in str(told)


@pytest.mark.parametrize(
    ("dialect", "clause"),
    [
        (postgresql.dialect(), 'FROM shop."顧客" TABLESAMPLE SYSTEM (2.000000) REPEATABLE (7)'),
        (mssql.dialect(), "FROM shop.[顧客] TABLESAMPLE (2.000000 PERCENT) REPEATABLE (7)"),
        (oracle.dialect(), 'FROM shop."顧客" SAMPLE BLOCK (2.000000) SEED (7)'),
    ],
)
def test_databases_draw_a_part_by_themselves(dialect: Any, clause: str) -> None:
    connection = SimpleNamespace(dialect=dialect)
    source = sa.table("顧客", sa.column("氏名"), schema="shop")
    statement = thinned(connection, source, [sa.column("氏名")], 0.02, 7)  # type: ignore[arg-type]
    assert statement is not None
    assert clause in str(statement.compile(dialect=dialect))


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        (
            "select a from t where b = 'O''Hara 星野' and c in (1, 2.5, 0x1F)",
            "select a from t where b = ? and c in (?, ?, ?)",
        ),
        ('select "氏名", "星野みなみ" from t', 'select "氏名", ? from t'),
        ("select `氏名`, [星野] from t1 where t1.n>-3", "select `氏名`, ? from t1 where t1.n>-?"),
        ("select $星$ from t where x = $q$ 星野 ' $q$", "select $星$ from t where x = ?"),
        ("select 1 /* 星野 */ -- 高原\nfrom t", "select ? from t"),
        (r"select a from t where b = 'C:\' and c = '星野' and d", "select a from t where b = ? and d"),
        (r"select a from t where b = 'it\'s 星野' and d", "select a from t where b = ? and d"),
        ("select a from t where b = '星野", "select a from t where b = ?"),
    ],
)
def test_statements_keep_their_words_and_lose_their_values(statement: str, shown: str) -> None:
    assert without_literals(statement, {"氏名", "t"}) == shown


TEXT = st.text(st.characters(exclude_categories=("Cs",)))


@settings(deadline=None)
@given(TEXT, TEXT)
def test_no_literal_survives(before: str, after: str) -> None:
    value = f"{before}星野{after}".replace("'", "''").replace("\\", "")
    assert "星野" not in without_literals(f"select a from t where b = '{value}' and c = 1", {"a"})


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.integers(-(2**60), 2**60)), min_size=1
    )
)
def test_any_cells_come_back_as_they_were(rows: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        database = sqlite3.connect(path)
        database.execute('create table t ("氏名" text, "番号" integer)')
        database.executemany("insert into t values (?, ?)", rows)
        database.commit()
        database.close()
        found = open_store("sql", str(path)).sample(dataset(path, "t"), len(rows), 0).to_pylist()
    assert found == [{"氏名": name if name.strip() else None, "番号": str(number)} for name, number in rows]


def test_the_primary_key_is_named_where_it_is_one_column(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as database:
        database.executescript("""
            create table one (a text, id integer primary key);
            create table two (a text, b text, primary key (a, b));
            create table none (a text);
            create view seen as select id from one;
        """)
    database.close()
    found = datasets(f"sqlite:///{tmp_path}/a.db")
    keys = {name: one.key for name, one in found.items() if isinstance(one, Dataset)}
    assert keys == {"one": "id", "two": "", "none": "", "seen": ""}
