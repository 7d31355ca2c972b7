"""Facts and suites in a company's own Great Expectations project, as docs/great_expectations.md tells it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from click.testing import CliRunner

from expectations.answers import answered
from expectations.exchange import TABLES, write
from expectations.facts import Declared, Provision, Source, Use
from expectations.observed import ObservedColumn, ObservedDataset, ObservedFlows, Partition
from expectations.policy import load
from expectations.rules import rules
from expectations.rulings import Ruling, stand
from pipelines.cli import main
from tests.filled_register import CARDS as FILLED_CARDS
from tests.filled_register import filled

ROOT = Path(__file__).parent.parent
POLICY = load("handling-of-personal-information")
TODAY = date(2026, 11, 23)
CARDS = ObservedDataset(
    id="d1",
    store="s",
    name="名刺一覧",
    columns=(
        ObservedColumn(name="氏名", data_category="name", data_type="person_name"),
        ObservedColumn(name="個人番号", data_category="my_number", data_type="my_number"),
    ),
    partitions=(Partition(subject="business_partner", custody="own", nature="personal"),),
)
MEETING = Use(
    id="meeting",
    job="商談",
    use="meeting",
    source=Source(store="s", dataset="名刺一覧"),
    purposes=("partner-A",),
)
FOREIGN = MEETING.model_copy(update={"id": "letter", "job": "案内", "purposes": ("customer-A",)})
SALE = Provision(id="sale", source=Source(store="s", dataset="名刺一覧"), recipient="名簿業者", use="publish")


def checked_elsewhere(folder: Path, *acts: Use | Provision) -> str:
    """What the documented program prints of these facts; nothing of ours is imported there."""
    uses = tuple(act for act in acts if isinstance(act, Use))
    provisions = tuple(act for act in acts if isinstance(act, Provision))
    write(answered(POLICY, [CARDS], Declared(uses=uses, provisions=provisions), TODAY), folder)
    told = re.search(r"```python\n(.*?)```", (ROOT / "docs/great_expectations.md").read_text(encoding="utf-8"), re.S)
    assert told
    program = folder / "check.py"
    ours = "any(name.split('.')[0] in ('pipelines', 'classifiers', 'expectations') for name in sys.modules)"
    program.write_text(f"{told[1]}\nassert not {ours}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(folder)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_core_expectations_over_the_exported_facts_find_what_the_check_finds(tmp_path: Path) -> None:
    said = checked_elsewhere(tmp_path, MEETING, FOREIGN, SALE)
    lines = {(line.split()[0], line.split()[1]) for line in said.splitlines()}
    # by the policy's own suite, and by the rules' columns
    assert ("uses", "R-03") in lines
    assert ("columns", "R-16") in lines
    assert ("provisions", "R-17") in lines


def test_facts_that_hold_pass_there_too(tmp_path: Path) -> None:
    said = checked_elsewhere(tmp_path, MEETING)
    assert [line for line in said.splitlines() if line.startswith("uses")] == []


def test_a_table_a_kind_of_case_and_a_column_a_rule(tmp_path: Path) -> None:
    write(answered(POLICY, [CARDS], Declared(uses=(MEETING, FOREIGN), provisions=(SALE,)), TODAY), tmp_path)
    asked = set()
    for table in ("uses", "provisions", "columns", "datasets"):
        facts = pq.read_table(tmp_path / "facts" / f"{table}.parquet")
        suite = json.loads((tmp_path / "suites" / f"{table}.json").read_text(encoding="utf-8"))
        columns = {one["kwargs"]["column"] for one in suite["expectations"] if "column" in one["kwargs"]}
        assert columns <= set(facts.column_names)
        asked |= columns & set(rules())
    assert asked == {id for id, rule in rules().items() if {*rule.row.tables} & {*TABLES[:4]}}
    uses = pq.read_table(tmp_path / "facts" / "uses.parquet").to_pylist()
    assert [(row["id"], row["subject_category"], row["purposes"]) for row in uses] == [
        ("meeting", "partner", "partner-A"),
        ("letter", "partner", "customer-A"),
    ]


def test_a_table_without_a_case_is_left_out_even_where_one_was_before(tmp_path: Path) -> None:
    write(answered(POLICY, [CARDS], Declared(uses=(MEETING,)), TODAY), tmp_path)
    paths = write(answered(POLICY, [CARDS], Declared(), TODAY), tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == sorted(path.name for path in paths)
    assert "uses.json" not in {path.name for path in paths}


def test_the_command_asks_for_a_register_that_is_there(tmp_path: Path) -> None:
    declarations = str(ROOT / "data_samples/declarations")
    register = str(tmp_path / "none.sqlite")
    options = ["--declarations", declarations, "--register", register, "--out", str(tmp_path / "checks")]
    done = CliRunner().invoke(main, ["suites", *options])
    assert done.exit_code == 2
    assert not (tmp_path / "checks").exists()


def test_the_command_writes_what_the_register_holds(tmp_path: Path) -> None:
    filled(tmp_path / "register.sqlite")
    options = [
        "--declarations",
        str(ROOT / "data_samples/declarations"),
        "--register",
        str(tmp_path / "register.sqlite"),
    ]
    done = CliRunner().invoke(main, ["suites", *options, "--out", str(tmp_path / "checks"), "--as-of", "2026-11-23"])
    assert done.exit_code == 0, done.output
    assert [Path(line) for line in done.output.splitlines()] == sorted(
        (tmp_path / "checks").rglob("*.*"), key=lambda path: (TABLES.index(path.stem), path.parent.name)
    )


def test_the_facts_are_what_the_check_judged_with_what_people_ruled(tmp_path: Path) -> None:
    register = filled(tmp_path / "register.sqlite")
    said = {"about": "rows", "store": "files", "dataset": FILLED_CARDS.name, "saw": "business_partner"}
    by = {"id": "r", "says": "professional", "by": "架空太郎", "on": "2026-11-01", "why": "弁護士の名刺"}
    register.put_rulings(2, stand([Ruling.model_validate(said | by)], register.observed(), ObservedFlows(), TODAY))
    options = [
        "--declarations",
        str(ROOT / "data_samples/declarations"),
        "--register",
        str(tmp_path / "register.sqlite"),
    ]
    done = CliRunner().invoke(main, ["suites", *options, "--out", str(tmp_path / "checks"), "--as-of", "2026-11-23"])
    assert done.exit_code == 0, done.output
    rows = pq.read_table(tmp_path / "checks" / "facts" / "datasets.parquet").to_pylist()
    assert [row["subject_category"] for row in rows if row["dataset"] == FILLED_CARDS.name] == ["professional"]
