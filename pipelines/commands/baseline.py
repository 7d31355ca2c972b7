"""`daicho baseline`: the findings that are known."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands.options import options


@click.command()
@options("register")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def baseline(register: str, file: Path | None) -> None:
    """把握済みの指摘を書き出す: write what was found as known, for --fail-on new --baseline FILE."""
    from pipelines.baselines import BaselineError, written
    from pipelines.register import Register

    text = written(Register.open(register, create=False).verdicts())
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError:
        raise BaselineError(f"{file}: 書けません · cannot be written") from None
