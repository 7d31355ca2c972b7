"""`daicho request`, from the search to the answer: each step by the gates, each with its entry in the audit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.casebook_options import FORMAT, at_work, opened, secret_of
from pipelines.commands.looking import REGISTER, declared_in, looked
from pipelines.commands.request import given, request, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipelines.casebook.book import Casebook
    from pipelines.casebook.case import Case
    from pipelines.casebook.hands import Hand


@request.command()
@at_work
@FORMAT
@REGISTER
@click.argument("number")
def search(path: Path, account: str, declarations: str | None, shape: str, register: str, number: str) -> None:
    """全ての保管場所を検索する: look the individual up, live and read-only; every row found is a candidate.

    After the answer to a correction, stop or erasure it is the new search that shows what is left.
    """
    from pipelines.casebook.searching import found_anew

    book, by = opened(path, account, declarations)
    case = book.case(number, by)
    result = looked(path, account, declarations, register, case).search
    counts = {"candidates": len(result.candidates), "open": len(result.open)}
    event = "searched_again" if case.progress.step == "close" else "searched"
    told(book, book.change(number, by, event, lambda case: found_anew(case, by, result), counts), shape, whole=True)


@request.command()
@at_work
@FORMAT
@click.option("--store", required=True, help="保管場所 the store whose owner answered")
@click.option("--nothing", is_flag=True, help="該当なし nothing is held there; else what is held comes from stdin")
@click.argument("number")
def owner(
    path: Path, account: str, declarations: str | None, shape: str, store: str, nothing: bool, number: str
) -> None:
    """走査できない保管場所の回答を記録する: what the owner of an unsearched store answered; empty with --nothing."""
    from pipelines.casebook.searching import owner_answered

    book, by = opened(path, account, declarations)
    held = "" if nothing else given().strip()
    if not (nothing or held):
        raise click.UsageError("何があるかを標準入力で、なければ --nothing を · say what is held, or --nothing")
    stores = declared_in(declarations).stores if declarations else ()
    label = next((one.label for one in stores if one.id == store), "")
    detail = {"store": store, "held": bool(held)}
    case = book.change(number, by, "owner_answered", lambda case: owner_answered(case, by, store, held, label), detail)
    told(book, case, shape, whole=True)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def review(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """候補を一件ずつ判断する: rule upon every candidate (JSON: {"rulings": [{"candidate", "verdict", "reason"}]})."""
    from pipelines.casebook import gates
    from pipelines.casebook.draft import parse
    from pipelines.casebook.progress import Review

    book, by = opened(path, account, declarations)
    rulings = parse(given(), Review)
    told(book, _changed(book, number, by, "reviewed", gates.reviewed, rulings), shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def decide(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """種別ごとに判断する: decide (JSON: {"items": [{"kind", "outcome", "ground", "reason", "what"}]})."""
    from pipelines.casebook import gates
    from pipelines.casebook.draft import parse
    from pipelines.casebook.progress import Decision

    book, by = opened(path, account, declarations)
    decision = parse(given(), Decision)
    told(book, _changed(book, number, by, "decided", gates.decided, decision), shape)


@request.command()
@at_work
@FORMAT
@click.option("--of", required=True, help="決裁する内容の照合番号 digest of what was shown (request show: for_release)")
@click.argument("number")
def approve(path: Path, account: str, declarations: str | None, shape: str, of: str, number: str) -> None:
    """決裁する: a second person releases what was shown, by a secret of his own."""
    book, _ = opened(path, account, declarations)
    told(book, book.approve(number, account, secret_of(account), of), shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def reject(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """差し戻す: the approver sends it back to be decided anew."""
    book, _ = opened(path, account, declarations)
    told(book, book.reject(number, account, secret_of(account)), shape)


@request.command()
@at_work
@FORMAT
@click.argument("number")
def measure(path: Path, account: str, declarations: str | None, shape: str, number: str) -> None:
    """実施の指示と報告: an instruction, or its acknowledgement (JSON: {"id", "what", "to", "instructed_on", …}); empty
    input when all is done."""
    from pipelines.casebook import gates
    from pipelines.casebook.draft import parse
    from pipelines.casebook.progress import Measure

    book, by = opened(path, account, declarations)
    text = "" if sys.stdin.isatty() else given()
    if text.strip():
        case = _changed(book, number, by, "instructed", gates.instructed, parse(text, Measure))
    else:
        case = _changed(book, number, by, "carried_out", gates.carried_out)
    told(book, case, shape)


def _changed(
    book: Casebook,
    number: str,
    by: Hand,
    event: str,
    gate: Callable[..., Any],
    *said: Any,
    detail: Mapping[str, object] | None = None,
) -> Case:
    """The case after a gate that takes what was said; `detail` stands in the audit."""
    return book.change(
        number,
        by,
        event,
        lambda case: case.model_copy(update={"progress": gate(case.progress, by, *said)}),
        detail,
    )


COMMANDS = ()
