"""Exports of the register: every format through the command, and the register as it stood on an earlier day."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from classifiers.vocabulary import data_categories
from pipelines.cli import main
from pipelines.exports import formats
from pipelines.exports.contents.told import Told, after
from pipelines.exports.taxonomies import categories
from pipelines.history import run_of
from pipelines.register import Register
from pipelines.register.sections import FIELDS
from pipelines.reports import ledger
from tests.filled_register import (
    CARDS,
    CRM,
    CUSTOMERS,
    FILES,
    UNREAD,
    VERDICTS,
    check,
    column,
    dataset,
    declarations,
    filled,
    policy,
    rows_of,
    scan,
    take_back,
    verdict,
)

STARTS = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    filled(tmp_path / "register.sqlite")
    return tmp_path / "register.sqlite"


def export(format: str, register: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", format, "--register", str(register), *arguments])


def told(format: str, register: Path, *arguments: str) -> str:
    done = export(format, register, *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def rows(folder: Path, section: str) -> list[dict[str, str]]:
    text = (folder / f"{section}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def dated(register: Path, days: Mapping[int, str]) -> None:
    """Lets runs have finished at noon of those days."""
    with sqlite3.connect(register) as connection:
        for run, day in days.items():
            connection.execute("UPDATE runs SET finished = ? WHERE id = ?", (f"{day} 03:00:00.000000", run))
    connection.close()


def test_every_format_has_its_words_and_is_in_the_help() -> None:
    assert set(formats()) >= {
        "csv",
        "json",
        "parquet",
        "markdown",
        "sarif",
        "junit",
        "fideslang",
        "openmetadata",
        "datahub",
    }
    help = CliRunner().invoke(main, ["export", "--help"]).output
    for name, made in formats().items():
        assert name in help
        assert made.TITLE_JA and made.TITLE_EN


def test_tables_hold_what_stands_in_the_register(register: Path, tmp_path: Path) -> None:
    for format in ("csv", "parquet"):
        assert len(told(format, register, "--out", str(tmp_path / format)).splitlines()) == len(FIELDS)
    whole = json.loads(told("json", register))
    assert [run["kind"] for run in whole["runs"]] == ["scan", "check"]
    for section, fields in FIELDS.items():
        assert all(list(row) == list(fields) for row in whole[section])
        as_csv, as_parquet = rows(tmp_path / "csv", section), pq.read_table(tmp_path / "parquet" / f"{section}.parquet")
        assert as_parquet.column_names == list(fields)
        assert len(whole[section]) == len(as_csv) == as_parquet.num_rows
        for field, kind in fields.items():
            if kind is str:
                expected = [row[field] for row in whole[section]]
                assert [row[field] for row in as_csv] == as_parquet[field].to_pylist() == expected
    customers = next(row for row in whole["datasets"] if row["dataset"] == CUSTOMERS.name)
    assert (customers["records"], customers["records_estimated"]) == (1200, False)
    assert {row["dataset"] for row in whole["datasets"] if row["records"] is None} == {"dtb_product"}
    assert {(row["origin"], row["id"]) for row in whole["uses"]} == {
        ("declared", "newsletter"), ("declared", "card-mail"), ("declared", "card-contact"),
        ("provision", "list-out"), ("observed", ""),
    }  # fmt: skip
    assert {row["id"] for row in whole["verdicts"] if row["is_finding"]} == {"v-cards", "v-number", "v-out", "v-survey"}
    assert "承認太郎" not in json.dumps(whole, ensure_ascii=False)


def test_several_files_need_a_folder(register: Path, tmp_path: Path) -> None:
    assert export("csv", register).exit_code == 2
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert export("csv", register, "--out", str(tmp_path / "taken" / "below")).exit_code == 2


# ------------------------------------------------------------------------------------------- formulas


@given(name=st.one_of(st.text(), st.builds(str.__add__, st.sampled_from([*STARTS, " =", '";=', ",="]), st.text())))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_becomes_a_formula(tmp_path: Path, name: str) -> None:
    name = name.encode("utf-8", "ignore").decode().replace("\0", "")
    book = Register.open("sqlite://")
    hostile = dataset("crm", name, [column(name, "email")], [rows_of("customer", name)], label=name)
    scan(book, {"crm": (CRM.model_copy(update={"label": name, "owner": name}), (hostile,), ())})
    check(book, [verdict("v", "violation", hostile, column=name, use=name, row_filter=name)])
    runs, sections = after(book, run_of(book, None))
    for content in formats()["csv"].files(Told(runs, sections)).values():
        for cells in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in cells if cell.lstrip().startswith(STARTS)]
    ledger.write(book, policy(), tmp_path, "ja").replace(tmp_path / "written.xlsx")
    for sheet in load_workbook(tmp_path / "written.xlsx"):
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            assert cell.data_type != "f"
            assert not str(cell.value or "").lstrip().startswith(STARTS)


# ------------------------------------------------------------------------------------------- pull requests and CI


def test_a_pull_request_is_told_counts_what_is_new_and_gone_and_what_was_not_read(register: Path) -> None:
    book = Register.open(register)
    check(book, [*VERDICTS[2:], verdict("v-fresh", "gap", CUSTOMERS, severity="warning")])
    text = told("markdown", register, "--since", "2", "--language", "en")
    assert "| error | 2 | 0 |" in text
    assert "| warning | 2 | 1 |" in text
    assert "New findings (1)" in text and "v-fresh" in text
    assert "Findings that are gone (1)" in text and f"`{CARDS.name}`" in text
    assert "- unknown or mixed encoding: 1" in text
    assert told("markdown", register).startswith("## 個人情報の点検")
    assert len(text.splitlines()) < 40


def test_a_name_is_no_markdown(register: Path) -> None:
    name = "x`](http://a.example) @team <img src=x>\n# title"
    check(Register.open(register), [verdict("v", "violation", dataset("crm", name, [], []))])
    line = next(line for line in told("markdown", register, "--since", "2").splitlines() if "@team" in line)
    assert "``x`](http://a.example) @team <img src=x> # title``" in line


def test_a_baseline_says_what_is_known(register: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.yml"
    known.write_text(
        'findings:\n  - {"id": "v-cards", "severity": "error"}\n  - {"id": "v-solved"}\n', encoding="utf-8"
    )
    text = told("markdown", register, "--baseline", str(known))
    assert "v-solved" in text
    suites = ElementTree.fromstring(told("junit", register, "--baseline", str(known)).encode())
    cards = next(case for case in suites.iter("testcase") if "card-mail" in case.attrib["name"])
    assert cards.find("failure") is None
    assert cards.find("skipped") is not None
    states = {
        row["partialFingerprints"]["daichoFinding/v1"]: row["baselineState"]
        for row in json.loads(told("sarif", register, "--baseline", str(known)))["runs"][0]["results"]
    }
    assert states.pop("v-cards") == "unchanged"
    assert set(states.values()) == {"new"}
    assert export("sarif", register, "--baseline", str(known), "--since", "1").exit_code == 2


def test_sarif_has_what_its_specification_requires(register: Path) -> None:
    found = verdict("v-rule", "violation", CUSTOMERS, rule="dataset-resolved", severity="warning")
    check(Register.open(register), [*VERDICTS, found])
    log = json.loads(told("sarif", register, "--language", "en"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "daicho"
    assert len({rule["id"] for rule in rules}) == len(rules)
    (known,) = [rule for rule in rules if rule["id"] == "dataset-resolved"]
    assert known["shortDescription"]["text"] == "It is known whose data it is"
    assert known["defaultConfiguration"]["level"] == "warning"
    assert len(run["results"]) == 5
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert all(place["logicalLocations"][0]["fullyQualifiedName"] for place in result["locations"])
        assert result["partialFingerprints"]
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == len(UNREAD)
    only = json.loads(told("sarif", register, "--severity", "error"))["runs"][0]["results"]
    assert {result["level"] for result in only} == {"error"}


def test_a_finding_stands_at_the_line_that_declares_it(register: Path, tmp_path: Path) -> None:
    folder = declarations(tmp_path / "declared", "  - {id: crm, kind: sql, url: 'sqlite:///crm.sqlite'}\n"
                          "  - {id: files, kind: files, path: files}\n")  # fmt: skip
    results = json.loads(told("sarif", register, "--declarations", str(folder)))["runs"][0]["results"]
    places = {
        result["partialFingerprints"]["daichoFinding/v1"]: result["locations"][0].get("physicalLocation")
        for result in results
    }
    assert places["v-cards"]["artifactLocation"]["uri"] == (folder / "uses.yml").as_posix()
    assert places["v-cards"]["region"]["startLine"] == 3
    assert places["v-number"]["artifactLocation"]["uri"].endswith("stores.yml")
    assert places["v-number"]["region"]["startLine"] == 3
    assert places["v-survey"] is None


def test_junit_counts_what_it_lists(register: Path) -> None:
    root = ElementTree.fromstring(told("junit", register).encode())
    cases = list(root.iter("testcase"))
    assert int(root.attrib["tests"]) == len(cases) == len(VERDICTS) + len(UNREAD)
    assert int(root.attrib["failures"]) == len(list(root.iter("failure"))) == 4
    assert int(root.attrib["skipped"]) == len(list(root.iter("skipped"))) == 2
    assert {case.attrib["classname"] for case in cases} >= {"files.meishi.xlsx#2025", "crm.dtb_customer"}
    grave = ElementTree.fromstring(told("junit", register, "--severity", "error").encode())
    assert int(grave.attrib["failures"]) == 3


def test_xml_takes_every_name(register: Path) -> None:
    check(Register.open(register), [verdict("v", "violation", dataset("crm", 'a\x01<"&]]>\ufffe', [], []))])
    root = ElementTree.fromstring(told("junit", register).encode())
    assert 'crm.a<"&]]>' in {case.attrib["classname"] for case in root.iter("testcase")}


# ------------------------------------------------------------------------------------------- catalogues


def test_every_data_category_has_a_word_elsewhere() -> None:
    assert set(categories()) == set(data_categories())
    for id, said in categories().items():
        about_nobody = data_categories()[id].data_type in ("corporate_number", "not_personal") and id in (
            "corporate_number",
            "not_personal",
        )
        assert bool(said["fides"]) is bool(said["openmetadata"]) is not about_nobody, id
        special = "PersonalData.SpecialCategory" in said["openmetadata"]
        assert special or not data_categories()[id].special_care, id


def test_fideslang_has_every_column_and_only_its_own_words(register: Path) -> None:
    hostile = dataset("顧客 DB", "a.b/c d", [column("氏 名.x", "name")], [rows_of("customer")])
    store = CRM.model_copy(update={"id": "顧客 DB"})
    scan(Register.open(register), {"files": (FILES, (CARDS,), ()), "顧客 DB": (store, (hostile,), ())})
    written = yaml.safe_load(told("fideslang", register))
    stores = {one["meta"]["owner"]: one for one in written["dataset"]}
    named = {
        (collection["name"], field["name"]): field.get("data_categories")
        for one in written["dataset"]
        for collection in one["collections"]
        for field in collection["fields"]
    }
    assert named["meishi.xlsx#2025", "電話"] == ["user.contact.phone_number"]
    assert named["a.b/c d", "氏 名.x"] == ["user.name"]
    assert len({one["fides_key"] for one in stores.values()}) == len(stores)


def test_fideslang_takes_what_is_written_for_it(register: Path) -> None:
    models = pytest.importorskip("fideslang.models")
    taxonomy = pytest.importorskip("fideslang.default_taxonomy").DEFAULT_TAXONOMY
    masked = [
        dataset("crm", name, [column("〔伏〕", "name"), column("〔伏〕.x", "email")] * 2, [])
        for name in ("〔伏〕", "a b")
    ]
    scan(Register.open(register), {"crm": (CRM.model_copy(update={"id": "顧客 DB"}), masked, ())})
    for one in yaml.safe_load(told("fideslang", register))["dataset"]:
        models.Dataset.model_validate(one)
    assert {said["fides"] for said in categories().values()} <= {row.fides_key for row in taxonomy.data_category} | {""}


def test_catalogues_are_told_of_the_columns_they_know(register: Path, tmp_path: Path) -> None:
    folder = declarations(
        tmp_path / "declared",
        "  - id: crm\n    kind: sql\n    url: sqlite:///crm.sqlite\n"
        "    catalogues: {openmetadata: crm_service.crm.public, datahub: 'postgres:crm.public'}\n"
        "  - {id: files, kind: files, path: files}\n",
    )
    own = dataset("crm", "sales.v1,(x)", [column("a/b.c", "medical_history")], [rows_of("customer")])
    masked = dataset("crm", "dtb_〔伏〕", [column("mail", "email")], [rows_of("customer")])
    scan(Register.open(register), {"crm": (CRM, (CUSTOMERS, own, masked), ())})
    where = ("--declarations", str(folder))
    updates = json.loads(told("openmetadata", register, *where))["columnUpdates"]
    tags = {one["columnFQN"]: [tag["tagFQN"] for tag in one["tags"]] for one in updates}
    assert tags["crm_service.crm.public.dtb_customer.email"] == ["PII.Sensitive", "PersonalData.Personal"]
    assert tags['crm_service.crm.sales.v1,(x)."a/b.c"'] == ["PII.Sensitive", "PersonalData.SpecialCategory"]
    assert not [name for name in tags if "del_flg" in name or "meishi" in name or "〔" in name]
    proposals = json.loads(told("datahub", register, *where))
    patches = {one["entityUrn"]: json.loads(one["aspect"]["value"]) for one in proposals}
    customers = patches["urn:li:dataset:(urn:li:dataPlatform:postgres,crm.public.dtb_customer,PROD)"]
    assert {
        "op": "add",
        "path": "/editableSchemaFieldInfo/email/globalTags/tags/urn:li:tag:daicho.email",
        "value": {"tag": "urn:li:tag:daicho.email"},
    } in customers
    (hostile,) = patches["urn:li:dataset:(urn:li:dataPlatform:postgres,crm.sales.v1%2C%28x%29,PROD)"]
    assert hostile["path"].startswith("/editableSchemaFieldInfo/a~1b.c/")
    for format in ("openmetadata", "datahub"):
        assert export(format, register).exit_code == 2, "nobody said what the catalogue calls the stores"


# ------------------------------------------------------------------------------------------- an earlier day


def as_of(register: Path, day: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(told("json", register, "--as-of", day))
    return whole


def test_an_auditor_sees_the_register_as_it_stood_that_day(register: Path) -> None:
    before = json.loads(told("json", register))
    book = Register.open(register)
    changed = dataset("files", CARDS.name, [column("氏名", "name")], [rows_of("professional")], records=7)
    scan(book, {"files": (FILES, (changed,), ())})
    check(book, VERDICTS[:1])
    dated(register, {1: "2026-04-01", 2: "2026-04-01", 3: "2026-05-01", 4: "2026-06-01"})
    assert as_of(register, "2026-04-30") | {"runs": 0} == before | {"runs": 0}
    may = as_of(register, "2026-05-31")
    assert may["verdicts"] == before["verdicts"], "nobody had judged anew"
    assert [run["id"] for run in may["runs"]] == [3, 2]
    assert not may["not_read"]
    assert {row["dataset"] for row in may["datasets"] if row["store"] == "files"} == {CARDS.name}
    assert {row["records"] for row in may["datasets"] if row["dataset"] == CARDS.name} == {7}
    assert [row["id"] for row in as_of(register, "2026-06-01")["verdicts"]] == ["v-fine"]
    assert export("json", register, "--as-of", "2026-03-31").exit_code == 2


def test_what_comes_back_is_kept_as_often_as_it_was_there(register: Path) -> None:
    book = Register.open(register)
    first = book.stood(2)
    scan(book, {"files": (FILES, (CARDS,), ())})
    scan(book)
    assert [book.stood(2), book.stood(4)] == [first, first]
    assert len(book.stood(3)["datasets"]) == len(first["datasets"]) - 1


def test_what_an_earlier_version_kept_is_blank_where_it_says_nothing(register: Path) -> None:
    with sqlite3.connect(register) as connection:
        connection.execute("UPDATE kept SET row = json_remove(row, '$.records_estimated', '$.label')")
    connection.close()
    told("json", register)
    assert {(row["label"], row["records_estimated"]) for row in Register.open(register).stood(2)["datasets"]} == {
        ("", None)
    }


def test_a_run_that_changes_nothing_keeps_nothing(register: Path) -> None:
    book = Register.open(register)

    def kept() -> int:
        with sqlite3.connect(register) as connection:
            count: int = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
        connection.close()
        return count

    before = kept()
    scan(book)
    check(book)
    assert kept() == before


def test_a_register_of_before_answers_for_its_last_run_and_says_since_when_it_keeps(register: Path) -> None:
    before = json.loads(told("json", register))
    take_back(register, 6)
    assert json.loads(told("json", register)) == before
    book = Register.open(register)
    check(book, VERDICTS[:1])
    dated(register, {1: "2026-04-01", 2: "2026-04-01", 3: "2026-05-01"})
    refused = export("json", register, "--as-of", "2026-04-01")
    assert refused.exit_code == 2
    assert "#3" in refused.output
