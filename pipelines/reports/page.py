"""The HTML report: one file for the privacy team that opens anywhere, asks the network for nothing, and prints."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.law import law
from pipelines.clock import TOKYO
from pipelines.register.edges import by_dataset, edges
from pipelines.reports import NO_APPROVALS
from pipelines.reports.pagework.charts import WIDTH as FULL
from pipelines.reports.pagework.charts import charts
from pipelines.reports.pagework.diagram import NODE, WIDTH, diagram
from pipelines.reports.pagework.escaping import environment
from pipelines.reports.pagework.holdings import MANY, figures, matrix
from pipelines.reports.pagework.payload import embedded, payload
from pipelines.reports.pagework.purposes import by_purpose, declared_uses
from pipelines.reports.pagework.questions import Asked, questions
from pipelines.reports.words import FINDINGS, short, subject_category, verdicts, vocabulary, worded, words
from pipelines.reports.writing import replacing

if TYPE_CHECKING:
    from jinja2 import Template

    from expectations.policy import Policy
    from pipelines.register import Register
    from pipelines.reports import Approvals, Language

NAME = "report.html"
TITLE_JA = "個人情報管理台帳 報告書"
TITLE_EN = "Personal data register report"


def write(
    register: Register, policy: Policy, out: Path, language: Language, approvals: Approvals = NO_APPROVALS
) -> Path:
    """Write the page into `out`, opening in `language` until its reader chooses the other."""
    stores, datasets, judged = register.stores(), register.datasets(), list(register.verdicts())
    declared, unread, runs = register.declared(), register.not_read(), register.runs()
    uses = declared_uses(declared, judged)
    purposes, nameless = by_purpose(policy, uses)
    labels = {store.id: store.label or store.id for store in stores}
    order = _in_order(policy)
    seen = by_dataset(edges(register.lineage()))
    data = payload(policy, stores, datasets, judged, declared, seen, _new(register), register.rulings(), approvals)
    html = _template(policy).render(
        title={"ja": TITLE_JA, "en": TITLE_EN},
        language=language,
        policy=policy,
        law=law().version(policy.law_version),
        runs=[run for run in (register.last_run("scan"), register.last_run("check")) if run],
        history=runs[:20],
        figures=figures(len(stores), datasets, len(unread), judged),
        charts=charts(
            datasets,
            unread,
            labels,
            runs,
            register.verdict_history(),
            order,
            lambda id: short(subject_category(policy, id)),
        ),
        matrix=matrix(datasets, order),
        diagram=diagram(uses, labels),
        purposes=purposes,
        nameless=nameless,
        unread=unread,
        questions=questions(Asked(policy, stores, datasets, judged, declared, nameless, unread, runs)),
        labels=labels,
        data=embedded(data),
        css=_asset("page.css"),
        js=_asset("page.js"),
        hash=_hash,
    )
    return replacing(out / NAME, html.encode())


def _new(register: Register) -> frozenset[str]:
    """The verdicts that the last check has and the one before had not; none where it was the first."""
    checks = [run.id for run in register.runs() if run.kind == "check"]
    if len(checks) < 2:
        return frozenset()
    found = (change for change in register.changes(checks[0]) if change.kind == "verdict")
    return frozenset(change.item for change in found if change.after)


def _in_order(policy: Policy) -> list[str]:
    """The policy's subject categories in its own order, each before its sub-categories, then the outcomes beside it."""
    order = []
    for category in policy.categories:
        order += [category.id, *(f"{category.id}.{sub.id}" for sub in category.sub_categories)]
    return order + [outcome.id for outcome in policy.outcomes]


def _template(policy: Policy) -> Template:
    pages = environment(__package__)
    pages.globals.update(
        FINDINGS=FINDINGS,
        FULL=FULL,
        MANY=MANY,
        NODE=NODE,
        WIDTH=WIDTH,
        words=words,
        verdicts=verdicts,
        worded=worded,
        vocabulary=vocabulary,
        subject_category=lambda id: subject_category(policy, id),
        short=lambda id: short(subject_category(policy, id)),
    )
    pages.filters["tokyo"] = lambda moment: moment.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")
    return pages.get_template("page.html.j2")


def _asset(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
