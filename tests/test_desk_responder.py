"""A responder's whole day at the fictional company's desk, in a real browser: from the form to the letter's file.

The individual is one of two who share a name; whose rows are whose is known from the key (`requests/people.yml`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Run
from tests.desk_of import SECRETS
from tests.office import PHONE, Office, office_of
from tests.requesting import people, text_of

ASKS, ANOTHER = people()["kenta"]["as"], people()["kenta_other"]["as"]
OF_BOTH = {"氏名", "フリガナ"}
FIELDS = {
    "氏名": "names", "フリガナ": "kana", "生年月日": "birth_date", "住所": "addresses", "電話番号": "phones",
    "メールアドレス": "mails",
}  # fmt: skip
OWN = [value for label, value in ASKS.items() if label not in OF_BOTH]
"""What is the individual's and nobody else's."""
OTHERS = [value for label, value in ANOTHER.items() if label not in OF_BOTH]
LONG = 60_000
"""Milliseconds that a look-up over the whole company may take."""


@pytest.fixture(scope="module")
def office(company_run: Run, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(company_run, browser, tmp_path_factory.mktemp("office")) as found:
        yield found


def fits_a_phone(page: Page) -> None:
    """The page that is shown is no wider than a phone."""
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.set_viewport_size(size)


def takes_in(page: Page) -> str:
    """Fill in the form; answers the request's number."""
    page.get_by_role("link", name="請求", exact=True).click()
    expect(page.get_by_text("進行中の請求はありません。")).to_be_visible()
    page.get_by_role("link", name="受け付ける").click()
    page.get_by_label("だれから").select_option(label="本人")
    page.get_by_role("button", name="次へ").click()
    page.get_by_role("checkbox", name="開示 (1,000円)", exact=True).check()
    page.get_by_label("届いた日時").fill("2026-11-20T10:30")
    for label, value in ASKS.items():
        page.locator(f"[name='individual.{FIELDS[label]}']").fill(value)
    page.get_by_label("金額（円）").fill("1000")
    page.get_by_role("button", name="受け付ける").click()
    expect(page.get_by_role("status")).to_contain_text("を受け付けました")
    return page.url.rpartition("/")[2]


def ticks_papers(page: Page) -> None:
    """Go through what came, paper by paper."""
    expect(page.locator(".missing").first).to_contain_text("印鑑登録証明書")
    page.get_by_role("link", name="届いたものを記録する").click()
    for paper in ("DS-1", "DS-2", "DS-3"):
        page.get_by_role("checkbox", name=re.compile(f"^{paper} ")).check()
    page.get_by_label("印影の照合").select_option(label="一致")
    page.locator("[name='paper.DS-2.individual.document']").select_option(label="運転免許証")
    page.locator("[name='paper.DS-3.individual.issued_on']").fill("2026-11-01")
    for paper in ("DS-2", "DS-3"):
        for what in ("name", "birth_date", "address"):
            page.locator(f"[name='paper.{paper}.individual.matches'][value={what}]").check()
    page.get_by_role("button", name="記録する").click()
    expect(page.locator(".missing")).to_have_count(0)


def looks_up(page: Page) -> None:
    """Search every store, and see it come along."""
    page.get_by_role("button", name="すべての保管場所を検索する").click()
    expect(page.get_by_role("heading", name="検索しています")).to_be_visible()
    expect(page.get_by_text(re.compile("検索した保管場所 [0-9]+ / [0-9]+"))).to_be_visible()
    expect(page.get_by_role("heading", name="候補を一件ずつ確認する")).to_be_visible(timeout=LONG)


def asks_owners(page: Page) -> None:
    """Note what the owners of the stores say that could not be searched."""
    stores = page.locator("form.open-store")
    expect(stores.filter(has_text="請求システム")).to_contain_text("接続できない")
    for left in range(stores.count() - 1, -1, -1):
        stores.first.get_by_role("button", name="該当なし").click()
        expect(stores).to_have_count(left)


