"""`daicho declarations check`: whatever somebody mistypes is found at its line, and told with what was meant."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.declarations import DeclarationsError, Problem, check, load
from pipelines.register import Register
from tests import filled_register
from tests.conftest import DECLARATIONS

TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fictional company's declarations."""
    return Path(shutil.copytree(DECLARATIONS, tmp_path / "declarations"))


def mistype(folder: Path, file: str, right: str, wrong: str) -> int:
    """Put `wrong` in the place of `right`; answers its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return text[: text.index(right)].count("\n") + 1


MISTYPED = [
    ("company.yml", "mail_domains:", "mail_domain:", "mail_domain", "mail_domains"),
    ("company.yml", "adopts: handling", "adopts: handeling", "adopts", "handling-of-personal-information"),
    ("company.yml", 'opens: "10:00"', "opens: 10:00", "desk.opens", ""),
    ("company.yml", "saturday", "saterday", "desk.closed[1]", "saturday"),
    ("stores.yml", "kind: delimited", "kind: delimted", "kind", "delimited"),
    ("stores.yml", "owner: データ分析室", "ownr: データ分析室", "ownr", "owner"),
    ("stores.yml", "contract: C-HINATA", "contract: C-HINTA", "datasets[1].contract", "C-HINATA"),
    ("stores.yml", "custody: entrusted", "custody: entrustd", "custody", "entrusted"),
    ("stores.yml", "to: {store: crm, dataset: dtb_customer", "to: {store: crn, dataset: dtb_customer",
     "datasets[1].links[1].to.store", "crm"),
    ("stores.yml", "links: [{column: lawyer_id", "links: [{colum: lawyer_id", "datasets[2].links[1].colum", "column"),
    ("stores.yml", "read_level: sample", "read_level: smaple", "read_level", "sample"),
    ("uses.yml", "use: service_provision", "use: サービスの提供", "use", "service_provision"),
    ("uses.yml", "store: crm", "store: crn", "source.store", "crm"),
    ("uses.yml", "[customer-A]", "[custmer-A]", "purposes[1]", "customer-A"),
    ("uses.yml", "[customer-A]", "[customer-Z]", "purposes[1]", "customer-A … customer-H"),
    ("uses.yml", "parent: customer-F", "parent: custmer-F", "association.parent", "customer-F"),
    ("uses.yml", "source: {store: crm, dataset: mail_send_list}", "source: mail_send_list", "source",
     "{store: …, dataset: …}"),
    ("uses.yml", "consent: CN-AUDIENCE", "consent: CN-AUDIANCE", "consent", "CN-AUDIENCE"),
    ("provisions.yml", "ground: TP-6", "ground: TP-66", "ground", "TP-1 … TP-7"),
    ("provisions.yml", "contract: C-KUSUNOKI", "contract: KUSUNOKI", "contract", "C-KUSUNOKI"),
    ("provisions.yml", "notice: N-DIRECTORY", "notice: N-DIRECTORIES", "notice", "N-DIRECTORY"),
    ("contracts.yml", "direction: entrusted_to_us", "direction: entrusted_to_use", "direction", "entrusted_to_us"),
    ("contracts.yml", "starts: 2026-04-01", "starts: 2026-04-31", "starts", ""),
    ("contracts.yml", "ends: 2031-03-31", "ends: 2021-03-31", "ends", ""),
    ("consents.yml", "uses: [ad_audience]", "uses: ad_audience", "uses", ""),
    ("exceptions.yml", "approver:", "aprover:", "aprover", "approver"),
    ("exceptions.yml", "my_number]", "個人番号]", "data_categories[3]", "my_number"),
    ("notices.yml", "kind: shared_use", "kind: shared", "kind", "shared_use"),
    ("site_policies.yml", 'version: "3"', "version: 3", "version", ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "key", "instead"), MISTYPED)
def test_a_slip_is_found_at_its_line_with_what_was_meant(
    folder: Path, file: str, right: str, wrong: str, key: str, instead: str
) -> None:
    line = mistype(folder, file, right, wrong)
    found = [one for one in check(folder, TODAY) if one.key == key]
    assert [(one.file, one.line, one.severity) for one in found] == [(file, line, "error")]
    assert instead in found[0].instead.split(" / ") if instead else True
    assert found[0].ja
    assert found[0].en
    with pytest.raises(DeclarationsError, match=file):
        load(folder)


def test_all_slips_are_told_at_once(folder: Path) -> None:
    told = 0
    for file, right, wrong, _, _ in MISTYPED:
        if right in (folder / file).read_text(encoding="utf-8"):
            mistype(folder, file, right, wrong)
            told += 1
    found = [one for one in check(folder, TODAY) if one.severity == "error"]
    keys = {key for *_, key, _ in MISTYPED}
    assert keys <= {one.key for one in found}
    assert len(found) >= told


def test_the_samples_have_nothing_to_mend(folder: Path) -> None:
    assert check(folder, TODAY) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("  - id: C-MIDORI", "\t- id: C-MIDORI", "タブは使えません"),
        ("work: 商品の配送", "work: 商品: 配送", "コロン"),
        ("uses: [shipping]", "uses: [shipping", "閉じかっこ"),
        ("party: みどり生命保険株式会社", 'party: "みどり生命保険株式会社', "引用符"),
        ("    party: みどり", "   party: みどり", "字下げ"),
        ("party: みどり", "party: @みどり", "引用符"),
    ],
)
def test_what_is_no_yaml_is_told_with_what_to_do(folder: Path, right: str, wrong: str, said: str) -> None:
    mistype(folder, "contracts.yml", right, wrong)
    (problem,) = check(folder, TODAY)
    assert problem.file == "contracts.yml"
    assert problem.line > 0
    assert said in problem.ja


def test_a_key_that_stands_twice_is_no_silence(folder: Path) -> None:
    line = mistype(folder, "contracts.yml", "    at_end: return", "    ends: 2032-03-31")
    (problem,) = check(folder, TODAY)
    assert (problem.line, problem.key, problem.severity) == (line, "contracts[1].ends", "error")
    with pytest.raises(DeclarationsError, match="stands twice"):
        load(folder)


def hint(folder: Path, as_of: date = TODAY) -> Problem:
    """The only problem, which keeps no run from starting."""
    (problem,) = check(folder, as_of)
    assert problem.severity == "hint"
    load(folder)
    return problem


def test_a_contract_that_has_ended_is_a_hint_that_says_who_rests_on_it(folder: Path) -> None:
    mistype(folder, "contracts.yml", "at_end: erase\n    selected_on", "ends: 2026-10-31\n    selected_on")
    assert hint(folder).key == "ends"
    assert "P-03" in hint(folder).ja
    assert check(folder, date(2026, 10, 31)) == ()


def test_a_row_that_nobody_names_is_a_hint(folder: Path) -> None:
    mistype(folder, "provisions.yml", "    contract: C-KUSUNOKI\n", "")
    assert (hint(folder).row, hint(folder).file) == ("C-KUSUNOKI", "contracts.yml")


def test_two_rows_that_say_the_same_are_a_hint(folder: Path) -> None:
    source = "source: {store: crm, dataset: dtb_order}"
    row = f"  - {{id: U-99, job: 受注の処理, use: contract, {source}, purposes: [customer-F]}}\n"
    mistype(folder, "uses.yml", "uses:\n", f"uses:\n{row}")
    assert "U-99" in hint(folder).ja


def test_a_day_to_come_and_what_no_check_will_count_are_hints(folder: Path) -> None:
    mistype(folder, "exceptions.yml", "law: 18(3)(i)", "law: 法18条3項1号")
    assert hint(folder).instead == "18(3)(i)"
    mistype(folder, "exceptions.yml", "law: 法18条3項1号", "law: 18(3)(i)")
    mistype(folder, "uses.yml", "professional-G.portal.1", "professional-G.portal.9")
    assert "portal.1" in hint(folder).instead
    mistype(folder, "uses.yml", "professional-G.portal.9", "professional-G.portal.1")
    mistype(folder, "exceptions.yml", "approved_on: 2025-11-05", "approved_on: 2062-11-05")
    assert hint(folder).key == "approved_on"


def test_what_no_scan_has_seen_is_a_hint_where_there_is_a_register(tmp_path: Path) -> None:
    filled_register.filled(tmp_path / "register.sqlite")
    folder = tmp_path / "declarations"
    folder.mkdir()
    shutil.copy(DECLARATIONS / "company.yml", folder)
    (folder / "stores.yml").write_text(
        "stores:\n"
        "  - {id: crm, kind: sql, url: sqlite:///x, exclude: [dtb_*, log_*], datasets: [{name: dtb_custmer}]}\n"
        "  - {id: files, kind: files, path: x}\n",
        encoding="utf-8",
    )
    (folder / "uses.yml").write_text(
        "uses:\n"
        "  - {id: U-1, job: 受注, use: contract, source: {store: crm, dataset: dtb_ordr}}\n"
        "  - {id: U-2, job: 退職者名簿, use: retiree_contact, source: {store: files, dataset: hr_master.csv,\n"
        "     rows: 退職 <= as_of, columns: [氏名, 個人番]}}\n"
        "  - {id: U-3, job: 読めなかったもの, use: contract, source: {store: files, dataset: old.xlsx}}\n",
        encoding="utf-8",
    )
    assert check(folder, TODAY) == ()
    done = CliRunner().invoke(
        main,
        ["declarations", "check", str(folder), "--register", str(tmp_path / "register.sqlite"), "--format", "jsonl"],
    )
    assert done.exit_code == 0, "hints alone are nothing to mend"
    found = [json.loads(line) for line in done.output.splitlines()]
    assert [(one["row"], one["key"], one["line"]) for one in found] == [
        ("crm", "exclude[2]", 2),
        ("crm", "datasets[1].name", 2),
        ("U-1", "source.dataset", 2),
        ("U-2", "source.rows", 4),
        ("U-2", "source.columns[2]", 4),
    ]
    assert found[1]["instead"] == "dtb_customer"
    assert found[2]["instead"] == "dtb_order"
    assert "退職日 <= as_of" in found[3]["instead"]
    assert found[4]["instead"] == "個人番号"


SOURCE = "links: [{column: employee_no, to: {store: office, dataset: 人事/社員名簿.xlsx#社員, column: 社員番号}}]"


@pytest.mark.parametrize(
    ("link", "key", "said"),
    [
        ("links: [{column: id, to: {dataset: payroll, column: id}}]", "datasets[1].links[1]", "itself"),
        ("links: [{column: boss, to: {dataset: payroll, column: id}}]", "datasets[1].links[1]", "itself"),
        (
            "links: [{column: a, to: {store: jutaku, dataset: c_list.csv, column: c01}}]",
            "datasets[1].links[1].to",
            "entrusted",
        ),
        (
            "links: [{column: a, to: {store: marketing, "
            "dataset: 受託データ/発送代行_宛名_ひなた生命様分.csv, column: 管理番号}}]",
            "datasets[1].links[1].to",
            "entrusted",
        ),
        ("links: [{column: a, to: {store: batch, dataset: a, column: b}}]", "datasets[1].links[1].to", "no rows"),
    ],
)
def test_a_link_that_would_never_be_followed_is_an_error(folder: Path, link: str, key: str, said: str) -> None:
    line = mistype(folder, "stores.yml", SOURCE, link)
    (problem,) = check(folder, TODAY)
    assert (problem.line, problem.key, problem.severity) == (line, key, "error")
    assert said in problem.en


def test_a_link_from_entrusted_data_is_an_error(folder: Path) -> None:
    mistype(folder, "stores.yml", "contract: C-HINATA}", "contract: C-HINATA,\n         " + SOURCE + "}")
    (problem,) = check(folder, TODAY)
    assert (problem.row, problem.key, problem.severity) == ("marketing", "datasets[1].links[1]", "error")


def test_a_link_by_a_column_of_who_acted_is_a_hint(folder: Path) -> None:
    mistype(folder, "stores.yml", "links: [{column: employee_no", "links: [{column: 担当者番号")
    assert (hint(folder).row, hint(folder).key) == ("hr", "datasets[1].links[1].column")


def test_ends_of_links_that_no_scan_has_seen_are_hints(tmp_path: Path) -> None:
    filled_register.filled(tmp_path / "register.sqlite")
    folder = tmp_path / "declarations"
    folder.mkdir()
    shutil.copy(DECLARATIONS / "company.yml", folder)
    (folder / "stores.yml").write_text(
        "stores:\n"
        "  - {id: crm, kind: sql, url: sqlite:///x}\n"
        "  - id: files\n"
        "    kind: files\n"
        "    path: x\n"
        "    datasets:\n"
        "      - name: hr_master.csv\n"
        "        links:\n"
        "          - {column: 個人番, to: {store: crm, dataset: dtb_customer, column: customer_id}}\n"
        "          - {column: 氏名, to: {store: crm, dataset: dtb_custmer, column: id}}\n"
        "          - {column: 氏名, to: {dataset: old.xlsx, column: 氏名}}\n",
        encoding="utf-8",
    )
    register = Register.open(str(tmp_path / "register.sqlite"), create=False)
    assert [(one.line, one.key, one.instead, one.severity) for one in check(folder, TODAY, register)] == [
        (9, "datasets[1].links[1].column", "個人番号", "hint"),
        (10, "datasets[1].links[2].to.dataset", "dtb_customer", "hint"),
    ]


def test_exit_codes_and_no_value_of_a_wrong_row(folder: Path) -> None:
    runner = CliRunner()
    fine = runner.invoke(main, ["declarations", "check", str(folder), "--as-of", "2026-11-23"])
    assert (fine.exit_code, fine.output) == (0, "直すところはありません · nothing to mend\n")
    mistype(folder, "stores.yml", "${BILLING_DB_PASSWORD:-}", "himitsu")
    mistype(folder, "contracts.yml", "starts: 2026-04-01", "starts: 090-1234-5678")
    wrong = runner.invoke(main, ["declarations", "check", str(folder)])
    assert wrong.exit_code == 2
    line = (folder / "stores.yml").read_text(encoding="utf-8").splitlines().index("  - id: billing") + 1
    assert f"stores.yml:{line} billing 要修正 to mend" in wrong.output
    assert "himitsu" not in wrong.output
    assert "1234" not in wrong.output
    assert runner.invoke(main, ["declarations", "check", str(folder / "nowhere")]).exit_code == 2


@pytest.mark.parametrize("file", ["company.yml", "stores.yml", "uses.yml", "site_policies.yml"])
@pytest.mark.parametrize(
    "text",
    ["", "5", "- a", "{{}}: x", "? [a]\n: b", "{key}:", "{key}: 5", "{key}: [5, a, null, [b]]", "{key}: [{{1: 2}}]",
     "{key}: [{{id: {{a: b}}, source: [c], purposes: {{d: e}}, purposes: 1}}]", "a: *b", "--- 1\n--- 2", "\t{key}: []"],
)  # fmt: skip
def test_whatever_stands_in_a_file_is_told_and_never_a_fault_of_ours(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text.format(key=Path(file).stem), encoding="utf-8")
    found = [one for one in check(folder, TODAY) if one.severity == "error"]
    assert {one.file for one in found} >= {file}
    with pytest.raises(DeclarationsError, match=file):
        load(folder)
