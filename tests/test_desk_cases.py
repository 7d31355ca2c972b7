"""What a responder and an approver do with a request at the desk, step by step: who asks for somebody else, what is
carried out, what owners answer, what goes back, what is void, and how it ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest

from pipelines.casebook import gates
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import Decision
from pipelines.clock import today
from pipelines.desk import typed
from pipelines.suppression.book import StopList
from pipelines.suppression.hashing import VARIABLE
from tests.desk_cases import FORM, MAIL, NUMBER, Request, taken_in, with_cases
from tests.desk_of import KEY, SECRETS, Opened

FORMERLY = {name: "" for name in FORM if name.startswith("paper.")} | {"paper.DS-2.individual.matches": ""}
"""Takes out the papers of who asks for himself."""
DEPUTY = {
    **FORMERLY, "requester": "RQ-3", "deputy.name": "代理 太郎", "deputy.address": "東京都見本区9-9",
    "deputy.relation": "弁護士", "deputy.capacity": "appointed", "paper.DD-1.individual.came": "1",
    "paper.DD-2.individual.came": "1", "paper.DD-2.individual.document": "drivers_licence",
    "paper.DD-2.individual.matches": ["name", "birth_date", "address"],
    "paper.DD-2.deputy.came": "1", "paper.DD-2.deputy.document": "drivers_licence",
    "paper.DD-2.deputy.matches": ["name"], "paper.DD-3.individual.came": "1",
}  # fmt: skip
PARENT = {
    **DEPUTY, "requester": "RQ-2", "individual.birth_date": "2015-05-06", "deputy.relation": "父",
    "deputy.capacity": "parent", "paper.DD-3.individual.document": "family_register",
    "paper.DD-3.individual.masked": ["honseki"],
}  # fmt: skip
NO_FEE = {"payment.amount": ""}
CUSTOMERS = "live/kyaku"
"""The row group of the customers' table."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with with_cases(tmp_path_factory.mktemp("desk")) as found:
        yield found


def as_filled_in(page: str) -> dict[str, str | list[str]]:
    """What a browser would send of a page's form for a decision, nothing typed into it."""
    (form,) = [one for one in lxml.html.fromstring(page).forms if "wide" in one.get("class", "")]
    found: dict[str, str | list[str]] = {}
    for name, value in form.form_values():
        found[name] = [*found.get(name, []), value]
    return {name: values for name, values in found.items() if name != "csrf"}


# ------------------------------------------------------------------------------------------------- deputies


@pytest.mark.parametrize("form", [DEPUTY, PARENT], ids=["appointed", "parent"])
def test_a_deputy_with_the_right_papers_is_let_on_to_the_search(desk: Opened, form: dict[str, str | list[str]]) -> None:
    request = taken_in(desk, form)
    assert request.step == "search"
    assert "不足" not in request.page()
    assert "代理 太郎" not in request.page(), "masked like everybody"
    assert "代理 太郎" in request.does("person").text


@pytest.mark.parametrize(
    ("form", "lacking"),
    [
        ({**DEPUTY, "paper.DD-3.individual.came": ""}, "委任状"),
        ({**DEPUTY, "paper.DD-2.deputy.came": ""}, "代理人の本人確認書類"),
        ({**DEPUTY, "paper.DD-2.deputy.matches": ""}, "代理人の氏名"),
        ({**PARENT, "paper.DD-3.individual.document": ""}, "証する書類"),
        ({**PARENT, "paper.DD-3.individual.masked": ""}, "黒塗り"),
        ({**PARENT, "individual.birth_date": "1990-05-06"}, "成年"),
    ],
    ids=["no proxy", "no paper of the deputy", "another name", "no authority", "domicile not masked", "of age"],
)
def test_a_deputy_with_wrong_papers_is_told_what_is_lacking_and_gets_nothing(
    desk: Opened, form: dict[str, str | list[str]], lacking: str
) -> None:
    request = taken_in(desk, form)
    assert request.step == "intake"
    page = request.page()
    assert lacking in page.partition('class="missing"')[2].partition("本人</h2>")[0], page
    assert "すべての保管場所を検索する" not in page
    assert request.does("search").status_code == 303
    assert request.step == "intake"
    assert request.case.progress.search is None


def test_a_deputy_without_a_proxy_is_refused_and_learns_not_whether_anything_is_held(desk: Opened) -> None:
    request = taken_in(desk, {**DEPUTY, "paper.DD-3.individual.came": ""})
    whole = {"item.0.kind": "disclosure", "item.0.outcome": "comply"}
    assert "応じないことだけ" in request.refused("decision", whole)
    request.decided(outcome="refuse", ground="37(1)", reason="委任状がなく代理権を確認できません。")
    request.lettered()
    letter = request.page("letter")
    assert "架空 花子 様" in letter
    assert "代理 太郎" not in letter
    assert "検索した結果" not in letter


