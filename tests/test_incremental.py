"""Scans that skip what has not changed, and ones that go on where they were broken off."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipelines.declarations import StoreDeclaration
from pipelines.register.contents import Known
from pipelines.scan import Reading, Scanned, dataset_id, scan_group
from pipelines.scan.unchanged import split
from pipelines.stores import Dataset, Field
from tests.conftest import DECLARATIONS, ROOT, daicho
from tests.register_content import content

STORE = StoreDeclaration(id="crm", kind="files", path="/x")
READING = Reading(date(2026, 11, 23), versions={"rules": "1"})
DATASET = Dataset("顧客.csv", fields=(Field("氏名"),), version="120-1")


def known(declared: StoreDeclaration = STORE, reading: Reading = READING, *, dated: bool = False) -> dict[str, Known]:
    from pipelines.scan.basis import basis

    return {dataset_id("crm", "顧客.csv"): Known("120-1", basis(declared, reading, dated=dated), 1)}


def test_what_has_not_changed_is_not_read_again() -> None:
    assert split(STORE, [DATASET], known(), READING, 2) == ([], [dataset_id("crm", "顧客.csv")])
    assert split(STORE, [DATASET], known(), READING, 2, anew=True) == ([DATASET], [])
    assert split(STORE, [DATASET], {}, READING, 2) == ([DATASET], [])


@pytest.mark.parametrize(
    "other",
    [
        Dataset("顧客.csv", version="130-2"),
        Dataset("顧客.csv", version=""),
    ],
)
def test_a_changed_or_unknown_content_is_read(other: Dataset) -> None:
    assert split(STORE, [other], known(), READING, 2) == ([other], [])


@pytest.mark.parametrize(
    "reading",
    [
        Reading(READING.as_of, versions={"rules": "2"}),
        Reading(READING.as_of, rows=50, versions={"rules": "1"}),
        Reading(READING.as_of, seed=1, versions={"rules": "1"}),
        Reading(READING.as_of, full=True, versions={"rules": "1"}),
        Reading(READING.as_of, own_domains=("reiji.example",), versions={"rules": "1"}),
    ],
)
def test_other_rules_or_settings_read_again(reading: Reading) -> None:
    assert split(STORE, [DATASET], known(), reading, 2) == ([DATASET], [])


def test_another_declaration_reads_again() -> None:
    entrusted = STORE.model_copy(update={"custody": "entrusted"})
    assert split(entrusted, [DATASET], known(), READING, 2) == ([DATASET], [])


def test_what_depends_on_the_day_stands_for_its_day_alone() -> None:
    tomorrow = Reading(date(2026, 11, 24), versions={"rules": "1"})
    assert not split(STORE, [DATASET], known(), tomorrow, 2)[0]
    assert not split(STORE, [DATASET], known(dated=True), READING, 2)[0]
    assert split(STORE, [DATASET], known(dated=True), tomorrow, 2)[0] == [DATASET]


def test_former_staff_are_judged_anew_the_next_day(tmp_path: Path) -> None:
    (tmp_path / "社員.csv").write_text(
        "社員番号,氏名,退職日\n" + "".join(f"{n:05},羽鳥 八重子,{'2026-09-30' if n % 2 else ''}\n" for n in range(40)),
        encoding="utf-8",
    )
    store = StoreDeclaration(id="hr", kind="files", path=str(tmp_path))
    (scanned,) = scan_group(store, [Dataset("社員.csv", fields=(Field("社員番号"),))], READING)
    assert isinstance(scanned, Scanned)
    answers = {scanned.id: Known("v", scanned.basis, 1)}
    same = Dataset("社員.csv", version="v")
    assert not split(store, [same], answers, READING, 2)[0]
    assert split(store, [same], answers, Reading(date(2026, 11, 24), versions={"rules": "1"}), 2)[0] == [same]


def _company(folder: Path, files: int) -> Path:
    declarations, data = folder / "declarations", folder / "data"
    declarations.mkdir()
    data.mkdir()
    shutil.copy(DECLARATIONS / "company.yml", declarations)
    (declarations / "stores.yml").write_text(
        f"stores:\n  - {{id: kyouyuu, kind: files, path: {data}, owner: 総務部}}\n", encoding="utf-8"
    )
    for number in range(files):
        (data / f"会員{number:02}.csv").write_text(
            "会員番号,氏名,メールアドレス\n" + f"{number:05},羽鳥 八重子,yaeko{number}@reiji.example\n" * 3,
            encoding="utf-8",
        )
    return declarations


KILLED = """
import os, signal, sys
from pipelines.register import Register
whole = Register.put_datasets
def once(self, *arguments):
    whole(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
Register.put_datasets = once
from pipelines.cli import main
main(sys.argv[1:])
"""


def test_a_killed_scan_goes_on_and_ends_as_an_unbroken_one(tmp_path: Path, by_server: dict[str, str]) -> None:
    declarations = _company(tmp_path, 20)
    broken, whole = tmp_path / "broken.sqlite", tmp_path / "whole.sqlite"

    def arguments(register: Path) -> tuple[str, ...]:
        return "scan", "--declarations", str(declarations), "--register", str(register), "--as-of", "2026-11-23"

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments(broken)], cwd=ROOT, env=by_server, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL
    with sqlite3.connect(broken) as connection:
        assert 0 < connection.execute("SELECT count(*) FROM datasets").fetchone()[0] < 20
    daicho(*arguments(broken), "--resume", environment=by_server)
    daicho(*arguments(whole), environment=by_server)
    assert content(broken) == content(whole)
    with sqlite3.connect(broken) as connection:
        assert connection.execute("SELECT id, status FROM runs").fetchall() == [(1, "done")]
