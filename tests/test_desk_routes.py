"""Every row of `access.yml`, for every role and nobody: the wrong method, no token, another's token, and what is too
large, malformed or another site's. Pages of a case are asked for with a case that is there, and whoever may not see it
gets nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx
import pytest

from pipelines.desk.access import Access, table
from pipelines.desk.forms import KIND, LARGEST, MOST_FIELDS
from pipelines.desk.rendering import digest
from pipelines.register import Register
from tests.desk_cases import MAIL, Request, taken_in, with_cases
from tests.desk_of import ROLES, Opened, sent, token

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
POSTS = [page for page, row in table().items() if row.method == "POST"]
OF_CASES = [page for page in table() if page.startswith("request_") and "{number}" in table()[page].path] + ["request"]
OF_NOBODY = ("東京都架空区", "架空 花子", MAIL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with with_cases(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.fixture(scope="module")
def case(desk: Opened) -> Request:
    """A case whose letter lies before the approver."""
    request = taken_in(desk)
    request.up_to_the_letter()
    return request


@pytest.fixture(scope="module")
def paths(desk: Opened, case: Request) -> Mapping[str, str]:
    """Every page's path, of something that is there."""
    register = Register.open(desk.folder / "register.sqlite", create=False)
    finding, dataset = next(register.verdicts())["id"], register.datasets()[0].id
    places = {"digest": digest("desk.css"), "language": "ja"}
    found = {}
    for page, row in table().items():
        number = case.number if page in OF_CASES else "1"
        id = dataset if page == "dataset" else finding
        name = "json" if page == "export" else "desk.css"
        found[page] = row.path.format(**places, number=number, id=id, name=name)
    return found


def browsers(desk: Opened) -> Iterator[tuple[str, httpx.Client]]:
    """Everybody's, and nobody's."""
    yield "", desk.browser()
    for role, account in ROLES.items():
        yield role, desk.signed_in(account)


def lets(row: Access, role: str) -> bool:
    return row.roles == "everybody" or role in row.roles


@pytest.mark.parametrize("page", table())
def test_a_page_answers_to_its_own_methods_alone(desk: Opened, paths: Mapping[str, str], page: str) -> None:
    own = {row.method for row in table().values() if row.path == table()[page].path}
    own |= {"HEAD"} if "GET" in own else set()
    for role, browser in browsers(desk):
        for method in METHODS:
            if method not in own:
                answer = browser.request(method, paths[page])
                # a path with braces may be another page's own (/rulings/preview is none of /rulings/…)
                assert answer.status_code == 404, (role, method)
                assert not [one for one in OF_NOBODY if one in answer.text]


@pytest.mark.parametrize("page", OF_CASES)
def test_who_may_not_see_a_case_gets_nothing_of_it(
    desk: Opened, case: Request, paths: Mapping[str, str], page: str
) -> None:
    row, before = table()[page], case.case
    for role, browser in browsers(desk):
        if lets(row, role):
            continue
        answer = browser.get(paths[page]) if row.method == "GET" else sent_by(browser, paths[page], role)
        assert answer.status_code == (403 if role or row.method == "POST" else 303), role
        assert not [one for one in (*OF_NOBODY, "回答書") if one in answer.text], role
        assert "content-disposition" not in answer.headers
    assert case.case == before


def sent_by(browser: httpx.Client, path: str, role: str) -> httpx.Response:
    return sent(browser, path, {}) if role else browser.post(path, data={"csrf": "x"})


@pytest.mark.parametrize("page", POSTS)
def test_a_form_without_its_own_token_does_nothing(
    desk: Opened, case: Request, paths: Mapping[str, str], page: str
) -> None:
    row, before = table()[page], case.case
    for role, browser in browsers(desk):
        other = token(desk.browser().get("/sign-in")) if not role else token(desk.signed_in("tsuki").get("/"))
        audited = _seen(desk)
        for form in ({}, {"csrf": ""}, {"csrf": "wrong"}, {"csrf": other}, {"csrf": [other, other]}):
            answer = browser.post(paths[page], data=form)
            wanted = 400 if lets(row, role) else 403
            assert answer.status_code == wanted, (role, form)
            assert not [one for one in OF_NOBODY if one in answer.text]
        assert _seen(desk) == audited, f"{role}: nothing was looked at"
        if role:
            assert browser.get("/policy").status_code == 200, f"{role}: nobody was signed out"
    assert case.case == before


@pytest.mark.parametrize("page", POSTS)
def test_a_form_that_no_page_sends_is_refused_and_breaks_nothing(
    desk: Opened, case: Request, paths: Mapping[str, str], page: str, capfd: pytest.CaptureFixture[str]
) -> None:
    row, before = table()[page], case.case
    role = next(iter(ROLES)) if row.roles == "everybody" else row.roles[0]
    browser = desk.signed_in(ROLES[role])
    csrf = token(browser.get("/"))
    for content, kind, status in (
        (b"csrf=" + csrf.encode() + b"&x=" + b"x" * LARGEST, KIND, 413),
        (f'{{"csrf": "{csrf}"}}'.encode(), "application/json", 400),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 400),
        (f"csrf={csrf}&x=%ff%fe".encode(), KIND, 400),
        (f"csrf={csrf}&x=%00".encode(), KIND, 400),
        (f"csrf={csrf}&x".encode(), KIND, 400),
        ("&".join([f"csrf={csrf}", *(f"a{number}=1" for number in range(MOST_FIELDS))]).encode(), KIND, 400),
    ):
        assert browser.post(paths[page], content=content, headers={"content-type": kind}).status_code == status
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert browser.post(paths[page], data={"csrf": csrf}, headers=headers).status_code == 400
    assert case.case == before
    assert capfd.readouterr().err == "", "nothing went wrong inside"


@pytest.mark.parametrize("page", POSTS)
def test_long_and_hostile_fields_are_answered_in_words(
    desk: Opened, case: Request, paths: Mapping[str, str], page: str, capfd: pytest.CaptureFixture[str]
) -> None:
    row = table()[page]
    if page in ("sign_out", "sign_in_try"):
        pytest.skip("ends or begins a session; tested by themselves")
    browser = desk.signed_in(ROLES["privacy" if row.roles == "everybody" else row.roles[0]])
    names = (
        "about", "store", "dataset", "column", "says", "why", "until", "second", "verdict", "to", "what", "show",
        "held", "language", "kind", "of", "secret", "how", "tracking", "item.0.kind", "item.0.outcome", "id", "route",
        "instructed_on", "payment.amount", "payment.on", "notice.kind", "notice.on", "asked.ground", "proof.control",
        "shown", "individual.names", "individual.birth_date", "deputy.capacity", "kinds", "channel", "arrived",
        "on", "by", "reason", "note", "unreachable", "address", "mail", "item.0.groups", "item.0.until",
    )  # fmt: skip
    for value in (
        "x" * 3_000,
        "<script>alert(1)</script>",
        "9" * 400,
        "２０２６-１３-４５",
        "{{ 7 * 7 }}",
        "' OR 1=1 --",
    ):
        answer = sent(browser, paths[page], dict.fromkeys(names, value))
        assert answer.status_code in (200, 303, 400, 404), value
        assert "<script>alert" not in answer.text
        assert "<td>49</td>" not in answer.text
    assert capfd.readouterr().err == "", "nothing went wrong inside"


def _seen(desk: Opened) -> int:
    """Entries of the casebook's audit so far, but for those of this look."""
    assert desk.desk.casebook
    with desk.desk.casebook.transaction() as transaction:
        return int(transaction.connection.exec_driver_sql("SELECT count(*) FROM audit").scalar_one())
