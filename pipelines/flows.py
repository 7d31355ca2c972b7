"""scan · check · report, and all three in one: the only module that knows Prefect.

Prefect stores flow parameters in clear: they are paths, dates and numbers here, and a register's URL names its
password by an environment variable. What tasks hand on is wrapped, so that nothing walks through it or keeps it.
"""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import Any

# Set before Prefect is imported: it reads its settings then. No telemetry, no traceback of Prefect's in terminal and
# database (an error's message may quote a value), and patience with a cold start, some fifteen seconds.
for _name, _value in {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
}.items():
    os.environ.setdefault(_name, _value)

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.runtime import task_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipelines import clock, judging, reports
from pipelines import declarations as declared
from pipelines.declarations import StoreDeclaration
from pipelines.progress import progress
from pipelines.register import Register
from pipelines.runners import Runner, task_runner
from pipelines.scan import ROWS, Reading, Scanned, Unread, datasets, scan_group, unread
from pipelines.scan.basis import reading_of
from pipelines.scan.unchanged import split
from pipelines.stores import Dataset, Reason
from pipelines.tally import Tally, together
from pipelines.versions import versions

GROUP = 8
"""Datasets a task: coarse enough that Prefect's own time a task does not count, fine enough to share out."""

RETRIES = 2
PLAIN: Any = {"cache_policy": NO_CACHE, "persist_result": False}
"""No hashing of what a task gets, no keeping of what it gives."""

# Sudachi and GiNZA are one a process and not thread-safe. What a flow does beside pieces of a scan goes one by one.
one_by_one: Any = ThreadPoolTaskRunner(max_workers=1)


class UnreachableError(Exception):
    """A store did not answer: Prefect tries again."""


class Piece:
    """One store and some of its datasets, or what became of them. Not a dataclass: Prefect would walk through one."""

    def __init__(self, store: StoreDeclaration, group: Sequence[Dataset] = (), unread: Sequence[Unread] = ()) -> None:
        self.store, self.group, self.unread = store, tuple(group), tuple(unread)
        self.scanned: tuple[Scanned, ...] = ()
        self.tries = 1
        self.seconds = 0.0

    def groups(self) -> Iterator[Piece]:
        """The piece in pieces of at most `GROUP` datasets."""
        for start in range(0, len(self.group), GROUP):
            yield Piece(self.store, self.group[start : start + GROUP])


@task(name="list", retries=RETRIES, retry_delay_seconds=[1, 2], **PLAIN)
def list_store(piece: Piece) -> Piece:
    """What lies in a store; one that does not answer is tried again, then stands as not read."""
    if closed := _closed(piece.store):
        return Piece(piece.store, (), [unread(piece.store, "", "outside_window", closed)])
    found, missed = datasets(piece.store)
    if any(one.reason == "unreachable" for one in missed) and task_run.get_run_count() <= RETRIES:
        raise UnreachableError(piece.store.id)
    listed = Piece(piece.store, found, missed)
    listed.tries = task_run.get_run_count()
    return listed


@task(name="scan-group", **PLAIN)
def scan_piece(piece: Piece, reading: Reading) -> Piece:
    """Read and classify a group of datasets."""
    if versions() != reading.versions:
        return left(piece, "failed", "このワーカーの daicho は版が違います。揃えてください")
    if closed := _closed(piece.store):
        return left(piece, "outside_window", closed)
    started = time.perf_counter()
    found = list(scan_group(piece.store, piece.group, reading))
    done = Piece(piece.store, piece.group, [one for one in found if isinstance(one, Unread)])
    done.scanned = tuple(one for one in found if isinstance(one, Scanned))
    done.seconds = time.perf_counter() - started
    return done


def left(piece: Piece, reason: Reason, hint: str) -> Piece:
    """The piece with its datasets as not read."""
    return Piece(piece.store, piece.group, [unread(piece.store, one.name, reason, hint) for one in piece.group])


def _closed(store: StoreDeclaration) -> str:
    """When the store's window opens next; '' it is open, or there is none."""
    if store.window is None or store.window.is_open(moment := clock.now()):
        return ""
    return f"次に読めるのは {store.window.next_opening(moment):%Y-%m-%d %H:%M} からです"


def scanned(pieces: Iterable[Piece], reading: Reading, pool: TaskRunner[Any]) -> Iterator[Piece]:
    """The pieces as they are done, whatever became of them; of one store no more at once than it allows."""
    waiting: dict[str, deque[Piece]] = defaultdict(deque)
    for piece in pieces:
        waiting[piece.store.id].append(piece)
    under_way: dict[PrefectFuture[Piece], Piece] = {}
    ready: SimpleQueue[PrefectFuture[Piece]] = SimpleQueue()

    def start(store: str) -> None:
        piece = waiting[store].popleft()
        future = pool.submit(scan_piece, {"piece": piece, "reading": reading})
        under_way[future] = piece
        future.add_done_callback(ready.put)

    for store, queue in waiting.items():
        for _ in range(min(len(queue), queue[0].store.at_once or len(queue))):
            start(store)
    while under_way:
        future = ready.get()
        piece = under_way.pop(future)
        yield _outcome(future) or left(piece, "failed", "処理が最後まで終わりませんでした")
        if waiting[piece.store.id]:
            start(piece.store.id)


