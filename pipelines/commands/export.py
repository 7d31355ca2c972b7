"""`daicho export`: what stands in the register, for people's and other programs' use; a format is a file of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.options import options

if TYPE_CHECKING:
    from pipelines.exports.contents.told import Told
    from pipelines.register import Register
    from pipelines.reports import Language


class Formats(click.Group):
    """The lines of JSON that stand below, and every format in `pipelines.exports`, loaded where it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from pipelines.exports import formats

        return [*super().list_commands(ctx), *formats()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from pipelines.exports import formats

        found = super().get_command(ctx, cmd_name)
        return found or (_command(cmd_name) if cmd_name in formats() else None)


@click.group(cls=Formats)
def export() -> None:
    """台帳の内容を書き出す: export the register for auditors, pull requests, CI, catalogues and other programs."""


@export.command()
@options("register")
@click.option("--format", expose_value=False, type=click.Choice(["jsonl"]), default="jsonl", help="出力の形 output")
def tags(register: str) -> None:
    """列と行の区分のタグ: one JSON object a line, a column and row partition each."""
    print_jsonl(_opened(register).tags())


@export.command()
@options("register")
@click.option("--format", expose_value=False, type=click.Choice(["jsonl"]), default="jsonl", help="出力の形 output")
def verdicts(register: str) -> None:
    """判定: one JSON object a line, a verdict each."""
    print_jsonl(_opened(register).verdicts())


@export.command()
@options("register")
@click.option("--format", expose_value=False, type=click.Choice(["jsonl"]), default="jsonl", help="出力の形 output")
def lineage(register: str) -> None:
    """データの流れ: one JSON object a line, a dataset that feeds another each."""
    from pipelines.register.edges import rows

    print_jsonl(rows(_opened(register).lineage()))


COMMANDS = (export,)


def _opened(register: str) -> Register:
    from pipelines.register import Register

    return Register.open(register, create=False)


def _command(name: str) -> click.Command:
    from pipelines.exports import formats

    made = formats()[name]

    @click.command(name, help=f"{made.TITLE_JA}: {made.TITLE_EN}.")
    @options("register")
    @click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _context, _option, value: value and value.date(),
        help="この日の終わりの台帳 the register as the last run up to this day left it [the last run]",
    )
    @click.option(
        "--out", type=click.Path(file_okay=False, path_type=Path), help="出力先のフォルダ folder [standard output]"
    )
    @click.option(
        "--declarations", type=click.Path(), help="宣言のフォルダ folder of declarations: lines, names in catalogues"
    )
    @click.option("--since", default="", help="この日より前、またはこの番号の実行と比べる new since a day, or a run")
    @options("baseline", "severity")
    @click.option(
        "--language", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="ことば of the words"
    )
    def command(register: str, as_of: date | None, out: Path | None, **asked: Any) -> None:
        from pipelines.exports import write

        files = made.files(_told(_opened(register), as_of, **asked))
        if out:
            for path in write(files, out):
                click.echo(path)
        elif len(files) == 1:
            click.echo(next(iter(files.values())), nl=False)
        else:
            raise click.UsageError("--out: 書き出し先のフォルダを指定します · several files: name a folder")

    return command


def _told(
    register: Register,
    as_of: date | None,
    declarations: str | None,
    since: str,
    baseline: Path | None,
    severity: str,
    language: Language,
) -> Told:
    from dataclasses import replace

    from pipelines import declarations as declared
    from pipelines.baselines import read
    from pipelines.exports.contents import told
    from pipelines.history import run_before, run_of

    if since and baseline:
        raise click.UsageError("--since と --baseline はどちらか一つ · one of the two")
    run = run_of(register, as_of)
    runs, sections = told.after(register, run)
    lines = declared.lines(declarations) if declarations else {}
    stores = declared.load(declarations).stores if declarations else ()
    found = told.Told(runs, sections, language, severity, None, lines, stores)
    if baseline:
        return replace(found, compared=told.against(read(baseline), found.findings, baseline.name))
    if since:
        earlier = run_before(register, since)
        return replace(found, compared=told.since(register, earlier, run.id, found.findings))
    return found
