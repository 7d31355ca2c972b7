"""`daicho provision`: records of provision to and from third parties (arts 29, 30), in the casebook's file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.casebook_options import ACCOUNT, FILE, FORMAT, secret_of
from pipelines.commands.request import given

if TYPE_CHECKING:
    from pipelines.casebook.hands import Hand
    from pipelines.casebook.opening import Transaction


@click.group()
def provision() -> None:
    """第三者提供記録: records of provision to and from third parties, sealed in the casebook."""


@provision.command()
@FILE
@ACCOUNT
def add(path: Path, account: str) -> None:
    """一件加える: keep one record (JSON from standard input); its number is printed."""
    from pipelines.casebook.draft import parse
    from pipelines.casebook.provisions import shelf
    from pipelines.casebook.provisions.record import Provision
    from pipelines.clock import today

    with _proven(path, account) as (transaction, by):
        number = shelf.add(transaction, parse(given(), Provision), by, today())
    click.echo(number or "同じ記録がもうあります · kept already")


@provision.command("import")
@FILE
@ACCOUNT
@FORMAT
def import_records(path: Path, account: str, shape: str) -> None:
    """CSV から取り込む: keep the records of a CSV file given on standard input; bad rows are told by their lines."""
    from dataclasses import asdict

    from pipelines.casebook.provisions import importing
    from pipelines.clock import today

    content = sys.stdin.buffer.read()
    with _proven(path, account) as (transaction, by):
        taken = importing.take(transaction, content, by, today())
    if shape == "json":
        click.echo(json.dumps(asdict(taken), ensure_ascii=False))
    else:
        counts = f"追加 {len(taken.added)} 件、既にあるもの {taken.known} 件、直すもの {len(taken.refused)} 件"
        click.echo(f"{counts} · added, known, refused")
    for line, why in taken.refused:
        click.echo(f"{line} 行目 line {line}: {why}", err=True)
    if taken.refused:
        raise click.exceptions.Exit(2)


@provision.command("list")
@FILE
@ACCOUNT
@FORMAT
def list_records(path: Path, account: str, shape: str) -> None:
    """一覧: every record by number, side, ground and time of keeping; nothing of a person."""
    from dataclasses import asdict

    from pipelines.casebook.provisions import shelf
    from pipelines.casebook.provisions.record import rules

    with _proven(path, account) as (transaction, _):
        lines = list(shelf.listed(transaction))
    if shape == "json":
        click.echo(json.dumps([asdict(one) for one in lines], ensure_ascii=False))
        return
    labels = {key: rule.ja for key, rule in rules().items()}
    for one in lines:
        said = next((label for key, label in labels.items() if key == (one.side, one.ground)), one.ground)
        click.echo(f"{one.number}  {one.made_on}  保存期限 keep until {one.keep_until}  {said}")


@provision.command()
@FILE
@ACCOUNT
@click.argument("number")
def show(path: Path, account: str, number: str) -> None:
    """一件を見る: one record, as JSON; that it was seen stands in the audit."""
    from pipelines.casebook.provisions import shelf

    with _proven(path, account) as (transaction, by):
        click.echo(shelf.seen(transaction, number, by).model_dump_json())


@contextmanager
def _proven(path: Path, account: str) -> Iterator[tuple[Transaction, Hand]]:
    from pipelines.casebook import accounts
    from pipelines.casebook.opening import CasebookFile
    from pipelines.casebook.sealing import keyring

    file = CasebookFile(path, keyring())
    by = accounts.prove(file, account, secret_of(account))
    with file.transaction() as transaction:
        yield transaction, by


COMMANDS = (provision,)
