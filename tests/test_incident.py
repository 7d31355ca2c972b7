"""The breach desk: by when, whether, how many, whom to tell, and what nobody can know yet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from pipelines.cli import main
from pipelines.clock import TOKYO
from pipelines.incident import Incident, assess
from pipelines.incident.deadlines import deadlines
from pipelines.register import Register
from pipelines.scan import Link
from tests.filled_register import (
    CLIENT,
    CRM,
    STAFF,
    SURVEY,
    column,
    dataset,
    filled,
    rows_of,
    scan,
    scan_jobs,
)

MONDAY = datetime(2026, 11, 9, 10, 0, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("known", "prompt", "final", "wrongful"),
    [
        # an ordinary Monday: day 3 is a Wednesday, day 5 a Friday; day 30 a Tuesday, day 60 a Thursday
        ("2026-11-09T10:00", ("2026-11-11", "2026-11-13"), "2026-12-08", "2027-01-07"),
        # a minute before midnight that day is day 1, a minute later the next one
        ("2026-11-09T23:59", ("2026-11-11", "2026-11-13"), "2026-12-08", "2027-01-07"),
        ("2026-11-10T00:00", ("2026-11-12", "2026-11-16"), "2026-12-09", "2027-01-08"),
        # a weekend: day 3 is a Saturday, day 5 a Monday
        ("2026-11-12T09:00", ("2026-11-16", "2026-11-16"), "2026-12-11", "2027-01-12"),
        # Golden Week of 2026: 29 April, 3 to 5 May, and 6 May in place of the Sunday
        ("2026-04-29T09:00", ("2026-05-01", "2026-05-07"), "2026-05-28", "2026-06-29"),
        ("2026-05-01T09:00", ("2026-05-07", "2026-05-07"), "2026-06-01", "2026-06-29"),
        ("2026-04-04T09:00", ("2026-04-06", "2026-04-08"), "2026-05-07", "2026-06-02"),
        # new year: offices are closed from 29 December to 3 January
        ("2026-12-25T18:00", ("2026-12-28", "2027-01-04"), "2027-01-25", "2027-02-22"),
        ("2026-12-04T18:00", ("2026-12-07", "2026-12-08"), "2027-01-04", "2027-02-01"),
        ("2026-11-30T18:00", ("2026-12-02", "2026-12-04"), "2027-01-04", "2027-01-28"),
        # another time zone: in Japan it is the next day already
        ("2026-11-08T15:00+00:00", ("2026-11-11", "2026-11-13"), "2026-12-08", "2027-01-07"),
        ("2026-11-08T14:59+00:00", ("2026-11-10", "2026-11-12"), "2026-12-07", "2027-01-06"),
        # day 30 is a leap day
        ("2028-01-31T09:00", ("2028-02-02", "2028-02-04"), "2028-02-29", "2028-03-30"),
    ],
)
def test_the_day_of_knowing_is_day_one_and_closed_days_move_the_last(
    known: str, prompt: Sequence[str], final: str, wrongful: str
) -> None:
    found = deadlines(datetime.fromisoformat(known))
    days = (
        *(one.on.isoformat() for one in found.prompt),
        found.final.on.isoformat(),
        found.final_wrongful.on.isoformat(),
    )
    assert days == (*prompt, final, wrongful)


def test_a_day_that_was_moved_still_tells_the_calendars() -> None:
    final = deadlines(datetime(2026, 12, 4, 18, 0, tzinfo=TOKYO)).final
    assert (final.days, final.counted, final.on) == (30, date(2027, 1, 2), date(2027, 1, 4))


def assessed(register: Register, *stores: str, **more: Any) -> Incident:
    return assess(register, stores, MONDAY, **more)


def states(incident: Incident) -> list[str]:
    return [one.state for one in incident.grounds]


@pytest.fixture
def register() -> Register:
    return filled("sqlite://")


def test_special_care_is_reportable_whatever_the_number(register: Register) -> None:
    found = assessed(register, "files", chosen=[STAFF.name], cause="misdelivery")
    assert states(found) == ["applies", "not", "not", "not"]
    assert "傷病" in found.grounds[0].because[0].ja
    assert found.my_number


def test_a_cause_nobody_knows_leaves_the_wrongful_act_open(register: Register) -> None:
    assert states(assessed(register, "files", chosen=[STAFF.name]))[2] == "open"
    assert states(assessed(register, "files", chosen=[STAFF.name], cause="ransomware"))[2] == "applies"


def test_what_persons_were_about_to_hand_over_counts_and_is_not_in_the_register(register: Register) -> None:
    (ground,) = [one for one in assessed(register, "crm", cause="skimming").grounds if one.number == 3]
    assert ground.state == "applies"
    assert any("入力した本人の数" in ask.what.ja for ask in ground.ask)


def test_strong_encryption_takes_data_out_of_all_four(register: Register) -> None:
    assert states(assessed(register, "files", chosen=[STAFF.name], encrypted=True)) == ["encrypted"] * 4


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ([column("card_no", "credit_card")], "applies"),
        ([column("login", "email"), column("pw", "password")], "open"),
        ([column("pw", "password")], "not"),
        ([column("口座番号", "bank_account")], "not"),
    ],
)
def test_property_may_be_lost_by_cards_and_by_logins_of_payment_services(columns: list[Any], state: str) -> None:
    register = Register.open("sqlite://")
    pay = dataset("crm", "pay", columns, [rows_of("customer")], records=10, rows_read=10)
    scan(register, {"crm": (CRM, (pay,), ())})
    assert states(assessed(register, "crm"))[1] == state


def of(name: str, records: int | None, individuals: int | None, **more: Any) -> Any:
    known = {"records": records, "rows_read": records or 0, "individuals": individuals} | more
    return dataset("crm", name, [column("email", "email")], [rows_of("customer")], **known)


@pytest.mark.parametrize(
    ("some", "least", "about", "most", "state"),
    [
        ([of("a", 1200, 1100)], 1100, 1100, 1200, "applies"),
        ([of("a", 1000, 1000)], 1000, 1000, 1000, "not"),
        ([of("a", 1001, 1001)], 1001, 1001, 1001, "applies"),
        # two tables by themselves: the same persons, or others
        ([of("a", 600, 600), of("b", 700, 700)], 700, 1300, 1300, "open"),
        # one points at the other: the same persons
        ([of("a", 600, 600), of("b", 900, 500, links=(Link("email", "a", "email"),))], 600, 600, 1500, "open"),
        # a sample's estimate proves nothing
        ([of("a", 5000, 4000, rows_read=1000)], 0, 4000, 5000, "open"),
        ([of("a", None, None)], 0, 0, None, "open"),
        # a document may name any number, and none told apart is none counted
        ([of("a", 3, 0, kind="documents")], 0, 3, None, "open"),
    ],
)
def test_individuals_are_counted_once_where_the_register_shows_it(
    some: list[Any], least: int, about: int, most: int | None, state: str
) -> None:
    register = Register.open("sqlite://")
    scan(register, {"crm": (CRM, some, ())})
    found = assessed(register, "crm")
    assert (found.persons.least, found.persons.about, found.persons.most) == (least, about, most)
    assert states(found)[3] == state


def test_a_copy_is_of_the_same_individuals() -> None:
    register = Register.open("sqlite://")
    scan(register, {"crm": (CRM, [of("a", 600, 600), of("b", 600, 600)], ())})
    scan_jobs(register, "INSERT INTO b SELECT email FROM a")
    assert assessed(register, "crm").persons.about == 600


def test_rows_of_nobody_are_no_individuals() -> None:
    register = Register.open("sqlite://")
    half = [rows_of("customer", "kind = 1", share=0.5), rows_of("none", "kind = 2", nature="none", share=0.5)]
    some = dataset("crm", "a", [column("email", "email")], half, records=1000, rows_read=1000, individuals=800)
    scan(register, {"crm": (CRM, (some,), ())})
    assert assessed(register, "crm").persons.about == 400


def test_entrusters_are_named_by_their_contract_and_are_asked_for_without_one() -> None:
    register = filled("sqlite://")
    (entruster,) = assessed(register, "client").entrusters
    assert (entruster.party, entruster.datasets) == ("みほん商事株式会社", (SURVEY.name,))
    nameless = CLIENT.model_copy(update={"contract": ""})
    survey = dataset("client", "s", [column("c01", "name")], [rows_of("customer", custody="entrusted")])
    scan(register, {"client": (nameless, (survey,), ())})
    (entruster,) = assessed(register, "client").entrusters
    assert entruster.party == ""


def test_what_was_not_read_leaves_the_cases_open_and_says_whom_to_ask() -> None:
    register = filled("sqlite://")
    found = assessed(register, "files", cause="loss")
    assert [one.name for one in found.unread] == ["mixed.csv", "old.xlsx"]
    assert states(found)[3] == "open"
    assert "files" in {ask.store for ask in found.grounds[3].ask}


@pytest.fixture
def location(tmp_path: Path) -> Path:
    filled(tmp_path / "register.sqlite")
    return tmp_path / "register.sqlite"


def incident(location: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["incident", "--register", str(location), "--known-at", "2026-11-09T23:59", *more])


def test_the_draft_has_every_item_of_the_rules_and_invents_none(location: Path) -> None:
    done = incident(location, "files", "client", "--cause", "loss")
    assert done.exit_code == 0, done.output
    for number in "一二三四五六七八九":
        assert f" {number} " in done.output, number
    assert "- [ ] 五 二次被害" in done.output
    assert "みほん商事株式会社" in done.output
    assert "総務部 (files)" in done.output
    assert "2026-12-08" in done.output
    assert "違法" not in done.output
    english = incident(location, "files", "--lang", "en")
    assert "day of knowing is day 1" in english.output


def test_the_draft_is_an_object_for_a_program_and_a_file_for_word(location: Path, tmp_path: Path) -> None:
    told = json.loads(incident(location, "crm", "--format", "json").output)
    assert told["deadlines"]["final"] == {"day": 30, "counted": "2026-12-08", "due": "2026-12-08"}
    assert told["grounds"][3]["number"] == 4
    file = tmp_path / "draft.docx"
    assert incident(location, "crm", "--format", "docx").exit_code == 2, "Word has no terminal"
    assert incident(location, "crm", "--format", "docx", "--out", str(file)).exit_code == 0
    assert any("確報" in one.text for one in Document(str(file)).paragraphs)


@pytest.mark.parametrize(
    "wrong", [["nowhere"], ["crm", "--dataset", "nothing"], ["crm", "--cause", "aliens"], ["crm", "--known-at", "soon"]]
)
def test_what_is_not_there_is_refused(location: Path, wrong: list[str]) -> None:
    assert incident(location, *wrong).exit_code == 2


def test_special_care_that_a_text_mentions_is_open_and_asked_of_the_owner() -> None:
    register = Register.open("sqlite://")
    memo = column("memo", "free_text", mentions=(("medical_history", 3),))
    scan(register, {"crm": (CRM, (dataset("crm", "visits", [memo], [rows_of("customer")]),), ())})
    ground = assessed(register, "crm").grounds[0]
    assert ground.state == "open"
    assert "visits の memo" in ground.because[0].ja
    assert [(ask.store, "visits（memo）" in ask.what.ja) for ask in ground.ask] == [("crm", True)]
