"""A responder's and an approver's day at the desk, in a browser: from the intake to the approved letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browsing
from tests.desk_cases import FORM, HOSTILE, MAIL, PAPERS, another_responder, taken_in, with_cases
from tests.desk_of import SECRETS, Opened, sent


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with with_cases(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    yield from browsing.started()


def enter(page: Page, desk: Opened, account: str) -> None:
    page.goto(desk.base + "/sign-in")
    page.fill("[name=name]", account)
    page.fill("[name=secret]", SECRETS[account])
    page.click("main button")


def test_a_responders_day_and_a_second_account_approves(desk: Opened, chromium: Browser) -> None:
    said: list[str] = []
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    enter(page, desk, "tanto")
    page.click("nav a[href='/requests']")
    page.click("a[href='/requests/new']")
    page.click("main button")
    for name, value in FORM.items():
        if name in ("route", "requester"):
            continue
        field = page.locator(f"[name='{name}']")
        if field.first.get_attribute("type") == "checkbox":
            page.check(f"[name='{name}'][value='{value}']")
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    for one in PAPERS["paper.DS-2.individual.matches"]:
        page.check(f"[name='paper.DS-2.individual.matches'][value='{one}']")
    page.click("main form button.primary")
    number = page.url.rpartition("/")[2]
    assert MAIL not in page.content(), "masked until asked for"
    page.get_by_text("値を表示する").click()
    assert MAIL in page.content()
    page.get_by_role("button", name="すべての保管場所を検索する").click()
    expect(page.locator("h1")).to_contain_text("候補", timeout=30_000)
    own = page.locator(".candidate.release")
    expect(own).to_have_count(1)
    assert MAIL not in page.content()
    own.locator("input[value=release]").check()
    own.get_by_role("button", name="値を表示する").click()
    expect(page.locator(".candidate.release")).to_contain_text(MAIL)
    expect(page.locator(".candidate.release")).to_contain_text("<script>alert(1)</script>")
    assert "betsujin" not in page.content(), "another row's values stay masked"
    assert page.locator(".candidate.release input[value=release]").is_checked(), "what was typed is kept"
    page.locator(".candidate.release").get_by_label("黒塗り").last.check()
    for stranger in page.locator(".candidate:not(.release)").all():
        stranger.locator("input[value=exclude]").check()
        stranger.locator("input[name$=reason]").fill("別人")
    page.get_by_role("button", name="確認を記録する").click()
    page.get_by_role("link", name="判断する").click()
    page.select_option("[name='item.0.outcome']", "partly")
    page.fill("[name='item.0.reason']", "ご本人以外の方の情報を含むため")
    page.get_by_role("button", name="判断を記録する").click()
    expect(page.locator("#wrong")).to_contain_text("根拠条項が必要です")
    assert page.input_value("[name='item.0.reason']") == "ご本人以外の方の情報を含むため"
    page.fill("[name='item.0.ground']", "33(2)(i)")
    page.get_by_role("button", name="判断を記録する").click()
    page.get_by_role("button", name="回答書を作り決裁に上げる").click()
    expect(page.locator("article.letter")).to_contain_text("架空 花子 様", timeout=30_000)
    expect(page.locator("article.letter")).to_contain_text("■")

    other = chromium.new_context(viewport={"width": 390, "height": 900}).new_page()
    enter(other, desk, "kessai")
    other.goto(f"{desk.base}/requests/{number}/approval")
    expect(other.locator("article.letter")).to_contain_text("別紙")
    other.fill("[name=secret]", SECRETS["tanto"])
    other.get_by_role("button", name="示された内容を決裁する").click()
    expect(other.locator("#wrong")).to_contain_text("秘密が違います")
    other.fill("[name=secret]", SECRETS["kessai"])
    other.get_by_role("button", name="示された内容を決裁する").click()
    expect(other.locator("h1")).to_contain_text(number)

    page.goto(f"{desk.base}/requests/{number}/answer")
    page.select_option("[name=how]", "registered_mail")
    page.fill("[name=tracking]", "123-45")
    page.get_by_role("button", name="送ったと記録する").click()
    page.wait_for_url(re.compile(r"/answer$"), timeout=30_000)
    page.goto(f"{desk.base}/requests/{number}/audit")
    for event in ("値を表示", "照会を終了", "回答書を閲覧", "決裁", "回答"):
        expect(page.locator("tbody")).to_contain_text(event)
    assert said == []


def searched(desk: Opened) -> tuple[str, httpx.Client]:
    request = taken_in(desk)
    request.searched()
    return request.number, request.browser


def values(browser: httpx.Client, number: str) -> str:
    page = browser.get(f"/requests/{number}/review").text
    ids = re.findall(r'class="candidate \w+" id="([^"]+)"', page)
    assert len(ids) == 2
    shown: Mapping[str, str | list[str]] = {"show": ids[0], "shown": ids}
    return sent(browser, f"/requests/{number}/review", shown).text


def test_rows_are_gone_when_the_session_or_the_step_is(desk: Opened) -> None:
    number, browser = searched(desk)
    assert "betsujin" in values(browser, number)
    held = next(one for one in desk.desk.searches._kept if one.number == number)
    sent(browser, "/sign-out", {})
    assert held.session.over.is_set()
    del desk.browsers["tanto"]
    again = desk.signed_in("tanto")
    assert "betsujin" not in values(again, number), "another session has no rows"


def test_who_does_not_work_on_a_case_sees_no_value_of_it(desk: Opened) -> None:
    number, browser = searched(desk)
    assert "betsujin" in values(browser, number)
    other = another_responder(desk)
    assert sent(other, f"/requests/{number}/person", {}).status_code == 400
    assert "betsujin" not in values(other, number)
    for account in ("kessai", "hoshi", "ken"):
        seen = desk.signed_in(account)
        pages = [seen.get(f"/requests/{number}{page}").text for page in ("", "/review", "/audit")]
        assert not [one for one in pages if MAIL in one or "架空" in one], account
    assert sent(other, f"/requests/{number}/take", {}).status_code == 303
    assert MAIL in sent(other, f"/requests/{number}/person", {}).text


def test_what_is_wrong_is_said_beside_the_form_and_nothing_typed_is_lost(desk: Opened) -> None:
    browser = desk.signed_in("tanto")
    answer = sent(browser, "/requests", {**FORM, "individual.mails": "no mail", "asked.scope": HOSTILE})
    assert answer.status_code == 400
    assert "メールアドレスの形ではありません" in answer.text
    assert "架空 花子" in answer.text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    for wrong in ({"payment.amount": "9" * 400}, {"arrived": "x"}, {"channel": HOSTILE}, {"kinds": "what"}):
        refused = sent(browser, "/requests", {**FORM, **wrong})
        assert refused.status_code == 400
        assert "<img" not in refused.text
    assert browser.post("/requests", data=FORM).status_code == 400, "no token"
    assert sent(browser, "/requests", {**FORM, "asked.scope": "x" * 300_000}).status_code == 413


def test_a_late_request_is_red_and_the_list_names_nobody(desk: Opened) -> None:
    number = taken_in(desk, {"arrived": "2026-10-01T10:00"}).number
    page = desk.signed_in("tanto").get("/requests").text
    row = next(one for one in page.split("<tr>")[1:] if number in one)
    assert 'class="warn late"' in row
    assert "架空" not in page


def test_a_light_route_needs_a_stop_list(desk: Opened) -> None:
    form = {"route": "opt_out_stop", "channel": "mail", "individual.mails": MAIL}
    browser = desk.signed_in("tanto")
    place = sent(browser, "/requests", form).headers["location"]
    if "stop" in browser.get(place).text:
        sent(browser, f"{place}/papers", {})
    refused = sent(browser, f"{place}/stop", {})
    assert refused.status_code == 400
    assert "--stop-list" in refused.text
