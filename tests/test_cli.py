"""The command line as somebody new to it uses it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from pipelines.cli import main
from pipelines.register import Register
from tests.conftest import DECLARATIONS, ROOT, Run, daicho

FIELDS = {
    "store", "dataset", "column", "data_category", "data_type", "confidence", "evidence", "subject", "custody",
    "subject_category", "row_filter",
}  # fmt: skip
VERDICT_FIELDS = {
    "id", "rule", "requirement", "verdict", "severity", "store", "dataset", "row_filter", "use", "purpose", "clause",
    "law", "evidence",
}  # fmt: skip
PEOPLE = "氏名,メール,備考\n架空花子,hanako@reiji.example,\n見本次郎,jiro@reiji.example,折り返し希望\n"


def test_every_command_says_what_it_does() -> None:
    known = {"run", "scan", "check", "report", "serve", "classify", "mentions", "export", "lookup"}
    assert known <= set(main.commands)
    for command in main.commands.values():
        assert command.help
        assert all(option.help for option in command.params if isinstance(option, click.Option)), command.name


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in set(main.commands) - {"scan", "check", "report"}:
        assert f"daicho {name}" in readme


def test_a_file_is_classified_straight_from_the_shell(tmp_path: Path) -> None:
    (tmp_path / "顧客一覧.csv").write_text(PEOPLE, encoding="cp932")
    done = daicho("classify", str(tmp_path / "顧客一覧.csv"), "--format", "jsonl", environment=os.environ)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["data_category"] for row in rows] == ["name", "email", "free_text"]
    for row in rows:
        assert row.keys() >= FIELDS
        assert row["subject_category"] == "customer"
        assert row["evidence"]


def test_a_folder_is_classified_with_the_databases_that_lie_in_it(samples: Path) -> None:
    done = daicho("classify", str(samples / "stores" / "hr"), "--format", "jsonl", environment=os.environ)
    assert "candidates" in {json.loads(line)["dataset"] for line in done.stdout.splitlines()}


def test_the_table_is_for_reading(tmp_path: Path) -> None:
    (tmp_path / "顧客一覧.csv").write_text(PEOPLE, encoding="utf-8")
    done = daicho("classify", str(tmp_path / "顧客一覧.csv"), environment=os.environ)
    assert "顧客に関する個人情報" in done.stdout
    assert "メールアドレス" in done.stdout
    assert "hanako" not in done.stdout


def test_a_data_dictionary_is_classified_without_data(tmp_path: Path) -> None:
    listing = [
        {"table": "TOKUI_MST", "table_label": "得意先マスタ", "column": "TANTO_NM", "column_label": "担当者名"},
        {"table": "TOKUI_MST", "table_label": "得意先マスタ", "column": "KOJIN_NO", "column_label": "個人番号"},
    ]
    path = tmp_path / "columns.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in listing), encoding="utf-8")
    done = daicho("classify", "--data-dictionary", str(path), "--format", "jsonl", environment=os.environ)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["column"], row["data_type"]) for row in rows] == [
        ("TANTO_NM", "person_name"),
        ("KOJIN_NO", "my_number"),
    ]
    assert {row["subject_category"] for row in rows} == {"partner"}


def test_a_path_that_is_not_there_exits_2_and_costs_no_other_source(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    sources = [str(tmp_path / "nowhere"), str(tmp_path / "people.csv")]
    done = daicho("classify", *sources, "--format", "jsonl", environment=os.environ, check=False)
    assert done.returncode == 2
    assert "missing" in done.stderr
    assert len(done.stdout.splitlines()) == 3


@pytest.mark.parametrize("text", ["担当は見本太郎様です。", "連絡先：ｶｸｳ ﾊﾅｺ　０９０－１２３４－５６７８"])
def test_mentions_point_into_the_original_text(text: str) -> None:
    line = json.dumps({"id": "a", "text": text}, ensure_ascii=False)
    answer = json.loads(daicho("mentions", stdin=line + "\n", environment=os.environ).stdout)
    assert answer["id"] == "a"
    assert answer["mentions"]
    for mention in answer["mentions"]:
        assert mention.keys() == {"start", "end", "data_category", "data_type", "score", "why"}
        assert 0 <= mention["start"] < mention["end"] <= len(text)


def test_exports_have_the_fields_others_rely_on(company_run: Run) -> None:
    for what, fields in {"tags": FIELDS, "verdicts": VERDICT_FIELDS}.items():
        done = company_run.daicho("export", what, "--register", str(company_run.register), "--format", "jsonl")
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert rows
        assert all(row.keys() >= fields for row in rows)


def test_a_second_run_finds_nothing_new(company_run: Run, tmp_path: Path) -> None:
    register = tmp_path / "register.sqlite"
    register.write_bytes(company_run.register.read_bytes())
    arguments = ["--declarations", str(DECLARATIONS), "--register", str(register), "--out", str(tmp_path)]
    again = company_run.daicho("check", *arguments, "--as-of", "2026-11-23", "--fail-on", "new", check=False)
    assert again.returncode == 0, again.stdout + again.stderr
    findings = company_run.daicho("report", *arguments, "--fail-on", "findings", check=False)
    assert findings.returncode == 1


def test_an_individual_is_found_with_what_matched_and_no_value(company_run: Run, responder: dict[str, str]) -> None:
    done = company_run.daicho(
        "lookup",
        "--declarations", str(DECLARATIONS),
        "--register", str(company_run.register),
        "--reason", "R-0001",
        stdin='{"names": ["龍造寺輝"]}',
        more=responder,
    )  # fmt: skip
    assert "採用/" in done.stdout
    assert "龍造寺" not in done.stdout + done.stderr


def test_wrong_keys_of_a_look_up_exit_2_and_are_not_repeated(company_run: Run, responder: dict[str, str]) -> None:
    done = company_run.daicho(
        "lookup",
        "--declarations", str(DECLARATIONS),
        "--register", str(company_run.register),
        "--reason", "R-0001",
        stdin='{"nams": ["見本太郎"]}',
        check=False,
        more=responder,
    )  # fmt: skip
    assert done.returncode == 2
    assert "見本太郎" not in done.stdout + done.stderr


def test_a_fault_of_ours_tells_its_place_and_not_its_message(tmp_path: Path) -> None:
    probe = (
        "import pipelines.mentions as m, pipelines.cli as c;"
        "m.annotate = lambda lines, mode: (_ for _ in ()).throw(RuntimeError('見本太郎'));"
        "c.main(['mentions'])"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, input="")
    assert done.returncode == 70
    assert "RuntimeError" in done.stderr
    assert "見本太郎" not in done.stderr


def baseline_rows(text: str) -> list[dict[str, str]]:
    return [json.loads(line.removeprefix("  - ")) for line in text.splitlines() if line.startswith("  - ")]


def test_a_baseline_is_to_be_reviewed_a_line_a_finding_and_without_values(company_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "baseline.yml"
    company_run.daicho("baseline", "--register", str(company_run.register), str(file))
    text = file.read_text(encoding="utf-8")
    assert company_run.daicho("baseline", "--register", str(company_run.register)).stdout == text
    rows = baseline_rows(text)
    verdicts = company_run.daicho("export", "verdicts", "--register", str(company_run.register)).stdout
    found = {one["id"]: one for one in map(json.loads, verdicts.splitlines())}
    findings = [one for one in found.values() if one["verdict"] in ("violation", "entrusted_scope", "gap")]
    assert sorted(row["id"] for row in rows) == sorted(one["id"] for one in findings)
    stores = [row.get("store", "") for row in rows]
    assert stores == sorted(stores)
    for row in rows:
        assert all(found[row["id"]][field] == value for field, value in row.items())
    assert yaml.safe_load(text)["findings"] == rows


def test_only_what_the_baseline_does_not_know_fails(company_run: Run, tmp_path: Path) -> None:
    file, register = tmp_path / "baseline.yml", tmp_path / "register.sqlite"
    register.write_bytes(company_run.register.read_bytes())
    company_run.daicho("baseline", "--register", str(register), str(file))
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if '"severity": "info"' in line)
    (new,) = baseline_rows(lines[at])
    lines[at] = '  - {"id": "solved-long-ago", "store": "crm", "dataset": "dtb_old"}\n'
    file.write_text("".join(lines), encoding="utf-8")
    where = ("--declarations", str(DECLARATIONS), "--register", str(register), "--out", str(tmp_path / "out"))
    asked = ("--as-of", "2026-11-23", "--fail-on", "new", "--baseline", str(file))
    found = company_run.daicho("check", *where, *asked, check=False)
    assert found.returncode == 1
    assert "1 not in the baseline, 1 of it are gone" in found.stdout
    assert f"+ {new['id']} {new['verdict']} info" in found.stdout
    assert "- solved-long-ago crm dtb_old" in found.stdout
    graver = company_run.daicho("check", *where, *asked, "--severity", "warning", check=False)
    assert graver.returncode == 0, "it is for information only"
    assert "0 not in the baseline, 1 of it are gone" in graver.stdout


def test_findings_that_are_less_grave_than_asked_do_not_fail(company_run: Run, tmp_path: Path) -> None:
    register = tmp_path / "register.sqlite"
    register.write_bytes(company_run.register.read_bytes())
    with sqlite3.connect(register) as connection:
        connection.execute("DELETE FROM verdicts WHERE severity IN ('error', 'warning')")
    where = ("--declarations", str(DECLARATIONS), "--register", str(register), "--out", str(tmp_path / "out"))
    asked = ("--fail-on", "findings", "--severity", "warning")
    assert company_run.daicho("report", *where, *asked, check=False).returncode == 0


def test_a_baseline_that_is_none_is_told_before_anything_starts(company_run: Run, tmp_path: Path) -> None:
    where = ("--declarations", str(DECLARATIONS), "--register", str(company_run.register), "--out", str(tmp_path))
    for content in (b"", b"findings: 3", b"findings: [3]", b"[", b"\xff"):
        file = tmp_path / "baseline.yml"
        file.write_bytes(content)
        done = company_run.daicho("check", *where, "--baseline", str(file), check=False)
        assert (done.returncode, "baseline.yml" in done.stderr) == (2, True)


def test_no_baseline_is_made_of_what_nobody_judged(tmp_path: Path, environment: dict[str, str]) -> None:
    Register.open(tmp_path / "register.sqlite")
    file = tmp_path / "baseline.yml"
    asked = ("baseline", "--register", str(tmp_path / "register.sqlite"), str(file))
    done = daicho(*asked, environment=environment, check=False)
    assert done.returncode == 2
    assert "daicho check" in done.stderr
    assert not file.exists()
