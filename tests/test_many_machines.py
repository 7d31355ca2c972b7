"""A scan shared out: over processes of this machine and over a Dask cluster whose workers come and go."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipelines.declarations import StoreDeclaration
from pipelines.pieces import Piece
from pipelines.runners import scanned
from pipelines.scan import Reading
from tests.conftest import DECLARATIONS, ROOT, daicho
from tests.register_content import content

AS_OF = ("--as-of", "2026-11-23")


@dataclass(frozen=True)
class Cluster:
    """A Dask scheduler with two workers of one process each."""

    scheduler: str
    workers: tuple[subprocess.Popen[str], ...]


def _started(environment: Mapping[str, str], ready: str, *arguments: str) -> tuple[subprocess.Popen[str], str]:
    """A process of Dask's, once it says that it is ready, and the line that said so."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if ready in line:
            return process, line
    raise AssertionError(f"{arguments[0]} ended with {process.wait()}")


@pytest.fixture
def cluster(tmp_path: Path, by_server: dict[str, str]) -> Iterator[Cluster]:
    pytest.importorskip("prefect_dask")
    scheduler, line = _started(by_server, "Scheduler at:", "dask_scheduler", "--host", "127.0.0.1", "--port", "0")
    address = line.split()[-1]
    own = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
    workers = tuple(_started(by_server, "Registered to:", *own)[0] for _ in range(2))
    yield Cluster(address, workers)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


@pytest.fixture(scope="module")
def declarations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of forty files, five pieces."""
    folder = tmp_path_factory.mktemp("company")
    data, declared = folder / "data", folder / "declarations"
    data.mkdir()
    declared.mkdir()
    shutil.copy(DECLARATIONS / "company.yml", declared)
    row = f"{{id: kyouyuu, kind: files, path: {data}, owner: 総務部}}"
    (declared / "stores.yml").write_text(f"stores:\n  - {row}\n", encoding="utf-8")
    for number in range(40):
        text = (
            "会員番号,氏名,備考\n" + f"{number:05},羽鳥 八重子,羽鳥様より入電。yaeko{number}@reiji.example へ返信\n" * 3
        )
        (data / f"会員{number:02}.csv").write_text(text, encoding="utf-8")
    return declared


@pytest.fixture(scope="module")
def alone(declarations: Path, by_server: dict[str, str]) -> Path:
    """The register of a scan in one process."""
    register = declarations.parent / "alone.sqlite"
    daicho("scan", "--declarations", str(declarations), "--register", str(register), *AS_OF, environment=by_server)
    return register


KILLS = """
import os, signal, sys
from pipelines.register import Register
whole = Register.put_datasets
def first(self, *arguments):
    whole(self, *arguments)
    Register.put_datasets = whole
    os.kill(int(sys.argv.pop(1)), signal.SIGKILL)
Register.put_datasets = first
from pipelines.cli import main
main(sys.argv[2:])
"""
"""`daicho`, killing that process after the first piece."""


def test_a_cluster_that_loses_a_worker_half_way_answers_as_one_process(
    cluster: Cluster, alone: Path, declarations: Path, tmp_path: Path, by_server: dict[str, str]
) -> None:
    register = tmp_path / "shared.sqlite"
    lost = cluster.workers[0]
    command = ("scan", "--declarations", str(declarations), "--register", str(register), *AS_OF)
    where = ("--runner", "dask", "--scheduler", cluster.scheduler)
    done = subprocess.run(
        [sys.executable, "-c", KILLS, str(lost.pid), *command, *where],
        cwd=ROOT,
        env=by_server,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert lost.wait() < 0
    assert content(register) == content(alone)
    with sqlite3.connect(register) as connection:
        assert connection.execute("SELECT count(*) FROM datasets").fetchone() == (40,)


def test_processes_of_one_machine_answer_as_one(
    alone: Path, declarations: Path, tmp_path: Path, by_server: dict[str, str]
) -> None:
    register = tmp_path / "shared.sqlite"
    command = ("scan", "--declarations", str(declarations), "--register", str(register), *AS_OF)
    daicho(*command, "--runner", "processes", "--workers", "2", environment=by_server)
    assert content(register) == content(alone)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (("--runner", "dask"), "--runner dask needs --scheduler"),
        (("--scheduler", "tcp://127.0.0.1:9"), "--runner dask needs --scheduler"),
        (("--runner", "dask", "--scheduler", "tcp://127.0.0.1:9"), "no Dask scheduler answers there"),
    ],
)
def test_a_cluster_that_is_not_there_is_told_before_anything_starts(
    where: tuple[str, ...], told: str, declarations: Path, tmp_path: Path, by_server: dict[str, str]
) -> None:
    command = ("scan", "--declarations", str(declarations), "--register", str(tmp_path / "r.sqlite"), *where)
    done = daicho(*command, environment=by_server, check=False)
    assert done.returncode == 2
    assert told in done.stderr


class Workers:
    """As many as anybody likes; counts what is under way."""

    def __init__(self) -> None:
        self.now, self.most = Counter[str](), Counter[str]()

    def submit(self, piece: Piece, _reading: Reading) -> Future:
        self.now[piece.store.id] += 1
        self.most |= self.now
        return Future(self, piece)


class Future:
    """A piece that is done as soon as somebody waits for it."""

    def __init__(self, workers: Workers, piece: Piece) -> None:
        self.workers, self.piece = workers, piece

    def add_done_callback(self, tell: Callable[[Future], None]) -> None:
        tell(self)

    def result(self) -> Piece:
        self.workers.now[self.piece.store.id] -= 1
        return self.piece


def test_a_store_is_read_by_no_more_at_once_than_it_allows() -> None:
    rows = (
        {"id": "kihan", "kind": "sql", "url": "sqlite:///a"},
        {"id": "furui", "kind": "sql", "url": "sqlite:///b", "connections": 1},
        {"id": "kyouyuu", "kind": "files", "path": "c"},
    )
    pieces = [Piece(StoreDeclaration.model_validate(row)) for row in rows for _ in range(6)]
    workers = Workers()
    assert len(list(scanned(pieces, Reading(date(2026, 11, 23)), workers.submit))) == 18
    assert workers.most == {"kihan": 4, "furui": 1, "kyouyuu": 6}
