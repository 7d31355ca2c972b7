"""The Act as data: in force by its day, its closed lists as the vocabulary marks them, an amendment written and off."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from classifiers.vocabulary import data_categories
from expectations.law import law
from expectations.policy import load
from expectations.procedures import Adoption
from expectations.rules import rules
from pipelines.cli import main

POLICY = load("handling-of-personal-information")


@pytest.mark.parametrize(
    ("day", "judged_by", "texts"),
    [
        (date(2022, 3, 31), "", []),
        (date(2022, 4, 1), "", ["appi-2022"]),
        (date(2026, 11, 29), "", ["appi-2022"]),
        (date(2030, 1, 1), "", ["appi-2022"]),
        (date(2026, 11, 29), "appi-2026", ["appi-2022", "appi-2026"]),
    ],
)
def test_a_text_is_judged_by_from_its_day_or_where_somebody_says_so(
    day: date, judged_by: str, texts: list[str]
) -> None:
    assert [text.id for text in law().in_force(day, judged_by)] == texts


def test_identification_codes_are_the_closed_list_of_the_act() -> None:
    marked = {row.id for row in data_categories().values() if row.id_code}
    assert marked == {id for item in law().identification_codes for id in item.categories}


def test_special_care_is_the_eleven_items_of_the_act() -> None:
    marked = {row.id for row in data_categories().values() if row.special_care}
    assert marked == {id for item in law().special_care for id in item.categories}
    assert len(law().special_care) == 11


def test_every_article_that_a_rule_cites_is_known() -> None:
    cited = {place.partition("(")[0] for rule in rules().values() for place in rule.row.law.split(", ") if place}
    assert {article for article in cited if article.isdecimal()} <= law().articles.keys()


def test_an_amendment_says_of_each_change_which_rules_ask_it_or_what_they_await() -> None:
    changes = [change for text in law().versions for change in text.changes]
    assert {id for change in changes for id in change.rules} == {rule.id for rule in rules().values() if rule.row.since}
    assert all(bool(change.rules) != bool(change.awaits and change.awaits_en) for change in changes)


def test_a_company_judges_by_a_text_ahead_of_its_day() -> None:
    own = POLICY.adopt(Adoption(desk=POLICY.desk, law_version="appi-2026"), "株式会社みほん")
    assert own.law_version == "appi-2026"
    with pytest.raises(ValidationError, match="appi-2022, appi-2026"):
        Adoption(desk=POLICY.desk, law_version="appi-2062")


def test_the_command_tells_what_is_in_force_and_what_rests_on_an_article() -> None:
    told = CliRunner().invoke(main, ["law"]).output
    assert "appi-2022  施行中 in force" in told
    assert "appi-2026  未施行 not in force" in told
    told = CliRunner().invoke(main, ["law", "27"]).output
    assert "第三者提供の制限" in told
    assert "opt-out-open-to-category" in told
    assert CliRunner().invoke(main, ["law", "270"]).exit_code == 2
