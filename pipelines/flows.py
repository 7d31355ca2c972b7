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
from pipelines.scan.unchanged import split
from pipelines.stores import Dataset
from pipelines.versions import versions

GROUP = 8
"""Datasets a task: coarse enough that Prefect's own time a task does not count, fine enough to share out."""

TOLD = ("datasets", "skipped", "rows", "bytes", "not_read", "retried")
"""What a run counts, a store each."""
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
        self.tries = 1

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
    listed = Piece(piece.store, found, unread)
    listed.tries = task_run.get_run_count()
    return listed


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
def scan(
    declarations: str,
    location: str,
    rows: int = ROWS,
    seed: int = 0,
    as_of: date | None = None,
    full: bool = False,
    anew: bool = False,
    resume: bool = False,
) -> None:
    """Read every declared store, and write into the register what it holds and what could not be read.

    What neither changed since it was read nor would be judged otherwise is not read again, unless `anew`; `resume`
    goes on with the last scan where that one was broken off.
    """
    known = declared.load(declarations)
    category_of = judging.policy_of(known).category_of
    book = Register.open(location)
    by = {**versions(), "seed": str(seed), "rows": str(rows), "full": str(full)}
    broken = book.broken_off("scan", by) if resume else None
    reading = Reading(
        as_of=broken.as_of if broken else as_of or today(),
        rows=rows,
        seed=seed,
        own_domains=known.company.mail_domains,
        full=full,
        versions=versions(),
    )
    run = broken.id if broken else book.begin("scan", reading.as_of, by)
    listed = [future.result() for future in [list_store.submit(Piece(store)) for store in known.stores]]
    counts: Counter[str] = Counter()
    stores: list[dict[str, Any]] = []
    with progress("走査 scan", sum(len(piece.group) for piece in listed)) as advance:
        work = []
        for piece in listed:
            due, kept = split(piece.store, piece.group, book.known(piece.store.id), reading, run, anew=anew)
            advance(len(kept))
            parts = list(Piece(piece.store, due).groups())
            work.append((piece, kept, [(part, scan_piece.submit(part, reading)) for part in parts]))
        for piece, kept, submitted in work:
            seen, not_read, told = list(kept), list(piece.unread), Counter[str](skipped=len(kept))
            for part, future in submitted:
                done = future.result(raise_on_failure=False)
                not_read += done.unread if isinstance(done, Piece) else failed(part)
                scanned = done.scanned if isinstance(done, Piece) else ()
                # written piece by piece: a run that is killed has lost only what was under way
                book.put_datasets(run, piece.store, scanned, category_of)
                seen += [one.id for one in scanned]
                told += Counter(datasets=len(scanned), rows=sum(one.rows_read for one in scanned))
                told += Counter(bytes=sum(one.bytes_read for one in scanned))
                advance(len(part.group))
            book.close_store(run, piece.store, seen, not_read)
            told += Counter(not_read=len(not_read), retried=piece.tries - 1)
            stores.append({"store": piece.store.id, **{name: told[name] for name in TOLD}})
            counts += told + Counter(stores=1)
    book.retire_stores(run, known.by_id)
    book.finish(run, "done", counts)
    create_table_artifact(stores, key="scan", description="件数のみ counts only")


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
    declarations: str,
    location: str,
    out: str,
    rows: int = ROWS,
    seed: int = 0,
    as_of: date | None = None,
    full: bool = False,
    anew: bool = False,
    resume: bool = False,
) -> list[Path]:
    """scan → check → report."""
    scan(declarations, location, rows, seed, as_of, full, anew, resume)
    check(declarations, location, out, as_of)
    return report(declarations, location, out)
