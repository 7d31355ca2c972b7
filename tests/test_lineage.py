"""What SQL does with which datasets: as a scan reads it, the register keeps it, checks judge it and exports show it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from classifiers.statements import read
from classifiers.uses import shown_uses
from expectations.policy import load
from pipelines.declarations import StoreDeclaration
from pipelines.register import Register
from pipelines.register.edges import rows
from pipelines.register.sightings import flows
from pipelines.scan import Reading, Scanned, Step, Unread, dataset_id, datasets, scan_group
from pipelines.scan.unchanged import split
from tests.filled_register import column, dataset, rows_of, store

CANARY = "小鳥遊カナリア"
READING = Reading(date(2026, 11, 23), versions={"rules": "1"})
CRM = store("crm", custody="own")
DWH = store("dwh")
CLIENT = store("client", kind="files", custody="entrusted", contract="C-1")
JOBS = store("jobs", kind="sql_scripts")
CATEGORY_OF = load("handling-of-personal-information").category_of


def held(store: str, name: str, custody: Any = "own", subject: str = "customer") -> Scanned:
    return dataset(store, name, [column("氏名", "name"), column("mail", "email")], [rows_of(subject, custody=custody)])


def job(name: str, sql: str, store: str = "jobs") -> Scanned:
    steps = tuple(Step(one, shown_uses(one)) for one in read(sql))
    return dataset(store, name, [], [], kind="statements", steps=steps)


def written(*found: Scanned, **reads: Sequence[str]) -> Register:
    """A register with those datasets and jobs; `reads` are a store's, by its id."""
    register = Register.open("sqlite://")
    run = register.begin("scan", READING.as_of, {})
    for declared in (CRM, DWH, CLIENT, JOBS):
        one = declared.model_copy(update={"reads": tuple(reads.get(declared.id, ()))})
        register.put_scan(run, one, [each for each in found if each.store == one.id], [], CATEGORY_OF)
    register.finish(run, "done", {})
    return register


def edges(register: Register) -> dict[tuple[str, str], Mapping[str, Any]]:
    def end(found: Mapping[str, str] | None) -> str:
        return f"{found['store']}/{found['dataset']}" if found and found["store"] else found["dataset"] if found else ""

    return {(end(edge["source"]), end(edge["target"])): edge for edge in rows(register.lineage())}


def beside(register: Register) -> dict[tuple[str, str], list[str]]:
    names = {one.id: one.name for one in register.datasets()}
    return {
        (names[match.dataset], names[match.other]): [f"{at.job}:{at.line}" for at in match.places]
        for match in flows(register.lineage()).matches
    }


# ------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("dtb_customer", "crm/dtb_customer"),
        ("DTB_Customer", "crm/dtb_customer"),
        ("public.dtb_customer", "crm/dtb_customer"),
        ("prod.public.dtb_customer", "crm/dtb_customer"),
        ("sales.orders", "crm/sales.orders"),
        ("orders", "crm/sales.orders"),
        ("hr.orders", "hr.orders"),
        ("customers", "customers"),
        ("nowhere", "nowhere"),
    ],
)
def test_a_name_means_the_dataset_that_is_called_so(name: str, means: str) -> None:
    register = written(
        held("crm", "dtb_customer"), held("crm", "sales.orders"), job("a.sql", f"INSERT INTO x SELECT mail FROM {name}")
    )
    assert list(edges(register)) == [(means, "x")]


def test_a_name_that_two_databases_have_says_which_or_means_neither() -> None:
    both = (held("crm", "members"), held("dwh", "members"))
    assert list(edges(written(*both, job("a.sql", "INSERT INTO x SELECT mail FROM members")))) == [("members", "x")]
    named = job("a.sql", "INSERT INTO x SELECT mail FROM dwh.members")
    assert list(edges(written(*both, named))) == [("dwh/members", "x")]
    plain = job("a.sql", "INSERT INTO x SELECT mail FROM members")
    assert list(edges(written(*both, plain, jobs=["crm"]))) == [("crm/members", "x")]


def test_a_file_is_called_as_a_table_over_it_is_where_its_store_is_read() -> None:
    found = (held("client", "名簿/c_list.csv", "entrusted"), job("a.sql", "INSERT INTO x SELECT mail FROM work.c_list"))
    assert list(edges(written(*found))) == [("work.c_list", "x")]
    assert list(edges(written(*found, jobs=["client"]))) == [("client/名簿/c_list.csv", "x")]


