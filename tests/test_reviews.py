"""The yearly review: owners attest what they saw, somebody else approves it, and what changes meanwhile re-opens."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from expectations.retention import last_day
from expectations.reviews import Facts, Review, ReviewStep, stand
from pipelines.cli import main
from pipelines.declarations import load
from pipelines.register import Register
from pipelines.reports import write_all
from pipelines.reports.sheets.fields import is_to_fill
from pipelines.reviewing import approvals
from tests.filled_register import (
    CARDS,
    CRM,
    CUSTOMERS,
    FILES,
    ORDERS,
    PRODUCTS,
    STAFF,
    column,
    dataset,
    filled,
    policy,
    scan,
)

SEEN = Facts(columns="a", rows="b", declared="c", access="d", findings="e")
CAMPAIGN = Review(id="2026", opened_on=date(2026, 11, 1), due=date(2026, 12, 31), by="個人情報保護室")
TODAY = date(2026, 11, 29)


def step(kind: str, by: str, **more: Any) -> ReviewStep:
    known = {"review": "2026", "step": kind, "store": "crm", "dataset": "t", "by": by, "on": "2026-11-10", "saw": SEEN}
    return ReviewStep.model_validate(known | ({"role": "privacy"} if kind == "approved" else {}) | more)


ATTESTED, APPROVED = step("attested", "営業部"), step("approved", "個人情報保護室")


@pytest.mark.parametrize(
    ("steps", "now", "state"),
    [
        ([], SEEN, "open"),
        ([ATTESTED], SEEN, "attested"),
        ([ATTESTED], SEEN.model_copy(update={"columns": "x"}), "reopened"),
        ([ATTESTED, APPROVED], SEEN, "approved"),
        # what changes after the approval is the next campaign's
        ([ATTESTED, APPROVED], SEEN.model_copy(update={"columns": "x"}), "approved"),
        ([ATTESTED, step("approved", "営業部")], SEEN, "lacking"),
        ([ATTESTED, step("approved", "営業部　")], SEEN, "lacking"),
        # an approval of something else than was attested is none
        ([ATTESTED, step("approved", "個人情報保護室", saw={**SEEN.model_dump(), "rows": "x"})], SEEN, "attested"),
        ([APPROVED], SEEN, "open"),
        # attested anew, it is to be approved anew
        ([ATTESTED, APPROVED, ATTESTED], SEEN, "attested"),
        ([step("attested", "営業部", review="2025")], SEEN, "open"),
    ],
)
def test_an_attestation_holds_for_what_its_author_saw(steps: list[ReviewStep], now: Facts, state: str) -> None:
    (found,) = stand(CAMPAIGN, steps, {("crm", "t"): now}, {}, TODAY)
    assert found.state == state


def test_what_changed_is_told() -> None:
    now = SEEN.model_copy(update={"columns": "x", "findings": "y"})
    (found,) = stand(CAMPAIGN, [ATTESTED], {("crm", "t"): now}, {}, TODAY)
    assert found.changed == ("columns", "findings")


@pytest.mark.parametrize(("today", "late"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_what_is_not_approved_by_its_day_is_overdue(today: date, late: bool) -> None:
    (found,) = stand(CAMPAIGN, [ATTESTED], {("crm", "t"): SEEN}, {}, today)
    assert found.overdue is late
    (found,) = stand(CAMPAIGN, [ATTESTED, APPROVED], {("crm", "t"): SEEN}, {}, today)
    assert not found.overdue


def test_an_assignment_goes_before_the_stores_owner() -> None:
    owners = {"crm": "営業部"}
    (found,) = stand(CAMPAIGN, [], {("crm", "t"): SEEN}, owners, TODAY)
    assert found.owner == "営業部"
    (found,) = stand(CAMPAIGN, [step("assigned", "個人情報保護室", to="総務部")], {("crm", "t"): SEEN}, owners, TODAY)
    assert found.owner == "総務部"


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": "assigned", "saw": None},
        {"step": "attested", "saw": None},
        {"step": "approved", "role": "owner"},
        {"step": "looked_at"},
    ],
)
def test_a_step_that_is_not_whole_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        step("attested", "営業部", **wrong)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with declarations and a register that was scanned and checked."""
    (tmp_path / "declarations").mkdir()
    shutil.copy("data_samples/declarations/company.yml", tmp_path / "declarations")
    rows = [
        {"id": "crm", "kind": "files", "path": "./crm", "owner": "営業部"},
        {"id": "files", "kind": "files", "path": "./files", "owner": "総務部"},
        {"id": "client", "kind": "files", "path": "./client"},
    ]
    (tmp_path / "declarations" / "stores.yml").write_text(yaml.safe_dump({"stores": rows}), encoding="utf-8")
    filled(tmp_path / "register.sqlite")
    return tmp_path


