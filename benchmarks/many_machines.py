"""A scan by two Dask workers beside a bare pool of two processes: `python -m benchmarks.run machines`.

Only the pieces are timed: both read one round before the clock starts, so that models are loaded and workers there.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.bars import Bar, Section
from benchmarks.this_run import Run
from pipelines.declarations import StoreDeclaration
from pipelines.pieces import Piece
from pipelines.runners import scanned, sharing
from pipelines.scan import Reading, datasets, scan_group
from pipelines.versions import versions

WORKERS = 2
FILES = 64
ROWS = 150
ROUNDS = 7
READING = Reading(date(2026, 11, 23), versions=versions())


def write(folder: Path) -> None:
    """Tables of customers with a column of notes, no two alike."""
    from benchmarks.corpus import texts

    notes = [one.text.replace("\n", " ") for one in texts(1, "dev")]
    for file in range(FILES):
        lines = ["会員番号,氏名,メールアドレス,備考"]
        for row in range(ROWS):
            number = file * ROWS + row
            note = notes[number % len(notes)].replace('"', "”")
            lines.append(f'{number:08},羽鳥 八重子,user{number}@reiji.example,"{note}"')
        (folder / f"顧客{file:03}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def pieces(folder: Path) -> list[Piece]:
    """What a scan would share out."""
    store = StoreDeclaration.model_validate({"id": "kyouyuu", "kind": "files", "path": str(folder)})
    found, missed = datasets(store)
    if missed:
        raise SystemExit(f"not read: {missed}")
    return list(Piece(store, found).groups())


def read(piece: Piece) -> int:
    """A piece read and classified."""
    return len(list(scan_group(piece.store, piece.group, READING)))


def by_pool(work: Sequence[Piece]) -> list[float]:
    """Seconds of every round in a bare pool of processes."""
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        return list(_rounds(lambda: sum(pool.map(read, work))))


def by_dask(work: Sequence[Piece], scheduler: str) -> list[float]:
    """Seconds of every round as a scan shares it out."""
    with sharing("dask", 0, scheduler) as submit:
        return list(_rounds(lambda: sum(len(done.scanned) for done in scanned(work, READING, submit))))


def _rounds(once: Any) -> Iterator[float]:
    for number in range(ROUNDS + 1):
        started = time.perf_counter()
        if once() != FILES:
            raise SystemExit("not every file was read")
        if number:
            yield time.perf_counter() - started


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a scheduler with the workers."""
    file = folder / "scheduler.json"
    program = str(Path(sys.executable).parent / "dask")
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    common = ("--scheduler-file", str(file), "--no-dashboard")
    started = [subprocess.Popen([program, "scheduler", *common, "--host", "127.0.0.1", "--port", "0"], **quiet)]
    own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    started += [subprocess.Popen([program, "worker", *common, *own], **quiet) for _ in range(WORKERS)]
    try:
        import distributed

        client: Any = distributed.Client
        with client(scheduler_file=str(file), timeout="60s") as known:
            known.wait_for_workers(WORKERS, timeout=60)
            yield known.scheduler.address
    finally:
        for process in started:
            process.kill()
            process.wait()


def of_many_machines(run: Run) -> Section:
    """The results' section: the seconds of both, and their ratio."""
    folder = Path(tempfile.mkdtemp())
    try:
        data = folder / "data"
        data.mkdir()
        write(data)
        work = pieces(data)
        bare = by_pool(work)
        with cluster(folder) as scheduler:
            shared = by_dask(work, scheduler)
    finally:
        shutil.rmtree(folder)
    ratio = statistics.median(bare) / statistics.median(shared)
    lines = [
        (name, statistics.median(rounds), min(rounds), max(rounds))
        for name, rounds in (("bare pool", bare), ("Dask", shared))
    ]
    told = f"{FILES} files of {ROWS} rows in {len(work)} pieces, {WORKERS} workers, {ROUNDS} rounds.\n"
    table = report.table(("", "median s", "least", "most"), lines)
    return Section(f"{run.stamp()}\n{told}\n{table}", (Bar("two Dask workers: of a bare pool", ratio, 0.9),))
