"""`daicho drill`: known persons are asked for on a schedule, and how much of theirs is found is told over time."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.casebook_options import ACCOUNT, FILE, secret_of
from pipelines.commands.options import options

if TYPE_CHECKING:
    from pipelines.disclosure.drill import Drilled

_SHOWN = 10


@click.command()
@options("declarations", "register")
@FILE
@ACCOUNT
@click.option("--persons", required=True, type=click.Path(path_type=Path), help="訓練の人（JSON、0600） known persons")
@click.option("--history", type=click.Path(path_type=Path), help="履歴（個人の値は書かない） counts of every drill")
@click.option("--least", type=click.FloatRange(0, 1), default=0.99, show_default=True, help="見つけるべき割合 share")
@click.option("--fail-on", type=click.Choice(["missed"]), help="--least に届かなければ exit 1 where less is found")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="出力の形 output")
def drill(
    declarations: str, register: str, path: Path, account: str, persons: Path, history: Path | None, least: float,
    fail_on: str | None, shape: str,
) -> None:  # fmt: skip
    """検索の訓練: look known (synthetic or consenting) persons up, and tell the share found, wrong rows and seconds."""
    from pipelines import declarations as declared
    from pipelines.casebook.lookups import recorder
    from pipelines.casebook.opening import CasebookFile
    from pipelines.casebook.sealing import keyring
    from pipelines.disclosure import drill as drills
    from pipelines.disclosure.lookup import run_lookup
    from pipelines.private_files import PrivateFileError
    from pipelines.register import Register

    try:
        known = drills.read(persons)
        stores = declared.load(declarations).stores
        book = Register.open(register, create=False)
        record = recorder(CasebookFile(path, keyring()), account, secret_of(account))
        done = drills.drill(known, lambda person, reason: run_lookup(person, stores, book, record, reason))
        rows = drills.keep(history, done) if history else [done.row()]
    except (drills.DrillError, PrivateFileError) as error:
        raise click.UsageError(str(error)) from None
    if shape == "json":
        click.echo(json.dumps(done.row(), ensure_ascii=False))
    else:
        _print(done, rows)
    if fail_on and done.share < least:
        sys.exit(1)


def _print(done: Drilled, rows: list[dict[str, object]]) -> None:
    from pipelines.disclosure.drill import day

    for row in rows[-_SHOWN:]:
        click.echo(
            f"{day(row)}  {row['persons']} 人 persons  見つけた found {row['found']}/{row['known']}"
            f" ({row['share']:.1%})  誤候補 wrong {row['wrong']:g}  {row['seconds']:.1f} s"
        )
    for one in done.missed:
        click.echo(f"  見つからない missed: {one.person} · {one.store} · {one.dataset} · {one.rows} 行 rows")
    if done.not_searched:
        click.echo(f"  検索できなかったもの not searched: {done.not_searched}")


COMMANDS = (drill,)
