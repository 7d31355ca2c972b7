"""`daicho rulings`: what people say of the machine's answers, and what becomes of it."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.noting import opened
from pipelines.commands.options import options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from expectations.rulings import Judged, Ruling, Standing
    from pipelines.declarations import Declarations
    from pipelines.register import Register

_STYLES = {"in_force": "green", "agreed": "dim", "lacking": "bold red"}


@click.group()
def rulings() -> None:
    """人の判断: confirm or correct what the machine says; rulings.yml of the declarations holds it."""


@rulings.command("list")
@options("declarations", "register", "as_of", "shape")
def list_rulings(declarations: str, register: str, as_of: date | None, shape: str) -> None:
    """判断と、いま有効かどうか: every ruling beside what the machine says, and what of it stands."""
    standings = _judged(*opened(declarations, register), as_of).standings
    if shape == "jsonl":
        print_jsonl(
            {**one.ruling.model_dump(mode="json"), "machine": one.machine, "state": one.state} for one in standings
        )
    else:
        _print(standings)


@rulings.command()
@options("declarations", "register", "as_of", "shape")
def preview(declarations: str, register: str, as_of: date | None, shape: str) -> None:
    """判断で判定がどう変わるか: what the rulings flip, before they are committed. Exit 2 where one is not in force."""
    from pipelines.rulings import flips

    judged = _judged(*opened(declarations, register), as_of)
    found = flips(judged.before, judged.verdicts)
    if shape == "jsonl":
        print_jsonl(one._asdict() for one in found)
    else:
        for one in found:
            where = " · ".join(filter(None, (one.store, one.dataset, one.row_filter, one.about)))
            click.echo(f"{where}: {_verdict(one.before)} → {_verdict(one.after)}")
        click.echo(f"変わる判定 {len(found)} 件 · {len(found)} verdicts change")
    lacking = [one for one in judged.standings if one.state == "lacking"]
    if lacking:
        if shape != "jsonl":
            _print(lacking)
        raise click.exceptions.Exit(2)


_WHO = (
    click.option("--by", required=True, help="判断した人 who rules"),
    click.option(
        "--role", type=click.Choice(["owner", "privacy"]), default="owner", show_default=True, help="役割 role"
    ),
    click.option("--second", default="", help="二人目 the second person, where a finding becomes less grave"),
    click.option(
        "--until",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _context, _option, value: value and value.date(),
        help="いつまで until when",
    ),
)


def _who(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_WHO):
        command = option(command)
    return command


@rulings.command()
@options("declarations", "register")
@_who
def add(declarations: str, register: str, by: str, role: str, second: str, until: date | None) -> None:
    """判断を書き足す: rulings from standard input, one JSON object a line, checked and appended to rulings.yml.

    {"id", "about": "column", "store", "dataset", "column", "says", "why"} or "about": "rows" with "rows", or
    "about": "use" with "use", or "about": "verdict" with "verdict". What the machine says stands beside each.
    """
    from pipelines import clock

    told: dict[str, Any] = {"by": by, "role": role, "on": clock.today(), "second": second, "until": until}
    known, book = opened(declarations, register)
    _append(declarations, known, book, [{**told, **row} for row in _read(sys.stdin.read())])


@rulings.command("import")
@click.argument("ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options("declarations", "register")
@_who
def import_ledger(
    ledger: Path, declarations: str, register: str, by: str, role: str, second: str, until: date | None
) -> None:
    """Excelの台帳の訂正を取り込む: what people wrote against the machine in LEDGER, appended to rulings.yml."""
    from pipelines import clock
    from pipelines.reports.sheets.corrections import corrections

    known, book = opened(declarations, register)
    try:
        rows, misread = corrections(ledger, book)
    except ValueError:
        raise click.UsageError(f"{ledger}: 個人情報管理台帳ではありません · is no ledger of daicho") from None
    if misread:
        lines = [f"  {one.sheet} {one.key}: {one.why}" for one in misread]
        raise click.UsageError(
            "\n".join([f"{ledger}: 読めない訂正があります · corrections that cannot be read", *lines])
        )
    ruler: dict[str, Any] = {"by": by, "role": role, "on": clock.today(), "second": second, "until": until}
    there = {one.id for one in known.rulings}
    _append(declarations, known, book, [{**ruler, **row} for row in rows if row["id"] not in there])


@rulings.command()
@options("declarations", "register", "as_of")
def offer(declarations: str, register: str, as_of: date | None) -> None:
    """同じ見出しの列への判断の案: the same header elsewhere, for `daicho rulings add`."""
    from pipelines.rulings import offered

    known, book = opened(declarations, register)
    print_jsonl(offered(book, _judged(known, book, as_of).standings))


def _judged(known: Declarations, register: Register, as_of: date | None) -> Judged:
    from pipelines import clock
    from pipelines.judging import as_if

    return as_if(known, register, known.rulings, as_of or clock.today())


def _append(declarations: str, known: Declarations, register: Register, rows: Sequence[dict[str, Any]]) -> None:
    from pipelines.rulings import append, made

    found = made(register, rows)
    try:
        path = append(Path(declarations), found, (one.id for one in known.rulings))
    except OSError:
        raise click.UsageError(f"{declarations}: 書けません · cannot be written") from None
    click.echo(f"{path}: {len(found)} 件の判断を書きました · {len(found)} rulings written")


def _read(text: str) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise click.UsageError(f"{number}: JSON のオブジェクトではありません · is no JSON object")
            rows.append(row)
    return rows


def _print(standings: Sequence[Standing]) -> None:
    from rich.console import Console
    from rich.text import Text

    from pipelines.reports.words import words

    console = Console(soft_wrap=True, highlight=False)
    for one in standings:
        state, style = words("ruling")[one.state], _STYLES.get(one.state, "yellow")
        console.print(Text(f"{one.ruling.id}  {_place(one.ruling)}", style="bold"))
        says = f"機械 {_word(one.ruling, one.machine)} → 人 {_word(one.ruling, one.ruling.says)}（{one.ruling.why}）"
        console.print(Text(f"  {says}"))
        console.print(Text(f"  {state['ja']} · {state['en']}", style=style))


def _place(ruling: Ruling) -> str:
    if ruling.about == "verdict":
        return ruling.verdict
    return " · ".join(filter(None, (ruling.store, ruling.dataset, ruling.column or ruling.rows or ruling.use)))


def _word(ruling: Ruling, id: str) -> str:
    from pipelines.reports.words import LISTS, vocabulary, worded, words

    if ruling.about == "verdict":
        return words("ruling_says").get(id, {"ja": "判定のとおり"})["ja"]
    known = {**words("ruling_says"), **vocabulary(LISTS[ruling.about])}
    return worded(known, id)["ja"] if id else "-"


def _verdict(id: str) -> str:
    from expectations.check import LABELS

    return LABELS[id][0] if id else "なし"


COMMANDS = (rulings,)
