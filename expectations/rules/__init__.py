"""The rules: one group of requirements a file in this package, found by its place, its rows beside it.

A row of `<group>.yml` says what a rule asks, by which requirement, how gravely, in which words; the function of the
same name in `<group>.py` says of one case whether it holds: True, False, or None where it does not apply.
`expectations.compile` makes of each rule a named Great Expectations expectation, of each group a suite;
`expectations.check` reads the verdicts from what failed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import Any, Literal

import yaml
from pydantic import TypeAdapter

from expectations.books import Books
from expectations.cases import Case, Table
from expectations.published import Label, Row, Text
from expectations.wording import Says


class Requirement(Row):
    """One row of a group: what the policy or the law asks of every case of some tables."""

    id: Text
    requirement: Text
    """The number of the requirement read from the policy (`R-02`), or the article where the law alone asks."""
    tables: tuple[Table, ...]
    severity: Literal["error", "warning", "info"]
    outcome: Literal["violation", "entrusted_scope", "gap", "note"]
    """The verdict where it fails; `note`: none, it only tells the reader of something beside the verdict."""
    clause: str = ""
    """Of the policy; '' the clause of the persons' category."""
    law: str = ""
    """Of the Act."""
    since: str = ""
    """The text of the Act that brings it (`law.yml`): silent before that is in force; '' in every text."""
    title: Label
    """What has to hold."""
    finding: Label
    """Said where it does not: a sentence with gaps for {category}, {use}, {named}, {foreign}, {proposal}, {detail}."""
    next_step: Label


def _no_detail(_case: Any, _books: Books) -> Says:
    return Says("", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement, and what says of a case whether it holds."""

    row: Requirement
    holds: Callable[[Any, Books], bool | None]
    detail: Callable[[Any, Books], Says] = _no_detail
    """What {detail} is filled with: words and numbers, never a value."""

    @property
    def id(self) -> str:
        """The rule's id, which is its expectation's column."""
        return self.row.id

    def answer(self, case: Case, books: Books) -> bool | None:
        """Whether a case holds; None where the rule is not asked of its table, is not in force, or does not apply."""
        asked = case.table in self.row.tables and (not self.row.since or self.row.since in books.law)
        return self.holds(case, books) if asked else None


@cache
def groups() -> Mapping[str, tuple[Rule, ...]]:
    """Every group's rules, by its file's name."""
    return {name: tuple(_rules(name)) for name in sorted(module.name for module in iter_modules(__path__))}


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id."""
    return {rule.id: rule for group in groups().values() for rule in group}


def _rules(group: str) -> list[Rule]:
    module = import_module(f"{__name__}.{group}")
    text = files(__name__).joinpath(f"{group}.yml").read_text(encoding="utf-8")
    rows = TypeAdapter(tuple[Requirement, ...]).validate_python(yaml.safe_load(text))
    named = [(row, row.id.replace("-", "_")) for row in rows]
    return [Rule(row, getattr(module, name), getattr(module, f"{name}_detail", _no_detail)) for row, name in named]