def reviews(page: Page) -> tuple[int, int]:
    """Look at what is not plain, and say of each row whose it is; answers how many are and are not the individual's."""
    counts = [0, 0]
    for id in [one.get_attribute("id") for one in page.locator(".candidate").all()]:
        one = page.locator(f"[id='{id}']")
        if "release" not in str(one.get_attribute("class")) and one.get_by_role("button").count():
            one.get_by_role("button", name="値を表示する").click()
            expect(one.locator(".masked")).to_have_count(0)
        shown = one.inner_text()
        own = "本人の見込み" in shown or any(value in shown for value in OWN)
        assert not (own and any(value in shown for value in OTHERS)), "a row of both"
        one.get_by_role("radio", name="本人の行" if own else "除外").check()
        if not own:
            one.get_by_label("理由（除外するとき）").fill("同姓同名の別人")
        counts[not own] += 1
    page.get_by_role("button", name="確認を記録する").click()
    expect(page.get_by_role("status")).to_contain_text("確認を記録しました")
    return counts[0], counts[1]


def test_from_the_form_to_the_letter_of_the_right_person(office: Office) -> None:
    page = office.sits_down("tanto")
    number = takes_in(page)
    ticks_papers(page)
    looks_up(page)
    assert not any(value in page.content() for value in [*OWN, *OTHERS]), "masked until asked for"
    fits_a_phone(page)
    asks_owners(page)
    own, strangers = reviews(page)
    assert own >= 8
    assert strangers >= 2

    page.get_by_role("link", name="判断する").click()
    page.locator("[name='item.0.outcome']").select_option(label="応じる")
    page.get_by_role("button", name="判断を記録する").click()
    page.get_by_role("button", name="回答書を作り決裁に上げる").click()
    preview = page.get_by_role("article", name="回答書")
    expect(preview).to_contain_text("中村 健太 様", timeout=LONG)
    expect(preview).to_contain_text(ASKS["メールアドレス"])
    fits_a_phone(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="ファイルを保存する").click()
    assert saved.value.suggested_filename == f"{number}.docx"
    letter = saved.value.path().read_bytes()
    said = text_of(letter)
    assert all(value in said for value in (f"{ASKS['氏名']} 様", ASKS["住所"], ASKS["メールアドレス"], "1,000円"))
    assert not [value for value in OTHERS if value in said]
    tables = [table for table in docx.Document(io.BytesIO(letter)).tables if len(table.rows) > 1]
    assert len(tables) >= own
    page.goto(f"{office.base}/requests/{number}")
    expect(page.get_by_role("link", name="決裁する")).to_have_count(0)

    other = office.sits_down("kessai", PHONE)
    other.get_by_role("link", name="請求", exact=True).click()
    other.get_by_role("link", name=number).click()
    other.get_by_role("link", name="決裁する").click()
    expect(other.get_by_text(f"{own + strangers} 件のうち {own} 件を本人の行と確認")).to_be_visible()
    expect(other.get_by_role("article", name="回答書")).to_contain_text(ASKS["住所"])
    other.get_by_label("ご自身の秘密").fill(SECRETS["kessai"])
    other.get_by_role("button", name="示された内容を決裁する").click()
    expect(other.get_by_role("status")).to_contain_text("決裁しました")

    page.reload()
    page.get_by_role("link", name="回答を記録する").click()
    page.get_by_label("方法").select_option(label="書留等")
    page.get_by_label("追跡番号").fill("123-45-6789")
    page.get_by_role("button", name="送ったと記録する").click()
    expect(page.get_by_text("次にすること")).to_contain_text("次にすること", timeout=LONG)
    page.goto(f"{office.base}/requests/{number}")
    page.get_by_role("button", name="終了する").click()
    expect(page.locator("#wrong")).to_be_visible()
    office.said.clear()  # the browser says of itself that this was refused
    page.get_by_role("link", name="書類・手数料・連絡の記録").click()
    page.get_by_label("書類を返した・廃棄した日").fill("2026-11-29")
    page.get_by_role("button", name="記録する").click()
    page.get_by_role("button", name="終了する").click()
    expect(page.get_by_text("完了", exact=True)).to_be_visible()
    page.get_by_role("link", name="この案件の監査記録").click()
    entries = page.content()
    page.get_by_role("link", name="次").click()
    expect(page.get_by_role("cell", name="受付", exact=True)).to_be_visible()
    entries += page.content()
    for event in ("検索", "担当の回答", "値を表示", "確認", "判断", "回答書を閲覧", "決裁", "回答", "終了"):
        assert f"<td>{event}</td>" in entries, event
    assert not [value for value in [*ASKS.values(), *OTHERS] if value in entries]
