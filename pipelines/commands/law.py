"""`daicho law`: which text of the Act is judged by, what is to come, and which rules rest on an article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.options import options

if TYPE_CHECKING:
    from expectations.rules import Rule


@click.command()
@click.argument("article", required=False)
@options("as_of", "shape")
def law(article: str | None, as_of: date | None, shape: str) -> None:
    """個人情報保護法のどの条文で判定するか: the Act in force, amendments to come, rules on an ARTICLE."""
    from expectations.law import law as act
    from expectations.rules import rules
    from pipelines.clock import today

    known = act()
    if article is not None:
        if article not in known.articles:
            raise click.UsageError(f"{article}: 条番号ではありません · not an article; {', '.join(known.articles)}")
        found = [rule for rule in rules().values() if _cites(rule, article)]
        rows = [{"rule": one.id, "law": one.row.law, **one.row.title.model_dump()} for one in found]
        title = known.articles[article]
        lines = [
            f"法{article}条 {title.ja} · {title.en}",
            *(f"  {row['rule']}  {row['ja']} · {row['en']}" for row in rows),
        ]
    else:
        texts = {text.id for text in known.in_force(as_of or today())}
        rows = [{**text.model_dump(mode="json"), "in_force": text.id in texts} for text in known.versions]
        lines = list(_versions(texts))
    if shape == "jsonl":
        print_jsonl(rows)
    else:
        click.echo("\n".join(lines))


def _cites(rule: Rule, article: str) -> bool:
    return any(place.partition("(")[0] == article for place in rule.row.law.split(", "))


def _versions(in_force: set[str]) -> Iterator[str]:
    from expectations.law import law as act

    for text in act().versions:
        state = "施行中 in force" if text.id in in_force else f"未施行 not in force (at the latest {text.at_latest})"
        yield f"{text.id}  {state}\n  {text.ja}\n  {text.en}"
        for change in text.changes:
            yield f"  - {change.ja}\n    {change.en}"
            if change.rules:
                yield f"    規則 rules: {', '.join(change.rules)}"
            else:
                yield f"    規則なし no rule yet: {change.awaits} · {change.awaits_en}"
    if {text.id for text in act().versions} - in_force:
        yield (
            "施行前に判定してみるには company.yml の policy に law_version: appi-2026 と書きます · "
            "to judge by a text ahead of its day, write law_version under policy in company.yml"
        )


COMMANDS = (law,)
