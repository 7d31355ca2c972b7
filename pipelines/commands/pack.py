"""`daicho pack`: evidence for an entruster or an auditor, one folder each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipelines.commands.noting import opened
from pipelines.commands.options import options

_OUT = click.argument("out", type=click.Path(file_okay=False, path_type=Path))


@click.group()
def pack() -> None:
    """提出資料: folders of evidence with their SHA-256 sums, without a personal value."""


@pack.command()
@click.argument("name")
@_OUT
@options("declarations", "register", "as_of")
def entruster(name: str, out: Path, declarations: str, register: str, as_of: date | None) -> None:
    """委託元への報告: what is held for the entruster NAME (or of a contract's id), written into OUT."""
    from pipelines import clock
    from pipelines.packs.entruster import pack as written

    known, book = opened(declarations, register)
    try:
        _tell(written(known, book, name, out, as_of or clock.today()))
    except OSError:
        raise _unwritable(out) from None


@pack.command()
@_OUT
@options("declarations", "register", "as_of")
def audit(out: Path, declarations: str, register: str, as_of: date | None) -> None:
    """監査資料: every requirement with its evidence, written into OUT."""
    from pipelines import clock
    from pipelines.packs.audit import pack as written

    known, book = opened(declarations, register)
    try:
        _tell(written(known, book, out, as_of or clock.today()))
    except OSError:
        raise _unwritable(out) from None


@pack.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seal", default="", help="控えた要約値 the seal that was noted elsewhere")
def verify(folder: Path, seal: str) -> None:
    """改変を見つける: recompute a pack's sums. Exit 1 where a file was changed, is missing or was added."""
    from pipelines import packs

    wrong = packs.verify(folder)
    for name, how in wrong.items():
        word = {"changed": "改変", "missing": "欠落", "added": "追加"}[how]
        click.echo(f"{word} {how}: {name}")
    found = packs.seal(folder)
    if seal and seal != found:
        click.echo(f"控えと違います · is not the seal that was noted: {found}")
    if wrong or (seal and seal != found):
        raise click.exceptions.Exit(1)
    click.echo(f"改変はありません · as it was sealed\n封 seal {found}")


def _tell(folder: Path) -> None:
    from pipelines import packs

    click.echo(f"{folder / 'index.html'}\n封 seal {packs.seal(folder)}（別に控えます · note it elsewhere）")


def _unwritable(out: Path) -> click.UsageError:
    return click.UsageError(f"{out}: 書けません · cannot be written")


COMMANDS = (pack,)
