"""The pipeline's commands: `daicho run`, `scan`, `serve`, `check`, `report`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.options import options

if TYPE_CHECKING:
    from pipelines.baselines import Baseline

_HOW = ("rows", "seed", "as_of", "full", "anew", "resume", "runner", "workers", "scheduler")
"""The options of a scan, which the flow takes by the same names."""


@click.command()
@options("declarations", "register", "out", *_HOW, "fail_on", "severity", "baseline")
def run(
    declarations: str,
    register: str,
    out: str,
    fail_on: tuple[str, ...],
    severity: str,
    baseline: Path | None,
    **how: Any,
) -> None:
    """走査・点検・報告を続けて行う: scan, check and report."""
    _valid(declarations, register, out)
    known = _known(baseline)
    _shared_out(how)
    from pipelines.flows import nightly

    written = nightly(declarations, register, out, **how)
    _finish(declarations, register, written, fail_on, severity, known)


@click.command()
@options("declarations", "register", "no_out", *_HOW, "fail_on")
def scan(declarations: str, register: str, fail_on: tuple[str, ...], **how: Any) -> None:
    """データストアを走査して台帳に書く: read the declared stores into the register."""
    _valid(declarations, register)
    _shared_out(how)
    from pipelines.flows import scan as flow
    from pipelines.register import Register
    from pipelines.tables import print_run

    flow(declarations, register, **how)
    print_run(Register.open(register, create=False).last_run("scan"))
    _finish(declarations, register, [], fail_on)


@click.command()
@options("declarations", "register", "out", "rows", "seed", "runner", "workers", "scheduler")
@click.option("--nights", default="0 3 * * *", show_default=True, help="毎晩 cron line of the nightly run; '' none")
@click.option("--weeks", default="0 1 * * 0", show_default=True, help="毎週の全件 cron line of the full run; '' none")
@click.option("--timezone", default="Asia/Tokyo", show_default=True, help="時間帯")
def serve(declarations: str, register: str, out: str, nights: str, weeks: str, timezone: str, **how: Any) -> None:
    """夜間と週次の走査を予定どおりに行う: run on a schedule, without a Prefect server of your own."""
    _valid(declarations, register, out)
    _shared_out(how)
    from pipelines.serving import ServingError, serve

    try:
        serve({"declarations": declarations, "location": register, "out": out, **how}, nights, weeks, timezone)
    except (ServingError, ValueError) as error:
        raise click.UsageError(str(error)) from None


@click.command()
@options("declarations", "register", "out", "as_of", "fail_on", "severity", "baseline")
def check(
    declarations: str,
    register: str,
    out: str,
    as_of: date | None,
    fail_on: tuple[str, ...],
    severity: str,
    baseline: Path | None,
) -> None:
    """利用目的などを点検する: judge what the register holds by the policy."""
    _valid(declarations, register, out, scanned=True)
    known = _known(baseline)
    from pipelines.flows import check as flow

    flow(declarations, register, out, as_of)
    _finish(declarations, register, [], fail_on, severity, known)


@click.command()
@options("declarations", "register", "out", "fail_on", "severity")
def report(declarations: str, register: str, out: str, fail_on: tuple[str, ...], severity: str) -> None:
    """報告書を書く: write the HTML report and the ledger."""
    _valid(declarations, register, out, scanned=True)
    from pipelines.flows import report as flow

    _finish(declarations, register, flow(declarations, register, out), fail_on, severity)


COMMANDS = (run, scan, serve, check, report)


def _valid(declarations: str, register: str, out: str = "", *, scanned: bool = False) -> None:
    """Refuse wrong declarations, policies, registers and folders before the engine starts, which takes seconds."""
    from pipelines import declarations as declared
    from pipelines.judging import policy_of
    from pipelines.register import Register, RegisterError
    from pipelines.suppression.declared import watched

    known = declared.load(declarations)
    policy_of(known)
    if not scanned:
        known.chosen()
        watched(known.company)
    book = Register.open(register, create=not scanned)
    if scanned and book.last_run("scan") is None:
        raise RegisterError(
            f"{register}: 走査の記録がありません。先に daicho scan を · no scan yet: `daicho scan` first"
        )
    if out:
        try:
            Path(out).mkdir(parents=True, exist_ok=True)
            writable = os.access(out, os.W_OK | os.X_OK)
        except OSError:
            writable = False
        if not writable:
            raise click.UsageError(f"--out {out}: 書き込めるフォルダではありません · is no folder that can be written")


def _shared_out(how: Mapping[str, Any]) -> None:
    """Refuse a cluster that is not there before the engine starts."""
    from pipelines.runners import demand

    demand(how["runner"], how["scheduler"])


def _known(baseline: Path | None) -> Baseline | None:
    from pipelines.baselines import read

    return read(baseline) if baseline else None


def _finish(
    declarations: str,
    location: str,
    paths: list[Path],
    fail_on: tuple[str, ...],
    severity: str = "info",
    baseline: Baseline | None = None,
) -> None:
    from pipelines import declarations as declared
    from pipelines.baselines import findings, new_since_the_last_check
    from pipelines.register import Register
    from pipelines.terminal import print_against, print_summary, unscanned

    register = Register.open(location, create=False)
    known = declared.load(declarations)
    missed = unscanned(register, [store.id for store in known.stores])
    every = findings(register.verdicts())
    grave = findings(every, severity)
    new = new_since_the_last_check(register, grave) if baseline is None else baseline.new(grave)
    if baseline is not None:
        print_against(new, baseline.gone(every))
    # last, for its last line says what could not be read
    print_summary(register, location, paths, missed, rehearsal=known.policy.rehearsal)
    failed = {"findings": bool(grave), "new": bool(new), "incomplete": bool(register.not_read() or missed)}
    if any(failed[name] for name in fail_on):
        raise click.exceptions.Exit(1)
