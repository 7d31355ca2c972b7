"""A short summary in Markdown for a pull request: counts, what is new and gone, and what was not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipelines.baselines import SEVERITIES
from pipelines.exports.contents.told import Row, Told
from pipelines.reports.words import verdicts, worded, words

NAME = "markdown"
TITLE_JA = "プルリクエスト向けの要約（Markdown）"
TITLE_EN = "a summary for a pull request, in Markdown"

SHOWN = 10
"""Findings of a kind that are told one by one."""


def files(told: Told) -> Mapping[str, bytes]:
    """One page."""
    return {"summary.md": ("\n".join(_lines(told)) + "\n").encode()}


def _lines(told: Told) -> Iterator[str]:
    language = told.language
    say = {id: pair[language] for id, pair in words("export").items()}
    last = told.runs[-1] if told.runs else None
    yield f"## {say['title']}{f' ({last.as_of})' if last else ''}"
    yield ""
    if not any(run.kind == "check" for run in told.runs):
        yield say["unjudged"]
        yield ""
    yield from _counts(told, say)
    if told.compared:
        yield f"{say['compared']}: {code(told.compared.since[language])}"
        yield ""
        yield from _listed(say["new_findings"], [row for row in told.findings if told.is_new(row)], told)
        yield from _listed(say["gone_findings"], told.compared.gone, told)
    yield f"### {say['not_read']}"
    yield ""
    reasons = Counter(row["reason"] for row in told.sections["not_read"])
    for reason, count in reasons.most_common():
        yield f"- {worded(words('reason'), reason)[language]}: {count}"
    if not reasons:
        yield say["read_all"]


def _counts(told: Told, say: Mapping[str, str]) -> Iterator[str]:
    now = Counter(row["severity"] for row in told.findings)
    new = Counter(row["severity"] for row in told.findings if told.is_new(row))
    heads = [say["severity"], say["now"], *([say["new"]] if told.compared else [])]
    yield f"| {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * (len(heads) - 1)}"
    for severity in reversed(SEVERITIES[SEVERITIES.index(told.least) :]):
        cells = [now[severity], *([new[severity]] if told.compared else [])]
        yield f"| {words('severity')[severity][told.language]} | {' | '.join(map(str, cells))} |"
    yield ""
    if told.compared:
        yield f"{say['gone']}: {len(told.compared.gone)}"
        yield ""


def _listed(title: str, rows: Sequence[Row], told: Told) -> Iterator[str]:
    if not rows:
        return
    yield f"### {title} ({len(rows)})"
    yield ""
    for row in rows[:SHOWN]:
        place = " · ".join(code(str(row[field])) for field in ("store", "dataset", "column", "use") if row.get(field))
        outcome = worded(verdicts(), row["verdict"])[told.language] if row.get("verdict") else ""
        reasons = [reason[told.language] for reason in row.get("evidence", ())[:1]]
        yield f"- {' '.join(part for part in (outcome, place, *reasons) if part) or code(str(row['id']))}"
    if len(rows) > SHOWN:
        yield f"- {words('export')['more'][told.language]} {len(rows) - SHOWN}"
    yield ""


def code(text: str) -> str:
    """Text that Markdown shows as it is: no link, no mention, no HTML comes of a name.

    >>> code("a`b"), code("`x\\n# y"), code("@team")
    ('``a`b``', '`` `x # y ``', '`@team`')
    """
    line = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"
