"""Disposal: asked for, approved by somebody else, proved, and closed once a later scan shows it and backups expired."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from expectations.disposals import Disposal, DisposalStep, Seen, standing
from pipelines import clock
from pipelines.cli import main
from pipelines.declarations import load
from pipelines.judging import judge
from pipelines.register import Register
from pipelines.scan import Scanned, Unread
from tests.filled_register import CARDS, CRM, CUSTOMERS, FILES, STAFF, column, dataset, filled, rows_of, scan

ASKED = Disposal(id="D-1", store="files", dataset="old.csv", why="期限切れ", by="総務部", on=date(2026, 11, 1))
TODAY = date(2026, 11, 29)


def step(kind: str, by: str = "個人情報保護室", **more: Any) -> DisposalStep:
    proof = {"how": "上書き消去", "certificate": "消去記録 2026-11", "backups_until": "2026-11-28"}
    row = {"disposal": "D-1", "step": kind, "by": by, "on": "2026-11-10", **(proof if kind == "proved" else {}), **more}
    return DisposalStep.model_validate(row)


@pytest.mark.parametrize(
    ("steps", "seen", "state"),
    [
        ([], "unseen", "proposed"),
        ([step("approved")], "unseen", "approved"),
        ([step("approved", by="総務部")], "unseen", "lacking"),
        ([step("refused")], "unseen", "refused"),
        # a proof alone closes nothing, nor does one that nobody approved
        ([step("approved"), step("proved", by="情報システム部")], "unseen", "proved"),
        ([step("proved", by="情報システム部")], "gone", "proposed"),
        ([step("approved"), step("proved", by="情報システム部")], "there", "still_there"),
        ([step("approved"), step("proved", by="情報システム部")], "gone", "closed"),
        ([step("approved"), step("proved", by="情報システム部", backups_until="2026-11-29")], "gone", "backups"),
        # decided anew, it is proved anew
        ([step("approved"), step("proved"), step("refused")], "gone", "refused"),
        ([step("approved", disposal="D-2")], "unseen", "proposed"),
    ],
)
def test_only_a_proof_and_a_scan_together_close_a_disposal(
    steps: Sequence[DisposalStep], seen: Seen, state: str
) -> None:
    assert standing(ASKED, steps, seen, TODAY).state == state


@pytest.mark.parametrize("missing", ["how", "certificate", "backups_until"])
def test_a_proof_says_how_with_which_certificate_and_until_when_backups_hold_it(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        step("proved", **{missing: None if missing == "backups_until" else ""})


OLD = dataset("files", "old.csv", [column("氏名", "name")], [rows_of("customer")], records=10, rows_read=10)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with declarations and a register that was scanned and judged: `old.csv` is past its term."""
    (tmp_path / "declarations").mkdir()
    shutil.copy("data_samples/declarations/company.yml", tmp_path / "declarations")
    rows = [{"id": id, "kind": "files", "path": f"./{id}", "owner": "総務部"} for id in ("crm", "files", "client")]
    write(tmp_path, "stores", rows)
    term = {"id": "RT-1", "years": 3, "counted_from": "2020-03-31", "source": {"store": "files", "dataset": "old.csv"}}
    write(tmp_path, "retentions", [term])
    filled(tmp_path / "register.sqlite")
    look(tmp_path, OLD)
    judge(load(tmp_path / "declarations"), Register.open(tmp_path / "register.sqlite"), tmp_path / "docs", TODAY)
    return tmp_path


