"""A team's register in PostgreSQL, on a real server: the same answers as from a file, migrated, and shared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.history import differences
from pipelines.register import Register, RegisterError
from pipelines.reports import write_all
from tests import servers
from tests.conftest import daicho
from tests.filled_register import (
    CARDS,
    FILES,
    UNDONE,
    UNREAD,
    VERDICTS,
    check,
    column,
    dataset,
    declarations,
    filled,
    policy,
    rows_of,
    scan,
    scan_jobs,
)
from tests.servers import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with servers.postgresql() as running:
        yield running


@pytest.fixture
def url(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database, as `--register` names it: its password stands in the environment."""
    server.run("postgres", "DROP DATABASE IF EXISTS team WITH (FORCE)", "CREATE DATABASE team")
    monkeypatch.setenv("REGISTER_PASSWORD", quote(servers.SECRET, safe=""))
    return f"postgresql+psycopg://{server.user}:${{REGISTER_PASSWORD}}@127.0.0.1:{server.port}/team"


def exported(location: str, *more: str) -> dict[str, object]:
    done = CliRunner().invoke(main, ["export", "json", "--register", location, *more])
    assert done.exit_code == 0, done.output
    whole: dict[str, object] = json.loads(done.stdout)
    return {section: rows for section, rows in whole.items() if section != "runs"}


def test_it_answers_as_a_file_does(url: str, tmp_path: Path) -> None:
    changed = dataset("files", CARDS.name, [column("氏名", "name")], [rows_of("professional")])
    for location in (url, str(tmp_path / "register.sqlite")):
        register = filled(location)
        scan(register, {"files": (FILES, (changed,), UNREAD)})
        scan_jobs(register, "INSERT INTO dm SELECT mail FROM dtb_customer")
        check(register, VERDICTS[1:])
    team, own = Register.open(url, create=False), Register.open(tmp_path / "register.sqlite")
    assert exported(url) == exported(str(tmp_path / "register.sqlite"))
    assert team.stood(2) == own.stood(2)
    assert list(differences(team, 2)) == list(differences(own, 2))
    assert [job.statements for job in team.jobs()] == [job.statements for job in own.jobs()]
    written = write_all(team, policy(), tmp_path / "out")
    assert all(path.stat().st_size for path in written)


def test_the_whole_pipeline_runs_on_it(url: str, environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "顧客名簿.csv").write_text("氏名,メール\n架空花子,hanako@reiji.example\n", encoding="utf-8")
    declared = declarations(tmp_path / "declared", f"  - {{id: files, kind: files, path: {tmp_path / 'files'}}}\n")
    own = {
        **environment,
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "REGISTER_PASSWORD": quote(servers.SECRET, safe=""),
    }
    where = ("--declarations", str(declared), "--register", url, "--out", str(tmp_path / "out"))
    done = daicho("run", *where, environment=own)
    assert "データ 1 件" in done.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"report.html", "ledger.xlsx"}
    assert [one.columns[0].data_category for one in Register.open(url, create=False).datasets()] == ["name"]
    told = daicho("export", "json", "--register", url, environment=own).stdout
    assert [run["kind"] for run in json.loads(told)["runs"]] == ["scan", "check"]
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert servers.SECRET.encode() not in content and own["REGISTER_PASSWORD"].encode() not in content, path


def test_a_register_of_before_is_migrated_once_whoever_comes_first(server: Server, url: str) -> None:
    filled(url)
    before = exported(url)
    server.run("team", *UNDONE[7].rstrip(";").split(";"), "UPDATE meta SET value = '6' WHERE key = 'schema_version'")
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: Register.open(url, create=False), range(4)))
    assert server.ask("team", "SELECT value FROM meta WHERE key = 'schema_version'")[0] == "7"
    assert exported(url) == before
    check(opened[0])
    scan(opened[1])
    assert exported(url) == before


def test_a_run_that_fails_leaves_what_was_there(url: str) -> None:
    register = filled(url)
    before = exported(url)
    twice = dataset("files", CARDS.name, [column("電話", "phone")], [rows_of("customer")])
    with pytest.raises(RegisterError) as told:
        scan(register, {"files": (FILES, (twice, twice), ())})
    assert "電話" not in str(told.value)
    assert exported(url) == before


def test_no_sign_in_a_name_costs_a_run(url: str) -> None:
    register = filled(url)
    odd = dataset("files", "a\0b", [column("電\0話", "phone")], [rows_of("customer")], label="\0")
    scan(register, {"files": (FILES, (odd,), ())})
    assert [one.columns[0].column for one in register.datasets() if one.name == "a␀b"] == ["電␀話"]


def test_neither_password_nor_host_is_told(server: Server, url: str) -> None:
    missing = url.rpartition("/")[0] + "/nowhere"
    done = CliRunner().invoke(main, ["export", "tags", "--register", missing])
    assert done.exit_code == 2
    for word in (servers.SECRET, quote(servers.SECRET, safe=""), "127.0.0.1", str(server.port)):
        assert word not in done.output
    empty = CliRunner().invoke(main, ["export", "tags", "--register", url])
    assert empty.exit_code == 2
    assert "daicho scan" in empty.output
