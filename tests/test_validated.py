"""A preview judges again only what a ruling touches, and says what a judgement of everything says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from expectations.answers import Answers
from expectations.check import check
from expectations.compile import committed
from expectations.validated import Validated
from pipelines.declarations import Declarations, load
from pipelines.judging import as_if, declared_of, policy_of
from pipelines.register import Register
from pipelines.rulings import made
from tests import filled_register

DAY = date(2026, 11, 24)
BY = {
    "id": "r-1",
    "by": "hoshi",
    "role": "privacy",
    "on": DAY,
    "why": "x",
    "second": "tsuki",
    "until": date(2027, 3, 31),
}
COLUMN = {"about": "column", "store": "crm", "dataset": "dtb_customer", "column": "email", "says": "phone"}
ROWS = {"about": "rows", "store": "files", "dataset": "meishi.xlsx#2025", "rows": "", "says": "customer"}


class Counting(Validated):
    """Notes which suites were run."""

    def __init__(self) -> None:
        super().__init__()
        self.run: list[str] = []

    def failed(
        self, suite: dict[str, Any], answers: Answers, count: int, validate: Callable[[], set[str]]
    ) -> frozenset[str]:
        def noted() -> set[str]:
            self.run.append(suite["name"])
            return validate()

        return super().failed(suite, answers, count, noted)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Declarations, Register]:
    folder = tmp_path_factory.mktemp("company")
    filled_register.filled(folder / "register.sqlite")
    stores = "  - {id: crm, kind: sql, path: x}\n  - {id: files, kind: files, path: y}\n"
    known = load(filled_register.declarations(folder / "declarations", stores))
    return known, Register.open(folder / "register.sqlite", create=False)


def test_a_ruling_is_judged_as_if_all_were_and_by_fewer_suites(company: tuple[Declarations, Register]) -> None:
    known, register = company
    remembered = Counting()
    as_if(known, register, [], DAY, remembered)
    assert sorted(remembered.run) == sorted(committed()), "all of them the first time"
    for row in (COLUMN, ROWS):
        remembered.run.clear()
        rulings = made(register, [{**row, **BY}])
        assert as_if(known, register, rulings, DAY, remembered) == as_if(known, register, rulings, DAY)
        assert len(remembered.run) < len(committed())
        remembered.run.clear()
        as_if(known, register, rulings, DAY, remembered)
        assert remembered.run == [], "nothing is asked twice"


def test_other_answers_other_counts_and_other_suites_are_asked_anew() -> None:
    seen: list[str] = []
    remembered = Validated()

    def asked(suite: dict[str, Any], answers: Answers, count: int) -> None:
        remembered.failed(suite, answers, count, lambda: (seen.append("run"), set[str]())[1])

    for suite, answers, count in (
        ({"name": "a"}, {"r": [True, None]}, 2), ({"name": "a"}, {"r": [True, False]}, 2),
        ({"name": "a"}, {"r": [True, None]}, 3), ({"name": "b"}, {"r": [True, None]}, 2),
        ({"name": "a"}, {"s": [True, None]}, 2),
    ):  # fmt: skip
        asked(suite, answers, count)
    assert len(seen) == 5
    asked({"name": "a"}, {"r": [True, None]}, 2)
    assert len(seen) == 5


def test_what_is_asked_for_again_and_again_is_not_forgotten_for_what_was_asked_once() -> None:
    seen: list[int] = []
    remembered = Validated()

    def asked(count: int) -> None:
        remembered.failed({"name": "a"}, {"r": [True]}, count, lambda: (seen.append(count), set[str]())[1])

    for count in range(1, 1_001):
        asked(0)
        asked(count)
    assert seen.count(0) == 1
    asked(1)
    assert seen.count(1) == 2, "not everything is kept"


def test_the_docs_tell_of_every_suite_whatever_is_remembered(
    company: tuple[Declarations, Register], tmp_path: Path
) -> None:
    known, register = company
    remembered = Counting()
    of = policy_of(known), register.observed(), declared_of(known), DAY
    before = check(*of, validated=remembered)
    assert check(*of, docs=tmp_path / "docs", validated=remembered) == before
    pages = {part for file in (tmp_path / "docs" / "validations").rglob("*.html") for part in file.parts}
    assert committed().keys() <= pages
