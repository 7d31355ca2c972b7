"""Two wordings of a policy: what differs, and which verdicts of a register the new one would turn."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from expectations.policy import load
from pipelines.cli import main
from pipelines.register import Register
from tests.filled_register import column, dataset, rows_of, store

SEED = "handling-of-personal-information"
TEXT = files("expectations").joinpath("policies", f"{SEED}.yml").read_text(encoding="utf-8")
NEWS = "Sending information about products and services, etc., that the Company recommends"


def reworded(folder: Path, *changes: tuple[str, str]) -> Path:
    text = TEXT
    for was, becomes in changes:
        assert was in text
        text = text.replace(was, becomes, 1)
    file = folder / "draft.yml"
    file.write_text(text, encoding="utf-8")
    return file


def differences(*arguments: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(main, ["policy", "diff", *arguments, "--format", "jsonl"])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_policy_does_not_differ_from_itself() -> None:
    assert differences(SEED, SEED) == []


def without_marketing(folder: Path) -> Path:
    """A wording in which customers get no news any more: item 4 goes, and all after it move up."""
    document = yaml.safe_load(TEXT)
    purposes = []
    for row in document["purposes"]:
        if row["id"] == "customer-D":
            continue
        if row["id"].startswith("customer-") and row["ordinal"] > 4:
            row["ordinal"] -= 1
            row["id"] = f"customer-{chr(64 + row['ordinal'])}"
            row["parents"] = [f"customer-{letter}" for letter in "ABCDEF"] if row["type"] == "catch_all" else []
        purposes.append(row)
    document |= {"purposes": purposes}
    file = folder / "draft.yml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return file


def test_an_item_that_goes_is_told_and_those_after_it_only_move(tmp_path: Path) -> None:
    found = differences(SEED, str(without_marketing(tmp_path)))
    by_kind = {
        kind: [row["old"] for row in found if row["kind"] == kind] for kind in ("removed", "moved", "added", "reworded")
    }
    assert by_kind == {
        "removed": ["customer-D"],
        "moved": ["customer-E", "customer-F", "customer-G", "customer-H"],
        "added": [],
        "reworded": [],
    }
    assert next(row["lost"] for row in found if row["kind"] == "removed") == ["marketing"]


def test_a_new_wording_is_told_with_the_uses_it_brings(tmp_path: Path) -> None:
    new = reworded(
        tmp_path, (NEWS, NEWS + ", and training models"), ("covers: [marketing]", "covers: [marketing, model_training]")
    )
    (row,) = differences(SEED, str(new))
    assert (row["kind"], row["old"], row["new"], row["fields"], row["gained"]) == (
        "reworded", "customer-D", "customer-D", ["covers"], ["model_training"],
    )  # fmt: skip
    shown = CliRunner().invoke(main, ["policy", "diff", SEED, str(new)]).output
    assert "法17条2項" in shown


def test_a_ground_that_comes_is_told(tmp_path: Path) -> None:
    new = reworded(tmp_path, ("  beyond_policy:\n", """\
    - {id: TP-8, clause: 2.1(8), ordinal: 8, quote: When necessary for public health, ja: 公衆衛生, en: public health,
       law: 27(1)(iii), needs: exception, categories: [customer], conditions: []}
  beyond_policy:
"""))  # fmt: skip
    (row,) = differences(SEED, str(new))
    assert (row["kind"], row["what"], row["new"]) == ("added", "grounds", "TP-8")


@pytest.fixture
def company(tmp_path: Path) -> tuple[Path, Path]:
    """A register with one customers' table, and declarations of what it is used for."""
    register = tmp_path / "register.sqlite"
    book = Register.open(register)
    customers = dataset("crm", "dtb_customer", [column("mail", "email")], [rows_of("customer")])
    run = book.begin("scan", date(2026, 11, 23), {})
    book.put_scan(run, store("crm"), [customers], [], load(SEED).category_of)
    book.finish(run, "done", {})
    folder = tmp_path / "declarations"
    folder.mkdir()
    desk = {"name": "窓口", "phone": "03-0000-0000"}
    uses = [
        {"id": "U-01", "job": "メールマガジン", "use": "marketing", "purposes": ["customer-D"]},
        {"id": "U-02", "job": "問い合わせ対応", "use": "inquiry", "purposes": ["customer-E"]},
    ]
    source = {"source": {"store": "crm", "dataset": "dtb_customer"}}
    for name, content in (
        ("company", {"company": {"name": "株式会社みほん"}, "policy": {"adopts": SEED, "desk": desk}}),
        (
            "stores",
            {"stores": [{"id": "crm", "kind": "files", "path": str(tmp_path), "label": "顧客", "owner": "営業部"}]},
        ),
        ("uses", {"uses": [use | source for use in uses]}),
    ):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return register, folder


def test_the_verdicts_that_would_turn_are_told_and_nothing_is_written(
    company: tuple[Path, Path], tmp_path: Path
) -> None:
    register, declarations = company
    before = hashlib.sha256(register.read_bytes()).hexdigest()
    new = without_marketing(tmp_path)
    found = differences(SEED, str(new), "--register", str(register), "--declarations", str(declarations))
    flips = [row for row in found if row["row"] == "verdict"]
    # U-02 named customer-E, which is customer-D now: its owner's sentence is the same, and so is the verdict
    assert [(row["use"], row["before"], row["after"]) for row in flips] == [("U-01", "compliant", "violation")]
    assert hashlib.sha256(register.read_bytes()).hexdigest() == before


def test_a_register_without_declarations_is_refused(company: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(main, ["policy", "diff", SEED, SEED, "--register", str(company[0])])
    assert done.exit_code == 2
