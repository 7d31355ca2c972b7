"""Before the first scan: `daicho init`, `daicho stores test`, `daicho plan`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.options import options

if TYPE_CHECKING:
    from pipelines.plans import Plan


@click.command()
@click.argument("folder", default="declarations", type=click.Path(path_type=Path))
@click.option(
    "--store",
    "stores",
    multiple=True,
    metavar="ID=場所",
    help="保管場所 a path, or a URL with ${NAME} for its password; may stand several times",
)
def init(folder: Path, stores: tuple[str, ...]) -> None:
    """宣言のひな型を書く: write a folder of declarations to go on from; nothing that is there is written over."""
    from pipelines.starting import start

    named: dict[str, str] = {}
    for one in stores:
        id, _, location = one.partition("=")
        if not (id and location) or "://" in id:
            # what was typed is not repeated: it may hold a password
            raise click.UsageError("--store: ID=場所 と書いてください · write ID=PATH or ID=URL")
        if id in named:
            raise click.UsageError(f"--store {id}: 二度あります · stands twice")
        named[id] = location
    for path in start(folder, named):
        click.echo(path)
    click.echo(
        f"""
次に · next:
  {folder}/company.yml と stores.yml の ← の行を直す · mend the lines with ← in both
  daicho declarations check {folder}
  daicho stores test --declarations {folder}
  daicho plan --declarations {folder}
  daicho run --declarations {folder} --register register.sqlite --out reports""",
        err=True,
    )


@click.group()
def stores() -> None:
    """保管場所を確かめる: look at the declared stores."""


@stores.command("test")
@options("declarations")
@click.option("--fail-on", type=click.Choice(["unreachable"]), help="応答しないものがあれば exit 1 where one is silent")
@click.argument("ids", nargs=-1)
def test_stores(declarations: str, fail_on: str | None, ids: tuple[str, ...]) -> None:
    """つながるか、どこまで読めるかを確かめる: connect, and say what may be seen; no record is read.

    Paper and what else no scanner reaches does not count as silent.
    """
    from pipelines.declarations import load
    from pipelines.looks import look
    from pipelines.progress import progress
    from pipelines.tables import print_looks

    chosen = load(declarations).chosen(ids)
    looks = []
    with progress("確認 test", len(chosen)) as advance:
        for one in look(chosen):
            looks.append(one)
            advance(1)
    print_looks(looks)
    if fail_on and any(one.fails for one in looks):
        raise click.exceptions.Exit(1)


@click.command()
@options("declarations")
@click.option("--register", default="", help="台帳 the register of earlier scans: what has not changed is left out")
@click.option(
    "--rows", type=click.IntRange(min=1), default=1000, show_default=True, help="読む行数 random rows a dataset"
)
@click.option("--seed", default=0, show_default=True, help="乱数の種 seed of the sample")
@click.option("--full", is_flag=True, help="許された保管場所は全件読む all rows where read_level allows it")
@click.option("--anew", is_flag=True, help="変化のないものも読み直す read what has not changed, too")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines で one object a store")
@click.argument("ids", nargs=-1)
def plan(
    declarations: str,
    register: str,
    rows: int,
    seed: int,
    full: bool,
    anew: bool,
    as_json: bool,
    ids: tuple[str, ...],
) -> None:
    """走査すると何を読むかを示す: what a scan would read now, without reading it.

    Rows and bytes are estimates where a store only estimates them; times are one worker's, by the last scan that read
    the same way.
    """
    from pipelines.clock import today
    from pipelines.declarations import load
    from pipelines.plans import plan as planned
    from pipelines.progress import progress
    from pipelines.register import Register
    from pipelines.scan.basis import reading_of
    from pipelines.tables import print_plans

    book = Register.open(register, create=False) if register else None
    known = load(declarations)
    chosen = known.chosen(ids)
    reading = reading_of(known, today(), rows=rows, seed=seed, full=full)
    plans = []
    with progress("計画 plan", len(chosen)) as advance:
        for one in planned(chosen, book, reading, anew=anew):
            plans.append(one)
            advance(1)
    if as_json:
        for one in plans:
            click.echo(json.dumps(_told(one), ensure_ascii=False))
    else:
        print_plans(plans)


def _told(one: Plan) -> dict[str, Any]:
    return {
        "store": one.store.id,
        "read_level": one.store.level,
        "opens": one.opens.isoformat() if one.opens else None,
        "datasets": one.datasets,
        "due": one.due,
        "unchanged": one.datasets - one.due,
        "rows_to_read": one.rows,
        "rows_in_due": one.of_rows,
        "uncounted": one.uncounted,
        "bytes_to_read": one.bytes,
        "unsized": one.unsized,
        "seconds": None if one.seconds is None else round(one.seconds, 1),
        "not_read": Counter(missed.reason for missed in one.missed),
    }


COMMANDS = (init, stores, plan)
