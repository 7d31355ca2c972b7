"""Stores of SQL: scripts, dbt projects, query logs. What their statements do, and files that are none of it."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from pipelines.stores import Dataset, NotRead, Store, StoreError, aside, open_store

CANARY = "小鳥遊カナリア"
INSERT = f"-- {CANARY}さんの依頼\nINSERT INTO dm_list SELECT メール FROM 会員 WHERE 氏名 = '{CANARY}';\n"


def listed(kind: str, path: Path, **more: str) -> tuple[Store, dict[str, Dataset], dict[str, NotRead]]:
    store = open_store(kind, str(path), **more)  # type: ignore[arg-type]
    found = list(store.datasets())
    return (
        store,
        {one.name: one for one in found if isinstance(one, Dataset)},
        {one.name: one for one in found if isinstance(one, NotRead)},
    )


def done(store: Store, dataset: Dataset) -> list[tuple[str, str, tuple[str, ...]]]:
    found = store.statements(dataset)
    assert CANARY not in repr([(one, one.text, one.target, one.sources, one.columns) for one in found])
    return [(one.kind, one.target, one.sources) for one in found]


def failure(store: Store, dataset: Dataset) -> str:
    with pytest.raises(StoreError) as caught:
        store.statements(dataset)
    assert CANARY not in str(caught.value)
    return caught.value.reason


# ------------------------------------------------------------------------------------- scripts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_a_script_is_read_in_whatever_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "夜間").mkdir()
    (tmp_path / "夜間" / "a.sql").write_bytes(INSERT.encode(encoding))
    store, datasets, unread = listed("sql_scripts", tmp_path)
    assert not unread
    assert datasets["夜間/a.sql"].kind == "statements"
    assert done(store, datasets["夜間/a.sql"]) == [("insert", "dm_list", ("会員",))]


def test_scripts_lie_in_archives_and_beside_other_files_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "jobs.zip", "w") as archive:
        archive.writestr("a.sql", INSERT)
    (tmp_path / "b.HQL").write_text(INSERT, encoding="utf-8")
    (tmp_path / "c.csv").write_text("氏名,電話\n星野みなみ,0312345678\n", encoding="utf-8")
    store, datasets, _ = listed("files", tmp_path)
    assert {name: one.kind for name, one in datasets.items()} == {
        "jobs.zip!/a.sql": "statements",
        "b.HQL": "statements",
        "c.csv": "table",
    }
    assert done(store, datasets["jobs.zip!/a.sql"]) == done(store, datasets["b.HQL"])
    assert store.statements(datasets["c.csv"]) == ()


def test_what_is_no_script_is_told_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(INSERT, encoding="utf-8")
    (tmp_path / "empty.sql").touch()
    (tmp_path / "huge.sql").write_bytes(b"-- " + b"x" * 50 * 2**20)
    (tmp_path / "memo.sql").write_text(f"担当は{CANARY}さん。先に連絡する。", encoding="utf-8")
    (tmp_path / "binary.sql").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "settings.sql").write_text("SET search_path TO crm;\nGRANT SELECT ON t TO app;\n")
    store, datasets, unread = listed("sql_scripts", tmp_path)
    assert {name: one.reason for name, one in unread.items()} == {"empty.sql": "empty", "huge.sql": "too_large"}
    assert failure(store, datasets["memo.sql"]) == "unsupported"
    assert failure(store, datasets["binary.sql"]) == "encoding"
    assert done(store, datasets["settings.sql"]) == []
    assert len(done(store, datasets["a.sql"])) == 1


def test_a_script_that_takes_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.sql").write_text(INSERT * 4_000, encoding="utf-8")
    (tmp_path / "b.sql").write_text(INSERT, encoding="utf-8")
    store, datasets, _ = listed("sql_scripts", tmp_path)
    with monkeypatch.context() as patched:
        patched.setitem(aside.LONGER, "script", 0.01)
        assert failure(store, datasets["a.sql"]) == "timed_out"
    assert len(done(store, datasets["b.sql"])) == 1


def test_more_statements_than_anybody_reads_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("SELECT a FROM t;\n" * 50_001)
    store, datasets, _ = listed("sql_scripts", tmp_path)
    assert failure(store, datasets["a.sql"]) == "too_large"


def test_a_script_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(INSERT, encoding="utf-8")
    store, datasets, _ = listed("sql_scripts", tmp_path)
    with pytest.raises(StoreError, match="unsupported"):
        store.sample(datasets["a.sql"], 5, 0)
    with pytest.raises(StoreError, match="unsupported"):
        list(store.batches(datasets["a.sql"]))


def test_no_script_is_opened_where_only_names_may_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(INSERT, encoding="utf-8")
    store, datasets, _ = listed("sql_scripts", tmp_path, level="metadata")
    assert failure(store, datasets["a.sql"]) == "not_allowed"


def test_the_dialect_says_what_double_quotes_hold(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(f'SELECT "{CANARY}" AS x, a FROM t WHERE b = "{CANARY}"', encoding="utf-8")
    for dialect in ("mysql", "mysql+pymysql", ""):
        store, datasets, _ = listed("sql_scripts", tmp_path, dialect=dialect)
        assert done(store, datasets["a.sql"]) == [("select", "", ("t",))]


# ------------------------------------------------------------------------------------- query logs

SELECT = f"SELECT メール FROM 会員 WHERE 氏名 = '{CANARY}'"
LOGS = {
    "postgresql.log.1": f"2026-04-01 02:00:00.123 JST [4711] app@crm LOG:  statement: {SELECT}\n",
    "postgresql.csv": f'2026-04-01 02:00:00.1 JST,"a","crm",1,"[l]",6,1,"SELECT",x,,0,LOG,0,"statement: {SELECT}",,\n',
    "mysqld.log-20260401": (
        "/usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:\n"
        "Tcp port: 3306  Unix socket: /var/run/mysqld/mysqld.sock\nTime                 Id Command    Argument\n"
        f"2026-04-01T02:00:00Z\t   12 Query\t{SELECT}\n"
    ),
    "slow": f"# Time: 2026-04-01T02:00:00Z\n# User@Host: a[a] @ l []  Id:  9\nSET timestamp=1;\n{SELECT};\n",
    "bigquery.jsonl": json.dumps({"protoPayload": {"query": SELECT}}) + "\n",
    "snowflake.csv": f'QUERY_ID,QUERY_TEXT,USER_NAME\n1,"{SELECT}",{CANARY}\n',
}


@pytest.mark.parametrize("name", LOGS)
def test_a_log_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LOGS[name] * 3, encoding="utf-8")
    store, datasets, unread = listed("query_log", tmp_path)
    assert not unread
    assert done(store, datasets[name]) == [("select", "", ("会員",))]


def test_a_compressed_log_is_read(tmp_path: Path) -> None:
    (tmp_path / "postgresql.log.1.gz").write_bytes(gzip.compress(LOGS["postgresql.log.1"].encode("cp932")))
    store, datasets, _ = listed("query_log", tmp_path)
    (one,) = datasets.values()
    assert done(store, one) == [("select", "", ("会員",))]


def test_a_log_without_a_statement_is_told(tmp_path: Path) -> None:
    (tmp_path / "app.log").write_text(f"2026-04-01 {CANARY} logged in\n" * 9, encoding="utf-8")
    store, datasets, _ = listed("query_log", tmp_path)
    assert failure(store, datasets["app.log"]) == "empty"


# ------------------------------------------------------------------------------------- dbt


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("models/staging", "models/marts", "snapshots", "macros", "target/compiled", "dbt_packages/x/models"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dbt_project.yml").write_text("name: shop\nprofile: p\n")
    (tmp_path / "models/sources.yml").write_text(
        "sources:\n  - name: crm\n    schema: 販売\n    tables:\n      - {name: orders, identifier: 注文}\n"
        "      - name: members\n"
    )
    (tmp_path / "models/staging/stg_orders.sql").write_text("select id from {{ source('crm', 'orders') }}")
    (tmp_path / "models/marts/dm.sql").write_text(
        "{{ config(materialized='table') }}\nselect m.mail from {{ ref('stg_orders') }} o\n"
        f"join {{{{ source('crm', 'members') }}}} m on m.id = o.id and m.name <> '{CANARY}'\n"
    )
    (tmp_path / "snapshots/kept.sql").write_text(
        "{% snapshot kept %}{{ config(unique_key='id') }}select * from {{ ref('dm') }}{% endsnapshot %}"
    )
    (tmp_path / "macros/m.sql").write_text("{% macro m() %}select 1{% endmacro %}")
    (tmp_path / "target/compiled/dm.sql").write_text("select 1 from compiled")
    (tmp_path / "dbt_packages/x/models/other.sql").write_text("select 1 from other")
    return tmp_path


def test_models_are_read_with_the_names_their_sources_have(project: Path) -> None:
    store, datasets, unread = listed("dbt", project)
    assert list(datasets) == ["models/marts/dm.sql", "models/staging/stg_orders.sql", "snapshots/kept.sql"]
    assert not unread
    assert done(store, datasets["models/staging/stg_orders.sql"]) == [("view", "stg_orders", ("販売.注文",))]
    assert done(store, datasets["models/marts/dm.sql"]) == [("view", "dm", ("stg_orders", "販売.members"))]
    assert done(store, datasets["snapshots/kept.sql"]) == [("view", "kept", ("dm",))]


def manifest(project: Path, **node: str) -> None:
    known = {
        "nodes": {
            "model.shop.stg_orders": {
                "resource_type": "model", "package_name": "shop", "name": "stg_orders", "schema": "dwh",
                "alias": "orders_clean", "database": None, "original_file_path": "models/staging/stg_orders.sql",
            },
            "model.shop.dm": {
                "resource_type": "model", "package_name": "shop", "name": "dm", "schema": "mart", "alias": "dm",
                "original_file_path": "models\\marts\\dm.sql", **node,
            },
        },
        "sources": {
            "source.shop.crm.members": {
                "source_name": "crm", "name": "members", "schema": "crm", "identifier": "会員", "database": "prod"
            }
        },
    }  # fmt: skip
    (project / "target/manifest.json").write_text(json.dumps(known))


def test_a_manifest_knows_the_names_better(project: Path) -> None:
    manifest(project)
    store, datasets, _ = listed("dbt", project)
    found = done(store, datasets["models/marts/dm.sql"])
    assert found == [("view", "mart.dm", ("dwh.orders_clean", "prod.crm.会員"))]
    assert done(store, datasets["models/staging/stg_orders.sql"])[0][1] == "dwh.orders_clean"


def test_what_dbt_filled_in_is_read_where_it_is_of_this_text(project: Path) -> None:
    text = (project / "models/marts/dm.sql").read_text()
    manifest(project, raw_code=text.strip(), compiled_code="select x.mail from filled x")
    store, datasets, _ = listed("dbt", project)
    assert done(store, datasets["models/marts/dm.sql"]) == [("view", "mart.dm", ("filled",))]
    (project / "models/marts/dm.sql").write_text(text + "-- edited since\n")
    store, datasets, _ = listed("dbt", project)
    assert done(store, datasets["models/marts/dm.sql"])[0][2] == ("dwh.orders_clean", "prod.crm.会員")


def test_a_project_is_told_what_is_wrong_with_it(project: Path) -> None:
    (project / "models/broken.yml").write_text("sources: [")
    (project / "target/manifest.json").write_text("{")
    (project / "models/report.py").write_text("def model(dbt, session): ...")
    (project / "models/empty.sql").touch()
    store, datasets, unread = listed("dbt", project)
    assert {name: one.reason for name, one in unread.items()} == {
        "models/broken.yml": "broken",
        "target/manifest.json": "broken",
        "models/*.py": "unsupported",
        "models/empty.sql": "empty",
    }
    assert done(store, datasets["models/marts/dm.sql"])[0][2] == ("stg_orders", "販売.members")
    (project / "dbt_project.yml").unlink()
    with pytest.raises(StoreError, match="missing"):
        list(open_store("dbt", str(project)).datasets())


@pytest.mark.parametrize(
    "text",
    ["- 1\n", "sources: 3\n", "sources: [3, {name: 1, tables: [2, {name: [x]}]}]\n", "sources:\n  crm: {tables: 1}\n"],
)
def test_settings_of_other_shapes_are_borne(project: Path, text: str) -> None:
    (project / "models/odd.yml").write_text(text)
    (project / "target/manifest.json").write_text(
        json.dumps({"nodes": [1, {"name": 2}], "sources": {"a": [], "b": {}}})
    )
    store, datasets, _ = listed("dbt", project)
    assert len(done(store, datasets["models/marts/dm.sql"])) == 1


def test_a_model_changes_with_its_file_and_with_what_it_references(project: Path) -> None:
    def versions() -> dict[str, str]:
        return {name: one.version for name, one in listed("dbt", project)[1].items()}

    first = versions()
    assert all(first.values())
    assert versions() == first
    with (project / "models/marts/dm.sql").open("a") as file:
        file.write("-- more\n")
    second = versions()
    assert {name for name in first if first[name] != second[name]} == {"models/marts/dm.sql"}
    with (project / "models/sources.yml").open("a") as file:
        file.write("# more\n")
    assert all(version != second[name] for name, version in versions().items())