def review(place: Path, *command: str) -> Result:
    options = ["--declarations", str(place / "declarations")]
    register = [] if command[0] == "open" else ["--register", str(place / "register.sqlite")]
    return CliRunner().invoke(main, ["review", command[0], *options, *register, *command[1:]])


def done(place: Path, *command: str) -> str:
    found = review(place, *command)
    assert found.exit_code == 0, found.output
    return found.output


def states(place: Path, *more: str) -> dict[tuple[str, str], str]:
    lines = done(place, "status", "--format", "jsonl", *more).splitlines()
    return {(row["store"], row["dataset"]): row["state"] for row in map(json.loads, lines)}


@pytest.fixture
def campaign(place: Path) -> Path:
    done(place, "open", "2026", "--due", "2099-12-31", "--by", "個人情報保護室")
    return place


def test_a_campaign_is_over_every_dataset_with_personal_data(campaign: Path) -> None:
    found = states(campaign)
    assert set(found.values()) == {"open"}
    assert ("crm", CUSTOMERS.name) in found
    assert ("crm", PRODUCTS.name) not in found, "holds nobody's data"


def test_the_owner_attests_and_somebody_else_approves(campaign: Path) -> None:
    assert review(campaign, "approve", "files", STAFF.name, "--by", "個人情報保護室").exit_code == 2, "not attested"
    done(campaign, "attest", "files", "--by", "総務部", "--note", "一覧で確認")
    refused = review(campaign, "approve", "files", "--by", "総務部")
    assert refused.exit_code == 2
    assert "別の人" in refused.output
    done(campaign, "approve", "files", STAFF.name, "--by", "個人情報保護室")
    found = states(campaign)
    assert (found["files", STAFF.name], found["files", CARDS.name]) == ("approved", "attested")
    assert [one.step for one in load(campaign / "declarations").review_steps] == ["attested", "attested", "approved"]


def test_what_changes_before_the_approval_is_attested_again(campaign: Path) -> None:
    done(campaign, "attest", "crm", "--by", "営業部")
    more = dataset("crm", CUSTOMERS.name, [*CUSTOMERS.columns, column("tel", "phone")], CUSTOMERS.partitions)
    scan(Register.open(campaign / "register.sqlite"), {"crm": (CRM, (more, ORDERS, PRODUCTS), ())})
    refused = review(campaign, "approve", "crm", CUSTOMERS.name, "--by", "個人情報保護室")
    assert refused.exit_code == 2
    assert "columns" in refused.output
    assert states(campaign)["crm", CUSTOMERS.name] == "reopened"
    assert "列と項目" in done(campaign, "status")
    done(campaign, "attest", "crm", CUSTOMERS.name, "--by", "営業部")
    done(campaign, "approve", "crm", "--by", "個人情報保護室")
    assert states(campaign)["crm", CUSTOMERS.name] == "approved"


def test_a_scan_that_finds_the_same_re_opens_nothing(campaign: Path) -> None:
    done(campaign, "attest", "files", "--by", "総務部")
    scan(Register.open(campaign / "register.sqlite"), {"files": (FILES, (CARDS, STAFF), ())})
    assert states(campaign)["files", CARDS.name] == "attested"


