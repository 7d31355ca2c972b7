"""`daicho request`: the letter. Written from the rows as they are now, put up, read by the approver, issued."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.casebook_options import DECLARATIONS, FORMAT, at_work, opened, private
from pipelines.commands.casebook_options import policy as adopted
from pipelines.commands.looking import REGISTER, declared_in, looked
from pipelines.commands.request import given, going_out, request, told

if TYPE_CHECKING:
    from datetime import date

    from expectations.policy import Policy
    from pipelines.casebook.case import Case
    from pipelines.casebook.letters.parts import Language, Source

LANGUAGES: tuple[Language, ...] = ("ja", "en")
OUT = click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="書き出し先（0600） a file"
)


@request.command()
@at_work
@FORMAT
@REGISTER
@click.option("--lang", "language", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="言語")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["docx", "pdf", "csv", "json"]),
    help="ファイルの種類。省略時は本人が選んだ形 file [as the individual chose]; csv, json: a zip with the PDF",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写しの書き出し先 a copy to look at")
@click.argument("number")
def letter(
    path: Path, account: str, declarations: str | None, shape: str, register: str, language: Any, kind: Any,
    out: Path | None, number: str,
) -> None:  # fmt: skip
    """回答書を作る: write the letter from the rows as they are now, and put it up for approval."""
    from pipelines.casebook.letters.making import draw
    from pipelines.clock import today

    book, by = opened(path, account, declarations)
    case, day = book.case(number, by), today()
    source = _source(case, path, account, declarations, register, book.policy, day, case.progress.letters + 1)
    drawn = draw(case, source, language, kind)
    if out:
        private(out, drawn.content)
    case = book.put_letter(number, by, drawn.content, drawn.kind, drawn.my_number)
    told(book, case, shape)


@request.command()
@at_work
@OUT
@click.argument("number")
def read(path: Path, account: str, declarations: str | None, out: Path, number: str) -> None:
    """決裁に上がった回答書を読む: the letter that was put up, for whoever approves it; the audit says who read it."""
    book, by = opened(path, account, declarations)
    private(out, book.letter(number, by))
    click.echo(str(out))


@request.command()
@at_work
@FORMAT
@REGISTER
@OUT
@click.argument("number")
def issue(
    path: Path, account: str, declarations: str | None, shape: str, register: str, out: Path, number: str
) -> None:
    """個人番号を入れた回答書を発行する: the approved letter with its holder's My Number; send it, then erase it.

    The number is read now and written to the file alone: casebook and audit keep the letter without it.
    """
    from pipelines.casebook.letters.issuing import approved_number
    from pipelines.casebook.letters.issuing import issue as issued
    from pipelines.casebook.letters.locking import goes_locked, new_password
    from pipelines.clock import today

    book, by = opened(path, account, declarations)
    case = book.case(number, by)
    day = approved_number(case).on
    source = _source(case, path, account, declarations, register, book.policy, day, case.progress.letters)
    letter, goes = issued(case, source, by, today()), goes_locked(case)
    password = new_password() if goes else ""
    with going_out(out, letter.content, password):
        case = book.change(number, by, "issued", lambda case: letter.record(case, by), {"locked": goes})
    told(book, case, shape, password=password)


@request.command()
@at_work
@click.option("--lang", "language", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="言語")
@click.option(
    "--as", "kind", type=click.Choice(["docx", "pdf"]), default="docx", show_default=True, help="ファイル file"
)
@OUT
@click.argument("number")
def reply(path: Path, account: str, declarations: str | None, language: Any, kind: Any, out: Path, number: str) -> None:
    """軽い経路の回答書を作る: the letter of a stop, a complaint or a question (whose answer comes from stdin)."""
    from pipelines.casebook.letters.making import made
    from pipelines.casebook.letters.replies import reply as written
    from pipelines.clock import today

    book, by = opened(path, account, declarations)
    case = book.case(number, by)
    body = "" if case.progress.stopped_on or sys.stdin.isatty() else given()
    private(out, made(written(case, book.policy, declared_in(declarations).company, language, today(), body), kind))
    click.echo(str(out))


@request.command()
@DECLARATIONS
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="書き出し先 a folder")
def forms(declarations: str | None, out: Path) -> None:
    """様式を書き出す: the blank application and letter of proxy (.docx, .pdf), in Japanese and English."""
    from pipelines.casebook.letters.blanks import KINDS, NAMES, blank

    known = declared_in(declarations)
    rules = adopted(declarations)
    out.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        for language in LANGUAGES:
            form = blank(name, rules, known.company, language)
            for suffix, made in KINDS.items():
                file = out / f"{name}.{language}.{suffix}"
                file.write_bytes(made(form))
                click.echo(str(file))


def _source(
    case: Case, path: Path, account: str, declarations: str | None, register: str, policy: Policy, day: date, nth: int
) -> Source:
    """What the letter is written from, as it is now; raises RefusedError where a confirmed row changed."""
    from pipelines.casebook.letters.sources import source
    from pipelines.register import Register

    found = looked(path, account, declarations, register, case) if case.progress.released else None
    datasets = {one.id: one for one in Register.open(register, create=False).datasets()}
    return source(case, found, policy, declared_in(declarations), datasets, day, nth)


COMMANDS = ()
