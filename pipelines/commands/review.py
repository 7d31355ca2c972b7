"""`daicho review`: the yearly review as a campaign, from its opening to its evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.noting import BY, DAY, NOTE, made, opened, written
from pipelines.commands.options import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from expectations.reviews import Review, Standing
    from pipelines.declarations import Declarations
    from pipelines.reviewing.evidence import Shape

_STYLES = {"approved": "green", "attested": "cyan", "open": "yellow"}


@click.group()
def review() -> None:
    """定期見直し: owners attest what the register says of their data, the privacy role approves it."""


@review.command("open")
@click.argument("review_id")
@options("declarations")
@click.option("--due", required=True, type=DAY, help="期限 attested and approved until")
@click.option("--by", required=True, help="始める人（役職・部署） who opens it: an office or a role")
def open_review(review_id: str, declarations: str, due: date, by: str) -> None:
    """見直しを始める: open the campaign REVIEW_ID over every dataset with personal data."""
    from expectations.reviews import Review
    from pipelines import clock
    from pipelines import declarations as declared
    from pipelines.reviewing import begun

    row = made(lambda: Review.model_validate({"id": review_id, "opened_on": clock.today(), "due": due, "by": by}))
    written(declarations, lambda: begun(Path(declarations), declared.load(declarations), row))


_WHICH = (
    click.argument("store"),
    click.argument("datasets", nargs=-1),
    click.option("--review", "review_id", default="", help="どの見直し which campaign [the last opened]"),
    BY,
    NOTE,
)


def _which(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_WHICH):
        command = option(command)
    return command


@review.command()
@options("declarations", "register")
@_which
@click.option("--to", required=True, help="確認する部署 who is to attest")
def assign(
    declarations: str, register: str, store: str, datasets: tuple[str, ...], review_id: str, by: str, note: str, to: str
) -> None:
    """確認する部署を決める: who attests DATASETS of STORE, all of them where none is named."""
    _take("assigned", declarations, register, store, datasets, review_id, by, note, to)


@review.command()
@options("declarations", "register")
@_which
def attest(
    declarations: str, register: str, store: str, datasets: tuple[str, ...], review_id: str, by: str, note: str
) -> None:
    """台帳のとおりと確認する: the owner attests what the register says of DATASETS of STORE, as it stands now."""
    _take("attested", declarations, register, store, datasets, review_id, by, note)


@review.command()
@options("declarations", "register")
@_which
def approve(
    declarations: str, register: str, store: str, datasets: tuple[str, ...], review_id: str, by: str, note: str
) -> None:
    """確認を承認する: the privacy role approves what somebody else attested."""
    _take("approved", declarations, register, store, datasets, review_id, by, note)


@review.command()
@options("declarations", "register", "as_of", "shape")
@click.option("--review", "review_id", default="", help="どの見直し which campaign [the last opened]")
def status(declarations: str, register: str, as_of: date | None, shape: str, review_id: str) -> None:
    """進み具合: what is open, with whom to ask; what changed since it was attested; what is overdue."""
    from pipelines.reviewing.evidence import rows

    known, campaign, found = _standings(declarations, register, as_of, review_id)
    if shape == "jsonl":
        print_jsonl(rows(found))
    else:
        _print(known, campaign, found)


@review.command()
@options("declarations", "register", "as_of")
@click.option("--review", "review_id", default="", help="どの見直し which campaign [the last opened]")
@click.option(
    "--format", "shape", type=click.Choice(["csv", "json", "md"]), default="csv", show_default=True, help="形 shape"
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="書き出すファイル a file")
def export(declarations: str, register: str, as_of: date | None, review_id: str, shape: Shape, out: Path) -> None:
    """証跡を書き出す: every step of the campaign and what stands, as evidence."""
    from pipelines.reports.writing import replacing
    from pipelines.reviewing.evidence import evidence

    known, campaign, found = _standings(declarations, register, as_of, review_id)
    content = evidence(campaign, known.review_steps, found, shape)
    written(str(out), lambda: replacing(out, content))


def _standings(
    declarations: str, register: str, as_of: date | None, review_id: str
) -> tuple[Declarations, Review, tuple[Standing, ...]]:
    from pipelines import clock
    from pipelines.reviewing import review_of, standings

    known, book = opened(declarations, register)
    campaign = review_of(known, review_id)
    return known, campaign, standings(known, book, campaign, as_of or clock.today())


def _take(
    kind: Literal["assigned", "attested", "approved"],
    declarations: str,
    register: str,
    store: str,
    datasets: tuple[str, ...],
    review_id: str,
    by: str,
    note: str,
    to: str = "",
) -> None:
    from pipelines import clock
    from pipelines.reviewing import chosen, facts, review_of, standings, steps, taken

    known, book = opened(declarations, register)
    campaign, today = review_of(known, review_id), clock.today()
    those = chosen(standings(known, book, campaign, today), store, datasets)
    rows = made(lambda: steps(kind, campaign, those, facts(book), by, today, to=to, note=note))
    written(declarations, lambda: taken(Path(declarations), rows))
    click.echo(f"{len(rows)} 件 · {len(rows)} datasets")


def _print(known: Declarations, campaign: Review, found: Iterable[Standing]) -> None:
    from rich.console import Console
    from rich.text import Text

    from pipelines.judging import policy_of
    from pipelines.reports.words import words

    console, desk = Console(soft_wrap=True, highlight=False), policy_of(known).desk.name
    rows = list(found)
    done = sum(one.state == "approved" for one in rows)
    console.print(
        f"見直し {campaign.id}（期限 {campaign.due}）: {len(rows)} 件のうち承認済み {done} 件"
        f" · {done} of {len(rows)} approved, due {campaign.due}"
    )
    for one in rows:
        state = words("review")[one.state]
        late = "期限切れ overdue · " if one.overdue else ""
        who = one.owner or f"担当の宣言なし no owner: {desk} に確かめる ask"
        parts = [words("facts")[name] for name in one.changed]
        what = "、".join(part["ja"] for part in parts), ", ".join(part["en"] for part in parts)
        more = f"（変わったもの: {what[0]} · changed: {what[1]}）" if parts else ""
        console.print(Text(f"{' · '.join(filter(None, one.item))}  [{who}]", style="bold"))
        style = "bold red" if one.overdue else _STYLES.get(one.state, "red")
        console.print(Text(f"  {late}{state['ja']} · {state['en']}{more}", style=style))


COMMANDS = (review,)
