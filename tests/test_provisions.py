"""Records of provision (arts 29, 30): what the Rules ask of each, kept sealed, told to whose they are."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.casebook import chain, keeping
from pipelines.casebook.hands import Hand
from pipelines.casebook.opening import CasebookFile
from pipelines.casebook.provisions import importing, shelf
from pipelines.casebook.provisions.record import Provision, problems, rules
from pipelines.casebook.sealing import CasebookError, Keyring
from tests.conftest import Run
from tests.letter_files import pages_of
from tests.test_request_answer import KESSAI, Desk, a_customer, at_work

TODAY = date(2026, 11, 29)
BY = Hand("tanto", "responder")
WHOLE: dict[str, Any] = {
    "on": "2026-04-01",
    "party": {"name": "架空名簿株式会社", "address": "東京都架空区1-1", "representative": "代表取締役 見本 一郎"},
    "individual": {"names": ["架空 花子"]},
    "items": ["氏名", "住所"],
    "consent": "会員規約 第3版への同意",
    "obtained": "本人から申込書で取得",
    "published": "2026-03-01 公表",
    "made_on": "2026-04-02",
}


def record(side: str, ground: str, **changes: Any) -> Provision:
    return Provision.model_validate({**WHOLE, "side": side, "ground": ground, **changes})


@pytest.fixture
def file(tmp_path: Path) -> CasebookFile:
    tmp_path.chmod(0o700)
    return CasebookFile.start(tmp_path / "casebook.sqlite", Keyring(["k" * 40]))


@pytest.mark.parametrize(
    ("side", "ground", "needs"),
    [
        ("given", "opt_out", {"on", "party", "individual", "items"}),
        ("given", "consent", {"party", "individual", "items", "consent"}),
        ("given", "related", {"on", "party", "items", "consent"}),
        ("received", "opt_out", {"on", "party", "obtained", "individual", "items", "published"}),
        ("received", "consent", {"party", "obtained", "individual", "items", "consent"}),
        ("received", "private_person", {"party", "obtained", "individual", "items"}),
        ("received", "related", {"party", "individual", "items", "consent"}),
    ],
)
def test_a_record_needs_what_the_rules_ask_of_its_ground(side: str, ground: str, needs: set[str]) -> None:
    assert [*problems(record(side, ground), TODAY)] == []
    empty = {"on": None, "party": {}, "individual": None, "items": [], "consent": "", "obtained": "", "published": ""}
    assert {one.partition(":")[0] for one in problems(record(side, ground, **empty), TODAY)} == needs


def test_there_is_no_other_ground() -> None:
    assert len(rules()) == 7
    assert next(problems(record("given", "private_person"), TODAY)).startswith("ground")


def test_what_went_to_everybody_names_nobody() -> None:
    assert [*problems(record("given", "opt_out", party={"unspecified": True}), TODAY)] == []


@pytest.mark.parametrize(
    ("kept_as", "until", "last"),
    [
        ("record", None, date(2029, 4, 2)),
        ("batch", "2026-09-30", date(2029, 9, 30)),
        ("contract", "2026-09-30", date(2027, 9, 30)),
        ("contract", None, date(2027, 4, 1)),
        ("batch", "2024-02-29", date(2027, 3, 1)),
    ],
)
def test_how_long_it_is_kept(kept_as: str, until: str | None, last: date) -> None:
    on = "2024-02-01" if until and until < "2026" else "2026-04-01"
    assert record("given", "consent", kept_as=kept_as, until=until, on=on).keep_until == last


def test_it_is_kept_sealed_audited_and_erased_when_its_time_is_over(file: CasebookFile) -> None:
    with file.transaction() as transaction:
        number = shelf.add(transaction, record("given", "opt_out"), BY, TODAY)
        assert shelf.add(transaction, record("given", "opt_out", made_on="2026-04-03"), BY, TODAY) == "", "kept already"
        keeping.verify(transaction)
        assert shelf.seen(transaction, number, BY) == record("given", "opt_out")
    assert "架空" not in file.path.read_bytes().decode("utf-8", "replace")
    assert keeping.counts(file) == {"given_opt_out": 1}
    with file.transaction() as transaction:
        assert keeping.erase_due(transaction, date(2029, 4, 2), "tanto") == ()
        assert keeping.erase_due(transaction, date(2029, 4, 3), "tanto") == (number,)
        keeping.verify(transaction)
        again = shelf.add(transaction, record("given", "opt_out", on="2026-05-01"), BY, TODAY)
        assert again != number, "no number is given twice"


def test_another_key_and_a_hand_in_the_file(file: CasebookFile) -> None:
    with file.transaction() as transaction:
        shelf.add(transaction, record("given", "consent"), BY, TODAY)
    newer = CasebookFile(file.path, Keyring(["n" * 40, "k" * 40]))
    with newer.transaction() as transaction:
        keeping.rotate(transaction)
    with CasebookFile(file.path, Keyring(["n" * 40])).transaction() as transaction:
        assert [one for _, one in shelf.kept_records(transaction)] == [record("given", "consent")]
    with sqlite3.connect(file.path) as connection:
        connection.execute("UPDATE provisions SET keep_until = '2026-01-01'")
    connection.close()
    with newer.transaction() as transaction, pytest.raises(chain.TamperedError):
        keeping.verify(transaction)


def test_a_casebook_of_before_takes_records(file: CasebookFile) -> None:
    with sqlite3.connect(file.path) as connection:
        connection.execute("DROP TABLE provisions")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with CasebookFile(file.path, file.keys).transaction() as transaction:
        assert shelf.add(transaction, record("given", "consent"), BY, TODAY)


CSV = """区分,根拠,年月日,最終日,第三者,第三者の住所,項目,同意,氏名,生年月日,作成方法,作成日
提供,同意,,,架空名簿株式会社,東京都架空区1-1,氏名・住所,会員規約,架空 花子,昭和60年4月1日,,2026-04-02
提供,オプトアウト,R8.4.1,2026-09-30,不特定多数,,氏名、事務所名,,架空 次郎,,一括,2026-10-01
提供,オプトアウト,いつか,,架空名簿株式会社,,氏名,,架空 三郎,,,
提供,委託,2026-04-01,,架空名簿株式会社,,氏名,,架空 四郎,,,
提供,同意,,,架空名簿株式会社,,氏名,,架空 五郎,,,
"""


def test_a_csv_loses_no_good_row_by_a_bad_one(file: CasebookFile) -> None:
    with file.transaction() as transaction:
        taken = importing.take(transaction, CSV.encode("utf-8-sig"), BY, TODAY)
        assert len(taken.added) == 2
        assert [line for line, _ in taken.refused] == [4, 5, 6]
        assert not any("架空" in why for _, why in taken.refused)
        kept = [one for _, one in shelf.kept_records(transaction)]
    assert kept[0].individual
    assert kept[0].individual.birth_date == date(1985, 4, 1)
    assert kept[1].party.unspecified
    assert (kept[1].items, kept[1].keep_until) == (("氏名", "事務所名"), date(2029, 9, 30))
    mended = (
        CSV.replace("いつか", "2026-04-01").replace("委託", "オプトアウト").replace(",,架空 五郎", ",同意書,架空 五郎")
    )
    with file.transaction() as transaction:
        again = importing.take(transaction, mended.encode("cp932"), BY, TODAY)
    assert (len(again.added), again.known, again.refused) == (3, 2, ())


@pytest.mark.parametrize(
    "content",
    ["氏名\n架空 花子\n", "区分,根拠,架空 花子\n提供,同意,x\n", '区分,根拠\n"提供,同意'],
    ids=["heads", "head", "quote"],
)
def test_what_is_no_such_csv_is_refused_without_being_quoted(file: CasebookFile, content: str) -> None:
    with file.transaction() as transaction, pytest.raises(CasebookError) as refused:
        importing.take(transaction, content.encode(), BY, TODAY)
    assert "花子" not in str(refused.value)


@pytest.fixture(scope="module")
def desk(company_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return at_work(tmp_path_factory.mktemp("desk"), company_run)


def test_a_request_is_answered_with_the_records_of_the_right_person(desk: Desk, company_run: Run) -> None:
    customer = a_customer(company_run)
    theirs = {**WHOLE, "side": "given", "ground": "consent", "individual": customer}
    twin = {**theirs, "individual": {**customer, "生年月日": "1950-01-01"}, "items": ["別人の項目"]}
    for one in (theirs, twin, {**theirs, "individual": {"氏名": "架空 花子"}}):
        desk.do("provision", "add", given=one)
    listed = json.loads(desk.do("provision", "list", "--format", "json").stdout)
    assert [one["ground"] for one in listed] == ["consent"] * 3
    assert json.loads(desk.do("provision", "show", listed[0]["number"]).stdout)["items"] == ["氏名", "住所"]

    number = desk.new(customer, kinds=["provision_record"], payments=[])
    found = desk.told("request", "search", number)["case"]["progress"]["search"]
    records = {one["id"]: one["suggestion"] for one in found["candidates"] if one["store"] == "第三者提供記録"}
    mine, other = (f"p-{one['number']}" for one in listed[:2])
    assert records == {mine: "release", other: "excluded"}, "and nothing of somebody else by another name"
    for store in sorted({one["store"] for one in found["open"]}):
        desk.do("request", "owner", number, "--store", store, "--nothing")
    whole = {"items": [{"kind": "provision_record", "outcome": "comply"}]}
    none = {"rulings": [
        {"candidate": one["id"], "verdict": "exclude", "reason": "対象外"} for one in found["candidates"]
    ]}  # fmt: skip
    desk.do("request", "review", number, given=none)
    refused = desk.do("request", "decide", number, given=whole, check=False)
    assert "確認した第三者提供記録がありません" in refused.stderr
    for one in none["rulings"]:
        if one["candidate"] == mine:
            one["verdict"] = "release"
    desk.do("request", "review", number, given=none)
    desk.do("request", "decide", number, given=whole)
    copy = desk.folder / "records.pdf"
    desk.do("request", "letter", number, "--as", "pdf", "--out", str(copy))
    said = "".join(pages_of(copy.read_bytes()))
    for part in (
        "別紙　第三者提供の記録",
        "同意による提供",
        "架空名簿株式会社",
        "見本 一郎",
        "氏名・住所",
        "会員規約 第3版への同意",
        customer["氏名"],
    ):
        assert part in said, part
    assert "別人の項目" not in said
    assert "申込書で取得" not in said, "only what the Rules ask of the record"
    assert "利用目的（公表文）" not in said, "no rows were asked for"
    shown = desk.told("request", "show", number)
    desk.do("request", "approve", number, "--of", shown["for_release"], by=KESSAI)
    desk.do("request", "answer", number, "--how", "registered_mail")