def test_data_without_an_owner_is_told_with_whom_to_ask_until_it_is_assigned(campaign: Path) -> None:
    assert "担当の宣言なし" in done(campaign, "status")
    done(campaign, "assign", "client", "--to", "受託事業部", "--by", "個人情報保護室")
    told = done(campaign, "status")
    assert "受託事業部" in told
    assert "担当の宣言なし" not in told


def test_an_overdue_campaign_says_so(place: Path) -> None:
    done(place, "open", "2026", "--due", "2099-01-31", "--by", "個人情報保護室")
    assert "期限切れ" not in done(place, "status")
    assert "期限切れ" in done(place, "status", "--as-of", "2099-02-01")


def test_the_evidence_has_every_step(campaign: Path) -> None:
    done(campaign, "attest", "files", "--by", "総務部")
    done(campaign, "approve", "files", "--by", "個人情報保護室")
    out = campaign / "evidence"
    done(campaign, "export", "--format", "csv", "--out", str(out))
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [row["step"] for row in rows if row["dataset"] == STAFF.name] == ["attested", "approved"]
    assert "columns:" in rows[0]["saw"]
    done(campaign, "export", "--format", "json", "--out", str(out))
    assert len(json.loads(out.read_text(encoding="utf-8"))["steps"]) == 4
    done(campaign, "export", "--format", "md", "--out", str(out))
    assert "承認済み 2 件" in out.read_text(encoding="utf-8")


def test_cells_that_a_spreadsheet_would_calculate_are_texts(campaign: Path) -> None:
    done(campaign, "attest", "files", "--by", "総務部", "--note", "=HYPERLINK(1)")
    out = campaign / "evidence.csv"
    done(campaign, "export", "--out", str(out))
    assert "'=HYPERLINK" in out.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "wrong",
    [
        ["attest", "nowhere", "--by", "総務部"],
        ["attest", "crm", "nothing", "--by", "営業部"],
        ["attest", "crm", "--by", "営業部", "--review", "1999"],
        ["open", "2026", "--due", "2099-12-31", "--by", "個人情報保護室"],
        ["open", "2027", "--due", "2001-12-31", "--by", "個人情報保護室"],
    ],
)
def test_what_is_not_there_is_refused_and_nothing_is_written(campaign: Path, wrong: list[str]) -> None:
    assert review(campaign, *wrong).exit_code == 2
    assert len(load(campaign / "declarations").reviews) == 1
    assert load(campaign / "declarations").review_steps == ()


def test_without_a_campaign_there_is_nothing_to_attest(place: Path) -> None:
    refused = review(place, "attest", "crm", "--by", "営業部")
    assert refused.exit_code == 2
    assert "daicho review open" in refused.output


def test_the_ledger_and_the_page_say_when_a_dataset_was_approved(campaign: Path) -> None:
    done(campaign, "attest", "files", "--by", "総務部")
    done(campaign, "approve", "files", STAFF.name, "--by", "個人情報保護室")
    register = Register.open(campaign / "register.sqlite")
    approved = approvals(load(campaign / "declarations"), register)
    assert list(approved) == [("files", STAFF.name)]
    written = write_all(register, policy(), campaign / "out", approvals=approved)
    header, *found = load_workbook(campaign / "out" / "ledger.xlsx")["個人情報管理台帳"].iter_rows(values_only=True)
    rows = {row["表・ファイル"]: row for row in (dict(zip(header, line, strict=True)) for line in found)}
    staff, on = rows[STAFF.name], approved["files", STAFF.name].on
    assert (staff["見直し日"].date(), staff["見直した人"]) == (on, "個人情報保護室")
    assert staff["次回の見直し（年1回以上）"].date() == last_day(on, 1)
    assert is_to_fill(rows[CARDS.name]["見直し日"]), "attested, and approved by nobody"
    page = next(file for file in written if file.name == "report.html").read_text(encoding="utf-8")
    assert f'"reviewed":"{on.isoformat()}"' in page
