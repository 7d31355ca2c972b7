"""The fictional company, generated and run once for every test that looks at the whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines import account_secrets
from tests import servers

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from xdist.remote import Producer
    from xdist.scheduler import LoadFileScheduling

    from tests.office_with_rows import Office

ROOT = Path(__file__).parent.parent
DECLARATIONS = ROOT / "data_samples" / "declarations"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Share tests out by file, but all that look at the company's run as one file: it is made once, not once a core."""
    from xdist.scheduler import LoadFileScheduling

    files = Path(__file__).parent.glob("test_*.py")
    company = {f"tests/{file.name}" for file in files if "company_run" in file.read_text(encoding="utf-8")}

    class ByFileAndRun(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return "company_run" if file in company else file

    return ByFileAndRun(config, log)


@dataclass(frozen=True)
class Run:
    """What one `daicho run` over the samples left behind."""

    folder: Path
    """Everything it wrote lies under here: register, reports, Data Docs, Prefect's home, terminal output."""
    samples: Path
    environment: Mapping[str, str]
    output: str

    @property
    def register(self) -> Path:
        return self.folder / "out" / "register.sqlite"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def daicho(
        self, *arguments: str, stdin: str = "", check: bool = True, more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `daicho` beside this run's stores and register; `more` is added to its environment."""
        return daicho(*arguments, environment={**self.environment, **(more or {})}, stdin=stdin, check=check)


def daicho(
    *arguments: str, environment: Mapping[str, str], stdin: str = "", check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run the command as its users do: in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *arguments],
        cwd=ROOT,
        env=dict(environment),
        input=stdin,
        capture_output=True,
        text=True,
    )
    if check and done.returncode:
        pytest.fail(f"daicho {' '.join(arguments)} exited {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


@pytest.fixture(scope="session", autouse=True)
def cost_of_secrets() -> Iterator[account_secrets.Cost]:
    """What secrets really cost: those of tests are quick to make and to prove, but for a process of its own."""
    real = account_secrets.COST
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(account_secrets, "COST", account_secrets.Cost(passes=1, kibibytes=8))
        yield real


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser."""
    from tests.browsing import started

    yield from started()


@pytest.fixture(scope="session")
def responder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a responder has in the environment to look people up: a casebook, its key, an account and its secret."""
    from pipelines.casebook import accounts
    from pipelines.casebook.opening import CasebookFile
    from pipelines.casebook.sealing import Keyring

    path, key, secret = tmp_path_factory.mktemp("responder") / "casebook.sqlite", "c" * 40, "responder-no-himitsu"
    with CasebookFile.start(path, Keyring([key])).transaction() as transaction:
        accounts.add(transaction, "tanto", "responder", secret, None)
    return {
        "DAICHO_CASEBOOK": str(path),
        "DAICHO_CASEBOOK_KEY": key,
        "DAICHO_ACCOUNT": "tanto",
        "DAICHO_ACCOUNT_SECRET": secret,
    }


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which Prefect keeps to a folder of the tests."""
    home = tmp_path_factory.mktemp("home")
    return {**os.environ, "HOME": str(home), "PREFECT_HOME": str(home / "prefect"), "TMPDIR": str(home)}


@pytest.fixture(scope="session")
def by_server(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """That environment with a Prefect server: where there is none each flow starts one of its own, which takes long."""
    with servers.prefect(environment) as url:
        yield {**environment, "PREFECT_API_URL": url}


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional company's stores."""
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, "-m", "data_samples.generate", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def company_run(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str], by_server: dict[str, str], samples: Path
) -> Run:
    """`daicho run` over the fictional company, once, with a Prefect server of its own; what follows goes to another."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "out").mkdir()
    (folder / "tmp").mkdir()
    own = {
        **environment,
        "DAICHO_SAMPLES": str(samples),
        "HOME": str(folder),
        "PREFECT_HOME": str(folder / "prefect"),
        "TMPDIR": str(folder / "tmp"),
    }
    run = Run(folder, samples, own, "")
    done = run.daicho(
        "run",
        "--declarations", str(DECLARATIONS),
        "--register", str(run.register),
        "--out", str(run.out),
        "--as-of", "2026-11-23",
    )  # fmt: skip
    (folder / "terminal.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    return Run(folder, samples, {**own, "PREFECT_API_URL": by_server["PREFECT_API_URL"]}, done.stdout)


@pytest.fixture(scope="module")
def begun_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small company where nothing was asked yet."""
    from tests.office_with_rows import Office

    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(begun_office: Office) -> Office:
    """It, as it was before whatever the last test did there."""
    return begun_office.as_begun()
