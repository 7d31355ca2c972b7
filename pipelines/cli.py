"""The command line. Thin: a command parses, calls, prints. Heavy things are imported inside the commands."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import click

from pipelines import commands
from pipelines.commands.casebook_options import ACCOUNT, FILE, secret_of
from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.options import options

if TYPE_CHECKING:
    from classifiers.texts import Mode

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
    from expectations.answers import CheckError
    from expectations.policy import PolicyError
    from pipelines.baselines import BaselineError
    from pipelines.casebook.sealing import CasebookError
    from pipelines.declarations import DeclarationsError
    from pipelines.desk import DeskError
    from pipelines.disclosure.person import PersonError
    from pipelines.explaining import ExplainError
    from pipelines.packs import PackError
    from pipelines.register import RegisterError
    from pipelines.reports import ReportError
    from pipelines.runners import RunnerError
    from pipelines.suppression.hashing import StopListError

    return (
        VocabularyError,
        PolicyError,
        CheckError,
        DeclarationsError,
        ExplainError,
        RegisterError,
        ReportError,
        PersonError,
        RunnerError,
        BaselineError,
        StopListError,
        CasebookError,
        PackError,
        DeskError,
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="daicho")
def main() -> None:
    """台帳: find the personal data a company holds, say whose it is and what it is used for, and answer who asks.

    Exit codes: 0 done, 1 only where --fail-on asks, 2 wrong configuration.
    """


for _module in iter_modules(commands.__path__):
    if not _module.ispkg:
        for _command in getattr(import_module(f"{commands.__name__}.{_module.name}"), "COMMANDS", ()):
            main.add_command(_command)


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
        print_jsonl(register.tags())
    else:
        print_tags(register.tags())
    for one in register.not_read():
        click.echo(f"読めません not read: {one.store} {one.name}: {one.reason} {one.hint}".rstrip(": "), err=True)
    if any(not one.name and one.reason == "missing" for one in register.not_read()):
        raise click.exceptions.Exit(2)


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
@options("declarations", "register")
@FILE
@ACCOUNT
@click.option("--reason", required=True, help="照会の理由・受付番号 why, or the case's number (no name)")
@click.option("--format", "shape", type=click.Choice(["table", "jsonl"]), default="table", help="出力の形 output")
def lookup(declarations: str, register: str, path: Path, account: str, reason: str, shape: str) -> None:
    """一人の本人を全ストアから探す: look one individual up; the keys come from a prompt or standard input."""
    from pipelines import declarations as declared
    from pipelines.casebook.lookups import recorder
    from pipelines.casebook.opening import CasebookFile
    from pipelines.casebook.sealing import keyring
    from pipelines.disclosure import keys
    from pipelines.disclosure.lookup import run_lookup
    from pipelines.disclosure.render import render, rows
    from pipelines.progress import progress
    from pipelines.register import Register
    from pipelines.suppression.declared import told

    known = declared.load(declarations)
    book = Register.open(register, create=False)
    record = recorder(CasebookFile(path, keyring()), account, secret_of(account))
    person = keys.ask() if sys.stdin.isatty() else keys.read(sys.stdin)
    with progress("検索 searching", sum(store.holds_rows for store in known.stores)) as step:
        result = run_lookup(person, known.stores, book, record, reason, step=lambda _store: step(1))
    if shape == "jsonl":
        print_jsonl(rows(result))
    else:
        render(result)
    for line in told(known.company, person):
        click.echo(line, err=shape == "jsonl")
