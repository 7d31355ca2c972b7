"""Who sees which page of the desk: every route × every role × nobody; personal data only with an entry in the audit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from pipelines.desk.access import answering, table
from pipelines.desk.door import Queues, door
from pipelines.desk.rendering import Renderer, digest, list_of
from pipelines.desk.serving import listen
from pipelines.desk.visit import Shown, Visit
from pipelines.register import Register
from tests.conftest import ROOT
from tests.desk_of import ROLES, Opened, opened, sent, served

NOBODY = "nobody"
LET_IN = {200, 303, 400, 404}
"""What a page says that was reached: here it is, go on there, nothing of that kind."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("desk")) as found:
        yield found


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    assert answering().keys() == table().keys()


def test_every_entry_that_is_written_has_its_words() -> None:
    """Codes of the audit are read by people: none leaks into a page as it is."""
    written = set()
    for file in (ROOT / "pipelines").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        written |= set(re.findall(r'\b(?:record|_record|note|write)\(\s*(?:\w+, )?"([a-z_]+)"', text))
        written |= set(re.findall(r'(?:change|changed)\(\s*[^()]*?"([a-z_]+)",', text))
    assert {"values_seen", "issued", "owner_asked", "decided", "account_added"} <= written, "they are found"
    assert written <= list_of("event").keys(), written - list_of("event").keys()


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
@pytest.mark.parametrize("page", table())
def test_a_page_is_seen_by_the_roles_of_its_row_alone(desk: Opened, page: str, role: str) -> None:
    row = table()[page]
    register = Register.open(desk.folder / "register.sqlite", create=False)
    places = {
        "id": register.datasets()[0].id if page == "dataset" else next(register.verdicts())["id"],
        "number": "1",
        "name": "json" if page == "export" else "desk.css",
        "digest": digest("desk.css"),
        "language": "ja",
    }
    path = row.path.format(**places)
    browser = desk.browser() if role == NOBODY else desk.signed_in(ROLES[role])
    if page == "sign_out" and role != NOBODY:
        pytest.skip("would end the session of the other cases; tested by itself")
    if row.method == "GET":
        answer = browser.get(path)
    elif role == NOBODY:
        answer = browser.post(path, data={"csrf": "x"})
    else:
        answer = sent(browser, path, {})
    if row.roles == "everybody":
        if page != "sign_in_try" or role != NOBODY:
            assert answer.status_code in {*LET_IN, 403 if page == "sign_in_try" else 200}
    elif role == NOBODY:
        assert answer.status_code == (303 if row.method == "GET" else 403)
        if row.method == "GET":
            assert answer.headers["location"].startswith("/sign-in")
    elif role in row.roles:
        assert answer.status_code in LET_IN
        assert "見る役割ではありません" not in answer.text
    else:
        assert answer.status_code == 403
        assert "見る役割ではありません" in answer.text


@pytest.mark.parametrize("page", [page for page, row in table().items() if row.menu])
def test_the_menu_shows_only_what_its_reader_may_see(desk: Opened, page: str) -> None:
    row = table()[page]
    for role, account in ROLES.items():
        shown = f'<a href="{row.path}"' in desk.signed_in(account).get("/").text.partition("<main")[0]
        assert shown == (role in row.roles or page == "overview"), role


def test_an_engineer_sees_nothing_of_requests(desk: Opened) -> None:
    assert "請求" not in desk.signed_in("ken").get("/").text
    assert "請求" in desk.signed_in("hoshi").get("/").text


def test_a_personal_page_that_leaves_no_entry_in_the_audit_is_not_sent(
    desk: Opened, capfd: pytest.CaptureFixture[str]
) -> None:
    signed = desk.signed_in("tanto")
    row = table()["overview"].model_copy(update={"personal": True, "roles": ("responder",)})

    def forgetful(_: Visit) -> Shown:
        return Shown("wrong.html.j2", {"says": "架空 花子"})

    def careful(visit: Visit) -> Shown:
        with visit.casebook.transaction() as transaction:
            transaction.record("seen", visit.visitor.account, "request 2026-0001")
        return forgetful(visit)

    routes = [
        Route(f"/{name}", door(desk.desk, Renderer(), Queues(), "overview", row, answer))
        for name, answer in {"forgetful": forgetful, "careful": careful}.items()
    ]
    with (
        served(Starlette(routes=routes), listen("127.0.0.1", 0)) as base,
        httpx.Client(base_url=base, cookies=dict(signed.cookies), trust_env=False) as browser,
    ):
        shown, kept = browser.get("/careful"), browser.get("/forgetful")
    assert (shown.status_code, "架空 花子" in shown.text) == (200, True)
    assert kept.status_code == 500
    assert "架空" not in kept.text
    assert "without an entry in the audit" in capfd.readouterr().err


def test_a_template_that_fails_costs_one_page_and_tells_no_value(
    desk: Opened, capfd: pytest.CaptureFixture[str]
) -> None:
    signed = desk.signed_in("ken")

    def failing(_: Visit) -> Shown:
        return Shown("wrong.html.j2", {"says": Unsayable()})

    class Unsayable:
        def __str__(self) -> str:
            raise ValueError("架空 花子")

    row = table()["overview"]
    routes = [Route("/failing", door(desk.desk, Renderer(), Queues(), "overview", row, failing))]
    with (
        served(Starlette(routes=routes), listen("127.0.0.1", 0)) as base,
        httpx.Client(base_url=base, cookies=dict(signed.cookies), trust_env=False) as browser,
    ):
        answer = browser.get("/failing")
    assert answer.status_code == 500
    assert "内部エラー" in answer.text
    told = capfd.readouterr().err
    assert "ValueError" in told
    assert "架空" not in told
