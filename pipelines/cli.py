"""The command line. Thin: a command parses, calls, prints. Heavy things are imported inside the commands."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from classifiers.texts import Mode
    from pipelines.register import Register

Command = TypeVar("Command", bound=Callable[..., Any])
FAIL_ON = ("findings", "new", "incomplete")
FINDINGS = ("violation", "entrusted_scope", "gap")
"""Verdicts that somebody has to act on."""
INTERNAL_ERROR = 70
"""EX_SOFTWARE of sysexits.h: 1 is kept for --fail-on."""


class Commands(click.Group):
    """Wrong input becomes a message and exit code 2; a fault of ours its place, never its message."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.ClickException, click.exceptions.Exit, click.exceptions.Abort):
            raise
        except BrokenPipeError:
            # the reader has seen enough (`| head`); what is still buffered must not fail at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None
        except Exception as error:
            if os.environ.get("DAICHO_DEBUG"):
                raise
            if isinstance(error, _configuration_errors()):
                click.echo(f"daicho: {error}", err=True)
                raise click.exceptions.Exit(2) from None
            from pipelines.scan import place

            click.echo(f"daicho: 内部エラー internal error: {place(error)} (DAICHO_DEBUG=1 shows all of it)", err=True)
            raise click.exceptions.Exit(INTERNAL_ERROR) from None


def _configuration_errors() -> tuple[type[Exception], ...]:
    from classifiers.vocabulary import VocabularyError
    from expectations.check import CheckError
    from expectations.policy import PolicyError
    from pipelines.declarations import DeclarationsError
    from pipelines.disclosure.audit import AuditError
    from pipelines.disclosure.person import PersonError
    from pipelines.register import RegisterError
    from pipelines.reports import ReportError
    from pipelines.runners import RunnerError

    return (
        VocabularyError,
        PolicyError,
        CheckError,
        DeclarationsError,
        RegisterError,
        ReportError,
        PersonError,
        AuditError,
        RunnerError,
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="daicho")
def main() -> None:
    """台帳: find the personal data a company holds, say whose it is and what it is used for, and answer who asks.

    Exit codes: 0 done, 1 only where --fail-on asks, 2 wrong configuration.
    """


def _stages(*names: str) -> Callable[[Command], Command]:
    """The options that the commands of the pipeline share."""
    options = {
        "declarations": click.option(
            "--declarations", required=True, type=click.Path(), help="宣言のフォルダ folder of declarations"
        ),
        "register": click.option("--register", required=True, help="台帳 the register: a file or an SQLAlchemy URL"),
        "out": click.option("--out", required=True, type=click.Path(), help="報告書の出力先 folder for reports"),
        "no_out": click.option("--out", expose_value=False, type=click.Path(), help="走査では使わない not used here"),
        "as_of": click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            callback=lambda _context, _option, value: value and value.date(),
            help="基準日 judge as of this day [today]",
        ),
        "rows": click.option(
            "--rows",
            type=click.IntRange(min=1),
            default=1000,
            show_default=True,
            help="読む行数 random rows read a dataset",
        ),
        "seed": click.option("--seed", default=0, show_default=True, help="乱数の種 seed of the sample"),
        "full": click.option(
            "--full", is_flag=True, help="許された保管場所は全件読む read all rows where read_level allows it"
        ),
        "anew": click.option("--anew", is_flag=True, help="変化のないものも読み直す read what has not changed, too"),
        "resume": click.option("--resume", is_flag=True, help="中断した走査を続ける go on with a scan that broke off"),
        "runner": click.option(
            "--runner",
            type=click.Choice(["here", "processes", "dask"]),
            default="here",
            show_default=True,
            help="読む場所 where to read: この一つで in this process, 並列 in several of this machine, Dask のクラスタ",
        ),
        "workers": click.option(
            "--workers", type=click.IntRange(min=0), default=0, help="並列の数 how many processes [one a core]"
        ),
        "scheduler": click.option("--scheduler", default="", help="Dask のスケジューラ tcp://HOST:PORT"),
        "fail_on": click.option("--fail-on", multiple=True, type=click.Choice(FAIL_ON), help="exit 1 on these"),
    }

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = options[name](command)
        return command

    return add


_HOW = ("rows", "seed", "as_of", "full", "anew", "resume", "runner", "workers", "scheduler")
"""The options of a scan, which the flow takes by the same names."""


@main.command()
@_stages("declarations", "register", "out", *_HOW, "fail_on")
def run(declarations: str, register: str, out: str, fail_on: tuple[str, ...], **how: Any) -> None:
    """走査・点検・報告を続けて行う: scan, check and report."""
    _valid(declarations, register, out)
    _shared_out(how)
    from pipelines.flows import nightly

    written = nightly(declarations, register, out, **how)
    _finish(declarations, register, written, fail_on)


@main.command()
@_stages("declarations", "register", "no_out", *_HOW, "fail_on")
def scan(declarations: str, register: str, fail_on: tuple[str, ...], **how: Any) -> None:
    """データストアを走査して台帳に書く: read the declared stores into the register."""
    _valid(declarations, register)
    _shared_out(how)
    from pipelines.flows import scan as flow

    flow(declarations, register, **how)
    _finish(declarations, register, [], fail_on)


@main.command()
@_stages("declarations", "register", "out", "rows", "seed", "runner", "workers", "scheduler")
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


