"""`daicho diff`: what became of the register since an earlier run."""

from __future__ import annotations

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.options import options


@click.command()
@options("register")
@click.option("--since", required=True, help="この日より前、またはこの番号の実行から since a day, or a run's number")
@options("shape")
def diff(register: str, since: str, shape: str) -> None:
    """前と何が変わったか: what is held anew, no more, or as something else, and what is judged otherwise."""
    from pipelines.history import differences, run_before
    from pipelines.register import Register
    from pipelines.terminal import print_differences

    book = Register.open(register, create=False)
    after = run_before(book, since)
    found = list(differences(book, after))
    if shape == "jsonl":
        print_jsonl({field: value for field, value in one._asdict().items() if "_words" not in field} for one in found)
    else:
        print_differences(book, after, found)


COMMANDS = (diff,)
