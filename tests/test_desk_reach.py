"""The desk by the keyboard alone, and on a small screen: every page of everybody, on the fictional company."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from pipelines.desk.access import table
from tests.conftest import Run
from tests.desk_cases import FORM
from tests.desk_of import SECRETS, sent, sign_in
from tests.office import PHONE, Office, office_of

SKIPPED = {"export": "a file", "sign_in": "of nobody", "asset": "a file", "request_letter_file": "a file"}


@pytest.fixture(scope="module")
def office(company_run: Run, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(company_run, browser, tmp_path_factory.mktemp("office")) as found:
        yield found


@pytest.fixture(scope="module")
def number(office: Office) -> str:
    """A refused request, whose letter lies before the approver."""
    with httpx.Client(base_url=office.base, trust_env=False, timeout=60) as client:
        sign_in(client, "tanto", SECRETS["tanto"])
        papers = {name: "" for name in FORM if name.startswith("paper.")}
        path = sent(client, "/requests", {**FORM, **papers}).headers["location"]
        refusal = {
            "item.0.kind": "disclosure",
            "item.0.outcome": "refuse",
            "item.0.ground": "32(2)",
            "item.0.reason": "x",
        }
        assert sent(client, f"{path}/decision", refusal).status_code == 303
        assert sent(client, f"{path}/letter", {"language": "ja"}).status_code == 303
    return path.rpartition("/")[2]


def shown_to(page: Page, office: Office, role: str, number: str) -> Iterator[str]:
    """The paths of every page that a role sees, filled in from what the pages themselves link to."""
    for name, row in table().items():
        if (
            row.method != "GET"
            or row.background
            or name in SKIPPED
            or row.roles == "everybody"
            or role not in row.roles
        ):
            continue
        path = row.path
        if "{number}" in path:
            path = path.replace("{number}", "1" if name == "run" else number)
        if "{id}" in path:
            page.goto(office.base + ("/register" if name == "dataset" else "/findings"))
            link = page.locator("tbody a, article.finding a").first.get_attribute("href")
            path = str(link) + ("/explanation" if name == "explanation" else "")
        if name == "ruling":
            page.goto(office.base + "/findings")
            page.locator("article.finding a").first.click()
            path = str(page.locator("a[href^='/rulings/new']").first.get_attribute("href"))
        yield path


@pytest.mark.parametrize(
    ("role", "account"), {"engineer": "ken", "privacy": "hoshi", "responder": "tanto", "approver": "kessai"}.items()
)
def test_no_page_is_wider_than_a_phone_or_without_its_name(
    office: Office, number: str, role: str, account: str
) -> None:
    page = office.sits_down(account, PHONE)
    for path in shown_to(page, office, role, number):
        page.goto(office.base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path
        assert page.locator("h1").count() == 1, path
        assert page.title().endswith("– 台帳の机"), path
        unnamed = page.evaluate(UNNAMED)
        assert unnamed == [], (path, unnamed)
    office.said.clear()  # a browser says of itself what was 404


UNNAMED = """() => {
  const asked = ["input:not([type=hidden])", "select", "textarea", "button", "a"].map(one => `main ${one}`).join();
  return [...document.querySelectorAll(asked)]
    .filter(one => !(one.labels && one.labels.length) && !one.textContent.trim() && !one.getAttribute("aria-label"))
    .map(one => one.outerHTML.slice(0, 120)); }"""
"""What somebody who does not see it could not tell apart."""


def tabs_to(page: Page, wanted: str, most: int = 80) -> None:
    """Press Tab until what has that text, label or name has the focus, which is seen to be there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found["name"].startswith(wanted):
            assert found["outline"] != "none" or found["shadow"] != "none", f"{wanted}: the focus is not seen"
            return
    pytest.fail(f"{wanted}: not reached by Tab")


FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one);
  const label = one.labels && one.labels.length ? one.labels[0].textContent : one.textContent;
  return {name: label.trim(), outline: style.outlineStyle, shadow: style.boxShadow}; }"""


def test_a_request_is_taken_in_by_the_keyboard_alone(office: Office) -> None:
    page = office.sits_down("tanto")
    tabs_to(page, "請求")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="開示等の請求")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "本文へ", "what comes first leads past the menu"
    page.keyboard.press("Enter")
    tabs_to(page, "受け付ける")
    page.keyboard.press("Enter")
    expect(page.get_by_label("何が届きましたか")).to_be_visible()
    tabs_to(page, "次へ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("請求の種別")).to_be_visible()
    tabs_to(page, "開示 (1,000円)")
    page.keyboard.press("Space")
    tabs_to(page, "氏名")
    page.keyboard.type("架空 次郎")
    tabs_to(page, "受け付ける")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("を受け付けました")
    tabs_to(page, "値を表示する")
    page.keyboard.press("Enter")
    expect(page.get_by_text("架空 次郎")).to_be_visible()
    assert re.search(r"/requests/[0-9]{4}-[0-9]{4}/person$", page.url)
