"""scan · check · report, and all three in one, as Prefect flows.

Prefect stores flow parameters in clear: they are paths, dates and numbers here, and a register's URL names its
password by an environment variable. What tasks hand on is wrapped, so that nothing walks through it or keeps it.
"""

from __future__ import annotations

import os
from collections import Counter
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

from pipelines import alerts, clock, judging, reports
from pipelines import declarations as declared
from pipelines.pieces import Piece, closed
from pipelines.progress import progress
from pipelines.register import Register
from pipelines.reviewing import approvals
from pipelines.runners import Runner, scanned, sharing
from pipelines.scan import ROWS, datasets, unread
from pipelines.scan.basis import reading_of
from pipelines.scan.unchanged import split
from pipelines.tally import Tally, together
from pipelines.terminal import print_alerts
from pipelines.versions import versions

RETRIES = 2
PLAIN: Any = {"cache_policy": NO_CACHE, "persist_result": False}
"""No hashing of what a task gets, no keeping of what it gives."""

# Sudachi and GiNZA are one a process and not thread-safe. What a flow does beside pieces of a scan goes one by one.
one_by_one: Any = ThreadPoolTaskRunner(max_workers=1)


class UnreachableError(Exception):
    """A store did not answer: Prefect tries again."""


@task(name="list", retries=RETRIES, retry_delay_seconds=[1, 2], **PLAIN)
def list_store(piece: Piece) -> Piece:
    """What lies in a store; one that does not answer is tried again, then stands as not read."""
    if opens := closed(piece.store):
        return Piece(piece.store, (), [unread(piece.store, "", "outside_window", opens)])
    found, missed = datasets(piece.store)
    if any(one.reason == "unreachable" for one in missed) and task_run.get_run_count() <= RETRIES:
        raise UnreachableError(piece.store.id)
    listed = Piece(piece.store, found, missed)
    listed.tries = task_run.get_run_count()
    return listed


@task(name="judge", **PLAIN)
def judge(declarations: str, location: str, docs: str, as_of: date) -> Counter[str]:
    """Judge what the register holds; answers verdict → how many."""
    return judging.judge(declared.load(declarations), Register.open(location, create=False), Path(docs), as_of)


@task(name="alert", **PLAIN)
def alert(declarations: str, location: str) -> list[alerts.Outcome]:
    """Tell whoever asked of new findings; answers what became of it, and fails for no server's sake."""
    return list(alerts.sent(declared.load(declarations).alerts, Register.open(location, create=False)))


@task(name="write-reports", **PLAIN)
def write_reports(declarations: str, location: str, out: str) -> list[Path]:
    """Write every report; answers their paths."""
    known, book = declared.load(declarations), Register.open(location, create=False)
    policy, approved = judging.policy_of(known), approvals(known, book)
    return list(reports.write_all(book, policy, Path(out), approvals=approved))


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
    reading = reading_of(known, broken.as_of if broken else as_of or clock.today(), rows=rows, seed=seed, full=full)
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
        book.expect(run, sum(len(piece.group) for piece in work), sum(tally.skipped for tally in tallies.values()))
        with sharing(runner, workers, scheduler) as submit:
            for done in scanned(work, reading, submit):
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
    if told := alert.submit(declarations, location).result():
        print_alerts(told)
        create_table_artifact(alerts.rows(told), key="alerts", description="件数のみ counts only")


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
