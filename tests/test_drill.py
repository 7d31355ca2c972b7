"""A drill asks for known persons, tells what share of theirs is found, and keeps nothing personal of them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipelines.cli import main
from tests.conftest import DECLARATIONS, Run
from tests.test_lookup import StoreDeclaration, _register

PERSON = {
    "id": "p-1", "consent": "synthetic",
    "keys": {"氏名": "田中 太郎", "生年月日": "1980-01-01", "電話番号": "090-1234-5678"},
    "held": [{"store": "crm", "dataset": "customers", "rows": 1}, {"store": "crm", "dataset": "orders", "rows": 2}],
}  # fmt: skip
NOBODY = {"id": "p-2", "consent": "synthetic", "keys": {"氏名": "架空 皆無"}, "held": []}


class Place:
    """A database, its register, and how a drill is called over it."""

    def __init__(self, folder: Path, responder: dict[str, str]) -> None:
        self.folder, self.responder = folder, responder
        database = folder / "crm.sqlite"
        with sqlite3.connect(database) as crm:
            crm.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, 氏名 TEXT, 生年月日 TEXT, 電話番号 TEXT)")
            people = [
                (1, "田中太郎", "1980-01-01", "090-1234-5678"),
                (2, "田中太郎", None, None),
                (3, "鈴木花子", "1975-03-03", "090-0000-1111"),
            ]
            crm.executemany("INSERT INTO customers VALUES (?, ?, ?, ?)", people)
            crm.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id))")
            crm.executemany("INSERT INTO orders VALUES (?, ?)", [(1, 1), (2, 1), (3, 3)])
        crm.close()
        (folder / "declarations").mkdir()
        stores = {"stores": [{"id": "crm", "kind": "sql", "url": f"sqlite:///{database}", "label": "顧客"}]}
        (folder / "declarations" / "stores.yml").write_text(json.dumps(stores), encoding="utf-8")
        shutil.copy(DECLARATIONS / "company.yml", folder / "declarations")
        self.register = folder / "register.sqlite"
        _register([StoreDeclaration(**stores["stores"][0])], f"sqlite:///{self.register}")

    def drill(self, persons: Any, *more: str, mode: int = 0o600) -> Result:
        file = self.folder / "persons.json"
        file.write_text(json.dumps(persons, ensure_ascii=False), encoding="utf-8")
        file.chmod(mode)
        command = [
            "drill", "--declarations", str(self.folder / "declarations"), "--register", str(self.register),
            "--persons", str(file), "--history", str(self.folder / "drills.jsonl"), *more,
        ]  # fmt: skip
        return CliRunner().invoke(main, command, env=self.responder)


@pytest.fixture
def place(tmp_path: Path, responder: dict[str, str]) -> Place:
    return Place(tmp_path, responder)


def test_known_persons_are_asked_for_and_what_is_missed_is_told(place: Place) -> None:
    done = place.drill({"persons": [PERSON, NOBODY]}, "--format", "json", "--fail-on", "missed")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["persons"], told["known"], told["found"], told["share"]) == (2, 3, 3, 1.0)
    assert told["wrong"] == 0.5, "one stranger of the same name for the one, none for the other"

    more = {**PERSON, "held": [*PERSON["held"], {"store": "crm", "dataset": "letters", "rows": 4}]}
    assert place.drill({"persons": [more]}).exit_code == 0
    done = place.drill({"persons": [more]}, "--fail-on", "missed")
    assert done.exit_code == 1
    assert "p-1 · crm · letters · 4" in done.stdout
    assert place.drill({"persons": [more]}, "--fail-on", "missed", "--least", "0.4").exit_code == 0
    history = (place.folder / "drills.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["found"] for line in history.splitlines()] == [3, 3, 3, 3]
    for value in ("田中", "太郎", "1980", "1234"):
        assert value not in history + done.output


@pytest.mark.parametrize(
    ("persons", "mode"),
    [
        ({"persons": [PERSON]}, 0o644),
        ({"persons": []}, 0o600),
        ({"persons": [PERSON, PERSON]}, 0o600),
        ({"persons": [{**PERSON, "consent": ""}]}, 0o600),
        ({"persons": [{**PERSON, "keys": {"氏名": "田"}}]}, 0o600),
        ({"persons": [{**PERSON, "held": PERSON["held"] * 2}]}, 0o600),
        ([PERSON], 0o600),
    ],
)
def test_a_wrong_file_is_refused_without_its_values(place: Place, persons: Any, mode: int) -> None:
    done = place.drill(persons, mode=mode)
    assert done.exit_code == 2, done.output
    assert "田中" not in done.output
    assert not (place.folder / "drills.jsonl").exists()


def test_the_companys_drill_finds_everybody(company_run: Run, responder: dict[str, str]) -> None:
    persons = company_run.samples / "drill.json"
    command = ["--declarations", str(DECLARATIONS), "--register", str(company_run.register), "--persons", str(persons)]
    told = json.loads(company_run.daicho("drill", *command, "--format", "json", more=responder).stdout)
    assert told["known"] > told["persons"] > 10
    assert (told["share"], told["missed"]) == (1.0, [])
