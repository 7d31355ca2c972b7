"""How a request at the desk ends otherwise: taken back, its answer back from the post, or sent to another place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.clock import today
from pipelines.suppression.book import StopList
from pipelines.suppression.hashing import VARIABLE
from tests.desk_cases import CUSTOMERS, MAIL, NO_FEE, changing, taken_in, with_cases
from tests.desk_of import KEY, Opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with with_cases(tmp_path_factory.mktemp("desk")) as found:
        yield found


def test_a_request_is_taken_back_before_its_answer_and_what_was_instructed_called_back(desk: Opened) -> None:
    request = changing(
        desk, "correction", **{"correction.0.item": "住所", "correction.0.held": "1-2-3", "correction.0.right": "4-5-6"}
    )
    told = {"what": "correct", "to": "営業部", "groups": CUSTOMERS, "instructed_on": "2026-11-24"}
    request.done("measures", told)
    assert f"{request.path}/undelivered" not in request.page()
    assert f"{request.path}/withdrawal" in request.page()
    assert "申し出た人" not in request.page("withdrawal"), "nobody asks for somebody else"
    taken_back = {"on": today().isoformat(), "how": "phone", "reason": "解決したため"}
    for wrong, said in (
        ({"on": "2026-11-01"}, "受付の日から今日まで"),
        ({"how": ""}, "how"),
        ({"reason": ""}, "reason"),
        ({"by": "deputy"}, "本人による請求"),
        ({"lift_stop": "1"}, "--stop-list"),
    ):
        assert said in request.refused("withdrawal", taken_back | wrong)
        assert request.case.withdrawal is None
    request.done("withdrawal", taken_back)
    assert "取下げ・終了処理" in request.page()
    assert "始めた指示を取り消すか" in request.page()
    assert f"{request.path}/withdrawal" not in request.page()
    assert "この段階では" in request.refused("withdrawal", taken_back)
    assert "取下げを記録する</button>" not in request.page("withdrawal")
    request.done("papers", {"papers_settled_on": "2026-11-29"})
    assert "m1" in request.refused("close")
    request.done("measures", {**told, "id": "m1", "recalled_on": "2026-11-29"})
    assert "取消" in request.page("measures")
    request.done("close")
    audit = request.page("audit")
    assert "取下げ" in audit
    assert "連絡の方法: 電話" in audit
    assert "解決したため" not in audit


def test_a_stop_is_lifted_with_its_request_where_its_person_asks_for_that(
    desk: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_list = tmp_path / "stop.sqlite"
    StopList.start(stop_list)
    monkeypatch.setenv(VARIABLE, KEY)
    monkeypatch.setattr(desk.desk, "settings", replace(desk.desk.settings, stop_list=stop_list))
    request = taken_in(desk, {**NO_FEE, "kinds": "stop_provision", "asked.ground": "35(3)", "asked.facts": "退会した"})
    assert "停止リストへの登録も解く" not in request.page("withdrawal")
    request.done("stop")
    assert "停止リストへの登録も解く" in request.page("withdrawal")
    request.done("withdrawal", {"on": today().isoformat(), "how": "mail", "reason": "言われず", "lift_stop": "1"})
    assert [one.lifted is None for one in StopList(stop_list).entries()] == [False]


def test_an_answer_that_came_back_goes_again_or_stays_where_nobody_is_reached(desk: Opened) -> None:
    request = taken_in(desk)
    request.up_to_the_letter()
    request.approved()
    assert "送った回答がありません" in request.refused("undelivered", {"on": today().isoformat(), "why": "moved"})
    request.answered()
    request.done("papers", {"papers_settled_on": "2026-11-29"})
    request.done("close")
    assert f"{request.path}/withdrawal" not in request.page()
    assert f"{request.path}/undelivered" in request.page(), "a closed one comes back, too"
    came_back = {"on": today().isoformat(), "why": "unknown_address", "note": "付箋"}
    for wrong, said in (({"on": "2026-11-20"}, "送った日より前"), ({"on": "2099-01-01"}, "未来"), ({"why": ""}, "why")):
        assert said in request.refused("undelivered", came_back | wrong)
    request.done("undelivered", came_back)
    page = request.page()
    assert request.step == "answer"
    assert "回答が戻りました" in page
    assert "宛先不明" in page
    assert "もう一度送って回答を記録します" in page
    assert f"{request.path}/undelivered" in page, "that nobody is reached can still be said"
    assert "不着を記録する</button>" in request.page("undelivered")
    assert "再送の期限" in page or "再送期限" in page
    request.answered()
    request.done("undelivered", came_back | {"unreachable": "電話も不通"})
    assert request.step == "close"
    assert "再送しない" in request.page()
    audit = request.page("audit")
    assert "戻った理由: 宛先不明" in audit
    assert "付箋" not in audit
    assert "電話も不通" not in audit


def test_an_answer_goes_to_a_new_address_that_is_made_sure_of(desk: Opened) -> None:
    request = taken_in(desk)
    request.up_to_the_letter()
    request.approved()
    request.answered()
    assert f"{request.path}/address" not in request.page()
    moved = "東京都見本区4-5-6"
    assert "戻ってきた回答がありません" in request.refused("address", {"address": moved})
    request.done("undelivered", {"on": today().isoformat(), "why": "moved"})
    assert f"{request.path}/address" in request.page()
    assert "どちらか一つ" in request.refused("address", {"address": moved, "mail": MAIL})
    assert "確かめられていません" in request.refused("address", {"address": moved})
    assert moved in request.does("address", {"address": moved}).text
    paper: dict[str, str | list[str]] = {
        "paper.DS-2.individual.came": "1", "paper.DS-2.individual.document": "drivers_licence",
        "paper.DS-2.individual.matches": ["name", "address"],
    }  # fmt: skip
    assert "確かめられていません" in request.refused("address", {"mail": "atarashii@mihon.example", **paper})
    request.done("address", {"address": moved, **paper})
    assert (request.step, request.case.progress.approval) == ("approve", None)
    request.lettered()
    assert moved in request.page("letter")
    request.approved()
    request.answered()
    audit = request.page("audit")
    assert "誰の宛先: 本人" in audit
    assert moved not in audit


def test_the_same_letter_goes_again_without_another_search(desk: Opened) -> None:
    request = taken_in(desk)
    request.up_to_the_letter()
    request.approved()
    request.answered()
    request.done("undelivered", {"on": today().isoformat(), "why": "moved"})
    request.done("address", {
        "address": "東京都見本区4-5-6", "keep_letter": "1", "paper.DS-2.individual.came": "1",
        "paper.DS-2.individual.document": "drivers_licence", "paper.DS-2.individual.matches": ["name", "address"],
    })  # fmt: skip
    assert request.case.progress.same_letter
    answer = request.does("answer", {"how": "registered_mail", "tracking": "2"})
    assert (answer.status_code, answer.headers["location"]) == (303, request.path)
    assert request.step == "close"
