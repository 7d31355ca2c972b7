"""Private servers for the tests: a data folder and a port of their own on loopback, gone with the session.

The servers come from the distribution's packages. Neither database runs as root, so root starts them as the user their
package made. Nothing of an installed server's own data or settings is read.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

REQUIRED = "DAICHO_REQUIRE_SERVERS"
"""Set in the environment, a server that cannot be had fails the tests that want it, instead of skipping them."""

SECRET = "Himitsu@Canary:1"


@dataclass(frozen=True)
class Server:
    """A running server and the account that may do everything in it."""

    drivername: str
    port: int
    pid: int
    user: str

    def url(self, database: str | None, user: str = "", password: str = SECRET, **query: str) -> str:
        """The URL of one of its databases, with the password in it."""
        url = sa.URL.create(self.drivername, user or self.user, password, "127.0.0.1", self.port, database, query=query)
        return url.render_as_string(hide_password=False)

    def run(self, database: str | None, *statements: str) -> None:
        """Execute statements as the one who may, each committed by itself."""
        engine = sa.create_engine(self.url(database), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        # a `%` in a statement is no placeholder
        with engine.connect().execution_options(no_parameters=True) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def ask(self, database: str | None, statement: str) -> sa.Row[tuple[object, ...]]:
        """The first row of an answer."""
        return self.all(database, statement)[0]

    def all(self, database: str | None, statement: str) -> Sequence[sa.Row[tuple[object, ...]]]:
        """The rows of an answer."""
        with sa.create_engine(self.url(database), poolclass=NullPool).connect() as connection:
            return connection.exec_driver_sql(statement).all()


@contextmanager
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server of its own."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    with _folder("postgres") as (folder, account):
        secret = folder / "secret"
        secret.write_text(SECRET, encoding="utf-8")
        data, port = folder / "data", free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        quick = "-c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c max_connections=40 -c jit=off"
        secret.chmod(0o644)
        _run(account, initdb, "-D", str(data), "-U", "keeper", "-A", "scram-sha-256", f"--pwfile={secret}",
             "-E", "UTF8", "--locale=C", "--no-sync")  # fmt: skip
        _run(account, pg_ctl, "-D", str(data), "-w", "-s", "-l", str(folder / "log"), "-o", f"{options} {quick}",
             "start")  # fmt: skip
        try:
            pid = int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            yield Server("postgresql+psycopg", port, pid, "keeper")
        finally:
            _run(account, pg_ctl, "-D", str(data), "-w", "-s", "-m", "immediate", "stop")


@contextmanager
def mariadb() -> Iterator[Server]:
    """A MariaDB server of its own."""
    install, server, admin = _program("mariadb-install-db"), _program("mariadbd"), _program("mariadb-admin")
    with _folder("mysql") as (folder, account):
        data, port, sock = folder / "data", free_port(), folder / "sock"
        _run(account, install, "--no-defaults", f"--datadir={data}", "--skip-test-db",
             "--auth-root-authentication-method=normal")  # fmt: skip
        start = folder / "start.sql"
        start.write_text(
            f"CREATE USER keeper@'127.0.0.1' IDENTIFIED BY '{SECRET}';\n"
            "GRANT ALL ON *.* TO keeper@'127.0.0.1' WITH GRANT OPTION;\nCREATE USER waiter@localhost;\n",
            encoding="utf-8",
        )
        start.chmod(0o644)
        command = [server, "--no-defaults", f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1",
                   f"--socket={sock}", f"--init-file={start}", "--innodb-flush-log-at-trx-commit=0",
                   "--innodb-flush-method=nosync", "--max-connections=40", "--skip-name-resolve",
                   "--character-set-server=utf8mb4"]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_as(account)) as process:
            try:
                _run(account, admin, "--no-defaults", f"--socket={sock}", "--user=waiter", "--wait=60",
                     "--connect-timeout=60", "ping")  # fmt: skip
                yield Server("mysql+pymysql", port, process.pid, "keeper")
            finally:
                process.kill()


@contextmanager
def prefect(environment: Mapping[str, str]) -> Iterator[str]:
    """A Prefect server with that environment's Prefect home, as a flow starts one that finds none; its API's URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # who asks before it is up waits in the socket's queue
        command = [sys.executable, "-m", "uvicorn", "--fd", str(listening.fileno()), "--log-level", "error",
                   "--lifespan", "on", "--factory", "prefect.server.api.server:create_app"]  # fmt: skip
        own = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_SERVER_UI_ENABLED": "false",
               "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}  # fmt: skip
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        with subprocess.Popen(
            command, cwd="/", env={**environment, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
        ) as process:  # fmt: skip
            try:
                httpx.get(f"{url}/health", timeout=120, trust_env=False).raise_for_status()
                yield url
            finally:
                process.kill()


@contextmanager
def nginx(settings: str, folder: Path) -> Iterator[None]:
    """An nginx with those settings of its `http` part, which keeps everything under that folder."""
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{place}_temp_path {folder / place};\n" for place in places)
    whole = f"pid {folder / 'pid'};\nerror_log {folder / 'error.log'};\nevents {{}}\nhttp {{\n{kept}{settings}\n}}\n"
    file = folder / "nginx.conf"
    file.write_text(whole, encoding="utf-8")
    # it answers once it listens
    started = subprocess.run(
        [_program("nginx"), "-p", str(folder), "-c", str(file)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if started.returncode:
        pytest.fail(f"nginx exited {started.returncode}\n{started.stderr}")
    try:
        yield
    finally:
        os.kill(int((folder / "pid").read_text(encoding="utf-8")), signal.SIGTERM)


@contextmanager
def silent() -> Iterator[int]:
    """The port of something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def _program(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders), "/usr/sbin"])
    found = shutil.which(name, path=path)
    if found:
        return found
    packages = "Debian: postgresql, mariadb-server, nginx-light"
    lacking = f"{name} is not installed: nothing was tested against that server ({packages})"
    return pytest.fail(lacking) if os.environ.get(REQUIRED) else pytest.skip(lacking)


@contextmanager
def _folder(account: str) -> Iterator[tuple[Path, str]]:
    """A folder and whose it is: the account's where we are root, who may not run a server, else our own."""
    owner = account if os.geteuid() == 0 else ""
    folder = Path(tempfile.mkdtemp(prefix="daicho-server-"))
    try:
        if owner:
            shutil.chown(folder, owner, pwd.getpwnam(owner).pw_gid)
        yield folder, owner
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as(account: str) -> dict[str, Any]:
    return {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []} if account else {}


def _run(account: str, *command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/", **_as(account))
    if done.returncode:
        pytest.fail(f"{Path(command[0]).name} exited {done.returncode}\n{done.stdout}\n{done.stderr}")


def free_port() -> int:
    """A port of loopback on which nothing listens at present."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
