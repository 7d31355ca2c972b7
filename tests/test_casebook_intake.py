"""Taking a request in: who may ask with which papers, what it costs, by when, and whether it came before."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.policy import Policy, load
from expectations.procedures import AdoptedFee, Adoption, Desk
from pipelines.casebook.case import Case
from pipelines.casebook.days import Due, days, due, first_open, is_open
from pipelines.casebook.draft import Draft, opened, parse
from pipelines.casebook.fees import fee
from pipelines.casebook.hands import Hand
from pipelines.casebook.intake import intake, verified
from pipelines.casebook.receiving import Amendment, Received, amended, receive
from pipelines.casebook.repeats import related
from pipelines.casebook.rules import authority, documents, lacks, masks, next_steps, routes
from pipelines.casebook.sealing import CasebookError
from pipelines.clock import TOKYO

POLICY = load("handling-of-personal-information")
BY = Hand("tanto", "responder")
AT = datetime(2026, 11, 24, 10, tzinfo=TOKYO)
MINE = {"paper": "DS-2", "document": "drivers_licence", "matches": ["name", "birth_date", "address"]}
SELF: list[dict[str, Any]] = [{"paper": "DS-1", "seal": "matches"}, MINE, {"paper": "DS-3"}]
DEPUTY = {"name": "代理 人子", "capacity": "appointed"}
BOTH = [{**MINE, "paper": "DD-2"}, {**MINE, "paper": "DD-2", "of": "deputy"}]
BY_PROXY: list[dict[str, Any]] = [{"paper": "DD-1"}, *BOTH, {"paper": "DD-3"}]
PAID = [{"paid_by": "stamps", "amount": 1000, "on": "2026-11-20"}]
KINDS = [row.id for row in POLICY.request_kinds]


def case(policy: Policy = POLICY, at: datetime = AT, **changes: Any) -> Case:
    form: dict[str, Any] = {
        "kinds": ["disclosure"],
        "requester": "self",
        "channel": "post",
        "arrived": "2026-11-20T10:30+09:00",
        "individual": {"氏名": "架空 花子", "フリガナ": "カクウ ハナコ", "生年月日": "1990-05-06"},
        **changes,
    }
    draft = parse(json.dumps({name: value for name, value in form.items() if value is not None}), Draft)
    return receive(opened(draft, "2026-0001", policy, at), policy, draft, BY, at)


def light(route: str, **changes: Any) -> Case:
    return case(route=route, kinds=None, requester=None, **changes)


def came(taken: Case, at: datetime = AT, **rows: Any) -> Case:
    return receive(taken, POLICY, parse(json.dumps(rows), Received), BY, at)


def missing(taken: Case, policy: Policy = POLICY) -> list[str]:
    return [one.code for one in intake(taken, policy).missing]


def tasks(taken: Case) -> list[str]:
    return [one.code for one in intake(taken, POLICY).tasks]


# papers


def test_the_individual_brings_form_identity_and_seal_certificate() -> None:
    asked = intake(case(), POLICY).missing
    assert [one.ja for one in asked] == [
        "当社所定の開示等請求書（実印の押印があるもの）をお送りください",
        "本人確認書類をお送りください",
        "印鑑登録証明書をお送りください",
        "手数料があと1,000円必要です",
    ]
    assert missing(case(papers=SELF, payments=PAID)) == []


def test_an_appointed_deputy_brings_both_identities_and_a_proxy() -> None:
    taken = case(requester="proxy", deputy=DEPUTY)
    assert [one.ja for one in intake(taken, POLICY).missing][1:4] == [
        "本人の本人確認書類をお送りください",
        "代理人の本人確認書類をお送りください",
        "当社所定の委任状をお送りください",
    ]
    done = case(requester="proxy", deputy=DEPUTY, papers=BY_PROXY, payments=PAID)
    assert (missing(done), tasks(done), done.progress.step) == ([], [], "search")


def test_a_legal_deputy_proves_his_authority_instead_of_a_proxy() -> None:
    child = {"氏名": "架空 花子", "生年月日": "2015-05-06"}
    parent = {"name": "架空 太郎", "capacity": "parent"}
    papers = [{"paper": "DD-1"}, *BOTH, {"paper": "DD-3"}]
    taken = case(requester="legal", individual=child, deputy=parent, papers=papers, payments=PAID)
    assert [one.ja for one in intake(taken, POLICY).missing] == [
        "法定代理権を証する書類（戸籍謄抄本、住民票、登記事項証明書）として使えるものをお送りください"
    ]
    taken = came(taken, papers=[{"paper": "DD-3", "document": "family_register", "masked": ["honseki"]}])
    assert (missing(taken), tasks(taken), taken.progress.step) == ([], [], "search")


@pytest.mark.parametrize(("born", "wrong"), [("2008-11-20", ["of_age"]), ("2008-11-21", [])])
def test_parents_ask_for_minors_only(born: str, wrong: list[str]) -> None:
    papers = [
        {"paper": "DD-1"},
        *BOTH,
        {"paper": "DD-3", "document": "guardianship_certificate", "masked": ["honseki"]},
    ]
    for capacity, found in (("parent", wrong), ("guardian", [])):
        deputy = {"name": "架空 太郎", "capacity": capacity}
        person = {"氏名": "架空 花子", "生年月日": born}
        assert tasks(case(requester="legal", individual=person, deputy=deputy, papers=papers)) == found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"requester": "heir"}, "R-30"),
        ({"requester": "self", "deputy": DEPUTY}, "deputy"),
        ({"requester": "proxy"}, "deputy"),
        ({"requester": "legal", "deputy": DEPUTY}, "capacity"),
        ({"requester": "proxy", "deputy": {**DEPUTY, "capacity": "parent"}}, "capacity"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["erase_everything"]}, "kinds"),
        ({"arrived": "2027-01-01T00:00+09:00"}, "arrived"),
        ({"individual": None}, "individual"),
        ({"route": "opt_out_stop"}, "not on this route"),
        ({"route": "fortune"}, "route"),
        ({"papers": [{"paper": "DS-2", "document": "library_card"}]}, "no such document"),
        ({"papers": [{"paper": "DS-2", "masked": ["face"]}]}, "no such mask"),
        ({"payments": [{"paid_by": "cash", "amount": 1000, "on": "2026-11-20"}]}, "send it back"),
        ({"proofs": [{"attribute": "mail", "control": "handshake"}]}, "no such control"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(CasebookError, match=said):
        case(**changes)


def test_an_expired_paper_counts_from_the_day_it_arrived() -> None:
    for expires, codes in (("2026-11-19", ["expired"]), ("2026-11-20", [])):
        taken = case(papers=[SELF[0], {**MINE, "expires_on": expires}, SELF[2]], payments=PAID)
        assert missing(taken) == codes
        assert ("birth_date" in verified(taken)) == (not codes)
    # one good paper is enough beside a bad one
    both = case(papers=[SELF[0], {**MINE, "expires_on": "2020-01-01"}, MINE, SELF[2]], payments=PAID)
    assert missing(both) == []


@pytest.mark.parametrize("document", ["my_number_card", "insurance_certificate", "residence_record", "pension_book"])
def test_what_must_not_be_seen_is_masked_or_the_paper_is_asked_for_again(document: str) -> None:
    hidden = list(documents()[document].masks)
    paper = {"paper": "DS-2", "document": document, "matches": ["name", "birth_date"]}
    seen = case(papers=[SELF[0], {**paper, "masked": hidden[1:]}], payments=PAID)
    (lack,) = [one for one in intake(seen, POLICY).missing if one.code == "mask"]
    assert masks()[hidden[0]].ja in lack.ja
    assert verified(seen) == {}
    assert set(verified(case(papers=[{**paper, "masked": hidden}]))) == {"name", "birth_date"}


def test_the_seal_is_held_against_its_certificate() -> None:
    assert tasks(case(papers=[{"paper": "DS-1"}, *SELF[1:]], payments=PAID)) == ["seal"]
    assert missing(case(papers=[{"paper": "DS-1", "seal": "differs"}, *SELF[1:]], payments=PAID)) == ["seal"]


# identity


def test_a_paper_verifies_what_it_shows_and_somebody_compared() -> None:
    paper = {"paper": "DS-2", "document": "passport", "matches": ["name", "birth_date", "address", "phone"]}
    assert verified(case(papers=[paper])) == {"name": "passport", "birth_date": "passport"}
    taken = case(papers=[{**paper, "matches": ["name"]}])
    assert "identity" in tasks(taken)


def test_control_proves_what_it_controls_and_a_claim_proves_nothing() -> None:
    person = {"氏名": "架空 花子", "メール": "hanako@reiji.example", "電話": "03-0000-0000"}
    taken = case(individual=person)
    assert verified(taken) == {}
    proofs = [{"attribute": "mail", "control": "mail_round_trip"}, {"attribute": "phone", "control": "mail_round_trip"}]
    assert verified(came(taken, proofs=proofs)) == {"mail": "mail_round_trip"}


# fee


@pytest.mark.parametrize("kind", KINDS)
def test_the_fee_is_due_for_two_kinds_and_locked_for_three(kind: str) -> None:
    found = fee(case(kinds=[kind]), POLICY)
    assert found.due == (1000 if kind in ("disclosure", "purpose_notice") else 0)
    assert found.locked == (kind in ("correction", "stop_use", "stop_provision"))


@given(st.sets(st.sampled_from(KINDS), min_size=1))
def test_one_fee_a_form_whatever_kinds_are_ticked_on_it(kinds: set[str]) -> None:
    assert fee(case(kinds=sorted(kinds)), POLICY).due in (0, 1000)


def test_a_correction_with_stamps_gets_its_stamps_back() -> None:
    taken = case(kinds=["correction"], papers=SELF, payments=PAID)
    assert (missing(taken), fee(taken, POLICY).to_return) == ([], 1000)
    back = came(taken, payments=[{"paid_by": "stamps", "amount": 1000, "on": "2026-11-25", "returned": True}])
    assert fee(back, POLICY).to_return == 0


def test_too_little_is_asked_for_and_too_much_goes_back() -> None:
    taken = case(papers=SELF, payments=[{**PAID[0], "amount": 800}])
    assert intake(taken, POLICY).missing[0].ja == "手数料があと200円必要です"
    assert fee(came(taken, payments=[{**PAID[0], "amount": 500}]), POLICY).to_return == 300


def test_a_company_takes_its_own_fee_also_for_provision_records() -> None:
    adoption = Adoption(desk=Desk(name="窓口"), fee=AdoptedFee(amount=500, provision_records=300))
    policy = POLICY.adopt(adoption, "架空株式会社")
    assert fee(case(policy, kinds=["provision_record"]), policy).due == 300
    assert fee(case(policy, kinds=["provision_record", "disclosure"]), policy).due == 500
    assert fee(case(policy, kinds=["stop_use"]), policy).due == 0


# days


@pytest.mark.parametrize(
    ("day", "open"),
    [
        (date(2026, 11, 23), False),  # 勤労感謝の日
        (date(2026, 5, 6), False),  # 振替休日
        (date(2026, 9, 22), False),  # 国民の休日
        (date(2027, 3, 22), False),  # 春分の日の振替休日
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 24), True),
    ],
)
def test_the_desk_is_closed_on_weekends_and_holidays(day: date, open: bool) -> None:
    assert is_open(day, POLICY.desk) is open


@pytest.mark.parametrize(
    ("arrived", "taken_up"),
    [
        ("2026-11-20T18:59+09:00", date(2026, 11, 20)),
        ("2026-11-20T19:00+09:00", date(2026, 11, 24)),  # Friday evening, Monday is a holiday
        ("2026-11-20T15:30+00:00", date(2026, 11, 24)),  # Saturday already in Japan
    ],
)
def test_what_comes_after_hours_is_taken_up_on_the_next_open_day(arrived: str, taken_up: date) -> None:
    assert first_open(datetime.fromisoformat(arrived), POLICY.desk) == taken_up


def test_a_suit_is_possible_two_weeks_after_the_arrival_complete_or_not() -> None:
    taken = case(arrived="2026-04-01T10:00+09:00")
    assert days(taken, POLICY).suit_from == date(2026, 4, 16)
    assert days(taken, POLICY).target is None


def test_the_target_runs_from_the_day_everything_was_there() -> None:
    taken = came(case(papers=SELF), at=datetime(2026, 12, 1, 9, tzinfo=TOKYO), payments=PAID)
    assert taken.completed_on == date(2026, 12, 1)
    found = days(taken, POLICY)
    assert found.target == date(2026, 12, 15)
    # a suit is possible from 5 December, a Saturday: word goes out before
    assert (found.suit_from, found.interim_by) == (date(2026, 12, 5), date(2026, 12, 4))


def test_what_is_owed_next_follows_what_was_told() -> None:
    taken = case(papers=SELF, payments=PAID)
    assert due(taken, POLICY) == Due("acknowledge", date(2026, 11, 26))
    taken = came(taken, notices=[{"kind": "acknowledged", "on": "2026-11-24", "how": "mail"}])
    assert due(taken, POLICY) == Due("interim", date(2026, 12, 4))
    taken = came(taken, notices=[{"kind": "interim", "on": "2026-12-04", "how": "post", "until": "2026-12-25"}])
    assert due(taken, POLICY) == Due("answer", date(2026, 12, 25))


def test_an_opt_out_stop_is_due_on_the_day_it_arrives() -> None:
    taken = light("opt_out_stop", arrived="2026-11-22T22:00+09:00")
    assert due(taken, POLICY) == Due("stop", date(2026, 11, 22))
    assert taken.progress.step == "stop"


@pytest.mark.parametrize("route", [one for one in routes() if one != "formal"])
def test_light_routes_want_no_paper_no_seal_and_no_fee(route: str) -> None:
    taken = light(route)
    assert intake(taken, POLICY).missing == intake(taken, POLICY).tasks == ()
    assert (fee(taken, POLICY).due, fee(taken, POLICY).locked) == (0, True)
    assert days(taken, POLICY).suit_from is None
    assert taken.progress.step in ("stop", "answer")
    with pytest.raises(CasebookError, match="neither"):
        light(route, payments=PAID)


# what changes later


def test_a_corrected_individual_is_checked_and_searched_anew() -> None:
    taken = case(papers=SELF, payments=PAID)
    assert taken.progress.step == "search"
    changed = Amendment.model_validate(
        {"individual": parse(json.dumps({"individual": {"氏名": "架空 華子"}}), Amendment).individual}
    )
    again = amended(taken, POLICY, changed, BY, AT)
    assert again.individual != taken.individual
    assert again.marks != taken.marks
    assert again.progress.step == "intake", "no paper was held against the new name yet"
    assert [one.code for one in intake(again, POLICY).tasks] == ["identity"]
    shown = Received.model_validate({"papers": [{**MINE, "matches": ["name", "birth_date"]}]})
    assert receive(again, POLICY, shown, BY, AT).progress.step == "search"


# repeats


def test_the_same_person_is_noticed_in_another_spelling() -> None:
    before = case(individual={"氏名": "髙橋 花子", "生年月日": "1990-05-06"})
    again = case(individual={"氏名": "高橋花子", "生年月日": "平成2年5月6日"})
    alone = case(individual={"氏名": "高橋 花子"})
    other = case(individual={"氏名": "高橋 花子", "生年月日": "1971-01-01", "メール": "b@reiji.example"})
    (found,) = related(again, [before])
    assert (found.how, found.sure) == ("duplicate", True)
    (found,) = related(again, [before.model_copy(update={"closed_on": date(2026, 1, 1)})])
    assert (found.how, found.sure) == ("repeat", True)
    (found,) = related(alone, [before])
    assert not found.sure
    assert not any(one.sure for one in related(other, [before]))
    assert not [*related(again.model_copy(update={"kinds": ("correction",)}), [before])]
    assert not [*related(light("opt_out_stop", individual={"氏名": "高橋花子"}), [before])]


def test_the_rows_name_what_there_is() -> None:
    hidden = {mask for one in (*documents().values(), *authority().values()) for mask in one.masks}
    assert hidden == set(masks())
    steps = {step for route in routes().values() for step in route.steps} | {"closed"}
    assert steps <= set(next_steps())
    assert lacks("missing").keys() and lacks("tasks").keys()
