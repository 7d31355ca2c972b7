"""A request that ends otherwise: taken back by its requester, or with an answer that came back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from pipelines.casebook.book import Casebook
from pipelines.clock import today
from pipelines.suppression.book import StopList
from tests.letter_files import text_of
from tests.office_with_rows import DISCLOSED, FEE, MEMBERS, NEWS, PAPERS, PERSON, Office


def day() -> str:
    """Today in Japan, asked anew: a run of all tests may go on over midnight there."""
    return today().isoformat()


def taken_back() -> dict[str, Any]:
    return {"on": day(), "how": "phone", "reason": "籠の外で解決したため"}


def came_back() -> dict[str, Any]:
    return {"on": day(), "why": "unknown_address", "note": "付箋「羽ばたき先不明」"}


MOVED = "神奈川県横浜市中区止まり木1-2-3"
MOVED_TO = {
    "address": MOVED,
    "papers": [{"paper": "DS-2", "document": "residence_record", "matches": ["name", "address", "former_address"],
                "masked": ["my_number", "resident_code", "honseki"]}],
}  # fmt: skip


def listed(office: Office) -> dict[str, Any]:
    """The one request, as it is listed."""
    (line,) = json.loads(office.do("request", "list", "--format", "json").stdout)
    found: dict[str, Any] = line
    return found


# taken back


def test_a_withdrawn_request_goes_back_with_all_that_came_and_stays_in_the_list(office: Office) -> None:
    number = office.new("disclosure")
    assert listed(office)["due"] == "acknowledge"
    assert office.refused("request", "withdraw", number, given=taken_back() | {"by": "deputy"})
    assert office.refused("request", "withdraw", number, given=taken_back() | {"on": "2026-11-01"})
    assert office.refused("request", "withdraw", number, given=taken_back() | {"reason": ""})
    told = office.told("request", "withdraw", number, given=taken_back())
    assert (told["step"], told["fee"]["to_return"], told["due"]) == ("close", 1000, None)
    line = listed(office)
    assert (line["withdrawn_on"], line["due_on"], line["suit_from"], line["late"]) == (day(), "", "", False)
    for refused in (("search",), ("letter",), ("withdraw",)):
        office.refused("request", *refused, number, given=taken_back())
    assert "返却" in office.refused("request", "close", number)
    back = {"papers_settled_on": day(), "payments": [FEE[0] | {"on": day(), "returned": True}]}
    office.do("request", "verify", number, given=back)
    office.do("request", "close", number)
    line = listed(office)
    assert (line["step"], line["withdrawn_on"]) == ("closed", day())
    assert line["keep_until"] == f"{today().year + 3}{day()[4:]}"
    assert "取下げ" in office.do("request", "list").stdout
    kept = office.shown(number)["case"]["withdrawal"]
    assert kept == {**taken_back(), "by": "individual", "lift_stop": False}
    ((account, detail),) = office.entries("SELECT account, detail FROM audit WHERE event = 'withdrawn'")
    assert (account, json.loads(detail)["channel"]) == ("tanto", "phone")
    assert taken_back()["reason"].encode() not in office.book.read_bytes()
    office.whole()


@pytest.mark.parametrize(
    ("rule", "searched", "to_return"),
    [("returned", True, 1000), ("kept", False, 0), ("kept_after_search", False, 1000), ("kept_after_search", True, 0)],
)
def test_the_fee_of_a_withdrawn_request_goes_by_the_company_s_rule(
    rule: str, searched: bool, to_return: int, office: Office
) -> None:
    office.adopt({"amount": 1000, "on_withdrawal": rule})
    number = office.new("disclosure")
    if searched:
        office.do("request", "search", number)
    told = office.told("request", "withdraw", number, given=taken_back())
    assert (told["fee"]["to_return"], told["fee"]["owed"]) == (to_return, 0)


def test_a_stop_stays_on_the_stop_list_unless_its_person_says_otherwise(office: Office) -> None:
    stays, goes = office.new("stop_provision"), office.new("stop_use")
    for number in (stays, goes):
        office.do("request", "stop", number)
    office.do("request", "withdraw", stays, given=taken_back())
    office.do("request", "withdraw", goes, given=taken_back() | {"lift_stop": True})
    lifted = {one.case: one.lifted is not None for one in StopList(office.stop_list).entries()}
    assert lifted == {stays: False, goes: True}
    unstopped = office.new("stop_use")
    assert "停止は登録されていません" in office.refused(
        "request", "withdraw", unstopped, given=taken_back() | {"lift_stop": True}
    )


def test_a_deputy_lifts_no_stop(office: Office) -> None:
    deputy = {"name": "鶴亀 雲雀", "capacity": "appointed", "address": "東京都港区カナリア町4-2-9"}
    number = office.new("stop_use", requester="proxy", deputy=deputy)
    office.do("request", "stop", number)
    word = taken_back() | {"by": "deputy", "lift_stop": True}
    assert "代理人の申出では" in office.refused("request", "withdraw", number, given=word)
    assert [one.lifted for one in StopList(office.stop_list).entries()] == [None]
    office.do("request", "withdraw", number, given=word | {"lift_stop": False})


def test_a_withdrawal_that_failed_after_the_stop_was_lifted_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.new("stop_use")
    office.do("request", "stop", number)

    def change(*_: object) -> None:
        raise RuntimeError(*PERSON.values())

    with monkeypatch.context() as patched:
        patched.setattr(Casebook, "change", change)
        done = office.do("request", "withdraw", number, given=taken_back() | {"lift_stop": True}, fails=70)
    assert not any(value in done.output for value in PERSON.values())
    office.do("request", "withdraw", number, given=taken_back() | {"lift_stop": True})
    assert len(StopList(office.stop_list).entries()) == 1


def test_what_was_instructed_is_called_back_or_done_before_a_withdrawn_request_is_closed(office: Office) -> None:
    number = office.reviewed("correction", asked={"corrections": [{"item": "電話", "right": "090-1749-2064"}]})
    office.decide(number, {"kind": "correction", "outcome": "comply"})
    told = {"instructed_on": "2026-11-24"}
    recalled = {"id": "m1", "what": "correct", "to": "営業部", "groups": [MEMBERS], **told, "recalled_on": day()}
    assert "この段階では" in office.refused("request", "measure", number, given=recalled)
    office.measure(number, "m1", "correct", "営業部", MEMBERS, **told)
    office.do("request", "withdraw", number, given=taken_back())
    office.do("request", "verify", number, given={"papers_settled_on": day()})
    assert "m1" in office.refused("request", "close", number)
    office.do("request", "measure", number, given=recalled)
    office.do("request", "close", number)


def test_what_was_begun_is_ended_after_a_withdrawal_whatever_became_of_its_approval(office: Office) -> None:
    number = office.reviewed("correction", asked={"corrections": [{"item": "電話", "right": "090-1749-2064"}]})
    office.decide(number, {"kind": "correction", "outcome": "comply"})
    told = {"instructed_on": "2026-11-24"}
    office.measure(number, "m1", "correct", "営業部", MEMBERS, **told)
    office.measure(number, "m2", "correct", "営業部", MEMBERS, **told)
    # another search: neither rows nor approval are what they were
    office.search(number)
    office.do("request", "withdraw", number, given=taken_back())
    office.do("request", "verify", number, given={"papers_settled_on": day()})
    office.measure(number, "m1", "correct", "営業部", MEMBERS, **told, recalled_on=day())
    office.measure(number, "m2", "correct", "営業部", MEMBERS)
    office.do("request", "close", number)


def test_nothing_new_is_instructed_after_a_withdrawal(office: Office) -> None:
    number = office.reviewed("correction", asked={"corrections": [{"item": "電話", "right": "090-1749-2064"}]})
    office.decide(number, {"kind": "correction", "outcome": "comply"})
    office.measure(number, "m1", "correct", "営業部", MEMBERS, instructed_on="2026-11-24")
    office.do("request", "withdraw", number, given=taken_back())
    begun = {"id": "m1", "what": "correct", "to": "営業部", "groups": [MEMBERS], "instructed_on": "2026-11-24"}
    for other, said in (
        ({"id": "m2"}, "この段階では"),
        ({"what": "erase"}, "この段階では"),
        ({"to": "総務部"}, "この段階では"),
        ({"groups": [MEMBERS, NEWS]}, "確認した項目ではありません"),
    ):
        assert said in office.refused("request", "measure", number, given=begun | other)


def test_an_answered_request_is_not_withdrawn(office: Office) -> None:
    number = sent(office)
    assert "回答済み" in office.refused("request", "withdraw", number, given=taken_back())


# came back


def sent(office: Office, **asked: Any) -> str:
    """A disclosure whose letter went by post."""
    number = office.reviewed("disclosure", **asked)
    office.decide(number, DISCLOSED)
    office.do("request", "answer", number, "--how", "registered_mail", "--tracking", "1")
    return number


def test_a_letter_that_came_back_goes_again_as_it_was_approved(office: Office) -> None:
    number = sent(office)
    assert "送った日より前" in office.refused(
        "request", "undelivered", number, given=came_back() | {"on": (today() - timedelta(1)).isoformat()}
    )
    told = office.told("request", "undelivered", number, given=came_back() | {"why": "not_collected"})
    assert (told["step"], told["due"]["what"], told["late"]) == ("answer", "resend", False)
    assert (listed(office)["due"], listed(office)["due_on"]) == ("resend", told["days"]["resend_by"])
    assert told["days"]["resend_by"] > day()
    assert "回答" in office.do("request", "list").stdout
    # what the store holds by now does not make untrue what the letter says of its day
    office.sql("UPDATE members SET point = 99 WHERE id = 7")
    office.do("request", "answer", number, "--how", "registered_mail", "--tracking", "2")
    shown = office.shown(number)
    assert (shown["step"], shown["due"]) == ("close", None)
    progress = shown["case"]["progress"]
    assert [one["sent"]["tracking"] for one in progress["undelivered"]] == ["1"]
    for one in (*told["undelivered"], *shown["undelivered"]):
        assert one["why"] == "not_collected"
        assert not {"note", "unreachable"} & one.keys(), "where it stands is told in codes alone"
        assert "tracking" not in one["sent"]
    assert progress["sent"]["tracking"] == "2"
    assert came_back()["note"].encode() not in office.book.read_bytes()
    office.whole()


def test_another_address_is_made_sure_of_and_its_letter_approved_again(office: Office) -> None:
    number = sent(office)
    office.do("request", "verify", number, given={"papers_settled_on": day()})
    assert "戻ってきた回答がありません" in office.refused("request", "readdress", number, given=MOVED_TO)
    office.do("request", "undelivered", number, given=came_back())
    paper = MOVED_TO["papers"][0]
    assert isinstance(paper, dict)
    for papers in (
        [],
        [paper | {"masked": []}],
        [paper | {"matches": ["name"]}],
        [paper | {"expires_on": "2026-01-01"}],
    ):
        refused = office.refused("request", "readdress", number, given=MOVED_TO | {"papers": papers})
        assert "確かめられていません" in refused
    told = office.told("request", "readdress", number, given=MOVED_TO)
    assert (told["step"], told["due"]["what"]) == ("approve", "resend")
    office.refused("request", "answer", number, "--how", "registered_mail")
    copy = office.folder / "copy.docx"
    office.letter(number, "--out", str(copy))
    assert MOVED in text_of(copy)
    assert PERSON["住所"] not in text_of(copy).partition("様")[0]
    office.do("request", "answer", number, "--how", "registered_mail", "--tracking", "2")
    assert "返却" in office.refused("request", "close", number), "papers came again with the new address"
    office.do("request", "verify", number, given={"papers_settled_on": day()})
    office.do("request", "close", number)
    assert MOVED.encode() not in office.book.read_bytes()
    office.whole()


def test_a_letter_may_go_as_it_is_in_another_envelope(office: Office) -> None:
    number = sent(office)
    office.do("request", "undelivered", number, given=came_back())
    told = office.told("request", "readdress", number, given=MOVED_TO | {"keep_letter": True})
    assert told["step"] == "answer"
    office.do("request", "answer", number, "--how", "registered_mail")
    assert office.shown(number)["case"]["progress"]["letters"] == 1


def test_a_mail_that_bounced_goes_to_one_that_answered(office: Office) -> None:
    asked = {"form": "electronic"}
    number = office.reviewed("disclosure", asked=asked)
    office.decide(number, DISCLOSED)
    office.do("request", "answer", number, "--how", "electronic", "--out", str(office.folder / "1.pdf"))
    office.do("request", "undelivered", number, given=came_back() | {"why": "bounced"})
    new = {"mail": "new@reiji.example"}
    assert "確かめられていません" in office.refused("request", "readdress", number, given=new)
    proof = {"attribute": "mail", "control": "mail_round_trip"}
    of_old = office.refused("request", "readdress", number, given=new | {"proofs": [proof | {"which": 2}]})
    assert "確かめられていません" in of_old, "the second one is the former one"
    proven = {"proofs": [proof]}
    told = office.told("request", "readdress", number, given=new | proven)
    assert told["step"] == "answer", "no mail address stands in the letter"
    office.do("request", "answer", number, "--how", "electronic", "--out", str(office.folder / "2.pdf"))
    assert office.shown(number)["case"]["individual"]["mails"] == ["new@reiji.example", PERSON["メールアドレス"]]


def test_where_nobody_can_be_reached_the_case_ends_with_the_reason(office: Office) -> None:
    number = sent(office)
    office.do("request", "undelivered", number, given=came_back())
    given_up = came_back() | {"unreachable": "電話・メールでも連絡がとれない"}
    told = office.told("request", "undelivered", number, given=given_up)
    assert (told["step"], told["due"]) == ("close", None)
    office.do("request", "verify", number, given={"papers_settled_on": day()})
    office.do("request", "close", number)
    # and when it comes back after the end, it begins again from there
    assert listed(office)["keep_until"]
    told = office.told("request", "undelivered", number, given=came_back())
    assert told["step"] == "answer"
    assert (listed(office)["closed_on"], listed(office)["keep_until"]) == ("", "")
    office.whole()


def test_an_address_that_is_amended_is_made_sure_of_anew(office: Office) -> None:
    number = sent(office)
    office.do("request", "undelivered", number, given=came_back())
    told = office.told("request", "amend", number, given={"individual": {**PERSON, "住所": MOVED}})
    assert "address" not in told["identity"], "the licence shows the former one"
    assert told["step"] == "search"


# the casebook of before


def test_a_casebook_without_the_column_of_withdrawals_is_taken_over_with_its_audit(office: Office) -> None:
    number = office.new("disclosure", papers=PAPERS[:1])
    with closing(sqlite3.connect(office.book)) as connection:
        connection.execute("ALTER TABLE requests DROP COLUMN withdrawn_on")
        connection.execute("PRAGMA user_version = 2")
    office.do("casebook", "verify")
    office.do("request", "withdraw", number, given=taken_back())
    assert listed(office)["withdrawn_on"] == day()
    office.whole()


def test_a_withdrawal_that_is_taken_out_of_the_line_is_found(office: Office) -> None:
    number = office.new("disclosure")
    office.do("request", "withdraw", number, given=taken_back())
    with closing(sqlite3.connect(office.book)) as connection, connection:
        connection.execute("UPDATE requests SET withdrawn_on = ''")
    assert "記録のない変更" in office.refused("casebook", "verify")
