"""An explanation in words, in one language: what was found, by which facts and sentences, and how to judge it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import yaml

from classifiers import vocabulary
from expectations.law import law
from expectations.policy import Policy
from expectations.published import Label
from expectations.tracing import Fact
from expectations.verdicts import LABELS
from expectations.wording import titled
from pipelines.clock import TOKYO
from pipelines.declarations.schema import words as keys_in_words
from pipelines.explaining import Explanation
from pipelines.reports.words import FINDINGS

Language = Literal["ja", "en"]


class Line(NamedTuple):
    """One line: how it stands out, and what it says."""

    style: str
    """`head`, `bad`, `quote`, `dim` or ''."""
    text: str


def told(one: Explanation, language: Language) -> Iterator[Line]:
    """Everything there is to say of a verdict, line by line."""
    say = _Says(language)
    yield from _verdict(one, say)
    yield from _where(one, say)
    yield from _why(one, say)
    yield from _facts(one, say)
    yield from _rules(one, say)
    yield from _clauses(one, say)
    yield from _next(one, say)
    yield from _versions(one, say)
    yield from _again(one, say)


class _Says:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, part: str) -> str:
        return self.of(_words()[part])

    def of(self, label: Label) -> str:
        """A label's words."""
        return label.ja if self.language == "ja" else label.en

    def pair(self, pair: tuple[str, str]) -> str:
        """The words of a pair, Japanese first."""
        return pair[0] if self.language == "ja" else pair[1]

    def outcome(self, verdict: str) -> str:
        """A verdict in words."""
        return self.pair(LABELS[verdict]) if verdict else self("nothing")


@cache
def _words() -> Mapping[str, Label]:
    text = files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    return {part: Label.model_validate(row) for part, row in yaml.safe_load(text).items()}


def _verdict(one: Explanation, say: _Says) -> Iterator[Line]:
    last = one.verdict.verdict if one.verdict else next((s.verdict for s in reversed(one.stages) if s.verdict), "")
    severity = (
        f" ({say(f'severity_{one.verdict.severity}')})" if one.verdict and one.verdict.verdict in FINDINGS else ""
    )
    yield Line("bad" if last in FINDINGS else "head", f"{say('verdict')} {one.id}  {say.outcome(last)}{severity}")
    yield Line("", f"  {say('state')}: {say(f'state_{one.state}')}")
    if one.stages:
        yield Line("", f"  {say('first_seen')}: {_day(one.stages[0].run.started)}")
        path = " → ".join(f"{_day(stage.run.started)} {say.outcome(stage.verdict)}" for stage in one.stages)
        yield Line("dim", f"  {say('history')}: {path}")


def _where(one: Explanation, say: _Says) -> Iterator[Line]:
    yield Line("head", say("where"))
    found = one.verdict
    if one.store:
        yield Line("", f"  {say('store')}: {one.store.id} {one.store.label}".rstrip())
    name = found.dataset if found else one.dataset.name if one.dataset else ""
    label = f"（{one.dataset.label}）" if one.dataset and one.dataset.label else ""
    if name:
        yield Line("", f"  {say('dataset')}: {name}{label}")
    if found:
        yield Line("", f"  {say('rows')}: {found.row_filter or say('all_rows')}")
        if found.column:
            yield Line("", f"  {say('column')}: {found.column}")
        if found.use:
            known = vocabulary.uses().get(found.use_kind)
            kind = f"（{say.pair((known.ja, known.en))}）" if known else ""
            yield Line("", f"  {say('use')}: {found.use} {kind}".rstrip())
        if found.subject_category:
            yield Line("", f"  {say('persons')}: {say.of(one.policy.label(found.subject_category))}")
    if one.store and one.store.owner:
        yield Line("", f"  {say('owner')}: {one.store.owner}")
    if one.dataset and one.scan:
        read = f"{_day(one.scan.started)} {one.dataset.level} {one.dataset.rows_read}/{one.dataset.records or '?'}"
        yield Line("", f"  {say('read')}: {read}")


def _why(one: Explanation, say: _Says) -> Iterator[Line]:
    if one.verdict:
        yield Line("head", say("why"))
        for sentence in one.verdict.evidence:
            yield Line("", f"  - {sentence[say.language]}")


def _facts(one: Explanation, say: _Says) -> Iterator[Line]:
    if one.trace is None:
        return
    yield Line("head", say("facts"))
    groups: dict[str, list[Fact]] = {"observed": [], "declared": [], "fit": []}
    other = ".en" if say.language == "ja" else ".ja"
    for fact in one.trace.facts:
        top = fact.path.partition(".")[0]
        # the partition it is about stands by itself, and what the case is of stands above
        if top == "table" or fact.path.startswith("dataset.partitions") or fact.path.endswith(other):
            continue
        beside = "fit" if top in ("fit", "category", "kinds") else "declared"
        groups["observed" if top in ("dataset", "partition", "column") else beside].append(fact)
    for group, found in groups.items():
        if found:
            yield Line("", f"  {say(group)}")
        for fact in found:
            yield Line("", f"    {_path(fact, say)} → {_value(fact, one.policy, say)}")
    part = one.verdict.row_filter if one.verdict else ""
    reasons = [e for p in one.dataset.partitions if p.row_filter == part for e in p.evidence] if one.dataset else []
    if reasons:
        yield Line("", f"  {say('seen_because')}")
        yield from (Line("dim", f"    - {reason[say.language]}") for reason in reasons)


