"""`daicho disposal`: what should be gone by now, from the request to the scan that shows it gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.noting import BY, DAY, NOTE, made, opened, written
from pipelines.commands.options import options

if TYPE_CHECKING:
    from expectations.disposals import Disposal, DisposalStep

_STYLES = {"closed": "green", "still_there": "bold red", "lacking": "bold red"}


@click.group()
def disposal() -> None:
    """廃棄・消去: what is past its date, asked for, approved, proved, and closed once a scan shows it gone."""


@disposal.command("list")
@options("declarations", "register", "shape")
def list_overdue(declarations: str, register: str, shape: str) -> None:
    """期限を過ぎたもの: what the last check found past its date, and whether its disposal is asked for."""
    from dataclasses import asdict

    from pipelines.disposing import overdue

    known, book = opened(declarations, register)
    found = overdue(book, known)
    if shape == "jsonl":
        print_jsonl(asdict(one) for one in found)
        return
    for one in found:
        click.echo(" · ".join(filter(None, (one.store, one.dataset, one.rows))))
        click.echo(f"  {one.why['ja']}\n  {one.why['en']}")
        click.echo(f"  申請 {one.proposed or 'なし'} · asked for: {one.proposed or 'no'}")
    click.echo(f"期限を過ぎたもの {len(found)} 件 · {len(found)} past their date")


@disposal.command()
@click.argument("disposal_id")
@click.argument("store")
@click.argument("dataset")
@options("declarations", "register")
@click.option("--rows", default="", help="行の条件 a row partition's filter [all rows]")
@click.option("--before", type=DAY, help="この日より前の記録だけ only records from before that day")
@click.option("--why", required=True, help="理由 why")
@BY
def propose(
    disposal_id: str,
    store: str,
    dataset: str,
    declarations: str,
    register: str,
    rows: str,
    before: date | None,
    why: str,
    by: str,
) -> None:
    """廃棄を申請する: ask for DATASET of STORE to be erased, as DISPOSAL_ID."""
    from expectations.disposals import Disposal
    from pipelines import clock
    from pipelines.disposing import proposed

    known, book = opened(declarations, register)
    today = clock.today()
    told: dict[str, Any] = {"store": store, "dataset": dataset, "rows": rows, "before": before, "why": why}
    row: Disposal = made(lambda: Disposal.model_validate({"id": disposal_id, "by": by, "on": today, **told}))
    written(declarations, lambda: proposed(Path(declarations), known, book, row, today))


@disposal.command()
@click.argument("disposal_id")
@options("declarations")
@BY
@NOTE
def approve(disposal_id: str, declarations: str, by: str, note: str) -> None:
    """承認する（申請した人とは別の人）: approve a disposal that somebody else asked for."""
    _take(declarations, {"disposal": disposal_id, "step": "approved", "by": by, "note": note})


@disposal.command()
@click.argument("disposal_id")
@options("declarations")
@BY
@NOTE
def refuse(disposal_id: str, declarations: str, by: str, note: str) -> None:
    """却下する: refuse a disposal."""
    _take(declarations, {"disposal": disposal_id, "step": "refused", "by": by, "note": note})


@disposal.command()
@click.argument("disposal_id")
@options("declarations")
@BY
@click.option("--on", type=DAY, help="消去した日 the day of the erasure [today]")
@click.option("--how", required=True, help="方法 how it was erased")
@click.option("--certificate", required=True, help="証明書・作業記録の所在 where certificate or log is kept")
@click.option("--backups-until", required=True, type=DAY, help="バックアップの消える日 when the last one expires")
@NOTE
def prove(
    disposal_id: str,
    declarations: str,
    by: str,
    on: date | None,
    how: str,
    certificate: str,
    backups_until: date,
    note: str,
) -> None:
    """消去を証明する: who erased it, how, when, with which certificate, and until when a backup holds it."""
    told = {"how": how, "certificate": certificate, "backups_until": backups_until, "note": note}
    _take(declarations, {"disposal": disposal_id, "step": "proved", "by": by, **({"on": on} if on else {}), **told})


@disposal.command()
@options("declarations", "register", "as_of", "shape")
def status(declarations: str, register: str, as_of: date | None, shape: str) -> None:
    """状況: what stands of every disposal, and what later scans show."""
    from pipelines import clock
    from pipelines.disposing import rows, standings

    known, book = opened(declarations, register)
    found = standings(book, known, as_of or clock.today())
    if shape == "jsonl":
        print_jsonl(rows(found))
        return
    from rich.console import Console
    from rich.text import Text

    from pipelines.reports.words import words

    console = Console(soft_wrap=True, highlight=False)
    for one in found:
        asked, state, seen = one.disposal, words("disposal")[one.state], words("disposal_seen")[one.seen]
        before = f"～{asked.before}" if asked.before else ""
        where = " · ".join(filter(None, (asked.store, asked.dataset, asked.rows, before)))
        console.print(Text(f"{asked.id}  {where}", style="bold"))
        console.print(Text(f"  {state['ja']} · {state['en']}", style=_STYLES.get(one.state, "yellow")))
        if one.proved:
            until = one.proved.backups_until
            console.print(Text(f"  {one.proved.on} {one.proved.how}（{one.proved.certificate}）, backups {until}"))
            console.print(Text(f"  {seen['ja']} · {seen['en']}"))
    click.echo(f"申請 {len(found)} 件 · {len(found)} disposals")


def _take(declarations: str, told: dict[str, Any]) -> None:
    from expectations.disposals import DisposalStep
    from pipelines import clock
    from pipelines import declarations as declared
    from pipelines.disposing import taken

    step: DisposalStep = made(lambda: DisposalStep.model_validate({"on": clock.today(), **told}))
    written(declarations, lambda: taken(Path(declarations), declared.load(declarations), step))


COMMANDS = (disposal,)
