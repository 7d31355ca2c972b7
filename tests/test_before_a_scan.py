"""`daicho init`, `stores test`, `plan`: what a data engineer does before the first scan."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pipelines import clock
from pipelines.cli import main
from pipelines.declarations import load
from pipelines.stores import sql_limits
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


def planned(declarations: str, *options: str) -> dict[str, dict[str, Any]]:
    """The plan, a store each."""
    done = daicho("plan", "--declarations", declarations, "--json", *options)
    assert done.exit_code == 0, done.output
    return {row["store"]: row for row in map(json.loads, done.output.splitlines())}


def test_what_is_started_with_can_be_planned_and_scanned_and_planned_again(
    folder: Path, by_server: dict[str, str]
) -> None:
    declarations, register = str(folder / "declarations"), str(folder / "register.sqlite")
    (folder / "data" / "空.csv").touch()
    begun = daicho("init", declarations, "--store", f"kyoyu={folder / 'data'}")
    assert begun.exit_code == 0, begun.output
    # the company's own domains are part of what answers rest on
    company = Path(declarations) / "company.yml"
    text = company.read_text(encoding="utf-8")
    company.write_text(text.replace("mail_domains: []", "mail_domains: [reiji.example]"), encoding="utf-8")
    (before,) = planned(declarations).values()
    assert (before["due"], before["rows_to_read"], before["unchanged"]) == (1, 2, 0)
    assert before["bytes_to_read"] == len(PEOPLE.encode())
    assert before["seconds"] is None
    done = in_a_process("scan", "--declarations", declarations, "--register", register, environment=by_server)
    head, line = done.stdout.splitlines()[1:3]
    told = dict(zip(head.split(), line.split(), strict=True))
    assert (told["store"], told["read"], told["same"], told["pieces"], told["rows"]) == ("kyoyu", "1", "0", "1", "2")
    assert float(told["s"]) > 0
    assert "kyoyu: 読まなかったもの · not read: 中身がない empty 1" in done.stdout
    (after,) = planned(declarations, "--register", register).values()
    assert (after["due"], after["rows_to_read"], after["unchanged"], after["seconds"]) == (0, 0, 1, 0.0)
    with (folder / "data" / "会員.csv").open("a", encoding="utf-8") as file:
        file.write("".join(f"{number:05},三枝 慎一郎\n" for number in range(3, 2_000)))
    (grown,) = planned(declarations, "--register", register, "--rows", "1000").values()
    assert (grown["due"], grown["rows_to_read"], grown["rows_in_due"]) == (1, 1000, 1999)
    assert grown["seconds"] > 0
    told = daicho("plan", "--declarations", declarations, "--register", register).output
    assert re.search(r"kyoyu +標本 sample +1 +1 +0 +1,000 +1,999 +\d+\.\d kB +0:\d\d:\d\d", told)
    assert "羽鳥" not in told


def test_a_plan_reads_as_far_as_is_allowed_and_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "data" / "回答").mkdir()
    for name in ("a.txt", "b.eml"):
        (folder / "data" / "回答" / name).write_text("Subject: x\n\n羽鳥 八重子\n", encoding="utf-8")
    place = folder / "data"
    declarations = declared(
        folder,
        f"{{id: bubun, kind: files, path: {place}}}",
        f"{{id: zenbu, kind: files, path: {place}, read_level: full, allowed_by: 総務部, allowed_on: 2026-11-01}}",
        f"{{id: namae, kind: files, path: {place}, read_level: metadata}}",
        f"{{id: nashi, kind: files, path: {place}, read_level: none}}",
        f'{{id: yoru, kind: files, path: {place}, window: {{from: "22:00", to: "05:00"}}}}',
        f"{{id: kieta, kind: files, path: {folder / 'nowhere'}}}",
    )
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 28, 12, tzinfo=clock.TOKYO))
    rows = {id: (one["due"], one["rows_to_read"]) for id, one in planned(declarations, "--rows", "1").items()}
    # a table, a text and a mail, which is not opened
    assert rows == {"bubun": (3, 2), "zenbu": (3, 2), "namae": (3, 0), "nashi": (0, 0), "yoru": (0, 0), "kieta": (0, 0)}
    full = planned(declarations, "--rows", "1", "--full")
    assert (full["zenbu"]["rows_to_read"], full["bubun"]["rows_to_read"]) == (3, 2)
    assert full["yoru"]["opens"] == "2026-11-28T22:00:00+09:00"
    assert full["kieta"]["not_read"] == {"missing": 1}
    assert list(planned(declarations, "namae")) == ["namae"]
    told = daicho("plan", "--declarations", declarations).output
    assert "yoru: 走査の時間帯の外 · outside its scan window, opens 2026-11-28 22:00 JST" in told
    assert "kieta: 見つからない missing: 指定された場所にありません" in told


def test_a_plan_needs_no_register_and_refuses_one_that_is_not_there(folder: Path) -> None:
    declarations = declared(folder, f"{{id: kyoyu, kind: files, path: {folder / 'data'}}}")
    nowhere = str(folder / "nowhere.sqlite")
    assert daicho("plan", "--declarations", declarations, "--register", nowhere).exit_code == 2
    assert not Path(nowhere).exists()


def test_what_is_started_with_runs_as_it_is_and_says_that_its_policy_is_an_example(
    folder: Path, by_server: dict[str, str]
) -> None:
    declarations, out = folder / "declarations", folder / "out"
    daicho("init", str(declarations), "--store", f"kyoyu={folder / 'data'}")
    where = ("--declarations", str(declarations), "--register", str(folder / "register.sqlite"), "--out", str(out))
    done = in_a_process("run", *where, environment=by_server)
    assert "見本の方針による試行です" in done.stdout
    assert "見本の方針による試行です" in (out / "report.html").read_text(encoding="utf-8")
    assert "（試行）" in cells(out / "ledger.xlsx")
    company = (declarations / "company.yml").read_text(encoding="utf-8")
    (declarations / "company.yml").write_text(company.replace("rehearsal: true", "rehearsal: false"), encoding="utf-8")
    again = in_a_process("check", *where, environment=by_server)
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


def declared(folder: Path, *rows: str) -> str:
    """A folder of declarations with those stores."""
    place = folder / f"declared-{len(list(folder.iterdir()))}"
    assert daicho("init", str(place)).exit_code == 0
    text = "stores:\n" + "".join(f"  - {row}\n" for row in rows)
    (place / "stores.yml").write_text(text, encoding="utf-8")
    return str(place)


def test_stores_are_tried_and_what_hinders_is_told_with_what_to_do(folder: Path) -> None:
    (folder / "data" / "回答").mkdir()
    (folder / "data" / "回答" / "a.eml").write_text("Subject: x\n\n羽鳥 八重子\n", encoding="utf-8")
    declarations = declared(
        folder,
        f"{{id: kyoyu, kind: files, path: {folder / 'data'}}}",
        f"{{id: kieta, kind: files, path: {folder / 'nowhere'}}}",
        "{id: crm, kind: sql, url: 'postgresql://reader:${DAICHO_UNSET}@db.example/crm'}",
        f"{{id: survey, kind: files, path: {folder / 'data'}, custody: entrusted, read_level: full, mail_level: sample,"
        " allowed_by: 個人情報保護管理者, allowed_on: 2026-10-01}",
        "{id: shoko, kind: paper, label: 書庫, owner: 法務部}",
    )
    told = daicho("stores", "test", "--declarations", declarations)
    assert told.exit_code == 0
    rows = {line.split()[0]: line for line in told.output.splitlines()}
    assert re.search(r"はい yes +標本 sample +名称のみ metadata +2 ", rows["kyoyu"])
    assert re.search(r"はい yes +全件 full +標本 sample +2 ", rows["survey"])
    assert "見つからない missing" in rows["kieta"]
    assert "権限がない denied" in rows["crm"]
    assert "走査できない保管場所" in rows["shoko"]
    assert "場所の指定を確かめてください" in rows["kieta:"]
    assert "環境変数 DAICHO_UNSET が設定されていません" in rows["crm:"]
    assert "個人情報保護管理者（2026-10-01）" in rows["survey:"]
    assert "羽鳥" not in told.output


def test_a_store_that_does_not_answer_fails_where_that_is_asked(folder: Path) -> None:
    declarations = declared(
        folder,
        f"{{id: kyoyu, kind: files, path: {folder / 'data'}}}",
        f"{{id: kieta, kind: files, path: {folder / 'nowhere'}}}",
        "{id: shoko, kind: paper, label: 書庫, owner: 法務部}",
        f"{{id: miru, kind: files, path: {folder / 'data'}, read_level: none}}",
    )
    ask = ("stores", "test", "--declarations", declarations, "--fail-on", "unreachable")
    assert daicho(*ask).exit_code == 1
    alone = daicho(*ask, "kyoyu", "shoko", "miru")
    assert alone.exit_code == 0
    assert "kieta" not in alone.output
    assert daicho(*ask, "nanashi").exit_code == 2


@pytest.mark.parametrize("command", [("stores", "test"), ("plan",)])
def test_what_will_not_be_read_is_named_and_patterns_that_leave_nothing_are_told(
    folder: Path, command: tuple[str, ...]
) -> None:
    (folder / "data" / "名簿.csv").touch()
    place = folder / "data"
    declarations = declared(
        folder,
        f"{{id: kyoyu, kind: files, path: {place}}}",
        f"{{id: chigai, kind: files, path: {place}, include: ['会員*.CSV']}}",
    )
    told = daicho(*command, "--declarations", declarations).output
    assert "kyoyu: 読まないもの · not read: 中身がない empty 1（名簿.csv）" in told
    assert "chigai: include・exclude の型で何も残りません" in told
    assert "kyoyu: include" not in told


def test_a_store_outside_its_window_is_tried_and_that_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declarations = declared(
        folder, f'{{id: yoru, kind: files, path: {folder / "data"}, window: {{from: "22:00", to: "05:00"}}}}'
    )
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 28, 12, tzinfo=clock.TOKYO))
    told = daicho("stores", "test", "--declarations", declarations).output
    assert "はい yes" in told
    assert "opens 2026-11-28 22:00 JST" in told


def test_no_document_is_opened_to_see_what_lies_in_a_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "data" / "議事録.txt").write_text("羽鳥 八重子 様より入電", encoding="utf-8")
    declarations = declared(folder, f"{{id: kyoyu, kind: files, path: {folder / 'data'}}}")

    def opened(*_: object) -> None:
        raise AssertionError("a document was opened")

    monkeypatch.setattr("pipelines.stores.aside.read", opened)
    (row,) = (line for line in daicho("stores", "test", "--declarations", declarations).output.splitlines()[2:])
    assert row.split()[-2] == "2"


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Iterator[servers.Server]:
    with getattr(servers, request.param)() as running:
        first = "postgres" if request.param == "postgresql" else None
        running.run(first, "CREATE DATABASE crm", "CREATE DATABASE billing")
        running.run("crm", "CREATE TABLE members (name varchar(40), memo text)")
        yield running


ACCOUNTS = {
    "postgresql": {
        "reader": ("GRANT pg_read_all_data TO {}",),
        "by_role": ("CREATE ROLE writers", "GRANT DELETE ON members TO writers", "GRANT writers TO {}"),
        "by_column": ("GRANT SELECT, UPDATE (memo) ON members TO {}",),
    },
    "mysql": {
        "reader": ("GRANT SELECT, SHOW VIEW ON *.* TO {}", "GRANT ALL ON billing.* TO {}"),
        "by_role": (
            "CREATE ROLE writers",
            "GRANT DELETE ON crm.* TO writers",
            "GRANT SELECT ON crm.* TO {}",
            "GRANT writers TO {}",
            "SET DEFAULT ROLE writers FOR {}",
        ),
        "by_column": ("GRANT SELECT, UPDATE (memo) ON crm.members TO {}",),
    },
}


def test_accounts_that_may_write_and_databases_that_nobody_declared_are_told(
    server: servers.Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = server.drivername.partition("+")[0]
    host, word = ("", "PASSWORD") if backend == "postgresql" else ("@'127.0.0.1'", "IDENTIFIED BY")
    rows = ["{id: keeper, kind: sql, url: '${KEEPER}', elsewhere: [billing]}"]
    monkeypatch.setenv("KEEPER", server.url("crm"))
    for account, grants in ACCOUNTS[backend].items():
        server.run("crm", f"CREATE USER {account}{host} {word} '{servers.SECRET}'")
        server.run("crm", *(grant.format(f"{account}{host}") for grant in grants))
        monkeypatch.setenv(account.upper(), server.url("crm", account))
        rows.append(f"{{id: {account}, kind: sql, url: '${{{account.upper()}}}'}}")
    monkeypatch.setenv("STRANGER", server.url("crm", "reader", "wrong"))
    rows.append("{id: stranger, kind: sql, url: '${STRANGER}'}")
    told = daicho("stores", "test", "--declarations", declared(folder, *rows)).output
    lines = told.splitlines()
    assert sum("はい yes" in line for line in lines) == 4
    assert {line.split(":")[0] for line in lines if "may also write" in line} == {"keeper", "by_role", "by_column"}
    assert {line.split(":")[0] for line in lines if line.endswith("undeclared beside it: billing")} >= {"reader"}
    assert not any(line.startswith("keeper:") and "billing" in line for line in lines)
    assert re.search(r"stranger +権限がない denied", told)
    assert servers.SECRET not in told


def test_a_server_that_says_nothing_is_told_and_costs_no_other_store(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_limits, "LIMITS", sql_limits.Limits(connect=2, silence=1))
    with servers.silent() as port:
        declarations = declared(
            folder,
            f"{{id: silent, kind: sql, url: 'postgresql://reader@127.0.0.1:{port}/crm'}}",
            f"{{id: kyoyu, kind: files, path: {folder / 'data'}}}",
        )
        told = daicho("stores", "test", "--declarations", declarations).output
    assert re.search(r"silent +制限時間を超えた timed_out", told)
    assert re.search(r"kyoyu +はい yes", told)


def test_a_plan_of_a_server_tells_rows_and_bytes_of_its_tables(
    server: servers.Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = "INSERT INTO orders SELECT n, repeat('x', 200) FROM "
    some = "(WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < 900) SELECT n FROM s) t"
    server.run(
        "crm",
        "CREATE TABLE orders (id int, memo text)",
        fill + some,
        "ANALYZE orders" if "postgresql" in server.drivername else "ANALYZE TABLE orders",
    )
    monkeypatch.setenv("PLACE", server.url("crm"))
    declarations = declared(folder, "{id: crm, kind: sql, url: '${PLACE}', include: [orders]}")
    (one,) = planned(declarations, "--rows", "300").values()
    assert (one["due"], one["rows_to_read"], one["unsized"]) == (1, 300, 0)
    assert 800 <= one["rows_in_due"] <= 1_000
    (all_of_it,) = planned(declarations, "--rows", "2000").values()
    assert all_of_it["bytes_to_read"] >= 150 * 900
    assert 2 < all_of_it["bytes_to_read"] / one["bytes_to_read"] < 4
