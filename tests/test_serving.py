"""`daicho serve`: schedules without a Prefect server of one's own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import psutil

from tests.conftest import DECLARATIONS, ROOT, daicho


def test_a_served_run_runs_and_nothing_stays_behind(tmp_path: Path, environment: dict[str, str]) -> None:
    declarations, data, home = tmp_path / "declarations", tmp_path / "data", tmp_path / "prefect"
    declarations.mkdir()
    data.mkdir()
    (declarations / "company.yml").write_bytes((DECLARATIONS / "company.yml").read_bytes())
    row = f"{{id: kyouyuu, kind: files, path: {data}, owner: 総務部}}"
    (declarations / "stores.yml").write_text(f"stores:\n  - {row}\n", encoding="utf-8")
    (data / "会員.csv").write_text("会員番号,氏名\n00001,羽鳥 八重子\n", encoding="utf-8")
    register = tmp_path / "register.sqlite"
    own = {**environment, "PREFECT_HOME": str(home)}
    where = ("--declarations", str(declarations), "--register", str(register), "--out", str(tmp_path / "out"))
    serving = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "serve", *where], cwd=ROOT, env=own, stderr=subprocess.PIPE, text=True
    )
    try:
        assert serving.stderr is not None
        told = serving.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/api", told)
        assert found, told
        own["PREFECT_API_URL"] = found[0]

        def prefect(*arguments: str) -> str:
            command = [sys.executable, "-m", "prefect", *arguments]
            return subprocess.run(command, env=own, cwd=ROOT, capture_output=True, text=True, check=True).stdout

        prefect("deployment", "run", "nightly/nightly", "--watch")
        held = prefect("flow-run", "ls", "--output", "json", "--limit", "50")
        states = {run["state_type"] for run in json.loads(held)}
        assert {"COMPLETED", "SCHEDULED"} <= states
        assert "羽鳥" not in held
        family = psutil.Process(serving.pid).children(recursive=True)
        assert family
    finally:
        serving.terminate()
        serving.wait()
        serving.stderr.close()
    assert not [one for one in family if one.is_running()]
    assert (tmp_path / "out" / "report.html").is_file()
    exported = daicho("export", "tags", "--register", str(register), environment=environment).stdout
    assert "氏名" in exported


def test_a_wrong_schedule_is_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    where = ("--declarations", str(DECLARATIONS), "--register", str(tmp_path / "r.sqlite"), "--out", str(tmp_path))
    done = daicho("serve", *where, "--nights", "every night", environment=environment, check=False)
    assert done.returncode == 2
    assert "every night" in done.stderr


def test_no_schedule_at_all_is_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    where = ("--declarations", str(DECLARATIONS), "--register", str(tmp_path / "r.sqlite"), "--out", str(tmp_path))
    done = daicho("serve", *where, "--nights", "", "--weeks", "", environment=environment, check=False)
    assert done.returncode == 2
    assert "no schedule is left" in done.stderr
