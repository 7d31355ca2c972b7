"""Where the pieces of a scan are read: here one after another, in processes of this machine, or on a Dask cluster.

Sudachi and GiNZA are one a process and not thread-safe, so nobody reads two pieces at once in one process.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from queue import SimpleQueue
from typing import Any, Literal, Protocol

from pipelines.pieces import Piece, read
from pipelines.scan import Reading

Runner = Literal["here", "processes", "dask"]


class Future(Protocol):
    """Of Prefect or of Dask."""

    def add_done_callback(self, tell: Callable[[Any], object], /) -> None:
        """Call `tell` with this future when it is done, from any thread."""

    def result(self) -> Any:
        """What became of it; raises what it raised."""


Submit = Callable[[Piece, Reading], Future]
"""Begins to read a piece somewhere."""


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


@contextmanager
def sharing(runner: Runner, workers: int, scheduler: str) -> Iterator[Submit]:
    """What reads pieces side by side, by that name; `workers` are those of `processes`, 0 is one a core."""
    from prefect import task
    from prefect.cache_policies import NO_CACHE
    from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

    if runner == "dask":
        from prefect_dask.task_runners import DaskTaskRunner

        with DaskTaskRunner(address=scheduler) as cluster:
            # no Prefect task: a worker that reaches no Prefect server would start one of its own for it
            yield lambda piece, reading: cluster.client.submit(read, piece, reading, pure=False)
        return
    plain: Any = {"cache_policy": NO_CACHE, "persist_result": False}
    scan_group: Any = task(name="scan-group", **plain)(read)
    several: Any = ThreadPoolTaskRunner(1) if runner == "here" else ProcessPoolTaskRunner(workers or None)
    with several as pool:
        yield lambda piece, reading: pool.submit(scan_group, {"piece": piece, "reading": reading})


def scanned(pieces: Iterable[Piece], reading: Reading, submit: Submit) -> Iterator[Piece]:
    """The pieces as they are done, whatever became of them; of one store no more at once than it allows."""
    waiting: dict[str, deque[Piece]] = defaultdict(deque)
    for piece in pieces:
        waiting[piece.store.id].append(piece)
    under_way: dict[Future, Piece] = {}
    ready: SimpleQueue[Future] = SimpleQueue()

    def start(store: str) -> None:
        piece = waiting[store].popleft()
        future = submit(piece, reading)
        under_way[future] = piece
        future.add_done_callback(ready.put)

    for store, queue in waiting.items():
        for _ in range(min(len(queue), queue[0].store.at_once or len(queue))):
            start(store)
    while under_way:
        future = ready.get()
        piece = under_way.pop(future)
        yield _outcome(future) or piece.left("failed", "処理が最後まで終わりませんでした")
        if waiting[piece.store.id]:
            start(piece.store.id)


def _outcome(future: Future) -> Piece | None:
    try:
        done = future.result()
    except Exception:
        # its message may quote a value; the cluster may have lost workers over it
        return None
    return done if isinstance(done, Piece) else None
