"""`daicho declarations`: what people wrote, looked through as a whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.options import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.declarations import Problem


@click.group()
def declarations() -> None:
    """宣言を確かめる: look through what people declared."""


@declarations.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--register", help="台帳 a register: names that no scan has seen become hints; only read")
@options("as_of", "shape")
def check_declarations(folder: Path, register: str | None, as_of: date | None, shape: str) -> None:
    """宣言の直すところをすべて挙げる: everything that is wrong, at once. Exit 2 where something is."""
    from dataclasses import asdict

    from pipelines.clock import today
    from pipelines.declarations import check

    book = None
    if register:
        from pipelines.register import Register

        book = Register.open(register, create=False)
    found = check(folder, as_of or today(), book)
    if shape == "jsonl":
        print_jsonl(asdict(one) for one in found)
    else:
        _print(found)
    if any(one.severity == "error" for one in found):
        raise click.exceptions.Exit(2)


@declarations.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="書き出すフォルダ folder")
def schema(out: Path) -> None:
    """編集画面での補完と点検のためのスキーマを書き出す: write JSON Schemas, one a file, for editors."""
    from pipelines.declarations.schema import modeline, publish

    for path in publish(out):
        click.echo(path)
    click.echo(f"\n各ファイルの先頭に · first line of each file: {modeline('uses')}", nl=False, err=True)


_SEVERITIES = {"error": ("要修正", "to mend", "bold red"), "hint": ("参考", "to know", "yellow")}


def _print(found: Sequence[Problem]) -> None:
    from collections import Counter

    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    for one in found:
        ja, en, style = _SEVERITIES[one.severity]
        where = f"{one.file}:{one.line}" if one.line else one.file
        console.print(Text(" ".join(filter(None, (where, one.row, one.key, f"{ja} {en}"))), style=style))
        console.print(Text(f"  {one.ja}"))
        console.print(Text(f"  {one.en}", style="dim"))
        if one.instead:
            console.print(Text(f"  → {one.instead}", style="green"))
    counts: Counter[str] = Counter(one.severity for one in found)
    totals = [f"{ja} {en} {counts[severity]}" for severity, (ja, en, _) in _SEVERITIES.items() if counts[severity]]
    console.print("、".join(totals) or "直すところはありません · nothing to mend")


COMMANDS = (declarations,)
