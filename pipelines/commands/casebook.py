"""`daicho casebook`: the file of the requests: its accounts, its audit, its key, its copies, and what is erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.casebook_options import ACCOUNT, FILE, new_secret, secret_of

if TYPE_CHECKING:
    from pipelines.casebook.chain import Head
    from pipelines.casebook.hands import Hand
    from pipelines.casebook.opening import CasebookFile, Transaction

HEADS = click.option(
    "--head", "heads", multiple=True, help="外部の控え a head noted outside, NUMBER:MAC (several may be given)"
)


@click.group()
def casebook() -> None:
    """受付台帳: the casebook of disclosure requests, sealed and audited (key: DAICHO_CASEBOOK_KEY)."""


@casebook.command()
@FILE
def start(path: Path) -> None:
    """空の受付台帳を作る: make an empty casebook."""
    from pipelines.casebook.opening import CasebookFile
    from pipelines.casebook.sealing import keyring

    keys = keyring()
    CasebookFile.start(path, keys)
    click.echo(
        f"{path}: 受付台帳を作りました（鍵 {keys.current}）。次に決裁者と担当者の口座を加えます: "
        "`daicho casebook account NAME --role approver` · a new casebook; add accounts next"
    )


@casebook.command()
@FILE
@click.option("--account", "by", envvar="DAICHO_ACCOUNT", help="加える決裁者 the approver who adds it [DAICHO_ACCOUNT]")
@click.option("--role", required=True, type=click.Choice(["responder", "approver"]), help="役割 role")
@click.argument("name")
def account(path: Path, by: str | None, role: str, name: str) -> None:
    """口座を加える: add an account; its owner types its secret, or it is the first line of standard input.

    The first approver is added by whoever holds the key; from then on an approver adds accounts.
    """
    from pipelines.casebook import accounts

    file = _file(path)
    with file.transaction() as transaction:
        guarded = any(one.role == "approver" and not one.disabled_at for one in accounts.listed(transaction))
    if guarded and not by:
        raise click.UsageError("--account: 決裁者の口座が必要です · an approver's account is needed")
    proof = secret_of(by) if guarded and by else ""
    secret = new_secret(name)
    hand = accounts.prove(file, by, proof) if guarded and by else None
    with file.transaction() as transaction:
        accounts.add(transaction, name, "approver" if role == "approver" else "responder", secret, hand)
    click.echo(f"{name}: {role} を加えました · added")


@casebook.command()
@FILE
@ACCOUNT
def secret(path: Path, account: str) -> None:
    """自分の秘密を変える: change your account's secret."""
    from pipelines.casebook import accounts

    file, old = _file(path), secret_of(account)
    by, new = accounts.prove(file, account, old), new_secret(account)
    with file.transaction() as transaction:
        accounts.change_secret(transaction, by, new)
    click.echo(f"{account}: 秘密を変えました · changed")


@casebook.command()
@FILE
@ACCOUNT
@click.argument("name")
def disable(path: Path, account: str, name: str) -> None:
    """口座を閉じる: close an account (approvers only); what it did stays in the audit."""
    from pipelines.casebook import accounts

    with _proven(path, account) as (transaction, by):
        accounts.disable(transaction, name, by)
    click.echo(f"{name}: 口座を閉じました · closed")


@casebook.command()
@FILE
@HEADS
def verify(path: Path, heads: tuple[str, ...]) -> None:
    """監査記録と照合する: hold everything against the audit, and the audit against heads noted outside."""
    from pipelines.casebook import keeping

    noted = _heads(heads)
    with _file(path).transaction() as transaction:
        head = keeping.verify(transaction, noted)
    click.echo(f"改変は見つかりません。監査記録 {head.number} 件 · nothing was tampered with; {head.number} entries")
    if not heads:
        click.echo(
            "末尾の切り取りは外部の控えとの照合でのみ分かります（`daicho casebook head`、--head）"
            " · that nothing was cut off at the end shows only against a head noted outside",
            err=True,
        )


@casebook.command()
@FILE
def head(path: Path) -> None:
    """外部に控える値: the audit's head, to be noted outside the casebook (mail, paper, another system)."""
    from pipelines.casebook import keeping

    with _file(path).transaction() as transaction:
        click.echo(str(keeping.head(transaction)))


@casebook.command()
@FILE
def rotate(path: Path) -> None:
    """新しい鍵に移す: seal everything by the first key of DAICHO_CASEBOOK_KEY=new,old."""
    from pipelines.casebook import keeping

    file = _file(path)
    with file.transaction() as transaction:
        count = keeping.rotate(transaction)
    click.echo(
        f"鍵 {file.keys.current} に移しました（{count} 件）。古い鍵のバックアップがある間は、古い鍵も要ります"
        f" · {count} rows sealed anew; keep the old key as long as backups under it are kept"
    )


@casebook.command()
@FILE
@ACCOUNT
@click.argument("to", type=click.Path(path_type=Path))
def backup(path: Path, account: str, to: Path) -> None:
    """控えを取る: write a copy, sealed by the same key; its head is printed."""
    from pipelines.casebook import keeping

    with _proven(path, account) as (_, by):
        name = by.account
    click.echo(str(keeping.back_up(_file(path), to, name)))


@casebook.command()
@FILE
@HEADS
@click.argument("source", type=click.Path(path_type=Path))
def restore(path: Path, heads: tuple[str, ...], source: Path) -> None:
    """控えから戻す: make the casebook of a backup, if it is whole; nothing is overwritten."""
    from pipelines.casebook import keeping
    from pipelines.casebook.sealing import keyring

    end = keeping.restore(source, path, keyring(), _heads(heads))
    click.echo(f"{path}: 戻しました。監査記録 {end.number} 件 · restored, {end.number} entries")


@casebook.command()
@FILE
@ACCOUNT
def erase(path: Path, account: str) -> None:
    """保存期限の過ぎた案件を消す: erase cases whose time of keeping is over; number, kinds and days stay."""
    from pipelines.casebook import keeping
    from pipelines.clock import today

    with _proven(path, account) as (transaction, by):
        gone = keeping.erase_due(transaction, today(), by.account)
    click.echo(f"消去 {len(gone)} 件 · erased: {'、'.join(gone) or '-'}")
    click.echo("バックアップに残るものは、その入替えで消えます · backups hold them until they are replaced", err=True)


@casebook.command()
@FILE
def count(path: Path) -> None:
    """件数: how many requests stand at which step, as JSON."""
    from pipelines.casebook import keeping

    click.echo(json.dumps(dict(keeping.counts(_file(path)))))


def _file(path: Path) -> CasebookFile:
    from pipelines.casebook.opening import CasebookFile
    from pipelines.casebook.sealing import keyring

    return CasebookFile(path, keyring())


@contextmanager
def _proven(path: Path, account: str) -> Iterator[tuple[Transaction, Hand]]:
    from pipelines.casebook import accounts

    file = _file(path)
    by = accounts.prove(file, account, secret_of(account))
    with file.transaction() as transaction:
        yield transaction, by


def _heads(texts: tuple[str, ...]) -> list[Head]:
    from pipelines.casebook.chain import Head

    return [Head.read(text) for text in texts]


COMMANDS = (casebook,)