def _outcome(future: PrefectFuture[Piece]) -> Piece | None:
    try:
        done = future.result(raise_on_failure=False)
    except Exception:
        # the cluster has lost workers over it
        return None
    return done if isinstance(done, Piece) else None


@task(name="judge", **PLAIN)
def judge(declarations: str, location: str, docs: str, as_of: date) -> Counter[str]:
    """Judge what the register holds; answers verdict → how many."""
    return judging.judge(declared.load(declarations), Register.open(location, create=False), Path(docs), as_of)


@task(name="write-reports", **PLAIN)
def write_reports(declarations: str, location: str, out: str) -> list[Path]:
    """Write every report; answers their paths."""
    policy = judging.policy_of(declared.load(declarations))
    return list(reports.write_all(Register.open(location, create=False), policy, Path(out)))


@flow(name="scan", task_runner=one_by_one)
def scan(
    declarations: str,
    location: str,
    rows: int = ROWS,
    seed: int = 0,
    as_of: date | None = None,
    full: bool = False,
    anew: bool = False,
    resume: bool = False,
    runner: Runner = "here",
    workers: int = 0,
    scheduler: str = "",
) -> None:
    """Read every declared store, and write into the register what it holds and what could not be read.

    What neither changed since it was read nor would be judged otherwise is not read again, unless `anew`; `resume`
    goes on with the last scan where that one was broken off. Where pieces are read, `pipelines.runners` says.
    """
    known = declared.load(declarations)
    category_of = judging.policy_of(known).category_of
    book = Register.open(location)
    by = {**versions(), "seed": str(seed), "rows": str(rows), "full": str(full)}
    broken = book.broken_off("scan", by) if resume else None
    day = broken.as_of if broken else as_of or clock.today()
    reading = reading_of(known, day, rows=rows, seed=seed, full=full)
    run = broken.id if broken else book.begin("scan", reading.as_of, by)
    listed = [future.result() for future in [list_store.submit(Piece(store)) for store in known.stores]]
    tallies = {piece.store.id: Tally(piece.store.id, piece.tries - 1, list(piece.unread)) for piece in listed}
    work: list[Piece] = []
    with progress("走査 scan", sum(len(piece.group) for piece in listed)) as advance:
        for piece in listed:
            due, kept = split(piece.store, piece.group, book.known(piece.store.id), reading, run, anew=anew)
            tallies[piece.store.id].skip(kept)
            advance(len(kept))
            work += Piece(piece.store, due).groups()
        with task_runner(runner, workers, scheduler) as pool:
            for done in scanned(work, reading, pool):
                # written piece by piece: a run that is killed has lost only what was under way
                book.put_datasets(run, done.store, done.scanned, category_of)
                tallies[done.store.id].add(done.scanned, done.unread, done.seconds)
                advance(len(done.group))
    for piece in listed:
        tally = tallies[piece.store.id]
        book.close_store(run, piece.store, tally.seen, tally.not_read)
    book.retire_stores(run, known.by_id)
    told = [tally.row() for tally in tallies.values()]
    book.finish(run, "done", together(told))
    create_table_artifact(told, key="scan", description="件数のみ counts only")


@flow(name="check", task_runner=one_by_one)
def check(declarations: str, location: str, out: str, as_of: date | None = None) -> None:
    """Judge every declared use and provision by the policy, and write the verdicts into the register."""
    counts = judge.submit(declarations, location, str(Path(out) / "data-docs"), as_of or clock.today()).result()
    create_table_artifact([dict(counts)], key="check", description="件数のみ counts only")


@flow(name="report", task_runner=one_by_one)
def report(declarations: str, location: str, out: str) -> list[Path]:
    """Write the reports; answers their paths."""
    return write_reports.submit(declarations, location, out).result()


@flow(name="nightly", task_runner=one_by_one)
def nightly(
    declarations: str,
    location: str,
    out: str,
    rows: int = ROWS,
    seed: int = 0,
    as_of: date | None = None,
    full: bool = False,
    anew: bool = False,
    resume: bool = False,
    runner: Runner = "here",
    workers: int = 0,
    scheduler: str = "",
) -> list[Path]:
    """scan → check → report."""
    scan(declarations, location, rows, seed, as_of, full, anew, resume, runner, workers, scheduler)
    check(declarations, location, out, as_of)
    return report(declarations, location, out)
