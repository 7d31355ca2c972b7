"""Which use of whose data a published purpose covers: the matrix of the policy's reading, cell by cell.

○ a listed purpose covers it; △ only a catch-all may, with a recorded association; ✕ none does; ? the text leaves room.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from expectations.check import Verdict
from expectations.facts import Association, Declared, Source, Use
from expectations.observed import ObservedDataset, Partition
from expectations.policy import Policy, load
from expectations.rules import groups, rules
from tests.checking import check

TODAY = date(2026, 11, 23)
SUBJECTS = ("customer", "business_partner", "applicant", "retiree", "professional")

MATRIX: Mapping[str, str] = {
    # use                  customer  partner  applicant  retiree  professional
    "service_provision": "○✕✕✕○",
    "identity_check": "○△△△△",
    "shipping": "○△△△△",
    "research": "○✕✕✕○",
    "questionnaire": "○✕✕✕○",
    "marketing": "○✕✕✕○",
    "inquiry": "○○△△○",
    "contract": "○△△△△",
    "billing": "○○✕?△",
    "payment": "△○✕??",
    "meeting": "○○○△△",
    "recruiting": "✕✕○✕✕",
    "recruiting_contact": "✕✕○✕✕",
    "retiree_contact": "✕✕✕○✕",
    "introduce": "✕✕✕✕○",
    "publish": "✕✕✕✕○",
    "list_sale": "✕✕✕✕✕",
    "solicitation": "✕✕✕✕✕",
    "model_training": "?✕✕✕?",
    "statutory_reporting": "?????",
    "staff_management": "✕✕??✕",
}

CELLS = [(use, subject, cell) for use, row in MATRIX.items() for subject, cell in zip(SUBJECTS, row, strict=True)]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load("handling-of-personal-information")


def parents(policy: Policy, subject: str) -> str:
    category = policy.category_of(subject)
    return next(purpose.id for purpose in policy.purposes_of(category) if purpose.type == "direct")


def judged(policy: Policy, associated: bool) -> dict[tuple[str, str], Verdict]:
    """Every cell's use, its owner naming every purpose of the persons' category, judged in one check."""
    datasets = [
        ObservedDataset(
            id=subject,
            store="s",
            name=subject,
            columns=(),
            partitions=(Partition(subject=subject, custody="own", nature="personal"),),
        )
        for subject in SUBJECTS
    ]
    uses = [
        Use(
            id=f"{use} {subject}",
            job="",
            use=use,
            source=Source(store="s", dataset=subject),
            purposes=tuple(
                purpose.id
                for purpose in policy.purposes_of(policy.category_of(subject))
                if purpose.type != "by_reference"
            ),
            association=Association(
                parent=parents(policy, subject), reason="理由", approver="承認者", approved_on=TODAY
            )
            if associated
            else None,
        )
        for use in MATRIX
        for subject in SUBJECTS
    ]
    verdicts = check(policy, datasets, Declared(uses=tuple(uses)), TODAY)
    return {(verdict.use_kind, verdict.dataset): verdict for verdict in verdicts if verdict.use}


@pytest.fixture(scope="module")
def plain(policy: Policy) -> dict[tuple[str, str], Verdict]:
    return judged(policy, associated=False)


@pytest.fixture(scope="module")
def associated(policy: Policy) -> dict[tuple[str, str], Verdict]:
    return judged(policy, associated=True)


@pytest.mark.parametrize(("use", "subject", "cell"), CELLS)
def test_each_cell(
    plain: dict[tuple[str, str], Verdict],
    associated: dict[tuple[str, str], Verdict],
    use: str,
    subject: str,
    cell: str,
) -> None:
    if use in ("introduce", "publish") and cell == "○":
        # listed, and a ground of the provision is asked for beside it
        expected = ("gap", "gap")
        assert plain[use, subject].requirement == "R-10"
    else:
        expected = {
            "○": ("compliant", "compliant"),
            "△": ("gap", "compliant_incidental"),
            "✕": ("violation", "violation"),
            "?": ("gap", "gap"),
        }[cell]
    assert (plain[use, subject].verdict, associated[use, subject].verdict) == expected


def test_a_violation_says_why_by_clause_and_article(plain: dict[tuple[str, str], Verdict]) -> None:
    for verdict in plain.values():
        if verdict.verdict == "violation":
            assert verdict.clause.startswith("1.")
            assert verdict.law
            assert verdict.evidence[-1]["ja"] and verdict.next_step["ja"] and verdict.next_step["en"]


def test_applicants_and_retirees_are_not_confused_without_saying_so(plain: dict[tuple[str, str], Verdict]) -> None:
    assert plain["retiree_contact", "applicant"].requirement == "R-09"
    assert plain["recruiting", "retiree"].requirement == "R-09"
    assert plain["recruiting", "customer"].requirement == "R-02"


def test_every_rule_has_its_row_and_its_function() -> None:
    ids = [rule.id for group in groups().values() for rule in group]
    assert len(ids) == len(set(ids)) == len(rules())
    for rule in rules().values():
        row = rule.row
        said = row.title.ja + row.finding.ja + row.next_step.ja
        assert "違法" not in said
        assert not re.search("(?<!税)法第", said), "the Act is cited in one way: 法18条1項"
        assert callable(rule.holds)
        assert row.law or row.tables == ("uses", "provisions"), rule.id
        if "{detail}" in row.finding.ja:
            assert rule.detail.__name__ != "_no_detail", rule.id
