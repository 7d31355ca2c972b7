"""What the desk's pages show of a register, and what people do there: rule, assign, take away."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import yaml

from pipelines.declarations import load
from pipelines.desk.listing import PAGE
from pipelines.judging import judge
from pipelines.register import Register
from tests import filled_register
from tests.desk_of import SECRETS, Opened, opened, sent, token

DAY = date(2026, 11, 24)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Opened]:
    with opened(tmp_path) as found:
        yield found


def rows(page: str) -> list[str]:
    """The rows of a page's list, as text."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in body.split("</tr>") if "<td" in row]


def test_the_register_is_searched_and_filtered(desk: Opened) -> None:
    browser = desk.signed_in("ken")

    def found(**asked: str) -> list[str]:
        return rows(browser.get("/register", params=asked).text)

    assert any("個人番号" in row for row in found())
    assert not any("del_flg" in row for row in found())
    assert any("del_flg" in row for row in found(kind="all"))
    assert [row.split()[0] for row in found(q="ＥＭＡＩＬ")] == ["顧客マスタ"]
    assert all("共有フォルダ" in row for row in found(store="files"))
    assert len(found(item="my_number")) == 1
    assert found(kind="my_number") == found(item="my_number")
    # what texts hold counts, too
    assert any("memo" in row for row in found(item="phone"))
    assert found(q="個人番号 共有フォルダ") and not found(q="個人番号 顧客管理")
    assert "当てはまる列はありません" in browser.get("/register", params={"q": "そんなものはない"}).text


def test_a_long_register_comes_page_by_page(desk: Opened) -> None:
    columns = [filled_register.column(f"c{number:03}", "name") for number in range(2 * PAGE + 1)]
    long = filled_register.dataset("crm", "long", columns, [filled_register.rows_of("customer")])
    filled_register.scan(
        Register.open(desk.folder / "register.sqlite", create=False), {"crm": (filled_register.CRM, (long,), ())}
    )
    browser = desk.signed_in("ken")
    seen: list[str] = []
    for number in ("1", "2", "3"):
        seen += rows(browser.get("/register", params={"q": "long", "page": number}).text)
    assert [re.findall("c[0-9]{3}", row)[0] for row in seen] == [f"c{number:03}" for number in range(2 * PAGE + 1)]
    last = browser.get("/register", params={"q": "long", "page": "99"}).text
    assert "3 / 3" in last
    assert "q=long&amp;page=2" in last


def test_a_new_run_shows_once_it_has_finished(desk: Opened) -> None:
    browser = desk.signed_in("ken")
    assert not rows(browser.get("/register", params={"q": "newcomer"}).text)
    register = Register.open(desk.folder / "register.sqlite", create=False)
    run = register.begin("scan", DAY, {"rules": "1"})
    assert "読む件数はまだ数えています" in browser.get("/running").text
    register.expect(run, 4, 1)
    new = filled_register.dataset(
        "crm", "newcomer", [filled_register.column("a", "name")], [filled_register.rows_of("customer")]
    )
    register.put_datasets(run, filled_register.CRM, [new], filled_register.policy().category_of)
    going = browser.get("/runs").text
    assert "読む 4 件のうち 1 件を書きました（25 %）" in " ".join(going.split())
    assert 'hx-get="/running"' in going
    assert not rows(browser.get("/register", params={"q": "newcomer"}).text)
    register.finish(run, "done", {})
    assert rows(browser.get("/register", params={"q": "newcomer"}).text)
    assert "hx-get" not in browser.get("/running").text


def test_a_dataset_says_of_every_tag_why(desk: Opened) -> None:
    register = Register.open(desk.folder / "register.sqlite", create=False)
    one = next(d for d in register.datasets() if d.name == "dtb_customer")
    page = desk.signed_in("ken").get(f"/register/{one.id}").text
    for column in one.columns:
        assert column.column in page
        assert all(sentence["ja"] in page for sentence in column.evidence)
    assert "/rulings/new" not in page
    assert "/rulings/new?about=column" in desk.signed_in("hoshi").get(f"/register/{one.id}").text


def judged(desk: Opened) -> Register:
    """The register, judged by the declarations."""
    register = Register.open(desk.folder / "register.sqlite", create=False)
    judge(load(desk.folder / "declarations"), register, desk.folder / "docs", DAY)
    return register


def test_a_ruling_on_a_finding_is_seen_then_written_and_the_next_check_goes_by_it(desk: Opened) -> None:
    register = judged(desk)
    (finding,) = [row for row in register.verdicts() if row["use"] == "card-mail" and row["verdict"] == "violation"]
    browser = desk.signed_in("hoshi")
    page = browser.get(f"/findings/{finding['id']}").text
    assert finding["evidence"][-1]["ja"] in page
    assert finding["next_step"]["ja"] in page
    form = {"about": "verdict", "verdict": finding["id"], "says": "accepted", "why": "同意書を取り直している"}
    file = desk.folder / "declarations" / "rulings.yml"

    lacking = sent(browser, "/rulings/preview", form)
    assert "無効" in lacking.text
    assert not file.exists()

    form |= {"second": "tsuki", "until": "2027-03-31"}
    seen = sent(browser, "/rulings/preview", form)
    assert "有効" in seen.text
    assert not file.exists()
    assert "違います" in sent(browser, "/rulings", form | {"second_secret": "not-hers-at-all"}).text
    assert sent(browser, "/rulings", form | {"second": "ken", "second_secret": SECRETS["ken"]}).status_code == 400
    assert sent(browser, "/rulings", form | {"second": "hoshi", "second_secret": SECRETS["hoshi"]}).status_code == 400
    assert not file.exists()

    done = sent(browser, "/rulings", form | {"second_secret": SECRETS["tsuki"]})
    assert done.headers["location"] == "/rulings"
    (written,) = yaml.safe_load(file.read_text(encoding="utf-8"))["rulings"]
    assert written == {
        "id": "desk-20261124-1",
        "about": "verdict",
        "verdict": finding["id"],
        "saw": finding["digest"],
        "says": "accepted",
        "by": "hoshi",
        "role": "privacy",
        "on": "2026-11-24",
        "why": "同意書を取り直している",
        "second": "tsuki",
        "until": "2027-03-31",
    }
    listed = browser.get("/rulings").text
    assert "rulings.yml に書きました" in listed
    assert "次の点検から" in listed
    assert "rulings.yml に書きました" not in browser.get("/rulings").text
    assert "次の点検から効きます" in browser.get(f"/findings/{finding['id']}").text

    judged(desk)
    assert "有効" in rows(browser.get("/rulings").text)[0]
    assert finding["id"] not in browser.get("/findings", params={"verdict": "violation"}).text


