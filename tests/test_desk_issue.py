"""A My Number at the desk: it passes to its holder's letter within one request, and stays nowhere."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import httpx
import pytest
from pypdf import PdfReader

from tests.desk_cases import NUMBER, Request, another_responder, taken_in, with_cases
from tests.desk_of import Opened, sent


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with with_cases(tmp_path_factory.mktemp("desk")) as found:
        yield found


def to_be_issued(desk: Opened) -> Request:
    """A request for a My Number, too, whose letter was approved."""
    request = taken_in(desk, {"asked.my_number": "1", "asked.scope": "個人番号も"})
    request.up_to_the_letter()
    request.approved()
    return request


def said(letter: httpx.Response) -> str:
    """What a letter's tables say."""
    tables = docx.Document(io.BytesIO(letter.content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def test_it_goes_into_the_letter_that_is_sent_and_into_nothing_else(
    desk: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    request = to_be_issued(desk)
    page = request.page()
    assert "個人番号入りの回答書を発行する" in page
    request.done("answer", {"how": "counter"})
    assert "発行していません" in request.page("answer"), "nothing is answered before it went"
    shown = request.page("issue")
    assert "発行して保存する" in shown

    letter = request.does("issue")
    assert letter.status_code == 200
    assert letter.headers["content-disposition"].startswith("attachment")
    assert letter.headers["cache-control"] == "no-store"
    assert letter.headers["x-accel-buffering"] == "no"
    assert NUMBER in said(letter)
    assert request.case.progress.number.issued_on  # type: ignore[union-attr]

    kept = request.browser.get(f"{request.path}/letter/file")
    assert NUMBER not in said(kept)
    pages = [request.page(one) for one in ("", "letter", "audit", "issue", "review", "amendment")]
    pages += [desk.signed_in("kessai").get(path).text for path in (request.path, "/audit")]
    assert not [one for one in pages if NUMBER in one]
    store = desk.folder / "live.sqlite"
    written = [one for one in (*desk.folder.rglob("*"), *tmp_path.rglob("*")) if one.is_file() and one != store]
    assert written
    assert not [one for one in written if NUMBER.encode() in one.read_bytes()]
    assert NUMBER not in "".join(capfd.readouterr())
    request.answered()


def test_nothing_of_it_is_left_in_what_the_desk_keeps(desk: Opened) -> None:
    request = taken_in(desk, {"asked.my_number": "1"})
    request.searched()
    assert NUMBER not in "".join(
        cell for one in desk.desk.searches._kept if one.looked for row in one.looked.rows.values() for cell in row.cells
    )
    shown = request.page("review")
    ids = re.findall(r'class="candidate \w+" id="([^"]+)"', shown)
    open_rows = request.does("review", {"show": ids[0], "shown": ids}).text
    assert "東京都架空区1-2-3" in open_rows
    assert "表示しません" in open_rows
    assert NUMBER not in open_rows


def test_each_time_stands_in_the_audit_with_who_it_was(desk: Opened) -> None:
    request = to_be_issued(desk)
    request.does("issue")
    assert "もう一度" in request.page("issue")
    request.does("issue")
    rows = re.findall("<tr>.*?</tr>", request.page("audit"), re.DOTALL)
    issued = [row for row in rows if "個人番号入りで発行" in row]
    assert len(issued) == 2
    assert all("tanto" in row for row in issued)


def test_only_who_works_on_the_case_gets_it(desk: Opened) -> None:
    request = to_be_issued(desk)
    other = another_responder(desk)
    refused = sent(other, f"{request.path}/issue", {})
    assert (refused.status_code, "引き受けて" in refused.text) == (400, True)
    for account in ("kessai", "hoshi", "ken"):
        assert sent(desk.signed_in(account), f"{request.path}/issue", {}).status_code == 403
    assert request.browser.post(f"{request.path}/issue", data={}).status_code == 400, "no token"
    assert request.case.progress.number.issued_on is None  # type: ignore[union-attr]
    request.browser.get(f"{request.path}/issue")
    assert request.case.progress.number.issued_on is None, "looking at the page issues nothing"  # type: ignore[union-attr]


def test_there_is_nothing_to_issue_where_nobody_asked_or_nobody_approved(desk: Opened) -> None:
    without = taken_in(desk)
    without.up_to_the_letter()
    without.approved()
    assert "個人番号入り" not in without.page()
    assert without.browser.get(f"{without.path}/issue").status_code == 404
    assert without.does("issue").status_code == 404
    early = taken_in(desk, {"asked.my_number": "1"})
    early.up_to_the_letter()
    assert early.does("issue").status_code == 400
    assert NUMBER not in early.does("issue").text


def _password(page: str) -> str:
    return re.search(r'name="password" value="([^"]+)"', page)[1]  # type: ignore[index]


def test_an_electronic_answer_is_saved_as_a_copy_that_the_shown_password_opens(desk: Opened) -> None:
    request = taken_in(desk, {"asked.form": "electronic", "asked.file": "json"})
    request.up_to_the_letter()
    assert request.browser.post(f"{request.path}/copy", data={}).status_code == 400, "no token"
    assert request.does("copy").status_code == 404, "nothing goes before it is approved"
    request.approved()
    password = _password(request.page("answer"))
    assert "この画面のもの" in request.refused("copy", {"password": "himitsu"})
    copy = request.does("copy", {"password": password})
    assert copy.headers["cache-control"] == "no-store"
    read = PdfReader(io.BytesIO(copy.content))
    assert read.is_encrypted
    assert not PdfReader(io.BytesIO(copy.content)).decrypt("himitsu")
    assert read.decrypt(password)
    assert any(name.endswith(".json") for name in read.attachments)
    assert password not in request.page("answer"), "the next time it is another one"
    request.done("answer", {"how": "electronic"})
    assert request.step == "close"
    assert "パスワード付き: あり" in request.page("audit")
    assert request.does("copy", {"password": password}).status_code == 404


def test_a_my_number_that_goes_electronically_goes_locked(desk: Opened) -> None:
    request = taken_in(desk, {"asked.my_number": "1", "asked.form": "electronic"})
    request.up_to_the_letter()
    request.approved()
    assert 'name="password"' not in request.page("answer"), "its copy is the issued one"
    assert "この画面のもの" in request.refused("issue", {"password": ""})
    assert request.case.progress.number.issued_on is None  # type: ignore[union-attr]
    password = _password(request.page("issue"))
    read = PdfReader(io.BytesIO(request.does("issue", {"password": password}).content))
    assert read.decrypt(password)
    assert NUMBER in "".join(page.extract_text() for page in read.pages)
