"""`daicho request`: an individual's request. What is personal comes from standard input or a prompt, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.casebook_options import FORMAT, at_work, opened, private

if TYPE_CHECKING:
    from pipelines.casebook.book import Casebook
    from pipelines.casebook.case import Case
    from pipelines.casebook.progress import How

HOW = ("registered_mail", "mail", "electronic", "counter", "telephone")


@click.group()
def request() -> None:
    """開示等の請求: take a request in, and be led to its answer (key: DAICHO_CASEBOOK_KEY)."""


@request.command()
@at_work
@FORMAT
def new(path: Path, account: str, declarations: str | None, shape: str) -> None:
    """受け付ける: take a request in; JSON from standard input, or asked at the terminal."""
    from pipelines.casebook.draft import Draft, parse

    book, by = opened(path, account, declarations)
    if sys.stdin.isatty():
        from pipelines.commands.talking.asking import ask

        draft = ask(book.policy)
    else:
        draft = parse(given(), Draft)
    told(book, book.open(draft, by), shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def verify(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """届いたもの・確認したことを記録する: record papers, proofs, payments and notices (JSON from standard input).

    With nothing to record it completes the intake where nothing is missing any more.
    """
    from pipelines.casebook.draft import parse
    from pipelines.casebook.receiving import Received, receive
    from pipelines.clock import now

    book, by = opened(path, account, declarations)
    text = "" if sys.stdin.isatty() else given()
    received = parse(text, Received) if text.strip() else Received()
    rows = {"recorded": sorted(received.model_fields_set)}
    case = book.change(number, by, "verified", lambda case: receive(case, book.policy, received, by, now()), rows)
    told(book, case, shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def amend(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """本人・代理人・請求内容を改める: correct individual, deputy or what is asked (JSON); later steps begin anew."""
    from pipelines.casebook.draft import parse
    from pipelines.casebook.receiving import Amendment, amended
    from pipelines.clock import now

    book, by = opened(path, account, declarations)
    amendment = parse(given(), Amendment)
    rows = {"changed": sorted(amendment.model_fields_set)}
    case = book.change(number, by, "amended", lambda case: amended(case, book.policy, amendment, by, now()), rows)
    told(book, case, shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def show(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """一件を見る: one case, with its personal data; that it was seen stands in the audit."""
    book, by = opened(path, account, declarations)
    told(book, book.case(number, by), shape, whole=True)


@request.command("list")
@at_work
@FORMAT
@click.option("--open", "only_open", is_flag=True, help="未了のみ what is not closed yet")
def list_requests(path: Path, account: str, declarations: str | None, shape: str, only_open: bool) -> None:
    """一覧: every request by number, late ones in red; nothing of a person."""
    from dataclasses import asdict

    from pipelines.clock import today

    book, _ = opened(path, account, declarations)
    lines = [one for one in book.lines() if not (only_open and one.step in ("closed", "erased"))]
    if shape == "json":
        click.echo(json.dumps([{**asdict(one), "late": one.late(today())} for one in lines], ensure_ascii=False))
        return
    from pipelines.commands.talking.printing import print_lines

    print_lines(lines, book.policy, today())


@request.command()
@at_work
@FORMAT
@click.option(
    "--list",
    "stop_list",
    required=True,
    envvar="DAICHO_STOP_LIST",
    type=click.Path(path_type=Path),
    help="停止リスト the stop list's file [DAICHO_STOP_LIST]",
)
@click.argument("number")
def stop(path: Path, account: str, declarations: str | None, shape: str, stop_list: Path, number: str) -> None:
    """直ちに停止する: enter an opt-out or unsubscribe request in the stop list, at once."""
    from pipelines.casebook.stopping import stop as enter

    book, by = opened(path, account, declarations)
    told(book, enter(book, number, by, stop_list), shape)


@request.command()
@at_work
@FORMAT
@click.option("--how", required=True, type=click.Choice(HOW), help="方法 how it went")
@click.option("--tracking", default="", help="追跡番号 tracking number")
@click.option("--register", envvar="DAICHO_REGISTER", help="台帳 the register, where rows were confirmed")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="電磁的記録で渡す写し（パスワード付き）の書き出し先 the copy to send; its password is shown once",
)
@click.argument("number")
def answer(
    path: Path,
    account: str,
    declarations: str | None,
    shape: str,
    how: How,
    tracking: str,
    register: str | None,
    out: Path | None,
    number: str,
) -> None:
    """回答を記録する: record that the answer went; confirmed rows are held against what their stores hold now.

    An answer that the individual wants as an electronic record is written to --out, to be sent as it is.
    """
    from pipelines.casebook import gates
    from pipelines.casebook.answering import answered
    from pipelines.casebook.letters.locking import is_copied, new_password
    from pipelines.casebook.searching import digests
    from pipelines.commands.looking import looked

    book, by = opened(path, account, declarations)
    case, now_held = book.case(number, by), {}
    copied = is_copied(case)
    if copied != (out is not None):
        raise gates.RefusedError("no_copy" if copied else "not_electronic")
    if case.progress.released and not case.progress.same_letter:
        if register is None:
            raise gates.RefusedError("no_register")
        now_held = digests(case, looked(path, account, declarations, register, case).rows)
    answered(case, by, how, tracking, now_held)
    password = new_password() if out else ""
    with going_out(out, book.letter(number, by) if out else b"", password):
        detail = {"how": how, "locked": copied}
        case = book.change(number, by, "answered", lambda case: answered(case, by, how, tracking, now_held), detail)
    told(book, case, shape, password=password)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def close(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """終える: close a request of which nothing is left to do; from here on its time of keeping runs."""
    book, by = opened(path, account, declarations)
    told(book, book.close(number, by), shape)


def given() -> str:
    """What stands on standard input; raises CasebookError."""
    from pipelines.casebook.sealing import CasebookError

    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise CasebookError("標準入力が UTF-8 ではありません (standard input is not UTF-8)") from None


@contextmanager
def going_out(out: Path | None, content: bytes, password: str) -> Iterator[None]:
    """Write a letter as the file that is sent, where there is one to write; it opens with the password, if any.

    Where what is done with it fails, the file is gone: it never went, and nobody knows its password.
    """
    from pipelines.casebook.letters.locking import locked

    if out is None:
        yield
        return
    private(out, locked(content, password) if password else content)
    try:
        yield
    except BaseException:
        out.unlink()
        raise


def told(book: Casebook, case: Case, shape: str, *, whole: bool = False, password: str = "") -> None:
    """Print where a case stands and what comes next; `whole`: with what is personal; `password`: this once."""
    from pipelines.casebook.telling import tell
    from pipelines.clock import today

    shown = tell(case, book.policy, today())
    if shape == "json":
        content: dict[str, object] = {"case": case.model_dump(mode="json", exclude={"salt"})} if whole else {}
        content |= {"password": password} if password else {}
        click.echo(json.dumps({**shown.document(), **content}, ensure_ascii=False))
        return
    from pipelines.commands.talking.printing import print_case

    print_case(shown, whole=whole)
    if password:
        click.echo(
            f"パスワード（表示はこの一度だけ。写しとは別の方法で知らせます） password, shown this once: {password}"
        )


COMMANDS = (request,)
