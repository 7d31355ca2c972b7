"""Packs of evidence: for an entruster what of theirs is held, for an auditor what shows each requirement; sealed."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from pipelines.cli import main
from pipelines.declarations import load
from pipelines.judging import judge
from pipelines.packs.audit import requirements
from pipelines.register import Register
from tests.filled_register import (
    CLIENT,
    CRM,
    CUSTOMERS,
    ORDERS,
    PRODUCTS,
    column,
    dataset,
    filled,
    rows_of,
    scan,
    scan_jobs,
)

TODAY = date(2026, 11, 29)
OURS = CLIENT.model_copy(update={"kind": "sql"})
OTHER = CLIENT.model_copy(update={"id": "other", "kind": "sql", "contract": "C-02"})
ROWS = [rows_of("customer", custody="entrusted")]
SURVEY = dataset("client", "survey_2026", [column("c01", "name")], ROWS, contract="C-01")
THEIRS = dataset("other", "rival_list", [column("c01", "name")], ROWS, contract="C-02")
PARTY, RIVAL = "みほん商事株式会社", "株式会社ほかの委託元"


def contract(id: str, party: str, **more: Any) -> dict[str, Any]:
    known = {"direction": "entrusted_to_us", "party": party, "work": "集計", "uses": ["entrusted_work"]}
    return {"id": id, **known, "starts": "2026-04-01", **more}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with declarations of two entrusters and a register that was scanned and judged."""
    (tmp_path / "declarations").mkdir()
    shutil.copy("data_samples/declarations/company.yml", tmp_path / "declarations")
    rows: list[dict[str, Any]] = [
        {"id": id, "kind": "files", "path": f"./{id}", "owner": "総務部"} for id in ("crm", "files", "jobs")
    ]
    rows += [
        {"id": id, "kind": "files", "path": f"./{id}", "contract": contract, "owner": "受託事業部"}
        for id, contract in (("client", "C-01"), ("other", "C-02"))
    ]
    write(tmp_path, "stores", rows)
    write(tmp_path, "contracts", [contract("C-01", PARTY), contract("C-02", RIVAL)])
    register = filled(tmp_path / "register.sqlite")
    stores = {"crm": (CRM, (CUSTOMERS, ORDERS, PRODUCTS), ()), "client": (OURS, (SURVEY,), ())}
    scan(register, {**stores, "other": (OTHER, (THEIRS,), ())})
    scan_jobs(register, "CREATE TABLE t AS SELECT s.c01 FROM survey_2026 s JOIN dtb_customer c ON s.c01 = c.email")
    judged(tmp_path)
    return tmp_path


def write(place: Path, kind: str, rows: list[dict[str, Any]]) -> None:
    (place / "declarations" / f"{kind}.yml").write_text(yaml.safe_dump({kind: rows}), encoding="utf-8")


def judged(place: Path) -> None:
    judge(load(place / "declarations"), Register.open(place / "register.sqlite"), place / "docs", TODAY)


def pack(place: Path, *command: str) -> Result:
    options = ["--declarations", str(place / "declarations"), "--register", str(place / "register.sqlite")]
    return CliRunner().invoke(main, ["pack", *command, *(options if command[0] != "verify" else [])])


def made(place: Path, *command: str) -> Path:
    out = place / "pack"
    found = pack(place, *command, str(out), "--as-of", "2026-11-29")
    assert found.exit_code == 0, found.output
    return out


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("name", [PARTY, "C-01"])
def test_an_entruster_gets_what_is_theirs_and_nothing_of_another(place: Path, name: str) -> None:
    out = made(place, "entruster", name)
    (held,) = table(out / "datasets.csv")
    assert (held["dataset"], held["items"], held["records"]) == (SURVEY.name, "氏名", "1200")
    everything = "".join(file.read_text(encoding="utf-8") for file in out.iterdir())
    assert RIVAL not in everything
    assert THEIRS.name not in everything
    assert PARTY in everything


def test_the_other_entruster_is_not_named_where_its_data_lies_beside(place: Path) -> None:
    register = Register.open(place / "register.sqlite")
    sql = "CREATE TABLE u AS SELECT s.c01 FROM survey_2026 s JOIN rival_list r ON s.c01 = r.c01"
    scan_jobs(register, sql, name="match.sql")
    judged(place)
    out = made(place, "entruster", PARTY)
    beside = table(out / "beside_our_own.csv")
    assert any("ほかの委託元" in row["other"] for row in beside)
    assert not any(THEIRS.name in row["other"] for row in beside)


def test_sql_that_puts_it_beside_our_own_is_told_with_its_place(place: Path) -> None:
    beside = table(made(place, "entruster", PARTY) / "beside_our_own.csv")
    assert {(row["other"], row["job"]) for row in beside} == {("crm dtb_customer", "jobs 日次/送付.sql")}


