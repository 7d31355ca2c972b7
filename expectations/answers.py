"""What the rules say of every case, before Great Expectations is asked: true, false, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from expectations import cases
from expectations.books import Books
from expectations.facts import Declared
from expectations.laying import laid_out
from expectations.observed import ObservedDataset, ObservedFlows
from expectations.policy import Policy
from expectations.rules import groups


class CheckError(Exception):
    """The checks could not be trusted: a suite did not run as asked, or facts contradict each other."""


Answers = Mapping[str, Sequence[bool | None]]
"""A rule's id → what it says of each case, in order."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Every case, and what each group of rules says of those of its tables."""

    books: Books
    cases: Sequence[cases.Case]
    facts: Sequence[str]
    """The cases' opaque ids."""
    rows: Mapping[str, Sequence[int]]
    """A group → the numbers of the cases that its rules were asked of."""
    answers: Mapping[str, Answers]
    """A group → its rules' answers, aligned with its rows."""


def answered(
    policy: Policy,
    datasets: Sequence[ObservedDataset],
    declared: Declared,
    today: date,
    flows: ObservedFlows | None = None,
) -> Answered:
    """Lay out every case and ask every rule of it; `flows` is what SQL was seen to do. Raises CheckError."""
    books = Books(policy, declared, today)
    found = list(laid_out(books, datasets, declared, flows or ObservedFlows()))
    facts = [cases.fact_id(case) for case in found]
    if len(set(facts)) < len(facts):
        raise CheckError("a use, a provision or a dataset stands twice: give each its own id")
    by_table: defaultdict[cases.Table, list[int]] = defaultdict(list)
    for number, case in enumerate(found):
        by_table[case.table].append(number)
    rows: dict[str, list[int]] = {}
    answers: dict[str, Answers] = {}
    for group, rules in groups().items():
        tables = sorted({table for rule in rules for table in rule.row.tables})
        rows[group] = [number for table in tables for number in by_table[table]]
        answers[group] = {rule.id: [rule.answer(found[number], books) for number in rows[group]] for rule in rules}
    return Answered(books, found, facts, rows, answers)