def test_names_that_are_masked_alike_are_not_taken_for_the_same() -> None:
    register = written(
        held("crm", "名簿_〔伏〕"),
        job("a.sql", "INSERT INTO x SELECT mail FROM 名簿_山田太郎"),
        job("b.sql", "INSERT INTO 名簿_佐藤花子 SELECT mail FROM y"),
    )
    assert ("crm/名簿_〔伏〕", "x") not in edges(register)
    assert not beside(register)


def test_a_view_is_itself_whatever_its_definition_calls_it() -> None:
    view = dataset(
        "crm",
        "public.v_dm",
        [column("mail", "email")],
        [rows_of("customer")],
        steps=tuple(Step(one, ()) for one in read("SELECT mail FROM dtb_customer", name="v_dm")),
    )
    register = written(held("crm", "dtb_customer"), held("dwh", "dtb_customer"), view)
    assert list(edges(register)) == [("crm/dtb_customer", "crm/public.v_dm")]


# ------------------------------------------------------------------------------------- side by side

LIST, OWN = held("client", "c_list.csv", "entrusted"), held("crm", "members")
READS = {"jobs": ["crm", "client", "dwh"]}


def test_entrusted_data_beside_our_own_is_found_with_its_place() -> None:
    match = job("match.sql", "-- 重なり\n\nSELECT 1 FROM c_list l JOIN members m ON m.mail = l.mail;")
    assert beside(written(LIST, OWN, match, **READS)) == {("c_list.csv", "members"): ["match.sql:3"]}


def test_what_is_made_on_the_way_stands_for_what_it_was_made_of() -> None:
    load_ = job("1.sql", "CREATE TABLE work.w1 AS SELECT mail FROM c_list")
    match = job("2.sql", "SELECT 1 FROM w1 JOIN members m USING (mail)")
    assert beside(written(LIST, OWN, load_, match, **READS)) == {("c_list.csv", "members"): ["2.sql:1"]}


def test_what_is_made_of_entrusted_data_alone_is_no_other_data() -> None:
    summary = held("dwh", "survey_result")
    make = job("1.sql", "INSERT INTO survey_result SELECT mail FROM c_list")
    check = job("2.sql", "SELECT 1 FROM survey_result JOIN c_list USING (mail)")
    register = written(LIST, summary, make, check, **READS)
    assert not beside(register)
    (copy,) = flows(register.lineage()).copies
    assert (copy.dataset, copy.other) == (LIST.id, summary.id)
    assert [at.job for at in copy.places] == ["1.sql"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE members SET mail = l.mail FROM c_list l WHERE l.氏名 = members.氏名",
        "MERGE INTO members m USING c_list l ON l.mail = m.mail WHEN MATCHED THEN UPDATE SET 氏名 = l.氏名",
        "INSERT INTO members SELECT m.mail FROM members m WHERE m.mail IN (SELECT mail FROM c_list)",
    ],
)
def test_our_own_data_enriched_from_entrusted_data_is_beside_it(sql: str) -> None:
    register = written(LIST, OWN, job("1.sql", sql), **READS)
    assert beside(register) == {("c_list.csv", "members"): ["1.sql:1"]}
    assert flows(register.lineage()).copies == ()


def test_scratch_tables_of_the_same_name_in_two_scripts_are_two() -> None:
    ours = job("1.sql", "CREATE TEMP TABLE tmp AS SELECT mail FROM members; SELECT 1 FROM tmp JOIN orders USING (mail)")
    theirs = job("2.sql", "CREATE TEMP TABLE tmp AS SELECT mail FROM c_list; SELECT 1 FROM tmp")
    register = written(LIST, OWN, held("crm", "orders"), ours, theirs, **READS)
    assert not beside(register)
    reader = job("3.sql", "SELECT 1 FROM tmp JOIN orders USING (mail)")
    register = written(LIST, OWN, held("crm", "orders"), ours, theirs, reader, **READS)
    assert beside(register) == {("c_list.csv", "orders"): ["3.sql:1"]}, "who only reads it may mean either"


