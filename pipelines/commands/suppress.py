"""`daicho suppress`: the stop list. A person's keys come from standard input or a prompt, never from a command line."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.options import options

if TYPE_CHECKING:
    from pipelines.suppression.standing import Standing

SCOPES = ("use", "provision", "opt_out", "marketing")
LIST = click.option(
    "--list",
    "path",
    required=True,
    envvar="DAICHO_STOP_LIST",
    type=click.Path(path_type=Path),
    help="停止リスト the stop list's file [DAICHO_STOP_LIST]",
)
CASE = click.option("--case", required=True, help="受付番号 the case's number (no name)")
SCOPE = click.option("--scope", required=True, type=click.Choice(SCOPES), help="止める範囲 what is stopped")
FOR = click.option(
    "--for",
    "what",
    multiple=True,
    type=click.Choice(SCOPES),
    help="何のための出力か what the export is for [every stop]",
)


@click.group()
def suppress() -> None:
    """停止リスト: whose data must not be provided or used, held as keyed hashes (key: DAICHO_STOP_LIST_KEY)."""


@suppress.command()
@LIST
def start(path: Path) -> None:
    """空のリストを作る: make an empty list."""
    from pipelines.suppression.book import StopList
    from pipelines.suppression.hashing import hash_keys

    key = hash_keys()[0]
    StopList.start(path)
    click.echo(f"{path}: 停止リストを作りました（鍵 {key.id}） · a new stop list, by key {key.id}")


@suppress.command()
@LIST
@CASE
@SCOPE
@click.option("--ordered-by", required=True, help="指示した部署・役職 who ordered it: an office or a role")
@click.option(
    "--requested-on",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _context, _option, value: value.date(),
    help="請求が届いた日 the day the request arrived",
)
@click.option("--article", default="", help="根拠条項 the article, where it is another than the scope's")
def add(path: Path, case: str, scope: str, ordered_by: str, requested_on: date, article: str) -> None:
    """一人を加える: add one person; the keys come from standard input (JSON or lines) or a prompt."""
    from pipelines.disclosure import keys
    from pipelines.suppression.book import Order, StopList
    from pipelines.suppression.hashing import hash_keys

    key, book = hash_keys()[0], StopList(path)
    person = keys.ask() if sys.stdin.isatty() else keys.read(sys.stdin)
    entry = book.add(Order(case, scope, requested_on, ordered_by, article), person, key)
    kinds = "、".join(f"{kind} {count}" for kind, count in sorted(entry.kinds.items()))
    click.echo(f"{entry.case} {entry.scope}: {entry.since:%Y-%m-%d %H:%M} から停止（鍵 {key.id}: {kinds}） · stopped")
    if set(entry.kinds) == {"name"}:
        click.echo(
            "氏名だけでは同姓同名と区別できないため、該当行は人の確認になります · a name alone never decides", err=True
        )
    if entry.late:
        days = (entry.since.date() - entry.requested_on).days
        click.echo(f"請求から {days} 日後の停止です · stopped {days} days after the request", err=True)


@suppress.command()
@LIST
@CASE
@SCOPE
@click.option("--ordered-by", required=True, help="指示した部署・役職 who ordered it: an office or a role")
@click.option("--reason", required=True, help="理由 why (no name)")
def lift(path: Path, case: str, scope: str, ordered_by: str, reason: str) -> None:
    """停止を解く: end a stop; its hashes are deleted, the record stays."""
    from pipelines.suppression.book import StopList

    StopList(path).lift(case, scope, ordered_by, reason)
    click.echo(f"{case} {scope}: 停止を解きました · lifted")


@suppress.command("list")
@LIST
@options("shape")
def show(path: Path, shape: str) -> None:
    """登録を一覧する: the entries by case; nothing of a person."""
    from pipelines.suppression.book import StopList

    entries = StopList(path).entries()
    if shape == "jsonl":
        for entry in entries:
            click.echo(
                json.dumps(
                    {
                        "case": entry.case,
                        "scope": entry.scope,
                        "article": entry.article,
                        "ordered_by": entry.ordered_by,
                        "requested_on": entry.requested_on.isoformat(),
                        "since": entry.since.isoformat(),
                        "late": entry.late,
                        "lifted": entry.lifted and entry.lifted.isoformat(),
                        "lifted_by": entry.lifted_by,
                        "lifted_because": entry.lifted_because,
                        "kinds": entry.kinds,
                        "keys": entry.key_ids,
                    },
                    ensure_ascii=False,
                )
            )
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in (
        "受付 case",
        "範囲 scope",
        "条項 article",
        "請求 requested",
        "停止 since",
        "指示 by",
        "鍵 key",
        "状態 state",
    ):
        table.add_column(head, overflow="fold")
    for entry in entries:
        state = (
            f"解除 lifted {entry.lifted:%Y-%m-%d}" if entry.lifted else "遅れ late" if entry.late else "停止中 in force"
        )
        days = (f"{entry.requested_on}", f"{entry.since:%Y-%m-%d %H:%M}")
        keys = " ".join(entry.key_ids)
        cells = (entry.case, entry.scope, entry.article, *days, entry.ordered_by, keys, state)
        table.add_row(*map(Text, cells))
    Console().print(table)


@suppress.command()
@LIST
@FOR
def check(path: Path, what: tuple[str, ...]) -> None:
    """一人ずつ照合する: JSON lines {"id", keys…} in, {"id", "answer": yes|no|person, "stops"} out.

    What cannot be read is answered `person`: somebody has to look (exit code 2 at the end).
    """
    from pipelines.disclosure import keys
    from pipelines.disclosure.person import PersonError
    from pipelines.suppression.standing import standings, stops

    held = stops(path, what)
    wrong = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        id: Any = number
        try:
            document = json.loads(line)
            if not isinstance(document, dict):
                raise PersonError("must be one object")
            id = document.pop("id", number)
            found = standings(keys.read(io.StringIO(json.dumps(document, ensure_ascii=False))), held)
            answer = found[0].answer.name.lower() if found else "no"
        except ValueError as error:
            # of json.loads the message quotes the line
            said = str(error) if isinstance(error, PersonError) else "JSON として読めません (not JSON)"
            click.echo(f"daicho: {number}行目 (line {number}): {said}", err=True)
            wrong, answer, found = wrong + 1, "person", ()
        click.echo(json.dumps({"id": id, "answer": answer, "stops": [*map(_told, found)]}, ensure_ascii=False))
    if wrong:
        raise click.exceptions.Exit(2)


def _told(one: Standing) -> dict[str, str]:
    entry = one.entry
    said = {"case": entry.case, "scope": entry.scope, "article": entry.article, "since": entry.since.isoformat()}
    return {**said, "answer": one.answer.name.lower()}


COMMANDS = (suppress,)
