"""`daicho explain`: one verdict, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipelines.commands.options import options

if TYPE_CHECKING:
    from pipelines.explaining.telling import Language

_STYLES = {"head": "bold", "bad": "bold red", "quote": "cyan", "dim": "dim", "": ""}


@click.command()
@click.argument("verdict_id")
@options("register")
@click.option("--declarations", type=click.Path(), help="宣言のフォルダ folder of declarations: names your own policy")
@click.option(
    "--lang", "language", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="言語 language"
)
def explain(verdict_id: str, register: str, declarations: str | None, language: Language) -> None:
    """一つの判定を、根拠の事実・条項・版とともに説明する: one verdict, so that a second person can judge it again.

    VERDICT_ID is the id of a verdict, or how it begins.
    """
    from rich.console import Console
    from rich.text import Text

    from pipelines.declarations import load
    from pipelines.explaining import explain as explained
    from pipelines.explaining.telling import told
    from pipelines.register import Register

    known = load(declarations) if declarations else None
    found = explained(Register.open(register, create=False), verdict_id, known)
    console = Console(soft_wrap=True, highlight=False)
    for line in told(found, language):
        console.print(Text(line.text, style=_STYLES[line.style]))


COMMANDS = (explain,)
