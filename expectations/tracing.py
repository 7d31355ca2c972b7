"""A verdict taken apart: the case it judges, the facts of that case, and what each rule says of them.

Rules are asked here without Great Expectations: its suites hold exactly what they answer, which a test proves. So
whoever holds the facts and the policy can judge the case again, and compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from expectations.books import Books
from expectations.cases import Case, digest, fact_id
from expectations.facts import Declared
from expectations.laying import laid_out
from expectations.observed import ObservedColumn, ObservedDataset, ObservedFlows
from expectations.policy import Policy
from expectations.rules import Rule, rules
from expectations.verdicts import Verdict, speaks, verdict
from expectations.wording import Wording


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a case."""

    path: str
    """Where it stands: `act.use`, `partition.subject`, `contracts.C-01.ends`."""
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule that applies to a case says of it."""

    rule: Rule
    holds: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """A case, judged again."""

    verdict: Verdict | None
    """None: nothing is amiss with it, and it is no use of anything."""
    facts: tuple[Fact, ...]
    asked: tuple[Asked, ...]
    """Every rule that applies, those that failed first."""
    ids: frozenset[str]
    """The ids that a verdict on this case has, whichever rule decides."""


def trace(
    policy: Policy,
    datasets: Sequence[ObservedDataset],
    declared: Declared,
    today: date,
    verdict_id: str,
    flows: ObservedFlows | None = None,
) -> Trace | None:
    """The case of a verdict, judged again by these facts; None where they have no such case any more."""
    books = Books(policy, declared, today)
    for case in laid_out(books, datasets, declared, flows or ObservedFlows()):
        fact = fact_id(case)
        ids = frozenset(digest(rule, fact) for rule in ("", *rules()))
        if verdict_id in ids:
            return _judged(case, fact, ids, books, declared)
    return None


def _judged(case: Case, fact: str, ids: frozenset[str], books: Books, declared: Declared) -> Trace:
    answers = [Asked(rule, said) for rule in rules().values() if (said := rule.answer(case, books)) is not None]
    failed = [one.rule for one in answers if not one.holds]
    held = [one.rule for one in answers if one.holds]
    again = verdict(case, fact, failed, held, books, Wording(books.policy)) if speaks(case, failed) else None
    ordered = sorted(answers, key=lambda one: (one.holds, not again or one.rule.id != again.rule))
    return Trace(again, tuple(facts(case, declared)), tuple(ordered), ids)


def facts(case: Case, declared: Declared) -> Iterator[Fact]:
    """The facts of a case, and the declared rows that they name; what is empty is left out."""
    found = [one for field in fields(case) for one in _flat(field.name, getattr(case, field.name))]
    touched = {column.name for column in getattr(case, "columns", ())}
    yield from (one for one in found if not one.path.startswith("dataset.columns."))
    # of a wide table, the columns that are touched; of a holding by itself, those that are somebody's
    yield from (
        one
        for one in found
        if one.path.startswith("dataset.columns.")
        and (one.path.removeprefix("dataset.columns.") in touched or not (touched or one.value == "not_personal"))
    )
    told: dict[str, Fact] = {}
    while found:
        named = {one.path: one for fact in found for one in _named(fact, declared) if one.path not in told}
        told |= named
        found = list(named.values())
    yield from told.values()


def _named(fact: Fact, declared: Declared) -> Iterator[Fact]:
    """The declared row that a fact is the id of: `contract` names one of `contracts`."""
    kind = f"{fact.path.rpartition('.')[2]}s"
    for row in getattr(declared, kind, ()):
        if getattr(row, "id", None) == fact.value:
            yield from _flat(f"{kind}.{fact.value}", row)


def _flat(path: str, value: Any) -> Iterator[Fact]:
    if isinstance(value, ObservedColumn):
        kinds = (value.data_category, *value.mentions)
        yield Fact(path, ", ".join(kinds) + (f" ({value.special_care})" if value.special_care else ""))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _flat(f"{path}.{name}", getattr(value, name))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _flat(f"{path}.{field.name}", getattr(value, field.name))
    elif isinstance(value, tuple) and any(isinstance(one, BaseModel) or is_dataclass(one) for one in value):
        for at, one in enumerate(value, start=1):
            yield from _flat(f"{path}.{getattr(one, 'id', None) or getattr(one, 'name', at)}", one)
    elif isinstance(value, tuple):
        if value:
            yield Fact(path, ", ".join(map(str, value)))
    elif value not in (None, "", False):
        yield Fact(path, str(value))
