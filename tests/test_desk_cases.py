"""What a responder and an approver do with a request at the desk, step by step: who asks for somebody else, what owners
answer, what goes back, what is void, and what runs out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk_cases import FORM, MAIL, NUMBER, taken_in, with_cases
from tests.desk_of import SECRETS, Opened

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


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with with_cases(tmp_path_factory.mktemp("desk")) as found:
        yield found


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
