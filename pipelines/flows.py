"""scan · check · report, and all three in one: the only module that knows Prefect.

Prefect stores flow parameters in clear: they are paths, dates and numbers here, and a register's URL names its
password by an environment variable. What tasks hand on is wrapped, so that nothing walks through it or keeps it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
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
from prefect.runtime import task_run
from prefect.task_runners import ThreadPoolTaskRunner

from pipelines import declarations as declared
from pipelines import judging, reports
from pipelines.clock import today
from pipelines.declarations import StoreDeclaration
from pipelines.progress import progress
from pipelines.register import Register
from pipelines.scan import ROWS, Reading, Scanned, Unread, datasets, scan_group, unread
from pipelines.stores import Dataset
from pipelines.versions import versions

GROUP = 8
"""Datasets a task: coarse enough that Prefect's own time a task does not count, fine enough to share out."""

RETRIES = 2
PLAIN: Any = {"cache_policy": NO_CACHE, "persist_result": False}
"""No hashing of what a task gets, no keeping of what it gives."""

# Sudachi and GiNZA are one a process and not thread-safe: pieces run one after another here, and the deployment's
# task runner (processes, Dask) runs them side by side.
one_by_one: Any = ThreadPoolTaskRunner(max_workers=1)


class UnreachableError(Exception):
    """A store did not answer: Prefect tries again."""


class Piece:
    """One store and some of its datasets, or what became of them. Not a dataclass: Prefect would walk through one."""

    def __init__(self, store: StoreDeclaration, group: Sequence[Dataset] = (), unread: Sequence[Unread] = ()) -> None:
        self.store, self.group, self.unread = store, tuple(group), tuple(unread)
        self.scanned: tuple[Scanned, ...] = ()

    def groups(self) -> Iterator[Piece]:
        """The piece in pieces of at most `GROUP` datasets."""
        for start in range(0, len(self.group), GROUP):
            yield Piece(self.store, self.group[start : start + GROUP])


@task(name="list", retries=RETRIES, retry_delay_seconds=[1, 2], **PLAIN)
def list_store(piece: Piece) -> Piece:
    """What lies in a store; one that does not answer is tried again, then stands as not read."""
    found, unread = datasets(piece.store)
    if any(one.reason == "unreachable" for one in unread) and task_run.get_run_count() <= RETRIES:
        raise UnreachableError(piece.store.id)
    return Piece(piece.store, found, unread)


@task(name="scan-group", **PLAIN)
def scan_piece(piece: Piece, reading: Reading) -> Piece:
    """Read and classify a group of datasets."""
    found = list(scan_group(piece.store, piece.group, reading))
    done = Piece(piece.store, piece.group, [one for one in found if isinstance(one, Unread)])
    done.scanned = tuple(one for one in found if isinstance(one, Scanned))
    return done


def failed(piece: Piece) -> list[Unread]:
    """The piece's datasets as not read: its worker died or its task was cancelled."""
    return [unread(piece.store, dataset.name, "failed", "処理が最後まで終わりませんでした") for dataset in piece.group]


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
def scan(declarations: str, location: str, rows: int = ROWS, seed: int = 0, as_of: date | None = None) -> None:
    """Read every declared store, and write into the register what it holds and what could not be read."""
    known = declared.load(declarations)
    category_of = judging.policy_of(known).category_of
    reading = Reading(as_of or today(), rows, seed, known.company.mail_domains)
    book = Register.open(location)
    run = book.begin("scan", reading.as_of, {**versions(), "seed": str(seed), "rows": str(rows)})
    listed = [future.result() for future in [list_store.submit(Piece(store)) for store in known.stores]]
    submitted = {piece.store.id: [scan_piece.submit(group, reading) for group in piece.groups()] for piece in listed}
    counts: Counter[str] = Counter()
    with progress("走査 scan", sum(len(piece.group) for piece in listed)) as advance:
        for piece in listed:
            scanned: list[Scanned] = []
            not_read = list(piece.unread)
            for group, future in zip(piece.groups(), submitted[piece.store.id], strict=True):
                done = future.result(raise_on_failure=False)
                not_read += done.unread if isinstance(done, Piece) else failed(group)
                scanned += done.scanned if isinstance(done, Piece) else ()
                advance(len(group.group))
            book.put_scan(run, piece.store, scanned, not_read, category_of)
            counts += Counter(stores=1, datasets=len(scanned), not_read=len(not_read))
    book.retire_stores(run, known.by_id)
    book.finish(run, "done", counts)
    create_table_artifact([dict(counts)], key="scan", description="件数のみ counts only")


@flow(name="check", task_runner=one_by_one)
def check(declarations: str, location: str, out: str, as_of: date | None = None) -> None:
    """Judge every declared use and provision by the policy, and write the verdicts into the register."""
    counts = judge.submit(declarations, location, str(Path(out) / "data-docs"), as_of or today()).result()
    create_table_artifact([dict(counts)], key="check", description="件数のみ counts only")


@flow(name="report", task_runner=one_by_one)
def report(declarations: str, location: str, out: str) -> list[Path]:
    """Write the reports; answers their paths."""
    return write_reports.submit(declarations, location, out).result()


@flow(name="nightly", task_runner=one_by_one)
def nightly(
    declarations: str, location: str, out: str, rows: int = ROWS, seed: int = 0, as_of: date | None = None
) -> list[Path]:
    """scan → check → report."""
    scan(declarations, location, rows, seed, as_of)
    check(declarations, location, out, as_of)
    return report(declarations, location, out)