def test_an_ended_contract_without_a_certificate_is_told(place: Path) -> None:
    write(place, "contracts", [contract("C-01", PARTY, ends="2026-06-30", at_end="erase"), contract("C-02", RIVAL)])
    (told,) = json.loads((made(place, "entruster", PARTY) / "contracts.json").read_text(encoding="utf-8"))
    assert "証明が登録されていません" in told["certificate"]


def test_who_is_no_entruster_gets_nothing(place: Path) -> None:
    found = pack(place, "entruster", "株式会社しらない", str(place / "pack"))
    assert found.exit_code == 2
    assert not (place / "pack").exists()


def test_every_requirement_of_the_policy_has_its_row(place: Path) -> None:
    out = made(place, "audit")
    told = {row["id"]: row for row in json.loads((out / "requirements.json").read_text(encoding="utf-8"))}
    assert [row.id for row in requirements()] == [f"R-{number:02}" for number in range(1, 45)]
    assert {row.id for row in requirements()} <= told.keys()
    page = (out / "index.html").read_text(encoding="utf-8")
    for id in told:
        assert f'id="{id}"' in page
    for row in told.values():
        assert row["rules"] or row["held_ja"], f"{row['id']}: nothing shows it"


def test_a_requirement_says_what_the_check_found_of_it(place: Path) -> None:
    told = json.loads((made(place, "audit") / "requirements.json").read_text(encoding="utf-8"))
    rows = {row["id"]: row for row in told}
    assert rows["R-08"]["state"] == "findings", "the survey is matched with the customers"
    assert rows["R-44"]["state"] == "procedure"
    asked = next(rule for rule in rows["R-08"]["rules"] if rule["id"] == "entrusted-kept-apart")
    assert asked["failed"] >= 1
    assert rows["R-24"]["state"] == "not_asked", "nothing is provided by opt-out"


def test_reviews_and_disposals_stand_in_the_auditors_pack(place: Path) -> None:
    write(place, "reviews", [{"id": "2026", "opened_on": "2026-11-01", "due": "2026-12-31", "by": "個人情報保護室"}])
    asked = {"id": "D-1", "store": "client", "dataset": SURVEY.name, "why": "期限", "by": "総務部", "on": "2026-11-01"}
    write(place, "disposals", [asked])
    out = made(place, "audit")
    assert json.loads((out / "review-001.json").read_text(encoding="utf-8"))["review"]["id"] == "2026"
    assert json.loads((out / "disposals.json").read_text(encoding="utf-8"))[0]["state"] == "proposed"
    assert "承認済み 0" in (out / "index.html").read_text(encoding="utf-8")


def test_a_pack_is_whole_as_daicho_and_coreutils_see_it(place: Path) -> None:
    out = made(place, "audit")
    assert pack(place, "verify", str(out)).exit_code == 0
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=True)
    assert {file.name for file in out.iterdir() if not re.fullmatch(r"[A-Za-z0-9_.-]+", file.name)} == set()


def test_whatever_was_changed_taken_or_added_is_found(place: Path) -> None:
    out = made(place, "audit")
    seal = re.search(r"[0-9a-f]{64}", pack(place, "verify", str(out)).output)
    assert seal
    (out / "verdicts.json").write_text("[]", encoding="utf-8")
    (out / "rulings.json").unlink()
    (out / "more.json").write_text("{}", encoding="utf-8")
    found = pack(place, "verify", str(out))
    assert found.exit_code == 1
    for line in ("changed: verdicts.json", "missing: rulings.json", "added: more.json"):
        assert line in found.output
    sums = (out / "SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    for name in ("more.json", "verdicts.json"):
        (out / name).unlink(missing_ok=True)
    (out / "SHA256SUMS").write_text("".join(line for line in sums if "verdicts" not in line and "rulings" not in line))
    assert pack(place, "verify", str(out)).exit_code == 0, "who rewrites the list, too, is found by the seal alone"
    assert pack(place, "verify", str(out), "--seal", seal.group()).exit_code == 1


def test_a_pack_is_written_into_an_empty_folder_alone(place: Path) -> None:
    out = place / "pack"
    out.mkdir()
    (out / "mine.txt").write_text("x", encoding="utf-8")
    assert pack(place, "audit", str(out)).exit_code == 2
    assert [file.name for file in out.iterdir()] == ["mine.txt"]
    assert pack(place, "verify", str(out)).exit_code == 2, "is no pack"


def test_names_that_would_be_markup_or_a_formula_are_texts(place: Path) -> None:
    write(place, "contracts", [contract("C-01", "<b>=株式会社", work="=1+1"), contract("C-02", RIVAL)])
    out = made(place, "entruster", "C-01")
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<b>" not in page
    assert html.escape("<b>=株式会社") in page
