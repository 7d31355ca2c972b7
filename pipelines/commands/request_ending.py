"""`daicho request`, where it ends otherwise: taken back by the requester, or its answer came back."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands.casebook_options import FORMAT, at_work, opened
from pipelines.commands.request import given, request, told


@request.command()
@at_work
@FORMAT
@click.option(
    "--list",
    "stop_list",
    envvar="DAICHO_STOP_LIST",
    type=click.Path(path_type=Path),
    help="停止リスト（lift_stop のとき） the stop list, where a stop is lifted, too [DAICHO_STOP_LIST]",
)
@click.argument("number")
def withdraw(
    path: Path, account: str, declarations: str | None, shape: str, stop_list: Path | None, number: str
) -> None:
    """取下げを記録する: the request is taken back (JSON: {"on", "by", "how", "reason", "lift_stop"})."""
    from pipelines.casebook.case import Withdrawal
    from pipelines.casebook.draft import parse
    from pipelines.casebook.withdrawing import withdraw as take_back

    book, by = opened(path, account, declarations)
    told(book, take_back(book, number, by, parse(given(), Withdrawal), stop_list), shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def undelivered(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """不着を記録する: the answer came back (JSON: {"on", "why", "note"}); with "unreachable" it is not sent again."""
    from pipelines.casebook.draft import parse
    from pipelines.casebook.progress import Undelivered
    from pipelines.casebook.redelivery import note_return

    book, by = opened(path, account, declarations)
    told(book, note_return(book, number, by, parse(given(), Undelivered)), shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def readdress(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """不着の回答の新しい宛先: where it goes now, and what shows it (JSON: {"address" or "mail", "papers", "proofs"}).

    A letter that tells the address is written and approved again, unless "keep_letter" says that it goes as it is.
    """
    from pipelines.casebook.draft import parse
    from pipelines.casebook.redelivery import Readdressing
    from pipelines.casebook.redelivery import readdress as send_elsewhere

    book, by = opened(path, account, declarations)
    told(book, send_elsewhere(book, number, by, parse(given(), Readdressing)), shape)


COMMANDS = ()
