"""The register: what it keeps, how states follow each other, what it refuses."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.facts import Declared
from pipelines.register import Register, RegisterError, schema
from pipelines.scan import Unread
from tests.filled_register import (
    AS_OF,
    CARDS,
    CLIENT,
    CRM,
    CUSTOMERS,
    DECLARED,
    FILES,
    ORDERS,
    PRODUCTS,
    STAFF,
    SURVEY,
    UNREAD,
    VERDICTS,
    check,
    column,
    dataset,
    filled,
    policy,
    rows_of,
    scan,
    scan_jobs,
    store,
    take_back,
    verdict,
)

TAG_FIELDS = {
    "store", "dataset", "column", "data_category", "data_type", "confidence", "evidence", "subject", "custody",
    "subject_category", "row_filter", "dataset_id", "prevalence", "distinct_hits", "n", "alternatives", "mentions",
}  # fmt: skip
VERDICT_FIELDS = {
    "id", "rule", "requirement", "verdict", "severity", "store", "dataset", "row_filter", "use", "purpose", "clause",
    "law", "evidence", "subject_category", "column", "next_step", "dataset_id", "digest", "ruling",
}  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return filled(tmp_path / "register.sqlite")


def names(register: Register) -> set[str]:
    return {one.name for one in register.datasets()}


def test_what_a_scan_saw_is_read_back(register: Register) -> None:
    found = {one.name: one for one in register.datasets()}
    assert set(found) == {one.name for one in (CUSTOMERS, ORDERS, PRODUCTS, CARDS, STAFF, SURVEY)}
    customers = found["dtb_customer"]
    assert customers.id == CUSTOMERS.id
    assert [one.column for one in customers.columns] == ["customer_id", "name01", "email", "memo", "del_flg"]
    assert customers.columns[1].data_type == "person_name"
    assert customers.columns[3].mentions == (("name", 7), ("phone", 2))
    assert customers.columns[3].alternatives == (("address", 0.2),)
    assert (customers.columns[2].prevalence, customers.columns[2].distinct_hits, customers.columns[2].n) == (
        0.98,
        48,
        50,
    )
    assert [one.use for one in customers.uses] == ["service_provision"]
    assert found["dtb_order"].links[0].target == "dtb_customer"
    assert found["dtb_product"].records is None
    assert found["survey.csv"].contract == "C-01"


def test_the_policy_maps_partitions_to_its_categories(register: Register) -> None:
    staff = next(one for one in register.datasets() if one.name == "hr_master.csv")
    assert {p.row_filter: p.subject_category for p in staff.partitions} == {
        "退職日 <= as_of": "applicant_retiree.retiree",
        "退職日 IS NULL OR 退職日 > as_of": "no_category",
    }
    survey = next(one for one in register.datasets() if one.name == "survey.csv")
    assert survey.partitions[0].subject_category == "subcontracted"


def test_another_policy_maps_the_same_partitions_anew(register: Register) -> None:
    register.recategorise(lambda subject, custody, nature: f"{subject}/{custody}/{nature}")
    assert {p.subject_category for one in register.datasets() for p in one.partitions} >= {
        "customer/own/personal",
        "customer/entrusted/personal",
        "none/own/none",
    }


def test_tags_have_one_row_a_column_and_partition_with_exactly_their_fields(register: Register) -> None:
    tags = list(register.tags())
    assert all(set(tag) == TAG_FIELDS for tag in tags)
    staff = [tag for tag in tags if tag["dataset"] == "hr_master.csv"]
    assert len(staff) == 3 * 2
    assert {tag["row_filter"] for tag in staff if tag["column"] == "個人番号"} == {
        "退職日 <= as_of",
        "退職日 IS NULL OR 退職日 > as_of",
    }
    assert all(set(reason) == {"ja", "en"} for tag in tags for reason in tag["evidence"])


def test_verdicts_are_read_back_in_their_order_with_exactly_their_fields(register: Register) -> None:
    verdicts = list(register.verdicts())
    assert [one["id"] for one in verdicts] == [one.id for one in VERDICTS]
    assert all(set(one) == VERDICT_FIELDS for one in verdicts)
    assert verdicts[1]["evidence"][0]["ja"] == "v-cards の理由"
    assert verdicts[1]["next_step"] == {"ja": "v-cards の次の一歩", "en": "next step of v-cards"}


def test_the_checks_get_what_the_scan_saw(register: Register) -> None:
    observed = {one.name: one for one in register.observed()}
    staff = observed["hr_master.csv"]
    assert {one.name: one.special_care for one in staff.columns}["傷病"] == "medical_history"
    assert {one.subject for one in staff.partitions} == {"retiree", "employee"}
    assert observed["survey.csv"].contract == "C-01"
    assert observed["survey.csv"].partitions[0].custody == "entrusted"
    assert next(one for one in observed["dtb_customer"].columns if one.name == "memo").mentions == ("name", "phone")


def test_declared_facts_come_back_with_the_names_of_approvers_masked(register: Register, tmp_path: Path) -> None:
    declared = register.declared()
    assert [use.id for use in declared.uses] == [use.id for use in DECLARED.uses]
    association = declared.uses[2].association
    assert association is not None
    assert (association.parent, association.approver) == ("partner-A", "〔伏〕")
    assert declared.provisions == DECLARED.provisions
    assert declared.contracts == DECLARED.contracts
    assert "承認太郎".encode() not in (tmp_path / "register.sqlite").read_bytes()


def test_no_place_of_a_store_is_kept(register: Register, tmp_path: Path) -> None:
    assert b"secret" not in (tmp_path / "register.sqlite").read_bytes()
    assert {one.id: one.custody for one in register.stores()} == {"crm": "", "files": "", "client": "entrusted"}


def test_not_read_stands_beside_what_was_read(register: Register) -> None:
    assert {(one.store, one.name, one.reason) for one in register.not_read()} == {
        ("files", "old.xlsx", "locked"),
        ("files", "mixed.csv", "encoding"),
    }


def test_a_dataset_that_is_gone_leaves_the_register_and_stands_in_the_changes(register: Register) -> None:
    run = scan(register, {"files": (FILES, (STAFF,), ())})
    assert "meishi.xlsx#2025" not in names(register)
    assert "dtb_customer" in names(register), "another store's state is not touched"
    assert register.not_read() == ()
    gone = [one for one in register.changes(run) if one.kind == "dataset"]
    assert [(one.dataset_id, one.before, one.after) for one in gone] == [(CARDS.id, "held", "")]


def test_a_dataset_that_comes_back_keeps_its_first_run(register: Register) -> None:
    scan(register, {"files": (FILES, (STAFF,), ())})
    third = scan(register, {"files": (FILES, (CARDS, STAFF), ())})
    cards = next(one for one in register.datasets() if one.id == CARDS.id)
    assert cards.first_run == 1
    assert cards.last_run == third
    assert [one.after for one in register.changes(third) if one.dataset_id == CARDS.id and one.kind == "dataset"] == [
        "held"
    ]


def test_a_dataset_that_could_not_be_read_this_time_keeps_its_last_known_state(register: Register) -> None:
    run = scan(register, {"files": (FILES, (STAFF,), (Unread("files", CARDS.name, "locked"),))})
    cards = next(one for one in register.datasets() if one.id == CARDS.id)
    assert cards.last_run < run
    assert [one.column for one in cards.columns] == ["氏名", "電話"]
    assert [one.reason for one in register.not_read()] == ["locked"]


def test_a_store_that_did_not_answer_keeps_its_last_known_state(register: Register) -> None:
    before = names(register)
    run = scan(register, {"crm": (CRM, (), (Unread("crm", "", "unreachable", "no answer"),))})
    assert names(register) == before
    assert register.changes(run) == ()
    assert ("crm", "") in {(one.store, one.name) for one in register.not_read()}


def test_a_store_that_is_declared_no_more_is_gone(register: Register) -> None:
    run = scan(register, {"crm": (CRM, (CUSTOMERS, ORDERS, PRODUCTS), ())})
    register.retire_stores(run, {"crm", "client"})
    assert {one.id for one in register.stores()} == {"crm", "client"}
    assert {one.store for one in register.datasets()} == {"crm", "client"}
    assert register.not_read() == ()
    scan(register, {"files": (FILES, (CARDS,), UNREAD)})
    assert "files" in {one.id for one in register.stores()}


def test_a_changed_tag_stands_in_the_changes(register: Register) -> None:
    now = dataset("files", CARDS.name, [column("氏名", "name"), column("電話", "fax")], [rows_of("professional")])
    run = scan(register, {"files": (FILES, (now, STAFF), UNREAD)})
    assert {(one.kind, one.item, one.before, one.after) for one in register.changes(run)} == {
        ("column", "電話", "phone", "fax"),
        ("partition", "", "business_partner", "professional"),
    }


def test_the_same_scan_again_changes_nothing(register: Register) -> None:
    assert register.changes(scan(register)) == ()
    assert register.changes(check(register)) == ()


def test_changed_verdicts_stand_in_the_changes(register: Register) -> None:
    better = verdict("v-cards", "consented", CARDS, use="card-mail")
    run = check(register, [better, *VERDICTS[2:], verdict("v-fresh", "gap", STAFF)])
    assert {(one.item, one.before, one.after) for one in register.changes(run)} == {
        ("v-cards", "violation", "consented"),
        ("v-fine", "compliant", ""),
        ("v-fresh", "", "gap"),
    }


def test_a_store_that_fails_leaves_the_others_and_its_own_earlier_state(register: Register) -> None:
    def refuses(subject: str, custody: str, nature: str) -> str:
        raise RuntimeError

    run = register.begin("scan", AS_OF, {})
    with pytest.raises(RuntimeError):
        register.put_scan(run, FILES, (STAFF,), (), refuses)
    assert {"meishi.xlsx#2025", "hr_master.csv", "dtb_customer"} <= names(register)
    assert len(register.not_read()) == len(UNREAD)


def test_runs_say_what_they_went_by_and_that_they_did_not_finish(register: Register) -> None:
    run = register.begin("scan", AS_OF, {"model": "m1"})
    last = register.last_run()
    assert last is not None
    assert (last.id, last.kind, last.status, last.finished, last.as_of) == (run, "scan", "running", None, AS_OF)
    assert last.versions == {"model": "m1"}
    assert last.started.utcoffset() is not None
    register.finish(run, "done", {"datasets": 3})
    finished = register.last_run("scan")
    assert finished is not None
    assert (finished.status, finished.counts) == ("done", {"datasets": 3})
    check = register.last_run("check")
    assert check is not None
    assert check.id < run


def test_a_register_in_memory_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    register = Register.open("sqlite://")
    scan(register)
    assert len(register.datasets()) == 6
    assert list(tmp_path.iterdir()) == []


def test_an_empty_register_answers_nothing(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "deep" / "er" / "r.sqlite")
    assert register.datasets() == ()
    assert list(register.tags()) == []
    assert list(register.verdicts()) == []
    assert register.last_run() is None
    assert register.declared() == Declared()


def test_a_register_is_read_by_a_location_or_a_url(register: Register, tmp_path: Path) -> None:
    again = Register.open(f"sqlite:///{tmp_path / 'register.sqlite'}", create=False)
    assert again.datasets() == register.datasets()


def test_more_datasets_than_a_statement_has_parameters(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "r.sqlite")
    many = [dataset("crm", f"t{n}", [column("email", "email")], [rows_of("customer")]) for n in range(1_700)]
    scan(register, {"crm": (CRM, many, ())})
    run = scan(register, {"crm": (CRM, many[:1], ())})
    assert names(register) == {"t0"}
    assert len([one for one in register.changes(run) if one.kind == "dataset"]) == 1_699


def test_one_writer_waits_for_another(tmp_path: Path) -> None:
    Register.open(tmp_path / "r.sqlite")
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            register = Register.open(tmp_path / "r.sqlite")
            for _ in range(5):
                scan(register, {name: (store(name), (dataset(name, "t", [], [rows_of("customer")]),), ())})
        except BaseException as error:  # a thread's error must reach the test
            failures.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two", "three")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert {one.id for one in Register.open(tmp_path / "r.sqlite").stores()} == {"one", "two", "three"}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("山田太郎は会員です" * 100, encoding="utf-8")
    with pytest.raises(RegisterError, match=r"notes\.txt: is not a register"):
        Register.open(tmp_path / "notes.txt")


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    for name, statement in (("crm", "CREATE TABLE customers (name)"), ("log", "CREATE TABLE runs (id)")):
        file = tmp_path / f"{name}.sqlite"
        with sqlite3.connect(file) as connection:
            connection.execute(statement)
        connection.close()
        before = file.read_bytes()
        with pytest.raises(RegisterError, match="not a register"):
            Register.open(file)
        assert file.read_bytes() == before


def test_another_applications_meta_table_is_refused(tmp_path: Path) -> None:
    for statement in ("CREATE TABLE meta (key, value)", "CREATE TABLE meta (other)"):
        file = tmp_path / f"{len(statement)}.sqlite"
        with sqlite3.connect(file) as connection:
            connection.execute(statement)
        connection.close()
        with pytest.raises(RegisterError, match="register"):
            Register.open(file)


def test_a_newer_schema_is_refused(register: Register, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "register.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    connection.close()
    with pytest.raises(RegisterError, match=f"newer daicho.*99.*{schema.SCHEMA_VERSION}"):
        Register.open(tmp_path / "register.sqlite")


def test_a_register_that_is_not_there_is_not_made_for_reading(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="daicho scan"):
        Register.open(tmp_path / "none.sqlite", create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_places_that_cannot_hold_a_register_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RegisterError, match="folder"):
        Register.open(tmp_path)
    with pytest.raises(RegisterError, match="cannot be made"):
        Register.open(tmp_path / "file" / "deeper" / "r.sqlite")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+nosuchdriver://kanarija:himitsu@localhost:1/register",
        "nosuchdatabase://kanarija:himitsu@localhost/register",
        "postgresql://kanarija:himitsu@localhost:port/register",
    ],
)
def test_a_url_that_does_not_work_is_refused_without_its_user_and_password(url: str) -> None:
    with pytest.raises(RegisterError) as caught:
        Register.open(url)
    assert "kanarija" not in str(caught.value)
    assert "himitsu" not in str(caught.value)


def test_a_url_may_name_its_password_by_an_environment_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER_NAME", "named")
    filled(f"sqlite:///{tmp_path}/${{REGISTER_NAME}}.sqlite")
    assert (tmp_path / "named.sqlite").exists()
    with pytest.raises(RegisterError, match="REGISTER_UNSET"):
        Register.open("postgresql://u:${REGISTER_UNSET}@localhost/register")


def test_writing_into_a_register_that_became_something_else_says_so(register: Register, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "register.sqlite") as connection:
        connection.execute("DROP TABLE verdicts")
    connection.close()
    with pytest.raises(RegisterError, match="written: its tables") as caught:
        check(register)
    assert "INSERT" not in str(caught.value)
    with pytest.raises(RegisterError, match="read: its tables"):
        list(register.verdicts())


subjects = st.sampled_from(["customer", "employee", "none", "unresolved", "retiree"])
text = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
found = st.dictionaries(
    st.text(alphabet="abc顧客'\"%;", min_size=1, max_size=5),
    st.tuples(st.lists(st.tuples(text, st.sampled_from(["name", "email", "not_personal"])), max_size=4), subjects),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(found, min_size=1, max_size=4))
def test_after_any_scans_the_register_is_what_the_last_one_saw(scans: list[dict]) -> None:
    register = Register.open("sqlite://")
    for state in scans:
        seen = [
            dataset("crm", name, [column(c, category) for c, category in columns], [rows_of(subject)])
            for name, (columns, subject) in state.items()
        ]
        scan(register, {"crm": (CRM, seen, ())})
    held = {one.name: one for one in register.datasets()}
    assert set(held) == set(scans[-1])
    for name, (columns, subject) in scans[-1].items():
        assert [(c.column, c.data_category) for c in held[name].columns] == columns
        assert held[name].partitions[0].subject == subject
    fresh = Register.open("sqlite://")
    history = register.changes()
    assert {c.dataset_id for c in history if c.kind == "dataset"} >= {one.id for one in held.values()}
    assert fresh.changes() == ()


def test_the_entrusted_store_keeps_its_contract(register: Register) -> None:
    client = next(one for one in register.stores() if one.id == CLIENT.id)
    assert (client.custody, client.contract, client.owner) == ("entrusted", "C-01", "受託事業部")
    assert policy().label("subcontracted").ja


def test_a_password_in_clear_is_refused_and_not_repeated() -> None:
    with pytest.raises(RegisterError, match="holds a password") as caught:
        Register.open("postgresql://app:s3cret@db.example/register")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("version", [2, 3])
def test_an_earlier_register_is_brought_to_this_schema(register: Register, tmp_path: Path, version: int) -> None:
    def shape(file: Path) -> dict[str, set[tuple[str, str, int]]]:
        with sqlite3.connect(file) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found = {
                table: {(row[1], row[2], row[3]) for row in connection.execute(f"PRAGMA table_info({table})")}
                for table in tables
            }
        connection.close()
        return found

    file = tmp_path / "register.sqlite"
    fresh = shape(file)
    take_back(file, version)
    migrated = Register.open(file)
    assert shape(file) == fresh
    assert {one.reads for one in migrated.stores()} == {()}
    assert migrated.jobs() == ()
    scan(migrated)
    scan_jobs(migrated, "INSERT INTO dm SELECT mail FROM dtb_customer")
    assert [one.name for one in migrated.jobs()] == ["日次/送付.sql"]
