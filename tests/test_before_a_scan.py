"""`daicho init`, `stores test`, `plan`: what a data engineer does before the first scan."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import main
from pipelines.declarations import load
from tests import servers
from tests.conftest import daicho as in_a_process

PEOPLE = "会員番号,氏名\n00001,羽鳥 八重子\n00002,三枝 慎一郎\n"


def daicho(*arguments: str) -> Result:
    # a wide terminal: tables are cut otherwise
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "会員.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def test_what_is_started_with_can_be_scanned_and_planned(folder: Path) -> None:
    declarations, register = str(folder / "declarations"), str(folder / "register.sqlite")
    begun = daicho("init", declarations, "--store", f"kyoyu={folder / 'data'}")
    assert begun.exit_code == 0, begun.output
    (store,) = load(declarations).stores
    assert (store.id, store.kind, store.level) == ("kyoyu", "files", "sample")
    before = json.loads(daicho("plan", "--declarations", declarations, "--json").output)
    assert (before["due"], before["rows_to_read"], before["unchanged"]) == (1, 2, 0)
    assert daicho("scan", "--declarations", declarations, "--register", register).exit_code == 0
    after = json.loads(daicho("plan", "--declarations", declarations, "--register", register, "--json").output)
    assert (after["due"], after["rows_to_read"], after["unchanged"]) == (0, 0, 1)
    told = daicho("plan", "--declarations", declarations).output
    assert "kyoyu" in told
    assert "羽鳥" not in told


def test_what_is_started_with_runs_as_it_is_and_says_that_its_policy_is_an_example(
    folder: Path, environment: dict[str, str]
) -> None:
    declarations, out = folder / "declarations", folder / "out"
    daicho("init", str(declarations), "--store", f"kyoyu={folder / 'data'}")
    own = {**environment, "PREFECT_HOME": str(folder / "prefect")}
    where = ("--declarations", str(declarations), "--register", str(folder / "register.sqlite"), "--out", str(out))
    done = in_a_process("run", *where, environment=own)
    assert "見本の方針による試行です" in done.stdout
    assert "見本の方針による試行です" in (out / "report.html").read_text(encoding="utf-8")
    assert "（試行）" in cells(out / "ledger.xlsx")
    company = (declarations / "company.yml").read_text(encoding="utf-8")
    (declarations / "company.yml").write_text(company.replace("rehearsal: true", "rehearsal: false"), encoding="utf-8")
    again = in_a_process("check", *where, environment=own)
    assert "試行" not in again.stdout


def cells(workbook: Path) -> str:
    """All that is written in a workbook."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    found = "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
    book.close()
    return found


def test_an_empty_start_loads_and_so_do_its_examples(folder: Path) -> None:
    declarations = folder / "declarations"
    assert daicho("init", str(declarations)).exit_code == 0
    assert not load(declarations).stores
    for name in ("stores", "uses"):
        file = declarations / f"{name}.yml"
        text = file.read_text(encoding="utf-8").replace(f"{name}: []\n", "")
        rows = re.findall(r"^#   (- id: .*|  \w+: .*)$", text, re.MULTILINE)
        assert rows
        file.write_text(f"{name}:\n" + "\n".join(f"  {row}" for row in rows) + "\n", encoding="utf-8")
    known = load(declarations)
    assert {store.id: store.kind for store in known.stores} == {"kyoyu": "files", "crm": "sql"}
    assert [use.id for use in known.declared.uses] == ["U-01"]


def test_the_kind_of_a_store_is_guessed_and_its_id_stays_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(folder / "crm.sqlite") as connection:
        connection.execute("CREATE TABLE members (name text)")
    monkeypatch.setenv("PLACE", str(folder))
    places = {
        "007": str(folder / "data"),
        "no": str(folder / "crm.sqlite"),
        "顧客's": "${PLACE}/crm.sqlite",
        "dwh": "postgresql://reader:${DWH_PASSWORD}@db.example/dwh",
        "lake": "s3://lake/2026",
    }
    options = [part for id, place in places.items() for part in ("--store", f"{id}={place}")]
    assert daicho("init", str(folder / "declarations"), *options).exit_code == 0
    stores = load(folder / "declarations").stores
    assert {store.id: store.path or store.url for store in stores} == places
    assert [store.kind for store in stores] == ["files", "sql", "sql", "sql", "files"]


