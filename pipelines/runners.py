"""Where the pieces of a scan are read: here one after another, in processes of this machine, or on a Dask cluster.

Sudachi and GiNZA are one a process and not thread-safe, so nobody reads two pieces at once in one process.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

Runner = Literal["here", "processes", "dask"]
RUNNERS: tuple[Runner, ...] = get_args(Runner)


class RunnerError(Exception):
    """A scan cannot be shared out as it was asked for."""


def demand(runner: Runner, scheduler: str) -> None:
    """RunnerError where pieces cannot be read there: Dask is not installed, or no scheduler answers."""
    if (runner == "dask") != bool(scheduler):
        raise RunnerError("--runner dask と --scheduler tcp://HOST:PORT は一緒に · --runner dask needs --scheduler")
    if not scheduler:
        return
    # Prefect itself must not be imported yet: `pipelines.flows` says how it starts
    if not find_spec("prefect_dask"):
        raise RunnerError("Dask がありません · Dask is not installed: pip install 'daicho[dask]'")
    client: Any = import_module("distributed").Client
    try:
        with client(scheduler, timeout="10s", set_as_default=False):
            pass
    except (OSError, ValueError):
        raise RunnerError(f"{scheduler}: スケジューラが応答しません · no Dask scheduler answers there") from None


def task_runner(runner: Runner, workers: int, scheduler: str) -> TaskRunner[Any]:
    """The runner of that name; `workers` are those of `processes`, 0 is one a core."""
    from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

    match runner:
        case "here":
            return ThreadPoolTaskRunner(max_workers=1)
        case "processes":
            return ProcessPoolTaskRunner(max_workers=workers or None)
        case "dask":
            from prefect_dask.task_runners import DaskTaskRunner

            return DaskTaskRunner(address=scheduler)