def test_the_answer_goes_to_a_deputy_whose_proxy_covers_it_alone(desk: Opened) -> None:
    for receives, there in (("", False), ("1", True)):
        request = taken_in(desk, {**DEPUTY, "deputy.receives": receives})
        request.up_to_the_letter()
        assert ("代理人 代理 太郎 様" in request.page("letter")) == there


# ------------------------------------------------------------------------------------------------- measures, the end


def changing(desk: Opened, kind: str, **more: str) -> Request:
    """A request that something be changed, approved."""
    request = taken_in(desk, {**NO_FEE, "kinds": kind, **more})
    request.up_to_the_letter(kind)
    request.approved()
    assert request.step == "carry_out"
    return request


def instruct(request: Request, what: str, to: str = "営業部", groups: str = CUSTOMERS) -> None:
    """Instruct an owner, and note what he reports."""
    told = {"what": what, "to": to, "groups": [groups] if groups else [], "instructed_on": "2026-11-24"}
    request.done("measures", told)
    one = request.case.progress.measures[-1]
    request.done("measures", {**told, "id": one.id, "acknowledged_on": "2026-11-26"})


def test_a_correction_is_carried_out_and_the_letter_says_when(desk: Opened) -> None:
    request = changing(
        desk, "correction", **{"correction.0.item": "住所", "correction.0.held": "1-2-3", "correction.0.right": "4-5-6"}
    )
    assert "指示がありません" in request.refused("measures", {"done": "1"})
    told = {"what": "correct", "to": "営業部", "instructed_on": "2026-11-24"}
    assert CUSTOMERS in request.refused("measures", told)
    request.done("measures", told | {"groups": CUSTOMERS})
    assert "報告" in request.refused("measures", {"done": "1"})
    assert "報告を記録する" in request.page("measures")
    acknowledged = {"id": request.case.progress.measures[0].id, "acknowledged_on": "2026-11-26"}
    request.done("measures", told | {"groups": CUSTOMERS} | acknowledged)
    request.done("measures", {"done": "1"})
    assert request.step == "answer"
    assert "回答書を作り直す" in request.page()
    request.lettered()
    assert "2026年11月26日" in request.page("letter")
    request.approved()
    assert request.step == "answer", "it is not to be carried out again"


def test_an_erasure_ends_when_a_new_search_finds_nothing_and_every_owner_has_answered(desk: Opened) -> None:
    request = changing(desk, "stop_use", **{"asked.ground": "35(5)", "asked.facts": "退会した"})
    instruct(request, "erase")
    assert "停止リスト" in request.refused("measures", {"done": "1"})
    instruct(request, "stop_list", "個人情報相談窓口", "")
    request.done("measures", {"done": "1"})
    request.answered()
    request.done("papers", {"papers_settled_on": "2026-11-29"})
    assert "再検索" in request.refused("close")

    request.searched()
    page = request.page()
    assert "本人の行がまだ 1 件あります" in page
    assert "架空" not in page
    place = desk.folder / "live.sqlite"
    with sqlite3.connect(place) as connection:
        kept = connection.execute("SELECT * FROM kyaku WHERE id = 1").fetchone()
        connection.execute("DELETE FROM kyaku WHERE id = 1")
    try:
        request.searched()
    finally:
        with connection:
            connection.execute("INSERT INTO kyaku VALUES (?, ?, ?, ?, ?, ?, ?)", kept)
        connection.close()
    assert "本人の行はもうありません" in request.page()
    store = request.case.progress.recheck.open[0].store  # type: ignore[union-attr]
    assert store in request.refused("close")
    assert "何があるかを書くか" in request.refused("owners", {"store": store})
    request.nothing_elsewhere()
    request.done("close")
    assert request.step == "closed"
    assert "終わった案件" in request.refused("take")


def test_a_case_is_closed_when_papers_and_fee_are_settled(desk: Opened) -> None:
    request = taken_in(desk, {"payment.amount": "2000"})
    request.up_to_the_letter()
    request.approved()
    request.answered()
    assert "papers" in request.refused("close")
    assert "1,000 円を返します" in request.page()
    request.done("papers", {
        "papers_settled_on": "2026-11-29", "payment.amount": "1000", "payment.paid_by": "stamps",
        "payment.on": "2026-11-29", "payment.returned": "1",
    })  # fmt: skip
    request.done("close")
    assert request.step == "closed"
    assert request.number not in request.browser.get("/requests").text
    assert request.number in request.browser.get("/requests?show=all").text


