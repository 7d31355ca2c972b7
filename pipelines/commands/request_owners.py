"""`daicho request inquiry`: what the owner of a store that no search can read is asked."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands.casebook_options import at_work, opened, private
from pipelines.commands.looking import declared_in
from pipelines.commands.request import request


@request.command()
@at_work
@click.option("--store", required=True, help="保管場所 the store (request show lists them)")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="書き出し先（0600） a file")
@click.argument("number")
def inquiry(path: Path, account: str, declarations: str | None, store: str, out: Path, number: str) -> None:
    """走査できない保管場所の担当への確認依頼を書く: write what its owner is asked, with the individual's keys."""
    from pipelines.casebook.inquiries import asked, text
    from pipelines.clock import today

    book, by = opened(path, account, declarations)
    labels = {one.id: one.label for one in declared_in(declarations).stores}
    said = text(book.case(number, by), book.policy, store, labels.get(store, ""))
    private(out, said.encode())
    book.change(number, by, "owner_asked", lambda case: asked(case, by, store, today()), {"store": store})
    click.echo(str(out))


COMMANDS = ()
