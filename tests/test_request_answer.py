"""A request from the search to the answer over the fictional company: the right person's rows, a letter, four eyes."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import main
from tests.conftest import DECLARATIONS, Run
from tests.letter_files import pages_of, text_of

TANTO, KESSAI = ("tanto", "responder-no-himitsu"), ("kessai", "approver-no-himitsu")
PAPERS = [
    {"paper": "DS-1", "seal": "matches"},
    {"paper": "DS-2", "document": "drivers_licence", "matches": ["name", "birth_date", "address"]},
    {"paper": "DS-3", "issued_on": "2026-11-01"},
]
FEE = [{"paid_by": "postal_money_order", "amount": 1000, "on": "2026-11-20"}]


class Desk:
    """A responder and an approver at a casebook beside the company's stores."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder = folder
        self._environment = {
            **run.environment,
            "DAICHO_CASEBOOK": str(folder / "casebook.sqlite"),
            "DAICHO_CASEBOOK_KEY": "k" * 40,
            "DAICHO_DECLARATIONS": str(DECLARATIONS),
            "DAICHO_REGISTER": str(run.register),
        }

    def do(self, *command: str, by: tuple[str, str] = TANTO, given: Any = None, check: bool = True) -> Result:
        stdin = given if isinstance(given, str) else json.dumps(given) if given else ""
        account = {"DAICHO_ACCOUNT": by[0], "DAICHO_ACCOUNT_SECRET": by[1]}
        done = CliRunner().invoke(main, command, input=stdin, env={**self._environment, **account})
        assert done.exit_code == 0 or not check, done.output
        return done

    def told(self, *command: str, given: Any = None) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.do(*command, "--format", "json", given=given).stdout)
        return found

    def new(self, individual: dict[str, str], **more: Any) -> str:
        form = {
            "kinds": ["disclosure"], "requester": "self", "channel": "post", "arrived": "2026-11-20T10:30+09:00",
            "individual": individual, "papers": PAPERS, "payments": FEE,
        }  # fmt: skip
        return str(self.told("request", "new", given=form | more)["number"])


