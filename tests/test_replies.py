"""Letters of the light routes: a stop is confirmed once it is done, a complaint answered in the desk's own words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from expectations.policy import load
from pipelines import declarations
from pipelines.casebook.case import Case
from pipelines.casebook.draft import Draft, opened
from pipelines.casebook.gates import RefusedError
from pipelines.casebook.letters.making import made
from pipelines.casebook.letters.replies import reply
from pipelines.clock import now
from tests.conftest import DECLARATIONS
from tests.letter_files import pages_of

POLICY = load("handling-of-personal-information")
COMPANY = declarations.load(DECLARATIONS).company
TODAY = date(2026, 11, 29)


def case(route: str, **progress: Any) -> Case:
    draft = {"route": route, "channel": "web", "individual": {"names": ["架空 花子"]}}
    new = opened(Draft.model_validate(draft), "2026-0007", POLICY, now())
    return new.model_copy(update={"progress": new.progress.model_copy(update=progress)})


@pytest.mark.parametrize(
    ("route", "ja", "en"),
    [
        ("opt_out_stop", "第三者への提供を停止いたしました", "ceased to provide your personal data to third parties"),
        ("unsubscribe", "案内の配信を停止いたしました", "ceased to send you mailings"),
    ],
)
def test_a_stop_is_confirmed(route: str, ja: str, en: str) -> None:
    done = case(route, stopped_on=date(2026, 11, 28))
    japanese = "".join(pages_of(made(reply(done, POLICY, COMPANY, "ja", TODAY), "pdf")))
    for part in ("架空 花子 様", "2026-0007", "2026年11月28日", ja, "株式会社あおば法務サービス"):
        assert part in japanese, part
    english = " ".join(pages_of(made(reply(done, POLICY, COMPANY, "en", TODAY), "pdf")))
    assert en in english.replace("  ", " ")
    assert "2026-11-28" in english


def test_nothing_is_confirmed_before_it_is_done() -> None:
    with pytest.raises(RefusedError) as refused:
        reply(case("opt_out_stop"), POLICY, COMPANY, "ja", TODAY)
    assert refused.value.code == "not_now"


@pytest.mark.parametrize("route", ["complaint", "safety_measures", "transfer_abroad"])
def test_a_question_is_answered_in_the_desk_s_words(route: str) -> None:
    letter = reply(case(route), POLICY, COMPANY, "ja", TODAY, "一行目です。\n二行目です。\n")
    assert ("一行目です。", "二行目です。") in [section.lines for section in letter.sections]
    with pytest.raises(RefusedError) as refused:
        reply(case(route), POLICY, COMPANY, "ja", TODAY, "  \n")
    assert refused.value.code == "no_words"
