"""The fictional company through the year: a breach, the review, a disposal, what its entruster and auditor get."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from playwright.sync_api import Browser

from pipelines.register import Register, schema
from pipelines.reports import page
from tests.browsing import opened
from tests.conftest import DECLARATIONS, Run
from tests.filled_register import policy


@pytest.fixture(scope="module")
def year(company_run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """The run, and a folder with a copy of the declarations and of the register, to be written on."""
    folder = tmp_path_factory.mktemp("year")
    shutil.copytree(DECLARATIONS, folder / "declarations")
    shutil.copy(company_run.register, folder / "register.sqlite")
    term = {
        "id": "RT-HR",
        "years": 3,
        "counted_from": "2020-03-31",
        "source": {"store": "crm", "dataset": "campaign_entries"},
    }
    (folder / "declarations" / "retentions.yml").write_text(yaml.safe_dump({"retentions": [term]}), encoding="utf-8")
    return company_run, folder


def daicho(year: tuple[Run, Path], *command: str, register: bool = True) -> str:
    run, folder = year
    own = ["--declarations", str(folder / "declarations")]
    book = ["--register", str(folder / "register.sqlite")] if register else []
    return run.daicho(*command, *own, *book).stdout


def rows(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def test_a_breach_of_entrusted_data_names_the_entruster(company_run: Run) -> None:
    asked = ("--register", str(company_run.register), "--known-at", "2026-12-26T23:59", "--format", "json")
    told = json.loads(company_run.daicho("incident", "jutaku", "--cause", "unauthorised_access", *asked).stdout)
    assert [(one["party"], one["contract"]) for one in told["entrusters"]] == [("みどり生命保険株式会社", "C-MIDORI")]
    assert told["grounds"][2]["state"] == "applies"
    assert told["deadlines"]["prompt_by"] == {"day": 5, "counted": "2026-12-30", "due": "2027-01-04"}


def test_a_breach_of_the_shop_is_about_cards_and_counts_customers_once(company_run: Run) -> None:
    asked = ("--register", str(company_run.register), "--known-at", "2026-11-30T09:00", "--format", "json")
    told = json.loads(company_run.daicho("incident", "crm", *asked).stdout)
    assert told["grounds"][1]["state"] == "applies"
    assert any({"dtb_customer", "dtb_order"} <= set(group) for group in told["individuals"]["same_persons"])
    known = told["individuals"]
    assert known["least"] <= known["about"] <= known["most"]


def test_the_review_goes_from_the_owner_to_the_privacy_role(year: tuple[Run, Path]) -> None:
    daicho(year, "review", "open", "2026", "--due", "2099-12-31", "--by", "個人情報保護室", register=False)
    daicho(year, "review", "attest", "crm", "dtb_customer", "--by", "カスタマー部")
    daicho(year, "review", "approve", "crm", "dtb_customer", "--by", "個人情報保護室")
    found = {(row["store"], row["dataset"]): row for row in rows(daicho(year, "review", "status", "--format", "jsonl"))}
    assert found["crm", "dtb_customer"]["state"] == "approved"
    assert found["jutaku", "c_list.csv"]["owner"] == "調査受託事務局"
    assert ("crm", "dtb_product") not in found


def test_what_is_past_its_term_goes_into_the_queue_and_the_auditors_pack(year: tuple[Run, Path]) -> None:
    run, folder = year
    daicho(year, "check", "--out", str(folder / "out"))
    (due,) = rows(daicho(year, "disposal", "list", "--format", "jsonl"))
    assert (due["dataset"], due["rule"]) == ("campaign_entries", "kept-within-term")
    where = ("D-1", "crm", "campaign_entries")
    daicho(year, "disposal", "propose", *where, "--why", "期間を過ぎた", "--by", "カスタマー部")
    daicho(year, "disposal", "approve", "D-1", "--by", "個人情報保護室", register=False)
    daicho(year, "pack", "audit", str(folder / "audit"))
    (disposal,) = json.loads((folder / "audit" / "disposals.json").read_text(encoding="utf-8"))
    assert disposal["state"] == "approved"
    assert run.daicho("pack", "verify", str(folder / "audit")).returncode == 0


def test_the_entruster_gets_its_own_data_alone(year: tuple[Run, Path]) -> None:
    _, folder = year
    daicho(year, "pack", "entruster", "みどり生命保険株式会社", str(folder / "midori"))
    text = (folder / "midori" / "datasets.csv").read_text(encoding="utf-8-sig")
    held = list(csv.DictReader(io.StringIO(text)))
    assert {row["contract"] for row in held} == {"C-MIDORI"}
    everything = "".join(file.read_text(encoding="utf-8") for file in (folder / "midori").iterdir())
    assert "ひなた" not in everything


def test_a_store_that_came_this_year_is_what_the_page_says_is_new(year: tuple[Run, Path], browser: Browser) -> None:
    _, folder = year
    register = folder / "register.sqlite"
    with sa.create_engine(f"sqlite:///{register}").begin() as connection:
        connection.execute(sa.update(schema.runs).values(started=datetime(2025, 11, 1, tzinfo=UTC)))
    new = folder / "shinsotsu"
    new.mkdir()
    (new / "エントリー一覧.csv").write_text("応募者氏名,メールアドレス\n久遠 汐音,shione@mail.example\n", "utf-8")
    declared = folder / "declarations" / "stores.yml"
    row = f"  - {{id: shinsotsu, kind: files, path: {new}, label: 新卒採用, owner: 人事課}}\n"
    declared.write_text(declared.read_text("utf-8") + row, "utf-8")
    daicho(year, "scan")
    view = opened(browser, page.write(Register.open(register), policy(), folder, "ja")).page
    box = view.locator("#q-new")
    box.locator("summary").click()
    said = box.inner_text()
    assert "エントリー一覧.csv" in said
    assert "dtb_customer" not in said