def test_what_a_law_keeps_is_decided_by_its_row_group_and_until_when(desk: Opened) -> None:
    request = taken_in(desk, {**NO_FEE, "kinds": "stop_use", "asked.ground": "35(5)", "asked.facts": "退会した"})
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    assert '<input type="checkbox" name="item.0.groups" value="live/kyaku"> 顧客' in request.page("decision")
    kept = {
        "item.0.kind": "stop_use", "item.0.outcome": "other_measure", "item.0.ground": "35(6)",
        "item.0.reason": "法令により保存するため", "item.0.until": "2031-03-31",
    }  # fmt: skip
    assert "どの項目か" in request.refused("decision", kept)
    assert 'value="2031-03-31"' in request.does("decision", kept).text
    named = kept | {"item.0.groups": CUSTOMERS}
    complied = named | {"item.0.outcome": "comply"}
    assert "応じる（comply）以外" in request.refused("decision", complied)
    assert 'value="live/kyaku" checked' in request.does("decision", complied).text
    request.done("decision", named)
    (item,) = request.case.progress.decision.items  # type: ignore[union-attr]
    assert (item.groups, item.until) == ((CUSTOMERS,), date(2031, 3, 31))
    page = request.page("decision")
    assert 'value="live/kyaku" checked' in page
    assert 'value="2031-03-31"' in page


def test_a_disclosure_is_decided_without_row_groups(desk: Opened) -> None:
    request = taken_in(desk)
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    assert "groups" not in request.page("decision")
    fields = {"item.0.kind": "disclosure", "item.0.outcome": "comply", "item.0.groups": CUSTOMERS}
    assert "訂正・停止の判断だけ" in request.refused("decision", fields)


def test_a_decision_that_is_recorded_again_as_the_form_shows_it_is_the_same(desk: Opened) -> None:
    about = {"asked.ground": "35(5)", "asked.facts": "退会した", "asked.scope": "全部"}
    request = taken_in(desk, {"kinds": ["disclosure", "stop_use"], **about})
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    stop = {"item.1.kind": "stop_use", "item.1.outcome": "comply", "item.3.kind": "stop_use"}
    kept = {"outcome": "other_measure", "ground": "35(6)", "reason": "法令により保存", "until": "2031-03-31"}
    kept |= {"groups": CUSTOMERS, "what": "注文の記録"}
    stop |= {f"item.3.{name}": value for name, value in kept.items()}
    request.done("decision", {"item.0.kind": "disclosure", "item.0.outcome": "comply", **stop})
    once = request.case.progress.decision
    assert once
    assert [one.kind for one in once.items] == ["disclosure", "stop_use", "stop_use"]
    request.done("decision", as_filled_in(request.page("decision")))
    assert request.case.progress.decision == once


def test_no_part_that_came_by_the_command_line_is_lost_by_deciding_again_at_the_desk(desk: Opened) -> None:
    request = taken_in(desk)
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    parts = [{"kind": "disclosure", "outcome": "comply", "what": f"{number}月分"} for number in range(1, 6)]
    decision = typed.read({"items": parts}, Decision)
    book, hand = desk.desk.casebook, Hand("tanto", "responder")
    assert book
    book.change(
        request.number, hand, "decided",
        lambda case: case.model_copy(update={"progress": gates.decided(case.progress, hand, decision)}),
    )  # fmt: skip
    request.done("decision", as_filled_in(request.page("decision")))
    assert [one.what for one in request.case.progress.decision.items] == [part["what"] for part in parts]  # type: ignore[union-attr]


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


# ------------------------------------------------------------------------------------------------- owners, four eyes


def test_what_an_owner_holds_becomes_a_candidate_and_stays_masked(desk: Opened) -> None:
    request = taken_in(desk)
    request.searched()
    first = request.case.progress.search.open[0]  # type: ignore[union-attr]
    assert "何があるかを書くか" in request.refused("owners", {"store": first.store})
    request.done("owners", {"store": first.store, "held": "会員証の控え 架空花子"})
    page = request.page("review")
    assert "担当の回答" in page
    assert "会員証の控え" not in page
    last = request.case.progress.search.candidates[-1]  # type: ignore[union-attr]
    id = last.id
    assert (last.store, last.name) == ("crm", "顧客管理"), "as the company calls the store"
    assert "会員証の控え 架空花子" in request.does("review", {"show": id, "shown": id}).text
    request.nothing_elsewhere()
    request.refused("owners", {"store": first.store, "nothing": "1"})
    assert "検索できていない保管場所" not in request.page("review")