# ------------------------------------------------------------------------------------- uses and exports


def test_uses_and_exports_of_what_no_scan_saw_are_those_of_what_it_was_made_of() -> None:
    make = job("1.sql", "CREATE TABLE w AS SELECT 氏名, mail FROM members")
    send = job("2.sql", "-- メルマガ配信\nCOPY w TO '/srv/out.csv'")
    found = flows(written(OWN, make, send, **READS).lineage())
    assert [(use.dataset, use.use) for use in found.uses] == [(OWN.id, "marketing")]
    ((export,),) = [found.exports]
    assert (export.dataset, export.outlet, export.columns) == (OWN.id, "file", ())
    assert [(at.store, at.job, at.line) for at in export.places] == [("jobs", "2.sql", 2)]


def test_an_export_names_its_columns_and_leaves_out_who_only_decides_the_rows() -> None:
    sql = "COPY (SELECT m.mail FROM members m WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.mail = m.mail)) TO '/x'"
    found = flows(written(OWN, held("crm", "orders"), job("1.sql", sql), **READS).lineage())
    assert [(export.dataset, export.columns) for export in found.exports] == [(OWN.id, ("mail",))]


def test_whatever_is_made_of_entrusted_data_is_used_under_its_contract() -> None:
    make = job("1.sql", "INSERT INTO survey_result SELECT mail FROM c_list")
    send = job("2.sql", "-- メルマガ配信\nINSERT INTO x SELECT mail FROM survey_result")
    found = flows(written(LIST, held("dwh", "survey_result"), make, send, **READS).lineage())
    assert {use.dataset for use in found.uses} == {LIST.id, dataset_id("dwh", "survey_result")}


def test_related_are_what_a_dataset_is_made_of_and_what_is_made_of_it() -> None:
    heading = "-- メルマガ配信\n"
    made, sent = "INSERT INTO dm SELECT mail FROM members;\n", "INSERT INTO sent SELECT mail FROM dm"
    script = job("1.sql", heading + made + heading + sent)
    found = flows(written(OWN, held("crm", "dm"), held("crm", "sent"), script, **READS).lineage())
    related = {use.dataset: set(use.related) for use in found.uses}
    assert related[OWN.id] == {dataset_id("crm", "dm"), dataset_id("crm", "sent")}
    assert related[dataset_id("crm", "dm")] == {OWN.id, dataset_id("crm", "sent")}


def test_an_edge_gathers_its_statements() -> None:
    one = job(
        "1.sql", "-- メルマガ配信\nINSERT INTO dm SELECT mail FROM members;\nINSERT INTO dm SELECT mail FROM members;"
    )
    register = written(
        OWN,
        held("crm", "dm"),
        one,
        job("2.sql", "MERGE INTO dm USING members m ON m.mail = dm.mail WHEN MATCHED THEN UPDATE SET 氏名 = m.氏名"),
        **READS,
    )
    (edge,) = edges(register).values()
    assert edge["source"]["dataset_id"] == OWN.id
    assert edge["kinds"] == ["insert", "merge"]
    assert [use["use"] for use in edge["uses"]] == ["marketing"]
    assert [(at["job"], at["line"]) for at in edge["places"]] == [("1.sql", 2), ("1.sql", 3), ("2.sql", 1)]


# ------------------------------------------------------------------------------------- scanned


@pytest.fixture
def company(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "crm.sqlite3") as database:
        database.executescript(f"""
            CREATE TABLE members ("会員番号" TEXT, "氏名" TEXT, "メール" TEXT);
            CREATE TABLE orders ("注文番号" TEXT, "会員番号" TEXT);
            INSERT INTO members VALUES ('1', '羽鳥 八重子', 'yaeko@reiji.example');
            CREATE VIEW "v_メルマガ対象" AS SELECT m."メール" AS "宛先" FROM members m
                JOIN orders o ON o."会員番号" = m."会員番号" WHERE m."氏名" <> '{CANARY}';
        """)
    database.close()
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "確認_山田太郎.sql").write_text(
        f'-- {CANARY}さん\nINSERT INTO dm_list SELECT "メール" AS {CANARY} FROM members\n'
        f"WHERE \"氏名\" = '{CANARY}';\nSELECT (((;",
        encoding="cp932",
    )
    (tmp_path / "jobs" / "memo.sql").write_text(f"担当は{CANARY}さん。", encoding="utf-8")
    return tmp_path


