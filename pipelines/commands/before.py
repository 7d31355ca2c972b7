"""Before the first scan: `daicho init`, `daicho stores test`, `daicho plan`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.options import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.declarations import StoreDeclaration
    from pipelines.plans import Look, Plan


@click.command()
@click.argument("folder", default="declarations", type=click.Path(path_type=Path))
@click.option("--store", "stores", multiple=True, metavar="ID=場所", help="保管場所 a path or a URL without a password")
def init(folder: Path, stores: tuple[str, ...]) -> None:
    """宣言のひな型を書く: write a folder of declarations to go on from."""
    from pipelines.starting import start

    named: dict[str, str] = {}
    for one in stores:
        id, equals, location = one.partition("=")
        if not (id and equals and location):
            raise click.UsageError(f"--store {one}: ID=場所 と書いてください · write ID=PATH or ID=URL")
        if id in named:
            raise click.UsageError(f"--store {id}: 二度あります · stands twice")
        named[id] = location
    for path in start(folder, named):
        click.echo(path)
    click.echo(f"\n次に · next: company.yml と stores.yml を直し、daicho declarations check {folder}", err=True)


@click.group()
def stores() -> None:
    """保管場所を確かめる: look at the declared stores."""


@stores.command("test")
@options("declarations")
@click.argument("ids", nargs=-1)
def test_stores(declarations: str, ids: tuple[str, ...]) -> None:
    """つながるか、どこまで読めるかを確かめる: connect, and say what may be seen; no record is read."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipelines.plans import look

    chosen = _chosen(declarations, ids)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("保管場所 store", "応答 answers", "読む範囲 level", "データ datasets", "秒 s", "注意 note"):
        table.add_column(head)
    for one in look(chosen):
        failure = one.failure
        table.add_row(
            one.store.id,
            Text(failure.reason, style="red") if failure else Text("はい yes", style="green"),
            _level(one.store),
            str(len(one.found)),
            f"{one.seconds:.1f}",
            Text("。".join(_notes(one)), style="yellow"),
        )
    Console(soft_wrap=True, highlight=False).print(table)


@click.command()
@options("declarations")
@click.option("--register", default="", help="台帳 the register of earlier scans: what has not changed is left out")
@click.option(
    "--rows", type=click.IntRange(min=1), default=1000, show_default=True, help="読む行数 random rows a dataset"
)
@click.option("--full", is_flag=True, help="許された保管場所は全件読む all rows where read_level allows it")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines で one object a store")
@click.argument("ids", nargs=-1)
def plan(declarations: str, register: str, rows: int, full: bool, as_json: bool, ids: tuple[str, ...]) -> None:
    """走査すると何を読むかを示す: what a scan would read now, without reading it."""
    from pipelines.clock import today
    from pipelines.plans import plan as planned
    from pipelines.register import Register
    from pipelines.scan import Reading
    from pipelines.versions import versions

    book = Register.open(register, create=False) if register else None
    reading = Reading(today(), rows=rows, full=full, versions=versions())
    plans = planned(_chosen(declarations, ids), book, reading)
    if as_json:
        for one in plans:
            click.echo(json.dumps(_told(one), ensure_ascii=False))
    else:
        _print(list(plans))


def _chosen(declarations: str, ids: Sequence[str]) -> Sequence[StoreDeclaration]:
    from pipelines.declarations import load

    known = load(declarations).by_id
    unknown = [id for id in ids if id not in known]
    if unknown:
        raise click.UsageError(f"{'、'.join(unknown)}: 宣言にない保管場所です · no such store is declared")
    return [known[id] for id in ids] if ids else list(known.values())


def _level(store: StoreDeclaration) -> str:
    allowed = f"（{store.allowed_by} {store.allowed_on}）" if store.allowed_by else ""
    mails = f"、メール mails {store.mails}" if store.kind != "mails" and store.mails != "metadata" else ""
    return f"{store.level}{mails}{allowed}"


def _notes(one: Look) -> list[str]:
    notes = [one.failure.hint] if one.failure else []
    if one.may_write:
        notes.append("このアカウントは書込みもできます。読取り専用を勧めます may also write: give it reading alone")
    undeclared = sum(missed.reason == "undeclared" for missed in one.missed)
    if undeclared:
        notes.append(f"同じサーバーに未申告のもの {undeclared} 件 undeclared on the same server")
    others = sum(missed.reason not in ("undeclared", "excluded") for missed in one.missed if missed.name)
    if others:
        notes.append(f"読めないもの {others} 件 cannot be read")
    return notes


def _told(one: Plan) -> dict[str, Any]:
    return {
        "store": one.store.id,
        "read_level": one.level,
        "datasets": one.datasets,
        "due": one.due,
        "unchanged": one.datasets - one.due,
        "rows_to_read": one.rows,
        "rows_in_due": one.of_rows,
        "unknown_size": one.unknown,
        "not_readable": len(one.missed),
    }


def _print(plans: Sequence[Plan]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim", show_footer=True)
    heads = (
        "保管場所 store",
        "範囲 level",
        "データ datasets",
        "読む due",
        "同じ same",
        "読む行 rows",
        "全行 of",
        "行数不明 ?",
    )
    numbers = [list(_told(one).values())[2:-1] for one in plans]
    totals = ["計 total", "", *(f"{sum(column):,}" for column in zip(*numbers, strict=True))]
    for at, (head, total) in enumerate(zip(heads, totals, strict=True)):
        table.add_column(head, footer=total, justify="right" if at > 1 else "left", no_wrap=True)
    for one, row in zip(plans, numbers, strict=True):
        table.add_row(one.store.id, one.level, *(f"{number:,}" for number in row))
    Console(soft_wrap=True, highlight=False).print(table)