def test_an_owner_is_asked_in_a_file_of_his_own_and_the_day_is_noted(desk: Opened) -> None:
    request = taken_in(desk)
    request.searched()
    store = request.case.progress.search.open[0].store  # type: ignore[union-attr]
    letter = request.does("inquiry", {"store": store})
    assert (letter.status_code, letter.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert "架空 花子" in letter.text
    assert "担当に確認を依頼" in request.page("audit")
    assert "依頼した日" in request.page("review")
    assert "未検索でも回答待ちでもありません" in request.refused("inquiry", {"store": "no-such-store"})
    request.nothing_elsewhere()
    assert "架空" not in request.page("review"), "masked like everything"


def test_while_an_owner_has_not_answered_nothing_is_complied_with(desk: Opened) -> None:
    request = taken_in(desk)
    request.searched()
    request.reviewed()
    whole = {"item.0.kind": "disclosure", "item.0.outcome": "comply"}
    assert "crm" in request.refused("decision", whole)
    assert request.step == "decide"


def test_what_an_approver_sends_back_is_decided_anew(desk: Opened) -> None:
    request = taken_in(desk)
    request.up_to_the_letter()
    other = desk.signed_in("kessai")
    wrong = request.does("approval", {"back": "1", "secret": "not-the-secret-x"}, other)
    assert (wrong.status_code, "秘密が違います" in wrong.text) == (400, True)
    request.done("approval", {"back": "1", "secret": SECRETS["kessai"]}, other)
    assert request.step == "decide"
    assert "判断する" in request.page()
    assert "差し戻し" in request.page("audit")
    request.decided()
    request.lettered()
    request.approved()
    assert request.step == "answer"


def test_an_edit_after_the_letter_was_shown_voids_what_is_approved(desk: Opened) -> None:
    request = taken_in(desk)
    request.up_to_the_letter()
    shown = request.case.progress.for_release
    request.decided(outcome="partly", ground="33(2)(i)", reason="ご本人以外の方の情報を含むため")
    request.lettered()
    other = desk.signed_in("kessai")
    refused = request.does("approval", {"of": shown, "secret": SECRETS["kessai"]}, other)
    assert (refused.status_code, "変わっています" in refused.text) == (400, True)
    request.approved()
    assert request.step == "answer"
    wishes = {"individual.names": "架空 花子", "individual.birth_date": "1990-05-07", "individual.mails": MAIL}
    request.done("amendment", wishes)
    assert request.case.progress.approval is None
    assert "回答を記録する" not in request.page()
    request.does("answer", {"how": "counter"})
    assert request.case.progress.sent is None


def test_who_worked_on_a_case_cannot_approve_it_and_an_approver_cannot_work(desk: Opened) -> None:
    request = taken_in(desk)
    request.up_to_the_letter()
    assert request.browser.get(f"{request.path}/approval").status_code == 403
    own = {"of": request.case.progress.for_release, "secret": SECRETS["tanto"]}
    assert request.does("approval", own).status_code == 403
    other = desk.signed_in("kessai")
    for page in ("search", "review", "decision", "letter", "answer", "close", "measures", "papers", "issue"):
        assert request.does(page, {}, other).status_code == 403, page
    assert request.step == "approve"


# ------------------------------------------------------------------------------------------------- time, forms


def test_a_session_that_runs_out_takes_the_rows_with_it_and_the_step_that_was_typed_does_not_happen(
    desk: Opened,
) -> None:
    request = taken_in(desk)
    request.searched()
    held = next(one for one in desk.desk.searches._kept if one.number == request.number)
    assert held.looked
    desk.clock.later(minutes=14)
    assert request.browser.get(f"{request.path}/searching").status_code == 303, "asked again by itself: keeps nothing"
    desk.clock.later(minutes=2)
    ended = request.browser.get(f"{request.path}/review")
    assert (ended.status_code, ended.headers["location"].startswith("/sign-in")) == (303, True)
    assert request.browser.post(f"{request.path}/take", data={"csrf": "x"}).status_code == 403
    assert held.session.over.is_set()
    assert not desk.desk.sessions.lives(held.session)
    del desk.browsers["tanto"]
    desk.browsers.pop("kessai", None)


def test_the_form_takes_every_wish_of_the_individual(desk: Opened) -> None:
    asked = {
        "asked.form": "electronic", "asked.file": "json", "asked.my_number": "1", "asked.delivery": "ダウンロード",
        "proof.control": "mail_round_trip", "proof.attribute": "mail", "proof.which": "1",
    }  # fmt: skip
    request = taken_in(desk, asked)
    assert (request.case.asked.file, request.case.asked.my_number) == ("json", True)
    assert 'value="json" selected' in request.page("amendment")
    request.done("papers", {"proof.control": "mail_round_trip", "proof.attribute": "mail", "proof.which": "2"})
    assert [one.which for one in request.case.proofs][-1] == 2
    assert NUMBER not in request.page("amendment")


def test_an_approver_who_comes_too_early_is_told_what_comes_next(desk: Opened) -> None:
    request = taken_in(desk)
    page = desk.signed_in("kessai").get(f"{request.path}/approval")
    assert page.status_code == 200
    assert "全ての保管場所を検索します" in page.text