def scanned(company: Path, register: Register) -> dict[str, list[str]]:
    """A scan of both stores into a register; answers what of each was read."""
    stores = [
        StoreDeclaration(id="crm", kind="sql", path=str(company / "crm.sqlite3")),
        StoreDeclaration(id="jobs", kind="sql_scripts", path=str(company / "jobs"), reads=("crm",)),
    ]
    run = register.begin("scan", READING.as_of, {})
    due_of = {}
    for one in stores:
        found, missed = datasets(one)
        due, kept = split(one, found, register.known(one.id), READING, run)
        due_of[one.id] = [each.name for each in due]
        answers = list(scan_group(one, due, READING))
        good = [each for each in answers if isinstance(each, Scanned)]
        register.put_datasets(run, one, good, CATEGORY_OF)
        unread = [*missed, *(each for each in answers if isinstance(each, Unread))]
        register.close_store(run, one, [*kept, *(each.id for each in good)], unread)
    register.finish(run, "done", {})
    return due_of


def test_views_and_scripts_stand_in_the_register_alike(company: Path, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "register.sqlite")
    scanned(company, register)
    found = edges(register)
    assert {pair: [use["use"] for use in edge["uses"]] for pair, edge in found.items()} == {
        ("crm/members", "crm/v_メルマガ対象"): ["marketing"],
        ("crm/orders", "crm/v_メルマガ対象"): ["marketing"],
        ("crm/members", "dm_list"): ["marketing"],
    }
    (view, script) = register.jobs()
    assert view.statements[0].together == (("members", "orders"),), "columns in Japanese do not hide a view's join"
    assert script.name == "確認_〔伏〕.sql"
    assert {one.name for one in register.datasets()} == {"members", "orders", "v_メルマガ対象"}, "a script holds nobody"
    assert {one.name for one in register.observed()} == {"members", "orders", "v_メルマガ対象"}


def test_nothing_of_a_literal_a_comment_or_an_alias_is_written(company: Path, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "register.sqlite")
    scanned(company, register)
    raw = (tmp_path / "register.sqlite").read_bytes()
    assert CANARY.encode() not in raw
    assert json.dumps(CANARY)[1:-1].encode() not in raw
    assert CANARY not in json.dumps(list(rows(register.lineage())), ensure_ascii=False)


def test_what_of_a_script_was_not_read_is_told_also_when_it_stands(company: Path, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "register.sqlite")
    for _ in range(2):
        scanned(company, register)
        told = {(one.store, one.name): (one.reason, one.hint) for one in register.not_read()}
        assert told["jobs", "memo.sql"][0] == "unsupported"
        assert told["jobs", "確認_〔伏〕.sql"] == (
            "unsupported",
            "SQL の文 2 のうち 1 を読み取れませんでした（4 行目など）",
        )


def test_a_file_that_did_not_change_is_not_read_again(company: Path, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "register.sqlite")
    scanned(company, register)
    first = list(rows(register.lineage()))
    script = "確認_山田太郎.sql"
    assert script not in scanned(company, register)["jobs"]
    assert list(rows(register.lineage())) == first
    (company / "jobs" / script).write_text("INSERT INTO dm_list SELECT 1 FROM orders", encoding="utf-8")
    assert script in scanned(company, register)["jobs"]
    assert ("crm/members", "dm_list") not in edges(register)
    (company / "jobs" / script).unlink()
    scanned(company, register)
    assert [one.kind for one in register.jobs()] == ["table"]
    assert ("crm/orders", "dm_list") not in edges(register)


def test_a_script_that_may_be_listed_only_says_what_its_name_does(company: Path) -> None:
    guarded = StoreDeclaration(id="jobs", kind="sql_scripts", path=str(company / "jobs"), read_level="metadata")
    (company / "jobs" / "メルマガ配信.sql").write_text("SELECT 1 FROM members", encoding="utf-8")
    found, _ = datasets(guarded)
    answers = [one for one in scan_group(guarded, found, READING) if isinstance(one, Scanned)]
    assert all(not one.steps for one in answers)
    assert [tag.use for one in answers for tag in one.uses] == ["marketing"]
