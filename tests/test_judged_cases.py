"""The policy as a privacy professional would check it: every judged case, every rule, every requirement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from expectations import check as checking
from expectations.check import Verdict, check
from expectations.rules import rules
from tests.judged import SHOWS, TODAY, Judged, Place, World, cases, given, store, world, wrong

REQUIREMENTS = tuple(f"R-{number:02}" for number in range(1, 30))
GRAVE = ("01", "02", "03", "07", "08", "10", "16", "17", "18", "21", "22", "23", "24", "26", "27", "29")
"""Requirements whose breach is an error."""


@dataclass(frozen=True)
class Checked:
    """A world, what Great Expectations found failing there, and the verdicts."""

    world: World
    failed: Mapping[str, set[str]]
    verdicts: tuple[Verdict, ...]


@pytest.fixture(scope="module")
def checked() -> Mapping[str, Checked]:
    found = {}
    with pytest.MonkeyPatch.context() as patched:
        validate = checking._validate
        seen: list[Mapping[str, set[str]]] = []

        def noted(*facts: object) -> Mapping[str, set[str]]:
            seen.append(validate(*facts))  # type: ignore[arg-type]
            return seen[-1]

        patched.setattr(checking, "_validate", noted)
        for name in given()["worlds"]:
            one = world(name, cases())
            verdicts = check(one.policy, one.datasets, one.declared, TODAY, flows=one.flows)
            found[name] = Checked(one, seen[-1], verdicts)
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.case)
def test_a_case_is_judged_as_a_professional_would(case: Judged, checked: Mapping[str, Checked]) -> None:
    assert wrong(case, checked[case.world].verdicts) == []


@pytest.mark.parametrize("rule", sorted(rules()))
def test_each_rule_matters(rule: str, checked: Mapping[str, Checked], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a rule's expectation in its suite at least one case is judged otherwise."""
    broken = []
    for name, one in checked.items():
        stores = {v.store for v in one.verdicts if any(sentence["code"] == rule for sentence in v.evidence)}
        without = {group: columns - {rule} for group, columns in one.failed.items()}
        monkeypatch.setattr(checking, "_validate", lambda *_facts, found=without: found)
        taking_part = [case for case in one.world.cases if store(case) in stores or isinstance(case.of, Place)]
        if not stores:
            continue
        few = world(name, taking_part)
        verdicts = check(few.policy, few.datasets, few.declared, TODAY, flows=few.flows)
        broken += [case.case for case in taking_part if wrong(case, verdicts)]
    assert broken, f"no case shows what {rule} is for"


def test_every_requirement_has_a_rule_and_a_case() -> None:
    of_rules = {rule.row.requirement for rule in rules().values()}
    of_cases = {case.requirement for case in cases()}
    assert [one for one in REQUIREMENTS if one not in of_rules] == []
    assert [one for one in REQUIREMENTS if one not in of_cases] == []


@pytest.mark.parametrize("number", GRAVE)
def test_a_grave_requirement_is_shown_holding_failing_and_without_its_evidence(number: str) -> None:
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for case in cases():
        shown[case.requirement].add(case.shows)
        shown[case.evidence_missing_for].add("missing")
    assert [one for one in SHOWS if one not in shown[f"R-{number}"]] == []


def test_the_cases_of_the_brief_that_concern_stored_data_are_there() -> None:
    assert {case.brief for case in cases()} - {0} == {1, 2, 6, 9, 15, 16, 17, 18, 35}


def test_a_case_is_written_once() -> None:
    names = [case.case for case in cases()]
    assert len(names) == len(set(names)) >= 70
