"""Bad input: a clear message or a "not read" row; the run goes on, and the exit code says what happened."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.register import Register
from tests.conftest import ROOT, daicho

COMPANY = """
company: {name: 例示株式会社}
policy: {adopts: handling-of-personal-information, desk: {name: 個人情報相談窓口}}
"""


def declare(folder: Path, stores: str) -> Path:
    declarations = folder / "declarations"
    declarations.mkdir()
    (declarations / "company.yml").write_text(COMPANY, encoding="utf-8")
    (declarations / "stores.yml").write_text(stores, encoding="utf-8")
    return declarations


def arguments(folder: Path) -> list[str]:
    return [
        "--declarations", str(folder / "declarations"),
        "--register", str(folder / "register.sqlite"),
        "--out", str(folder / "out"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, by_server: dict[str, str]) -> tuple[Path, str, int]:
    """One run over stores of which most cannot be read: the folder, what was printed, the exit code."""
    folder = tmp_path_factory.mktemp("mixed")
    files = folder / "files"
    files.mkdir()
    people = "氏名,メール\n架空花子,hanako@reiji.example\n見本次郎,jiro@reiji.example\n"
    (files / "good.csv").write_text(people, "utf-8")
    (files / "empty.csv").write_bytes(b"")
    (files / "impersonal.csv").write_text("商品コード,単価\nA-1,100\nA-2,200\n", "utf-8")
    lines = ["氏名,備考".encode(), *["見本太郎,電話希望".encode()] * 40, *["架空花子,郵送希望".encode("cp932")] * 40]
    (files / "mixed.csv").write_bytes(b"\n".join(lines))
    (files / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048)
    with sqlite3.connect(folder / "db.sqlite") as database:
        database.execute("CREATE TABLE empty_table (id INTEGER, 氏名 TEXT)")
    declare(
        folder,
        "stores:\n"
        f"  - {{id: files, kind: files, path: '{files}'}}\n"
        f"  - {{id: db, kind: sql, url: 'sqlite:///{folder / 'db.sqlite'}'}}\n"
        f"  - {{id: gone, kind: files, path: '{folder / 'nowhere'}'}}\n"
        "  - {id: secret, kind: sql, url: 'postgresql://u:${NO_SUCH_PASSWORD}@127.0.0.1:9/x'}\n",
    )
    done = daicho("run", *arguments(folder), "--fail-on", "incomplete", environment=by_server, check=False)
    return folder, done.stdout, done.returncode


def tags(folder: Path, environment: dict[str, str]) -> list[dict[str, Any]]:
    done = daicho("export", "tags", "--register", str(folder / "register.sqlite"), environment=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_others_are_read(mixed: tuple[Path, str, int], environment: dict[str, str]) -> None:
    found = {tag["dataset"] for tag in tags(mixed[0], environment)}
    assert {"good.csv", "impersonal.csv", "empty_table"} <= found


def test_a_table_without_personal_data_is_told_as_such(
    mixed: tuple[Path, str, int], environment: dict[str, str]
) -> None:
    rows = [tag for tag in tags(mixed[0], environment) if tag["dataset"] == "impersonal.csv"]
    assert {row["subject_category"] for row in rows} == {"not_personal"}


def test_what_was_not_read_is_told_last_and_with_its_reason(mixed: tuple[Path, str, int]) -> None:
    last = mixed[1].strip().splitlines()[-1]
    for store, reason in {"gone": "missing", "secret": "denied"}.items():
        assert f"{store}（{reason}）" in last
    for dataset in ("mixed.csv", "locked.xlsx"):
        assert f"files {dataset}（" in last


def test_fail_on_incomplete_exits_1(mixed: tuple[Path, str, int]) -> None:
    assert mixed[2] == 1


def test_missing_declarations_exit_2(tmp_path: Path, environment: dict[str, str]) -> None:
    done = daicho("run", *arguments(tmp_path), environment=environment, check=False)
    assert done.returncode == 2
    assert "no such folder of declarations" in done.stderr


def test_a_malformed_row_exits_2_before_anything_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    declare(tmp_path, "stores:\n  - {id: a, kind: sql}\n")
    done = daicho("run", *arguments(tmp_path), environment=environment, check=False)
    assert done.returncode == 2
    assert "stores.yml:2 a: " in done.stderr
    assert not (tmp_path / "register.sqlite").exists()


def test_an_unknown_policy_exits_2(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = declare(tmp_path, "stores: []\n")
    (folder / "company.yml").write_text(COMPANY.replace("handling-of-personal-information", "nowhere"), "utf-8")
    done = daicho("run", *arguments(tmp_path), environment=environment, check=False)
    assert done.returncode == 2
    assert "nowhere" in done.stderr


@pytest.mark.parametrize("command", [("scan", "--register", "r.sqlite"), ("stores", "test"), ("plan",)])
def test_without_a_store_there_is_nothing_to_do(
    tmp_path: Path, environment: dict[str, str], command: tuple[str, ...]
) -> None:
    asked = [str(tmp_path / one) if one.endswith(".sqlite") else one for one in command]
    folder = declare(tmp_path, "stores: []\n")
    done = daicho(*asked, "--declarations", str(folder), environment=environment, check=False)
    assert done.returncode == 2
    assert "no store is declared" in done.stderr
    assert not (tmp_path / "r.sqlite").exists()


def test_a_register_that_is_none_exits_2(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "register.sqlite").write_text("no database", encoding="utf-8")
    done = daicho(
        "export", "tags", "--register", str(tmp_path / "register.sqlite"), environment=environment, check=False
    )
    assert done.returncode == 2
    assert "register" in done.stderr


def test_a_wrong_line_of_mentions_costs_no_other_line(environment: dict[str, str]) -> None:
    good = json.dumps({"id": 1, "text": "担当は見本太郎です。"}, ensure_ascii=False)
    done = daicho("mentions", stdin=f"{good}\n山田を壊した行\n{good}\n", environment=environment, check=False)
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 2
    assert "line 2: is not JSON" in done.stderr
    assert "山田" not in done.stderr


def test_an_out_that_is_a_file_exits_2_before_anything_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    declare(tmp_path, f"stores:\n  - {{id: shop, kind: files, path: '{tmp_path / 'nowhere'}'}}\n")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = daicho("run", *arguments(tmp_path), environment=environment, check=False)
    assert done.returncode == 2
    assert "--out" in done.stderr


@pytest.mark.parametrize("rows", ["0", "-5"])
def test_a_number_of_rows_that_reads_nothing_exits_2(tmp_path: Path, environment: dict[str, str], rows: str) -> None:
    declare(tmp_path, "stores: []\n")
    assert daicho("run", *arguments(tmp_path), "--rows", rows, environment=environment, check=False).returncode == 2


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_check_without_a_scan_exits_2(tmp_path: Path, environment: dict[str, str], command: str) -> None:
    declare(tmp_path, "stores: []\n")
    done = daicho(command, *arguments(tmp_path), environment=environment, check=False)
    assert done.returncode == 2
    assert "daicho scan" in done.stderr
    assert not (tmp_path / "register.sqlite").exists()


def test_a_scan_that_was_broken_off_is_not_complete(tmp_path: Path, by_server: dict[str, str]) -> None:
    declare(tmp_path, f"stores:\n  - {{id: shop, kind: files, path: '{tmp_path / 'nowhere'}'}}\n")
    Register.open(tmp_path / "register.sqlite").begin("scan", date(2026, 11, 23), {})
    done = daicho("check", *arguments(tmp_path), "--fail-on", "incomplete", environment=by_server, check=False)
    assert done.returncode == 1, done.stderr
    assert "走査が終わっていないストア" in done.stdout
    assert "everything was read" not in done.stdout


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path, environment: dict[str, str]) -> None:
    cells = "\n".join(f"架空花子{number},hanako{number}@reiji.example" for number in range(40))
    for number in range(300):
        (tmp_path / f"list{number}.csv").write_text(f"氏名,メール\n{cells}\n", encoding="utf-8")
    command = f"{sys.executable} -m pipelines classify {tmp_path} --format jsonl | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.startswith("{")
    assert done.stderr == ""
