"""`daicho init`, `stores test`, `plan`: what a data engineer does before the first scan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.cli import main
from pipelines.declarations import load
from tests import servers

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


def test_what_is_there_is_never_written_over(folder: Path) -> None:
    (folder / "stores.yml").write_text("stores: []\n", encoding="utf-8")
    done = daicho("init", str(folder))
    assert done.exit_code == 2
    assert "stores.yml" in done.output
    assert sorted(path.name for path in folder.iterdir()) == ["data", "stores.yml"]


@pytest.mark.parametrize(
    ("store", "told"),
    [
        ("crm=postgresql://reader:himitsu@db.example/crm", "CRM_PASSWORD"),
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
