"""`daicho suites`: facts and suites for a company's own Great Expectations project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipelines.commands.options import options


@click.command()
@options("declarations", "register", "out", "as_of")
def suites(declarations: str, register: str, out: str, as_of: date | None) -> None:
    """自社の Great Expectations で検査する: write the facts and the policy's suites, to be checked without daicho."""
    from expectations.answers import answered
    from expectations.exchange import write
    from pipelines import clock
    from pipelines import declarations as declared
    from pipelines.judging import as_ruled, declared_of, policy_of
    from pipelines.register import Register

    known = declared.load(declarations)
    book = Register.open(register, create=False)
    judged, seen = as_ruled(book)
    facts = answered(policy_of(known), judged, declared_of(known), as_of or clock.today(), seen)
    try:
        paths = write(facts, Path(out))
    except OSError as error:
        raise click.UsageError(f"--out {out}: 書けません · cannot be written: {type(error).__name__}") from None
    for path in paths:
        click.echo(str(path))


COMMANDS = (suites,)