@pytest.fixture(scope="module")
def desk(company_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return at_work(tmp_path_factory.mktemp("desk"), company_run)


def at_work(folder: Path, run: Run) -> Desk:
    """A casebook with its two accounts."""
    folder.chmod(0o700)
    desk = Desk(folder, run)
    desk.do("casebook", "start")
    desk.do("casebook", "account", "kessai", "--role", "approver", by=("", ""), given=KESSAI[1])
    desk.do("casebook", "account", "tanto", "--role", "responder", by=KESSAI, given=TANTO[1])
    return desk


@pytest.fixture(scope="module")
def customer(company_run: Run) -> dict[str, str]:
    return a_customer(company_run)


def a_customer(run: Run) -> dict[str, str]:
    """A customer of the company, as she would write herself into the form."""
    place = run.samples / "stores" / "crm" / "crm.sqlite3"
    with sqlite3.connect(place) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM dtb_customer WHERE id = 4").fetchone())
    connection.close()
    return {
        "氏名": f"{row['name01']} {row['name02']}",
        "フリガナ": f"{row['kana01']} {row['kana02']}",
        "生年月日": row["birth"][:10],
        "メールアドレス": row["email"],
        "電話番号": row["phone_number"],
        "住所": f"{row['addr01']}{row['addr02']}",
    }


def test_a_disclosure_from_search_to_answer(desk: Desk, customer: dict[str, str]) -> None:
    number = desk.new(customer)
    found = desk.told("request", "search", number)["case"]["progress"]["search"]
    by_place = {(one["store"], one["dataset"]): one for one in found["candidates"]}
    assert by_place["crm", "dtb_customer"]["suggestion"] == "release"
    order, line = by_place["crm", "dtb_order"], by_place["crm", "dtb_order_item"]
    assert order["suggestion"] == "release", "by itself it would not be: it hangs on the customer's row"
    assert order["parents"] == [by_place["crm", "dtb_customer"]["id"]]
    assert (line["suggestion"], line["reasons"]) == ("release", ["linked:dtb_order.id"])
    features = by_place["warehouse", "customer_model_features.parquet"]
    assert (features["suggestion"], features["reasons"]) == ("release", ["declared:customer_id→dtb_customer.id"])
    assert {one["store"] for one in found["open"]} >= {"billing", "office"}
    assert not {"batch", "dbt", "query_log"} & {one["store"] for one in found["open"]}, "SQL holds nobody's rows"

    rulings = [
        {"candidate": one["id"], "verdict": "release", "mask": ["note"]}
        if one["suggestion"] == "release"
        else {"candidate": one["id"], "verdict": "exclude", "reason": "本人と確かめられない"}
        for one in found["candidates"]
    ]
    desk.do("request", "review", number, given={"rulings": rulings})
    whole = {"items": [{"kind": "disclosure", "outcome": "comply"}]}
    refused = desk.do("request", "decide", number, given=whole, check=False)
    assert refused.exit_code == 2
    assert "回答待ち" in refused.stderr, "complete disclosure is refused while stores are open"
    reason = "ご本人以外の方の情報を含む部分は開示しておりません。"
    partly = {"items": [{"kind": "disclosure", "outcome": "partly", "ground": "33(2)(i)", "reason": reason}]}
    desk.do("request", "decide", number, given=partly)
    copy = desk.folder / f"{number}.docx"
    wrong = desk.do("request", "letter", number, "--as", "json", check=False)
    assert wrong.exit_code == 2, "she did not ask for an electronic record"
    desk.do("request", "letter", number, "--out", str(copy))
    assert copy.stat().st_mode & 0o777 == 0o600

    said = text_of(copy)
    for part in (
        f"文書番号　{number}-1", f"{customer['氏名']} 様", customer["住所"], "株式会社あおば法務サービス", "種別 開示",
        "別紙のとおり、一部を開示いたします。", reason, "法33条2項1号", "1,000円を受領", "調査の範囲と基準日",
        "03-1234-0100", "2（女性）", "7（福島県）",
        "返却または廃棄", "顧客に関する個人情報", "1.1(4)", customer["メールアドレス"], "■■■■",
    ):  # fmt: skip
        assert part in said, part
    assert not {"phone_number", "name01", "kana01", "birth"} & set(said.splitlines())
    assert {"電話番号", "姓", "姓（カナ）", "生年月日"} <= set(said.splitlines()), (
        "columns are called by what they hold"
    )
    for kept in {one["dataset"] for one in found["candidates"]} - {
        one["dataset"] for one in found["candidates"] if one["suggestion"] == "release"
    }:
        assert kept not in said, "what was not confirmed goes nowhere"
    assert "本人と確かめられない" not in said

    read = desk.folder / f"{number}-kessai.docx"
    desk.do("request", "read", number, "--out", str(read), by=KESSAI)
    assert read.read_bytes() == copy.read_bytes(), "the approver reads what he approves"
    assert read.stat().st_mode & 0o777 == 0o600
    shown = desk.told("request", "show", number)
    same = desk.do("request", "approve", number, "--of", shown["for_release"], by=TANTO, check=False)
    assert same.exit_code == 2, "who worked on it does not approve it"
    desk.do("request", "approve", number, "--of", shown["for_release"], by=KESSAI)
    desk.do("request", "answer", number, "--how", "registered_mail", "--tracking", "123")
    assert desk.told("request", "show", number)["step"] == "close"
    twice = desk.do("request", "answer", number, "--how", "registered_mail", check=False)
    assert twice.exit_code == 2, "nothing goes twice"


def test_a_my_number_goes_to_its_holder_and_stays_nowhere(desk: Desk, company_run: Run) -> None:
    place = company_run.samples / "stores" / "keiri" / "支払調書" / "支払調書_2025.csv"
    held = next(csv.DictReader(place.read_text("cp932").splitlines()))
    individual = {"氏名": held["支払先氏名"], "住所": held["住所"], "生年月日": "1970-01-02"}
    asked = {"form": "electronic", "file": "json", "my_number": True}
    with_number, without = desk.new(individual, asked=asked), desk.new(individual, asked={"form": "electronic"})
    for number in (with_number, without):
        found = desk.told("request", "search", number)["case"]["progress"]["search"]
        desk.do("request", "review", number, given={"rulings": [
            {"candidate": one["id"], "verdict": "release"} if one["dataset"].startswith("支払調書")
            else {"candidate": one["id"], "verdict": "exclude", "reason": "確かめられない"}
            for one in found["candidates"]
        ]})  # fmt: skip
        partly = {"items": [{"kind": "disclosure", "outcome": "partly", "ground": "33(2)(i)", "reason": "一部"}]}
        desk.do("request", "decide", number, given=partly)
        copy = desk.folder / f"{number}.file"
        desk.do("request", "letter", number, "--out", str(copy))
        assert not says(copy, held["個人番号"])
        shown = desk.told("request", "show", number)
        desk.do("request", "approve", number, "--of", shown["for_release"], by=KESSAI)

    refused = desk.do("request", "issue", without, "--out", str(desk.folder / "no.pdf"), check=False)
    assert refused.exit_code == 2
    assert "個人番号はありません" in refused.stderr, "nobody asked for it"
    early = desk.do("request", "answer", with_number, "--how", "electronic", check=False)
    assert "発行していません" in early.stderr
    sent = desk.folder / "sent.pdf"
    password = desk.told("request", "issue", with_number, "--out", str(sent))["password"]
    locked = pypdf.PdfReader(sent, password=password)
    assert held["個人番号"] in locked.attachments["annex.json"][0].decode()
    with pypdfium2.PdfDocument(sent, password=password) as document:
        assert held["個人番号"] in "".join(page.get_textpage().get_text_bounded() for page in document)
    assert sent.stat().st_mode & 0o777 == 0o600
    desk.do("request", "answer", with_number, "--how", "electronic")
    read = desk.folder / "kept.zip"
    desk.do("request", "read", with_number, "--out", str(read), by=KESSAI)
    assert not says(read, held["個人番号"])
    whole = json.dumps(desk.told("request", "show", with_number), ensure_ascii=False)
    assert held["個人番号"] not in whole


def says(archive: Path, text: str) -> bool:
    """Whether a letter's file, or one of those in it, says something."""
    if not zipfile.is_zipfile(archive):
        return text in "".join(pages_of(archive.read_bytes()))
    with zipfile.ZipFile(archive) as files:
        inside = files.read("annex.json").decode(), "".join(pages_of(files.read("letter.pdf")))
    assert len({text in one for one in inside}) == 1, "letter and data say the same"
    return text in inside[0]


def test_letters_on_nothing_differ_by_name_number_and_dates_alone(desk: Desk, customer: dict[str, str]) -> None:
    nobody = {"氏名": "架空 不在", "フリガナ": "カクウ フザイ", "生年月日": "1971-02-03", "住所": customer["住所"]}
    other = {"氏名": "見本 皆無", "フリガナ": "ミホン カイム", "生年月日": "1969-08-07", "住所": customer["住所"]}
    letters = []
    for person in (nobody, other):
        number = desk.new(person)
        found = desk.told("request", "search", number)["case"]["progress"]["search"]
        for store in sorted({one["store"] for one in found["open"]}):
            desk.do("request", "owner", number, "--store", store, "--nothing")
        desk.do("request", "review", number, given={"rulings": [
            {"candidate": one["id"], "verdict": "exclude", "reason": "別人"} for one in found["candidates"]
        ]})  # fmt: skip
        reason = "ご提示の事項により検索しましたが、確認できませんでした。"
        none = {"items": [{"kind": "disclosure", "outcome": "none_held", "reason": reason}]}
        desk.do("request", "decide", number, given=none)
        copy = desk.folder / f"{number}.docx"
        desk.do("request", "letter", number, "--out", str(copy))
        said = text_of(copy).replace(number, "N").replace(person["氏名"], "P")
        letters.append(said)
    assert letters[0] == letters[1]
    assert "確認できませんでした" in letters[0]


def test_owners_of_stores_that_cannot_be_searched_are_asked(desk: Desk, customer: dict[str, str]) -> None:
    number = desk.new(customer)
    asked = {one["store"]: one for one in desk.told("request", "search", number)["inquiries"]}
    assert (asked["billing"]["owner"], asked["billing"]["asked_on"]) == ("経理課", None)
    answer = desk.told("request", "show", number)["days"]["target"]
    assert all(one["due"] and one["due"] <= answer for one in asked.values())
    handed = desk.folder / f"{number}-billing.txt"
    done = desk.do("request", "inquiry", number, "--store", "billing", "--out", str(handed))
    assert handed.stat().st_mode & 0o777 == 0o600
    asked_again = desk.do("request", "inquiry", number, "--store", "billing", "--out", str(handed), check=False)
    assert asked_again.exit_code == 2, "a file that is there is not written over, and that is no fault of the program"
    text = handed.read_text(encoding="utf-8")
    assert all(word in text for word in (number, "請求システム", "経理課", customer["氏名"], customer["電話番号"]))
    assert not any(word in text for word in ("開示", "苦情", "本人から")), "it says nothing of why"
    assert not any(value in done.output for value in customer.values())
    shown = {one["store"]: one for one in desk.told("request", "show", number)["inquiries"]}
    assert shown["billing"]["asked_on"]
    desk.do("request", "owner", number, "--store", "billing", "--nothing")
    assert "billing" not in {one["store"] for one in desk.told("request", "show", number)["inquiries"]}
    again = ("request", "inquiry", number, "--store", "billing", "--out", str(desk.folder / "again.txt"))
    assert desk.do(*again, check=False).exit_code == 2, "nothing of that store is open"


def test_a_row_that_changed_before_the_answer_goes_back(
    desk: Desk, company_run: Run, customer: dict[str, str], tmp_path: Path
) -> None:
    place = company_run.samples / "stores" / "crm" / "crm.sqlite3"
    kept = tmp_path / "kept.sqlite3"
    shutil.copy(place, kept)
    try:
        number = desk.new(customer)
        found = desk.told("request", "search", number)["case"]["progress"]["search"]
        release = {"verdict": "release"}
        exclude = {"verdict": "exclude", "reason": "確かめられない"}
        desk.do("request", "review", number, given={"rulings": [
            {"candidate": one["id"], **(release if one["suggestion"] == "release" else exclude)}
            for one in found["candidates"]
        ]})  # fmt: skip
        partly = {"items": [{"kind": "disclosure", "outcome": "partly", "ground": "33(2)(i)", "reason": "一部"}]}
        desk.do("request", "decide", number, given=partly)
        with sqlite3.connect(place) as connection:
            connection.execute("UPDATE dtb_customer SET point = point + 1 WHERE id = 4")
        connection.close()
        refused = desk.do("request", "letter", number, check=False)
        assert refused.exit_code == 2
        assert "確認した行が変わっています" in refused.stderr
    finally:
        shutil.copy(kept, place)


def test_nothing_of_a_case_is_left_beside_the_casebook(desk: Desk, customer: dict[str, str]) -> None:
    def written() -> Iterator[tuple[str, bytes]]:
        yield from ((path.name, path.read_bytes()) for path in desk.folder.iterdir() if path.suffix == ".sqlite")

    for value in customer.values():
        assert [name for name, content in written() if value.encode() in content] == []
