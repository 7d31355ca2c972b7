"""What a privacy team is asked, answered in the report of the fictional company without a query, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from pipelines.register import Register, schema
from pipelines.reports import page
from pipelines.reports.sheets.fields import is_to_fill
from tests.browsing import opened
from tests.conftest import Run
from tests.filled_register import CARDS, CLIENT, CRM, CUSTOMERS, FILES, STAFF, SURVEY, filled, policy, scan
from tests.test_report_ledger import JIS, rows


def answer(view: Page, question: str) -> str:
    """What stands under a question once it is opened."""
    box = view.locator(f"#q-{question}")
    box.locator("summary").click()
    return box.inner_text()


@pytest.fixture
def report(browser: Browser, company_run: Run) -> Page:
    return opened(browser, company_run.out / "report.html").page


def test_which_stores_hold_applicants_data_past_its_term(report: Page) -> None:
    said = answer(report, "past-term")
    assert "candidates 人事" in said
    assert "採用/不採用者_アルムナイ通信.csv" in said
    assert "採用応募者：保存期間を超えたデータがあります（期間の末日: 20" in said
    assert "former_employees" not in said, "its term is not over"


def test_who_may_see_my_number(report: Page) -> None:
    said = answer(report, "my-number")
    assert "取引先/vendor_sheet.csv" in said
    assert "所有者のアカウント" in said


def test_which_uses_have_no_purpose(report: Page) -> None:
    said = answer(report, "no-purpose")
    assert "U-" in said
    assert "SQL" in said


def test_what_was_not_read(report: Page) -> None:
    said = answer(report, "unread")
    assert "パスワード" in said


def test_a_register_without_a_year_behind_it_says_so(report: Page) -> None:
    assert "台帳の最初の走査は" in answer(report, "new")


def test_what_is_held_since_last_year(browser: Browser, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "register.sqlite")
    first = scan(register, {"crm": (CRM, (CUSTOMERS,), ()), "client": (CLIENT, (SURVEY,), ())})
    with sa.create_engine(f"sqlite:///{tmp_path / 'register.sqlite'}").begin() as connection:
        long_ago = datetime(2025, 4, 1, tzinfo=UTC)
        connection.execute(sa.update(schema.runs).where(schema.runs.c.id == first).values(started=long_ago))
    scan(register, {"crm": (CRM, (CUSTOMERS,), ()), "files": (FILES, (CARDS,), ())})
    view = opened(browser, page.write(register, policy(), tmp_path, "ja")).page
    said = answer(view, "new")
    assert CARDS.name in said
    assert "取引先" in said
    assert CUSTOMERS.name not in said


def test_every_mandatory_field_of_the_ledger_is_filled_or_open_with_somebody_to_ask(company_run: Run) -> None:
    held = rows(company_run.out / "ledger.xlsx", "個人情報管理台帳")
    assert len(held) > 60
    assert [(one["表・ファイル"], field) for one in held for field in JIS if one[field] in (None, "")] == []
    asked = [one[field] for one in held for field in JIS if is_to_fill(one[field])]
    assert asked
    assert all("に確認" in str(cell) for cell in asked)


def test_an_answer_leads_to_its_dataset(browser: Browser, tmp_path: Path) -> None:
    view = opened(browser, page.write(filled(tmp_path / "r.sqlite"), policy(), tmp_path, "ja"))
    assert STAFF.name in answer(view.page, "my-number")
    view.page.locator("#q-my-number .link").first.click()
    assert view.page.locator(f"#{STAFF.id}").get_attribute("open") is not None
    assert "まだ宣言されていない" in answer(view.page, "past-term")
    assert view.said == []