@pytest.mark.parametrize("name", ["stores.yml", "company.yml"])
def test_what_is_there_is_never_written_over(folder: Path, name: str) -> None:
    (folder / name).write_text("mine: here\n", encoding="utf-8")
    done = daicho("init", str(folder))
    assert done.exit_code == 2
    assert name in done.output
    assert sorted(path.name for path in folder.iterdir()) == sorted(["data", name])
    assert (folder / name).read_text(encoding="utf-8") == "mine: here\n"


def test_a_place_that_cannot_be_written_is_told(folder: Path) -> None:
    done = daicho("init", str(folder / "data" / "会員.csv" / "declarations"))
    assert done.exit_code == 2
    assert "cannot be written" in done.output


@pytest.mark.parametrize(
    ("store", "told"),
    [
        ("crm=postgresql://reader:himitsu@db.example/crm", "${CRM_PASSWORD}"),
        ("顧客-1=postgresql://reader:himitsu@db.example/crm", "${DB_1_PASSWORD}"),
        ("crm=postgresql://reader@db.example/crm?password=himitsu", "${CRM_PASSWORD}"),
        ("postgresql://reader:himitsu@db.example/crm?sslmode=require", "ID=PATH"),
        ("postgresql://reader:himitsu@db.example/crm", "ID=PATH"),
        ("c rm=data", "no spaces"),
        ("crm", "ID=PATH"),
        ("=data", "ID=PATH"),
    ],
)
def test_a_wrong_store_is_refused_and_no_password_repeated(folder: Path, store: str, told: str) -> None:
    done = daicho("init", str(folder / "declarations"), "--store", store)
    assert done.exit_code == 2
    assert told in done.output
    assert "himitsu" not in done.output
    assert not (folder / "declarations").exists()


def test_stores_are_tried_and_what_hinders_is_told(folder: Path) -> None:
    declarations = str(folder / "declarations")
    daicho("init", declarations, "--store", f"kyoyu={folder / 'data'}", "--store", f"kieta={folder / 'nowhere'}")
    told = daicho("stores", "test", "--declarations", declarations)
    assert told.exit_code == 0
    first, second = told.output.splitlines()[1:3]
    assert "はい yes" in first
    assert "missing" in second
    assert "kieta" not in daicho("stores", "test", "--declarations", declarations, "kyoyu").output
    assert daicho("stores", "test", "--declarations", declarations, "nanashi").exit_code == 2


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Iterator[servers.Server]:
    with getattr(servers, request.param)() as running:
        yield running


def test_an_account_that_may_write_is_told(
    server: servers.Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = "postgres" if "postgresql" in server.drivername else None
    server.run(first, "CREATE DATABASE crm")
    server.run("crm", "CREATE TABLE members (name varchar(40))")
    if first:
        server.run("crm", f"CREATE USER reader PASSWORD '{servers.SECRET}'", "GRANT SELECT ON members TO reader")
    else:
        create = f"CREATE USER reader@'127.0.0.1' IDENTIFIED BY '{servers.SECRET}'"
        server.run("crm", create, "GRANT SELECT ON crm.* TO reader@'127.0.0.1'")
    told = {}
    for user in ("keeper", "reader"):
        monkeypatch.setenv("PLACE", server.url("crm", user))
        declarations = folder / user
        daicho("init", str(declarations))
        row = "{id: crm, kind: sql, url: '${PLACE}', owner: 総務部}"
        (declarations / "stores.yml").write_text(f"stores:\n  - {row}\n", encoding="utf-8")
        told[user] = daicho("stores", "test", "--declarations", str(declarations)).output
    assert "はい yes" in told["keeper"]
    assert "はい yes" in told["reader"]
    assert "may also write" in told["keeper"]
    assert "may also write" not in told["reader"]
    assert servers.SECRET not in told["keeper"] + told["reader"]