def _path(fact: Fact, say: _Says) -> str:
    key = fact.path.rpartition(".")[2]
    label = _words().get(f"fact_{key}") or keys_in_words()["keys"].get(key)
    return f"{fact.path}（{say.of(label)}）" if label and ".columns." not in fact.path else fact.path


def _value(fact: Fact, policy: Policy, say: _Says) -> str:
    """A fact's value, its ids in words."""
    key = fact.path.rpartition(".")[2]
    known: dict[str, tuple[str, str]] = {}
    if key in ("use", "uses"):
        known = {id: (row.ja, row.en) for id, row in vocabulary.uses().items()}
    elif key == "subject":
        known = {id: (row.ja, row.en) for id, row in vocabulary.subjects().items()}
    elif key in ("data_category", "data_categories") or ".columns." in fact.path:
        known = {id: (row.ja, row.en) for id, row in vocabulary.data_categories().items()}
    elif key in ("purposes", "parent") or fact.path.startswith("fit."):
        known = {row.id: (f"{row.clause} {row.ja}", f"{row.clause} {row.quote}") for row in policy.purposes}
    elif key == "category":
        return f"{fact.value}（{say.of(policy.label(fact.value))}）"
    parts = fact.value.split(", ")
    return ", ".join(f"{part}（{say.pair(known[part])}）" if part in known else part for part in parts)


def _rules(one: Explanation, say: _Says) -> Iterator[Line]:
    if one.trace is None or not one.trace.asked:
        return
    yield Line("head", say("rules"))
    for asked in one.trace.asked:
        row = asked.rule.row
        mark = f"○ {say('held')}" if asked.holds else f"× {say('failed')}"
        yield Line("" if asked.holds else "bad", f"  {mark}  {row.requirement} {row.id}: {say.of(row.title)}")


def _clauses(one: Explanation, say: _Says) -> Iterator[Line]:
    found = one.verdict
    if found is None:
        return
    yield Line("head", f"{say('clause')} {found.clause}（{say.pair((one.policy.ja, one.policy.en))}）".rstrip())
    for quote in one.policy.quotes(found.clause):
        yield Line("quote", f"  {quote.clause} “{quote.quote}”".rstrip())
        if say.language == "ja" and quote.ja and quote.ja != quote.quote:
            yield Line("quote", f"    「{quote.ja}」")
    # whoever judges again needs all that was published for these persons, not only what was named
    purposes = one.policy.purposes_of(found.subject_category) if found.use else ()
    if purposes:
        yield Line("", f"  {say('purposes')}")
        yield from (Line("dim", f"    {row.id} {row.clause} {say.pair((row.ja, row.quote))}") for row in purposes)
    yield Line("head", f"{say('law')} {say.pair(titled(found.law)) if found.law else say('law_none')}")


def _next(one: Explanation, say: _Says) -> Iterator[Line]:
    yield Line("head", say("next"))
    if one.verdict is None:
        yield Line("", f"  {say('next_gone')}")
        return
    failed = [asked.rule.row.next_step for asked in one.trace.asked if not asked.holds] if one.trace else []
    steps = [one.verdict.next_step[say.language], *map(say.of, failed)] if one.verdict.verdict in FINDINGS else []
    for step in dict.fromkeys(filter(None, steps)):
        yield Line("", f"  - {step}")
    if not steps:
        yield Line("", f"  {say('next_none')}")


def _versions(one: Explanation, say: _Says) -> Iterator[Line]:
    yield Line("head", say("versions"))
    yield Line("", f"  {say('as_of')}: {one.check.as_of}")
    known = {"law": one.policy.law_version, **one.check.versions}
    texts = {row.id: f"{row.id} {say.of(row)}" for row in law().versions}
    known["law"] = texts.get(known["law"], known["law"])
    for name in ("policy", "law", "rules", "vocabulary", "classifiers", "dictionary", "model", "daicho"):
        if known.get(name):
            yield Line("", f"  {say(f'version_{name}')}: {known[name]}")


def _again(one: Explanation, say: _Says) -> Iterator[Line]:
    yield Line("head", say("redo"))
    if one.again:
        yield Line("", f"  {say('same')}")
    elif one.trace is None:
        yield Line("", f"  {say('differs_gone')}")
    elif one.trace.verdict is None:
        yield Line("bad", f"  {say('differs')} {say('differs_nothing')}")
    else:
        now = one.trace.verdict
        yield Line("bad", f"  {say('differs')} {say('differs_to')}: {now.id} {say.outcome(now.verdict)}")
        yield from (Line("", f"    - {sentence[say.language]}") for sentence in now.evidence)
    if one.changed:
        yield Line("", f"  {say('changed')}")
        for name, (was, now_is) in one.changed.items():
            yield Line("", f"    {say(f'version_{name}')}" + (f": {was} → {now_is}" if now_is else ""))
    else:
        yield Line("", f"  {say('changed_none')}")
    yield Line("dim", f"  {say('how').format(as_of=one.check.as_of)}")


def _day(moment: datetime) -> str:
    return moment.astimezone(TOKYO).date().isoformat()