def test_a_ruling_on_whose_rows_are_shows_which_verdicts_change(desk: Opened) -> None:
    judged(desk)
    browser = desk.signed_in("hoshi")
    form = {"about": "rows", "store": "files", "dataset": "meishi.xlsx#2025", "says": "customer", "why": "会員の名簿"}
    # what makes something less grave changes nothing without a second person and an end
    lacking = sent(browser, "/rulings/preview", form)
    assert "無効" in lacking.text
    assert not rows(lacking.text)
    flips = rows(sent(browser, "/rulings/preview", {**form, "second": "tsuki", "until": "2027-03-31"}).text)
    assert any("card-mail" in row and "目的外のおそれ" in row for row in flips)
    for wrong in ({"says": ""}, {"says": "no_such_subject"}, {"why": ""}, {"until": "2020-01-01"}, {"until": "soon"}):
        assert sent(browser, "/rulings/preview", form | wrong).status_code == 400


def test_a_finding_is_assigned_in_the_review_that_is_open(desk: Opened) -> None:
    register = judged(desk)
    finding = next(row for row in register.verdicts() if row["use"] == "card-mail")
    browser = desk.signed_in("hoshi")
    assert "daicho review open" in browser.get(f"/findings/{finding['id']}").text
    (desk.folder / "declarations" / "reviews.yml").write_text(
        "reviews:\n  - {id: '2026', opened_on: 2026-11-01, due: 2027-01-31, by: 個人情報保護室}\n", encoding="utf-8"
    )
    assert 'action="/assignments"' in browser.get(f"/findings/{finding['id']}").text
    assert sent(browser, "/assignments", {"verdict": finding["id"], "to": ""}).status_code == 400
    done = sent(browser, "/assignments", {"verdict": finding["id"], "to": "営業企画部"})
    assert done.headers["location"] == f"/findings/{finding['id']}"
    (step,) = load(desk.folder / "declarations").review_steps
    assert (step.step, step.dataset, step.to, step.by) == ("assigned", "meishi.xlsx#2025", "営業企画部", "hoshi")
    assert "見直しの担当: 営業企画部" in browser.get(f"/findings/{finding['id']}").text


def test_the_explanation_is_that_of_the_command(desk: Opened) -> None:
    register = judged(desk)
    finding = next(row for row in register.verdicts() if row["use"] == "card-mail")
    page = desk.signed_in("ken").get(f"/findings/{finding['id']}/explanation").text
    assert "根拠にした事実" in page
    assert "確かめた要件" in page
    assert "同じになります" in page


def test_everything_that_is_offered_is_sent_as_a_file(desk: Opened) -> None:
    browser = desk.signed_in("hoshi")
    offered = re.findall(r'href="(/exports/[^"]+)"', browser.get("/exports").text)
    assert len(offered) == 7
    for path in offered:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["cache-control"] == "no-store"
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/exports/ledger.xlsx").content))
    assert "個人情報管理台帳" in book.sheetnames[0]
    with ZipFile(io.BytesIO(browser.get("/exports/csv").content)) as archive:
        assert "columns.csv" in archive.namelist()


def test_the_policy_stands_beside_its_sentences_and_uses_only_for_who_sees_the_register(desk: Opened) -> None:
    judged(desk)
    policy = filled_register.policy()
    privacy, responder = desk.signed_in("hoshi").get("/policy").text, desk.signed_in("tanto").get("/policy").text
    for purpose in policy.purposes:
        assert f'id="p-{purpose.id}"' in responder
    assert "名刺メール" in privacy
    assert "名刺メール" not in responder


def test_the_language_is_kept_and_every_page_has_both(desk: Opened) -> None:
    browser = desk.signed_in("hoshi")
    for language, word in (("en", "Register"), ("ja", "台帳")):
        moved = browser.get(f"/language/{language}", params={"back": "/register"})
        assert moved.headers["location"] == "/register"
        page = browser.get("/register").text
        assert f'<html lang="{language}">' in page
        assert f"<h1>{word}</h1>" in page
    assert browser.get("/language/fr").status_code == 404


def test_a_register_that_is_gone_is_said_in_words(desk: Opened) -> None:
    browser = desk.signed_in("ken")
    token(browser.get("/"))
    (desk.folder / "register.sqlite").rename(desk.folder / "elsewhere.sqlite")
    answer = browser.get("/register")
    assert answer.status_code in (200, 503)
    assert "Traceback" not in answer.text
    (desk.folder / "declarations" / "company.yml").write_text("company: {}\n", encoding="utf-8")
    answer = browser.get("/policy")
    assert answer.status_code == 503
    assert "company.yml" in answer.text