@main.command()
@_stages("declarations", "register", "out", "as_of", "fail_on")
def check(declarations: str, register: str, out: str, as_of: date | None, fail_on: tuple[str, ...]) -> None:
    """利用目的などを点検する: judge what the register holds by the policy."""
    _valid(declarations, register, out, scanned=True)
    from pipelines.flows import check as flow

    flow(declarations, register, out, as_of)
    _finish(declarations, register, [], fail_on)


@main.command()
@_stages("declarations", "register", "out", "fail_on")
def report(declarations: str, register: str, out: str, fail_on: tuple[str, ...]) -> None:
    """報告書を書く: write the HTML report and the ledger."""
    _valid(declarations, register, out, scanned=True)
    from pipelines.flows import report as flow

    _finish(declarations, register, flow(declarations, register, out), fail_on)


@main.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="出力の形 output",
)
@click.option("--data-dictionary", is_flag=True, help="名称だけから判定 the sources list columns; no data is read")
def classify(sources: tuple[str, ...], shape: str, data_dictionary: bool) -> None:
    """ファイル・フォルダ・データベースをその場で分類する: classify any path or URL, straight from the shell."""
    from pipelines.adhoc import classify as classify_sources
    from pipelines.terminal import print_tags

    register = classify_sources(sources, kind="data_dictionary" if data_dictionary else "")
    if shape == "jsonl":
        _print_jsonl(register.tags())
    else:
        print_tags(register.tags())
    for one in register.not_read():
        click.echo(f"読めません not read: {one.store} {one.name}: {one.reason} {one.hint}".rstrip(": "), err=True)
    if any(not one.name and one.reason == "missing" for one in register.not_read()):
        raise click.exceptions.Exit(2)


@main.command()
@click.argument("what", type=click.Choice(["tags", "verdicts", "lineage"]))
@click.option("--register", required=True, help="台帳 the register: a file or an SQLAlchemy URL")
@click.option("--format", expose_value=False, type=click.Choice(["jsonl"]), default="jsonl", help="出力の形 output")
def export(what: str, register: str) -> None:
    """台帳の内容を書き出す: export tags, verdicts or lineage, one JSON object a line."""
    from pipelines.register import Register
    from pipelines.register.edges import rows

    book = Register.open(register, create=False)
    _print_jsonl({"tags": book.tags, "verdicts": book.verdicts}[what]() if what != "lineage" else rows(book.lineage()))


@main.command()
@click.option(
    "--mode",
    type=click.Choice(["fast", "standard", "deep"]),
    default="standard",
    show_default=True,
    help="読みの深さ: fast 規則と辞書のみ rules and dictionaries, standard 説明のつかない箇所だけ言語モデル"
    " the language model where those leave a doubt, deep 全文に言語モデル the model on every text",
)
def mentions(mode: Mode) -> None:
    """文中の個人情報を見つける: JSON lines {"id","text"} in, {"id","mentions"} out."""
    from pipelines.mentions import MentionsError, annotate

    wrong = 0
    for result in annotate(sys.stdin, mode):
        if isinstance(result, MentionsError):
            wrong += 1
            click.echo(f"daicho: {result}", err=True)
        else:
            click.echo(json.dumps(result, ensure_ascii=False))
    if wrong:
        raise click.exceptions.Exit(2)


@main.command()
@_stages("declarations", "register")
@click.option("--audit", required=True, type=click.Path(), help="記録簿 the audit file, appended to")
@click.option("--reason", required=True, help="照会の理由・受付番号 why, or the case's number (no name)")
@click.option("--format", "shape", type=click.Choice(["table", "jsonl"]), default="table", help="出力の形 output")
def lookup(declarations: str, register: str, audit: str, reason: str, shape: str) -> None:
    """一人の本人を全ストアから探す: look one individual up; the keys come from a prompt or standard input."""
    from pipelines import declarations as declared
    from pipelines.disclosure import keys
    from pipelines.disclosure.lookup import run_lookup
    from pipelines.disclosure.render import render, rows
    from pipelines.register import Register

    known = declared.load(declarations)
    book = Register.open(register, create=False)
    person = keys.ask() if sys.stdin.isatty() else keys.read(sys.stdin)
    result = run_lookup(person, known.stores, book, Path(audit), reason)
    if shape == "jsonl":
        _print_jsonl(rows(result))
    else:
        render(result)


def _valid(declarations: str, register: str, out: str = "", *, scanned: bool = False) -> None:
    """Refuse wrong declarations, policies, registers and folders before the engine starts, which takes seconds."""
    from pipelines import declarations as declared
    from pipelines.judging import policy_of
    from pipelines.register import Register, RegisterError

    policy_of(declared.load(declarations))
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


def _print_jsonl(rows: Iterator[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def _finish(declarations: str, location: str, paths: list[Path], fail_on: tuple[str, ...]) -> None:
    from pipelines import declarations as declared
    from pipelines.register import Register
    from pipelines.terminal import print_summary, unscanned

    register = Register.open(location, create=False)
    missed = unscanned(register, [store.id for store in declared.load(declarations).stores])
    print_summary(register, location, paths, missed)
    failed = {
        "findings": lambda: any(row["verdict"] in FINDINGS for row in register.verdicts()),
        "new": lambda: _new_finding(register),
        "incomplete": lambda: bool(register.not_read() or missed),
    }
    if any(failed[name]() for name in fail_on):
        raise click.exceptions.Exit(1)


def _new_finding(register: Register) -> bool:
    """Whether the last check found something that the one before it did not."""
    last = register.last_run("check")
    return last is not None and any(
        change.kind == "verdict" and change.after in FINDINGS for change in register.changes(last.id)
    )
