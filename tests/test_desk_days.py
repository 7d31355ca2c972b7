"""A day at the desk, in a real browser, on the fictional company: the engineer's, and the privacy officer's."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.conftest import Run
from tests.desk_of import SECRETS
from tests.office import PHONE, SCREEN, Office, office_of


@pytest.fixture
def office(company_run: Run, browser: Browser, tmp_path: Path) -> Iterator[Office]:
    with office_of(company_run, browser, tmp_path) as found:
        yield found


def test_the_engineer_sees_which_store_failed_and_why(office: Office) -> None:
    page = office.sits_down("ken")
    expect(page.get_by_text("開示等の請求")).to_have_count(0)
    page.get_by_role("link", name="読めなかったもの").click()
    failed = page.locator("#unread table").first
    expect(failed).to_contain_text("請求システム")
    expect(failed).to_contain_text("接続できない")
    expect(failed).to_contain_text("稼働状況と接続先を確かめてください")
    page.get_by_role("link", name="#1", exact=True).click()
    expect(page.get_by_role("row", name="請求システム")).to_contain_text("接続できない 1")
    for hidden in ("書き出し", "監査記録"):
        expect(page.get_by_role("link", name=hidden, exact=True)).to_have_count(0)
    page.goto(f"{office.base}/exports")
    expect(page.get_by_role("alert")).to_have_text("この画面を見る役割ではありません。")
    office.said.clear()  # the browser says of itself that this was a 403


def test_the_privacy_officer_rules_on_the_newsletter_to_business_cards(office: Office) -> None:
    page = office.sits_down("hoshi")
    page.get_by_role("link", name="指摘", exact=True).click()
    page.get_by_role("searchbox").fill("名刺 商品・サービスの案内")
    # htmx puts the answer in while one types
    expect(page.locator("article.finding")).to_have_count(1)
    expect(page).to_have_url(re.compile("q="))
    page.locator("article.finding a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("名刺あてのメールマガジン")
    expect(page.locator("blockquote").first).to_contain_text("corporate business partners")
    expect(page.locator(".lead-reason")).to_contain_text("利用目的に挙げられていません")
    page.get_by_text("根拠にした事実・規則・版をすべて見る").click()
    expect(page.locator("#explanation")).to_contain_text("確かめた要件")

    page.get_by_role("link", name="この指摘を判断する").click()
    page.get_by_label("こうである").select_option("accepted")
    page.get_by_label("理由").fill("四半期末まで配信を止め、同意を取り直す")
    page.get_by_label("二人目").select_option("tsuki")
    page.get_by_label("いつまで").fill("2027-03-31")
    page.get_by_role("button", name="何が変わるかを見る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("何が変わるか", timeout=120_000)
    assert not (office.declarations / "rulings.yml").exists()
    page.get_by_label("二人目 tsuki の秘密").fill(SECRETS["tsuki"])
    page.get_by_role("button", name="rulings.yml に書く").click()
    expect(page.get_by_role("status")).to_contain_text("rulings.yml に書きました")
    (written,) = yaml.safe_load((office.declarations / "rulings.yml").read_text(encoding="utf-8"))["rulings"]
    assert (written["by"], written["second"], written["says"]) == ("hoshi", "tsuki", "accepted")

    page.get_by_role("link", name="書き出し", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="ledger.xlsx").click()
    book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    assert "個人情報管理台帳" in book.sheetnames[0]

    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_role("heading", name="サインイン")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="サインイン")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, SCREEN])
def test_no_page_is_wider_than_its_screen(office: Office, width: int) -> None:
    page = office.sits_down("hoshi", width)
    for path in ("/", "/register", "/findings", "/rulings", "/policy", "/runs", "/runs/1", "/exports"):
        page.goto(office.base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{office.base}/register")
    page.locator("tbody a").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{office.base}/findings")
    page.locator("article.finding a").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_works_in_english_and_without_scripts(office: Office) -> None:
    context = office.browser.new_context(java_script_enabled=False)
    office.contexts.append(context)
    page = context.new_page()
    page.goto(office.base)
    page.get_by_role("link", name="English").click()
    page.get_by_label("Account").fill("hoshi")
    page.get_by_label("Secret").fill(SECRETS["hoshi"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Register", exact=True).click()
    page.get_by_role("searchbox").fill("meishi")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr").first).to_contain_text("meishi_2025.xlsx")
