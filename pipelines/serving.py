"""The scans on their days for a company without a Prefect server: a server, the schedules and who runs them, in one.

Where `PREFECT_API_URL` names a server, the schedules are kept there; else one is started that this machine alone can
reach, and ended with this program. What is due while another run goes on is left out: there is one register.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pipelines import flows  # before Prefect: it says how Prefect starts

# isort: split
from prefect import serve as serve_deployments
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.types.entrypoint import EntrypointType

PATIENCE = 120
"""Seconds until a server of our own must have started."""


class ServingError(Exception):
    """Nothing to serve, or no server to keep the schedules started."""


def serve(parameters: Mapping[str, Any], nights: str, weeks: str, timezone: str) -> None:
    """Run `flows.nightly` by the cron lines `nights` and, reading all rows, `weeks`, until somebody ends it.

    An empty line is no schedule. `parameters` are the flow's: paths, dates and numbers. Raises ServingError.
    """
    made = []
    for name, line, own in (("nightly", nights, {}), ("weekly-full", weeks, {"full": True, "anew": True})):
        if line:
            deployment: Any = flows.nightly.to_deployment(
                name,
                schedule=Cron(line, timezone=timezone),
                parameters={**parameters, **own},
                concurrency_limit=ConcurrencyLimitConfig(
                    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
                ),
                entrypoint_type=EntrypointType.MODULE_PATH,
            )
            made.append(deployment)
    if not made:
        raise ServingError("予定が一つもありません · no schedule is left: give --nights or --weeks")
    with _server() as url:
        print(f"予定どおりに走ります · serving by {url}; Ctrl-C ends it", file=sys.stderr, flush=True)
        # what Prefect leaves behind when it is asked to end
        warnings.filterwarnings("ignore", "coroutine 'Runner.astop' was never awaited")
        # one at a time over both deployments, too
        serve_deployments(*made, limit=1, print_starting_message=False)


@contextmanager
def _server() -> Iterator[str]:
    if url := PREFECT_API_URL.value():
        yield url
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ui",
    ]
    quiet = {**os.environ, "PREFECT_SERVER_LOGGING_LEVEL": "ERROR"}
    server = subprocess.Popen(command, env=quiet, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        with temporary_settings({PREFECT_API_URL: url}):
            _await(server)
            yield url
    finally:
        server.terminate()
        server.wait()


def _await(server: subprocess.Popen[bytes]) -> None:
    """Until the server answers; ServingError where it has ended or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with get_client(sync_client=True) as client:
            if client.api_healthcheck() is None:
                return
        time.sleep(0.5)
    raise ServingError("Prefect のサーバーが起動しません · no Prefect server started: `prefect server start` says why")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
