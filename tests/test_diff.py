"""What changed in the register since an earlier run, or since a day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.history import differences, run_before
from pipelines.register import Register, RegisterError
from tests.filled_register import (
    CARDS,
    CRM,
    CUSTOMERS,
    FILES,
    ORDERS,
    PRODUCTS,
    STAFF,
    UNREAD,
    VERDICTS,
    check,
    column,
    dataset,
    filled,
    rows_of,
    scan,
    verdict,
)

AS_PROFESSIONALS = dataset(
    "files", CARDS.name, [column("氏名", "name"), column("電話", "fax")], [rows_of("professional")]
)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return filled(tmp_path / "register.sqlite")


def test_nothing_is_otherwise_after_the_same_again(register: Register) -> None:
    scan(register)
    check(register)
    assert list(differences(register, 2)) == []


def test_new_gone_and_otherwise_each_with_its_place(register: Register) -> None:
    scan(register, {"files": (FILES, (AS_PROFESSIONALS,), UNREAD)})
    check(register, [verdict("v-cards", "consented", CARDS, use="card-mail"), verdict("v-fresh", "gap", STAFF)])
    found = {(one.kind, one.dataset, one.item): (one.before, one.after) for one in differences(register, 2)}
    assert found["dataset", STAFF.name, ""] == ("held", "")
    assert found["column", CARDS.name, "電話"] == ("phone", "fax")
    assert found["partition", CARDS.name, ""] == ("business_partner", "professional")
    assert found["verdict", CARDS.name, "card-mail"] == ("violation", "consented")


def test_what_came_and_went_again_is_no_difference(register: Register) -> None:
    scan(register, {"files": (FILES, (AS_PROFESSIONALS,), UNREAD)})
    scan(register)
    assert list(differences(register, 2)) == []
    assert {one.kind for one in differences(register, 3)} == {"column", "dataset", "partition"}


def test_all_that_is_held_is_new_since_the_beginning(register: Register) -> None:
    found = [one for one in differences(register, 0) if one.kind == "dataset"]
    assert {one.dataset for one in found} == {one.name for one in register.datasets()}
    assert all(one.before == "" for one in found)


def test_a_day_stands_for_the_last_run_before_it(register: Register) -> None:
    today = max(run.finished for run in register.runs() if run.finished).date()
    assert run_before(register, (today + timedelta(days=2)).isoformat()) == 2
    assert run_before(register, date(2000, 1, 1).isoformat()) == 0


@pytest.mark.parametrize("since", ["last year", "2026-02-30", "99", "-1"])
def test_what_is_neither_a_day_nor_a_run_is_refused(register: Register, since: str) -> None:
    with pytest.raises(RegisterError, match=since):
        run_before(register, since)


def test_the_command_tells_it_in_words_and_as_rows(register: Register, tmp_path: Path) -> None:
    scan(register, {"crm": (CRM, (CUSTOMERS, ORDERS), ()), "files": (FILES, (AS_PROFESSIONALS, STAFF), UNREAD)})
    options = ["diff", "--register", str(tmp_path / "register.sqlite"), "--since", "2"]
    told = CliRunner().invoke(main, options)
    assert told.exit_code == 0, told.output
    assert PRODUCTS.name in told.output
    assert "専門家" in told.output
    rows = [json.loads(line) for line in CliRunner().invoke(main, [*options, "--format", "jsonl"]).output.splitlines()]
    assert {row["kind"] for row in rows} >= {"dataset", "partition", "column"}
    assert CliRunner().invoke(main, [*options[:-1], "never"]).exit_code == 2


def test_a_verdict_that_is_gone_keeps_its_dataset(register: Register) -> None:
    check(register, VERDICTS[1:])
    (gone,) = [one for one in differences(register, 2) if one.kind == "verdict"]
    assert (gone.store, gone.dataset, gone.item, gone.after) == (VERDICTS[0].store, VERDICTS[0].dataset, "", "")
