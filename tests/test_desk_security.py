"""Nothing gets through to the desk that should not, and nothing that is sent to it breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from pipelines.desk.forms import LARGEST, MOST_FIELDS
from pipelines.register import Register
from tests import filled_register
from tests.desk_of import SECRETS, Opened, opened, sent, sign_in, token

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
INJECTIONS = (
    "' OR '1'='1",
    "x'; DROP TABLE runs; --",
    '") OR 1=1 --',
    "%' UNION SELECT secret FROM accounts --",
    "\\",
    "%00",
    "{{ 7 * 7 }}",
    "${jndi:ldap://x.example}",
    EVIL,
    "９" * 50,
    "-1",
    "1e309",
    "9" * 5_00,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("desk")) as found:
        yield found


# ------------------------------------------------------------------------------------------------- headers


def test_every_answer_carries_the_headers_that_keep_others_out(desk: Opened) -> None:
    for path in ("/sign-in", "/nowhere", "/static/x/y"):
        headers = desk.browser().get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
    assert desk.signed_in("hoshi").get("/register").headers["cache-control"] == "no-store"


def test_pages_hold_no_script_or_style_of_their_own(desk: Opened) -> None:
    browser = desk.signed_in("hoshi")
    for path in ("/", "/register", "/findings", "/policy", "/runs", "/exports", "/audit", "/rulings"):
        text = browser.get(path).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text), path


def test_what_a_page_loads_comes_from_the_desk_alone(desk: Opened) -> None:
    browser = desk.browser()
    found = re.findall(r'(?:src|href)="([^"]+)"', browser.get("/sign-in").text)
    loaded = [path for path in found if path.startswith("/static/")]
    assert all(re.match("/(?!/)|#", path) for path in found)
    assert {path.rpartition("/")[2] for path in loaded} == {"icon.svg", "page.css", "desk.css", "htmx.min.js"}
    for path in loaded:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8321", ""])
def test_a_request_for_another_host_is_turned_away(desk: Opened, host: str) -> None:
    answer = desk.browser({"host": host}).get("/sign-in")
    assert answer.status_code in (400, 421)
    assert "csrf" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/static/x/..%2f..%2fwords.yml",
        "/static/x/%2e%2e/%2e%2e/access.yml",
        "/static/x//etc/passwd",
        "/register/..%2f..%2fetc%2fpasswd",
        "/exports/..%2f..%2faccounts.sqlite",
        "/exports/%2e%2e%2faccounts.sqlite",
        "/runs/1%00",
        "/findings/%ff%fe",
        "/runs/" + "9" * 400,
    ],
)
def test_a_path_leads_to_nothing_but_pages(desk: Opened, path: str) -> None:
    answer = desk.signed_in("hoshi").get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_a_path_or_a_query_out_of_all_measure_is_turned_away(desk: Opened) -> None:
    browser = desk.signed_in("hoshi")
    assert browser.get("/register/" + "x" * 2_000).status_code == 414
    assert browser.get("/register?q=" + "x" * 5_000).status_code == 414
    assert browser.get("/register?q=" + "x" * 1_500).status_code == 200


# ------------------------------------------------------------------------------------------------- forms


@pytest.mark.parametrize("path", ["/rulings", "/rulings/preview", "/assignments", "/sign-out"])
def test_a_form_without_its_sessions_token_does_nothing(desk: Opened, path: str) -> None:
    browser = desk.signed_in("hoshi")
    before = (desk.folder / "declarations").stat().st_mtime_ns
    other = token(desk.signed_in("tsuki").get("/"))
    for form in ({}, {"csrf": ""}, {"csrf": "wrong"}, {"csrf": other}):
        assert browser.post(path, data=form).status_code == 400
    assert browser.get("/").status_code == 200
    assert (desk.folder / "declarations").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_sites_page_sends_does_nothing(desk: Opened, headers: dict[str, str]) -> None:
    browser = desk.signed_in("hoshi")
    form = {"csrf": token(browser.get("/"))}
    assert browser.post("/sign-out", data=form, headers=headers).status_code == 400
    assert browser.get("/").status_code == 200


def test_forms_that_no_page_sends_are_refused_and_break_nothing(desk: Opened) -> None:
    browser = desk.signed_in("hoshi")
    csrf = token(browser.get("/"))
    form = {"content-type": "application/x-www-form-urlencoded"}
    too_large = browser.post("/rulings", content=b"why=" + b"x" * LARGEST, headers=form)
    assert too_large.status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(2 * LARGEST // 1024):
            yield b"x" * 1024

    with suppress(httpx.TransportError):  # it may hang up on who goes on sending
        assert browser.post("/rulings", content=endless(), headers=form).status_code == 413
    for content, kind in (
        (b'{"csrf": "x"}', "application/json"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00", form["content-type"]),
        (b"csrf=%ff%fe", form["content-type"]),
        (b"about=%00", form["content-type"]),
        (b"novalue", form["content-type"]),
        (b"&".join(b"a=1" for _ in range(MOST_FIELDS + 1)), form["content-type"]),
        (f"csrf={csrf}&csrf={csrf}".encode(), form["content-type"]),
        (f"csrf={csrf}&about=verdict&about=column".encode(), form["content-type"]),
    ):
        assert browser.post("/rulings/preview", content=content, headers={"content-type": kind}).status_code == 400
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("value", INJECTIONS)
def test_no_filter_is_more_than_words(desk: Opened, value: str) -> None:
    engineer, approver = desk.signed_in("ken"), desk.signed_in("kessai")
    for browser, path, names in (
        (engineer, "/register", ("q", "store", "item", "subject", "kind", "page")),
        (engineer, "/findings", ("q", "verdict", "severity", "store", "page")),
        (engineer, "/runs", ("page",)),
        (approver, "/audit", ("account", "event", "page")),
    ):
        for name in names:
            answer = browser.get(path, params={name: value})
            assert answer.status_code == 200, (path, name)
            assert EVIL not in answer.text
            assert "<td>49</td>" not in answer.text
    register = Register.open(desk.folder / "register.sqlite", create=False)
    assert register.runs()


@pytest.mark.parametrize("value", INJECTIONS)
def test_no_field_of_a_ruling_is_more_than_words(desk: Opened, value: str) -> None:
    browser = desk.signed_in("hoshi")
    whole = {
        "about": "column",
        "store": "crm",
        "dataset": "dtb_customer",
        "column": "email",
        "says": "phone",
        "why": "x",
    }
    for name in ("about", "store", "dataset", "column", "says", "until"):
        answer = sent(browser, "/rulings/preview", {**whole, name: value})
        assert answer.status_code in (400, 404), name
        assert EVIL not in answer.text
    assert not (desk.folder / "declarations" / "rulings.yml").exists()


def test_hostile_names_in_the_register_are_shown_and_do_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        register = Register.open(desk.folder / "register.sqlite", create=False)
        evil = filled_register.dataset(
            "crm",
            EVIL,
            [filled_register.column(EVIL, "email"), filled_register.column("javascript:alert(1)", "name")],
            [filled_register.rows_of("customer", EVIL)],
            label=EVIL,
        )
        filled_register.scan(register, {"crm": (filled_register.CRM, (evil,), ())})
        browser = desk.signed_in("hoshi")
        pages = [
            browser.get("/register", params={"q": "alert"}),
            browser.get(f"/register/{evil.id}"),
            browser.get("/rulings/new", params={"about": "column", "store": "crm", "dataset": EVIL, "column": EVIL}),
        ]
        for page in pages:
            assert page.status_code == 200
            assert "<script>alert" not in page.text
            assert "<img src=x" not in page.text
            assert "&lt;script&gt;alert(1)" in page.text


def test_a_page_is_moved_on_to_within_the_desk_alone(desk: Opened) -> None:
    for there in ("https://evil.example", "//evil.example", "/\\evil.example", "/%0d%0aset-cookie:x=1\r\nx: y", "x"):
        assert desk.browser().get("/language/ja", params={"back": there}).headers["location"] == "/"
        answer = sign_in(desk.browser(), "tsuki", SECRETS["tsuki"], there)
        assert answer.headers["location"] == "/"
        assert "x" not in answer.headers
    assert sign_in(desk.browser(), "tsuki", SECRETS["tsuki"], "/register").headers["location"] == "/register"
