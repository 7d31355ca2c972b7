"""Pieces of the desk's pages that are kept: no longer than what they were read from, and none of anything personal."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import pytest
from jinja2 import Environment
from jinja2.runtime import Macro
from starlette.applications import Starlette
from starlette.routing import Route

from pipelines.desk import kept
from pipelines.desk.access import table
from pipelines.desk.door import Queues, door
from pipelines.desk.rendering import Renderer
from pipelines.desk.serving import listen
from pipelines.desk.visit import Shown, Visit
from pipelines.register import Register
from tests import filled_register
from tests.desk_of import Opened, opened, served


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Opened]:
    with opened(tmp_path) as found:
        yield found


def test_a_row_that_was_shown_is_shown_as_the_newest_run_has_it(desk: Opened) -> None:
    register = Register.open(desk.folder / "register.sqlite", create=False)

    def scanned(category: str) -> str:
        one = filled_register.dataset(
            "crm", "newcomer", [filled_register.column("c", category)], [filled_register.rows_of("customer")]
        )
        filled_register.scan(register, {"crm": (filled_register.CRM, (one,), ())})
        return one.id

    browsers = [desk.signed_in("ken"), desk.signed_in("hoshi")]
    for category, word, other in (("name", ">氏名<", ">電話番号<"), ("phone", ">電話番号<", ">氏名<")):
        id = scanned(category)
        for browser in browsers:
            for row in (
                browser.get("/register", params={"q": "newcomer"}).text.partition("<tbody>")[2],
                browser.get(f"/register/{id}").text.partition("h-columns")[2],
            ):
                assert word in row
                assert other not in row


def test_a_verdict_that_was_shown_is_shown_as_the_newest_check_has_it(desk: Opened) -> None:
    register = Register.open(desk.folder / "register.sqlite", create=False)
    browser = desk.signed_in("ken")
    seen = []
    for verdict in ("violation", "gap"):
        filled_register.check(
            register, [filled_register.verdict("v-1", verdict, filled_register.CUSTOMERS, severity="error")]
        )
        seen.append(browser.get("/findings").text.partition('id="results"')[2])
    assert ["v-violation" in page for page in seen] == [True, False]
    assert ["v-gap" in page for page in seen] == [False, True]


def test_a_policy_that_is_changed_shows_in_rows_that_were_shown(desk: Opened) -> None:
    browser = desk.signed_in("ken")
    asked = {"store": "crm"}
    assert "<td>顧客</td>" in browser.get("/register", params=asked).text
    shipped = files("expectations").joinpath("policies", "handling-of-personal-information.yml")
    own = desk.folder / "own.yml"
    text = shipped.read_text(encoding="utf-8").replace("ja: 顧客に関する個人情報", "ja: 会員に関する個人情報")
    own.write_text(text, encoding="utf-8")
    company = desk.folder / "declarations" / "company.yml"
    company.write_text(
        company.read_text(encoding="utf-8").replace("handling-of-personal-information", str(own)), encoding="utf-8"
    )
    page = browser.get("/register", params=asked).text
    assert "<td>会員</td>" in page
    assert "<td>顧客</td>" not in page


def test_who_may_not_rule_is_shown_no_row_of_who_may_and_nobody_a_row_of_another_language(desk: Opened) -> None:
    one = filled_register.CUSTOMERS.id
    privacy, engineer = desk.signed_in("hoshi"), desk.signed_in("ken")
    assert "/rulings/new?about=column" in privacy.get(f"/register/{one}").text
    assert "/rulings/new" not in engineer.get(f"/register/{one}").text
    assert "/rulings/new?about=column" in privacy.get(f"/register/{one}").text
    privacy.get("/language/en", params={"back": "/"})
    tags = {browser: browser.get("/register").text.partition("<tbody>")[2] for browser in (privacy, engineer)}
    assert (">氏名</span>" in tags[privacy], ">name</span>" in tags[privacy]) == (False, True)
    assert (">氏名</span>" in tags[engineer], ">name</span>" in tags[engineer]) == (True, False)


def test_a_personal_page_keeps_no_piece(desk: Opened) -> None:
    signed = desk.signed_in("tanto")
    row = table()["request"]

    def showing(visit: Visit) -> Shown:
        with visit.casebook.transaction() as transaction:
            transaction.record("seen", visit.visitor.account, "request 2026-0001")
        held = visit.holdings
        rows = list(held.verdicts.values())
        asked = dict.fromkeys(("q", "verdict", "severity", "store"), "")
        found = {"rows": rows, "number": 1, "last": 1, "count": len(rows)}
        return Shown("findings.html.j2", {"held": held, "found": found, "asked": asked})

    pages = {"request": 500, "overview": 200}
    routes = [
        Route(f"/{page}", door(desk.desk, Renderer(), Queues(), page, row.model_copy(update={"path": page}), showing))
        for page in pages
    ]
    with (
        served(Starlette(routes=routes), listen("127.0.0.1", 0)) as base,
        httpx.Client(base_url=base, cookies=dict(signed.cookies), trust_env=False) as browser,
    ):
        assert {page: browser.get(f"/{page}").status_code for page in pages} == pages


@pytest.fixture
def made() -> list[object]:
    """What the macro was asked for."""
    return []


@pytest.fixture
def macro(made: list[object]) -> Macro:
    """A macro that counts."""
    environment = Environment(autoescape=True)
    environment.globals["note"] = made.append
    text = "{% macro row(one, word) %}{{ note(one) or '' }}<b>{{ one }}{{ word }}</b>{% endmacro %}"
    found: Macro = environment.from_string(text).module.row  # type: ignore[attr-defined]
    return found


def test_a_piece_is_made_once_on_its_ground_and_escaped(made: list[object], macro: Macro) -> None:
    pieces, ground, other = kept.Kept(), object(), object()
    rows = ["<a>", "b"]
    for _ in range(2):
        assert pieces.on(ground)(macro, rows, "&") == "<b>&lt;a&gt;&amp;</b><b>b&amp;</b>"
    assert made == rows
    assert pieces.on(other)(macro, rows, "!") == "<b>&lt;a&gt;!</b><b>b!</b>"
    assert made == rows * 2


def test_no_more_pieces_are_kept_than_fit(made: list[object], macro: Macro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    rows = ["a", "b", "c"]
    pieces = kept.Kept().on(object())
    assert pieces(macro, rows, "") == pieces(macro, rows, "") == "<b>a</b><b>b</b><b>c</b>"
    assert len(made) > len(rows)
