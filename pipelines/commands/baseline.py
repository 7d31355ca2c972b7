"""`daicho baseline`: the findings that are known."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands.options import options


@click.command()
@options("register")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def baseline(register: str, file: Path | None) -> None:
    """把握済みの指摘を書き出す: write what was found as known, for --fail-on new --baseline FILE.

    The ids are the same on every machine, and no value stands beside them: commit the file, and review what changes.
    """
    from pipelines.baselines import findings, write, written
    from pipelines.register import Register, RegisterError

    book = Register.open(register, create=False)
    if book.last_run("check") is None:
        raise RegisterError(f"{register}: まだ判定していません。先に daicho check を · nothing has been judged yet")
    found = findings(book.verdicts())
    if file is None:
        click.echo(written(found), nl=False)
    else:
        write(file, found)
        click.echo(f"{file}: 把握済みの指摘 {len(found)} 件 · {len(found)} known findings", err=True)


COMMANDS = (baseline,)