def write(place: Path, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    (place / "declarations" / f"{kind}.yml").write_text(yaml.safe_dump({kind: rows}), encoding="utf-8")


def look(place: Path, *more: Scanned, unread: Sequence[Unread] = ()) -> None:
    """A scan of the shared folder, as it is now."""
    register = Register.open(place / "register.sqlite")
    scan(register, {"crm": (CRM, (CUSTOMERS,), ()), "files": (FILES, (CARDS, STAFF, *more), unread)})


def disposal(place: Path, *command: str) -> Result:
    options = ["--declarations", str(place / "declarations")]
    if command[0] in ("list", "propose", "status"):
        options += ["--register", str(place / "register.sqlite")]
    return CliRunner().invoke(main, ["disposal", command[0], *options, *command[1:]])


def done(place: Path, *command: str) -> str:
    found = disposal(place, *command)
    assert found.exit_code == 0, found.output
    return found.output


def propose(place: Path, *more: str) -> None:
    done(place, "propose", "D-1", "files", "old.csv", "--why", "保存期間を過ぎた", "--by", "総務部", *more)


def proved(place: Path, *more: str, backups: date = date(2020, 1, 1)) -> None:
    """Asked for, approved and proved, by default a day ago."""
    propose(place, *more)
    done(place, "approve", "D-1", "--by", "個人情報保護室")
    day = clock.today() - timedelta(days=1)
    told = ["--how", "上書き消去", "--certificate", "消去記録 12", "--backups-until", str(backups), "--on", str(day)]
    done(place, "prove", "D-1", "--by", "情報システム部", *told)


def state(place: Path, *more: str) -> str:
    (row,) = map(json.loads, done(place, "status", "--format", "jsonl", *more).splitlines())
    return str(row["state"])


def queue(place: Path) -> list[tuple[str, str]]:
    rows = map(json.loads, done(place, "list", "--format", "jsonl").splitlines())
    return [(row["dataset"], row["proposed"]) for row in rows]


def test_the_queue_is_what_the_check_found_past_its_date(place: Path) -> None:
    assert queue(place) == [("old.csv", "")]
    propose(place)
    assert queue(place) == [("old.csv", "D-1")]
    assert "2023-03-31" in done(place, "list")
    done(place, "refuse", "D-1", "--by", "個人情報保護室")
    assert queue(place) == [("old.csv", "")], "refused, it is due again"


def test_a_disposal_closes_when_a_later_scan_sees_the_data_no_more(place: Path) -> None:
    proved(place)
    assert state(place) == "still_there"
    look(place)
    assert state(place) == "closed"
    assert "完了" in done(place, "status")
    look(place, OLD)
    assert state(place) == "still_there", "brought back from a backup"


def test_what_is_gone_already_cannot_be_asked_for(place: Path) -> None:
    look(place)
    refused = disposal(place, "propose", "D-1", "files", "old.csv", "--why", "x", "--by", "総務部")
    assert refused.exit_code == 2


def test_what_was_gone_before_a_later_proof_waits_for_the_next_scan(place: Path) -> None:
    propose(place)
    done(place, "approve", "D-1", "--by", "個人情報保護室")
    look(place)
    tomorrow = clock.today() + timedelta(days=1)
    told = ["--how", "裁断", "--certificate", "3", "--backups-until", "2020-01-01", "--on", str(tomorrow)]
    done(place, "prove", "D-1", "--by", "情報システム部", *told)
    assert state(place) == "proved"


def test_backups_keep_a_disposal_open_until_they_expire(place: Path) -> None:
    proved(place, backups=date(2099, 6, 30))
    look(place)
    assert state(place) == "backups"
    assert state(place, "--as-of", "2099-06-30") == "backups"
    assert state(place, "--as-of", "2099-07-01") == "closed"


def test_what_could_not_be_read_or_is_declared_no_more_is_not_gone(place: Path) -> None:
    proved(place)
    look(place)
    look(place, unread=[Unread("files", "", "unreachable", "")])
    assert state(place) == "proved"
    register = Register.open(place / "register.sqlite")
    register.retire_stores(scan(register, {"crm": (CRM, (CUSTOMERS,), ())}), ["crm"])
    assert state(place) == "proved"


ROWS = "退職日 <= as_of"


@pytest.mark.parametrize(("rows_read", "expected"), [(10, "closed"), (5, "proved")])
def test_rows_are_gone_where_all_rows_were_read(place: Path, rows_read: int, expected: str) -> None:
    parts = [rows_of("retiree", ROWS, share=0.5), rows_of("employee", "else", share=0.5)]
    look(place, dataset("files", "old.csv", [column("氏名", "name")], parts, records=10, rows_read=10))
    proved(place, "--rows", ROWS)
    assert state(place) == "still_there"
    kept = [rows_of("employee", "else")]
    look(place, dataset("files", "old.csv", [column("氏名", "name")], kept, records=10, rows_read=rows_read))
    assert state(place) == expected


def test_who_asked_cannot_approve_and_nobody_proves_what_is_not_approved(place: Path) -> None:
    propose(place)
    assert disposal(place, "approve", "D-1", "--by", "総務部").exit_code == 2
    told = ["--how", "x", "--certificate", "x", "--backups-until", "2026-11-29"]
    assert disposal(place, "prove", "D-1", "--by", "情報システム部", *told).exit_code == 2
    assert load(place / "declarations").disposal_steps == ()


def test_what_a_statute_has_kept_is_not_asked_to_be_erased(place: Path) -> None:
    source = {"store": "files", "dataset": "old.csv"}
    row = {"id": "RT-2", "years": 5, "counted_from": "2099-03-31", "statute": "workers_roster", "source": source}
    write(place, "retentions", [row])
    refused = disposal(place, "propose", "D-1", "files", "old.csv", "--why", "x", "--by", "総務部")
    assert refused.exit_code == 2
    assert "2104-03-31" in refused.output


def test_a_statute_whose_term_nobody_dated_stops_an_erasure(place: Path) -> None:
    source = {"store": "files", "dataset": "old.csv"}
    write(place, "retentions", [{"id": "RT-2", "years": 5, "statute": "workers_roster", "source": source}])
    refused = disposal(place, "propose", "D-1", "files", "old.csv", "--why", "x", "--by", "総務部")
    assert refused.exit_code == 2
    assert "RT-2" in refused.output
    assert load(place / "declarations").disposals == ()


@pytest.mark.parametrize(
    "wrong",
    [["D-1", "files", "nothing.csv"], ["D-1", "files", "old.csv", "--rows", "no such"], ["D-1", "no", "old.csv"]],
)
def test_what_is_not_in_the_register_cannot_be_asked_for(place: Path, wrong: list[str]) -> None:
    assert disposal(place, "propose", *wrong, "--why", "x", "--by", "総務部").exit_code == 2
    assert disposal(place, "approve", "D-9", "--by", "個人情報保護室").exit_code == 2
    assert load(place / "declarations").disposals == ()
