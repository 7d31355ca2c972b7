"""An answer as an electronic record: the copy that goes opens with a password, which is told once and kept nowhere."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pypdfium2
import pytest

from pipelines.casebook.progress import Number
from pipelines.clock import today
from tests.office_with_rows import DISCLOSED, PERSON, Office


def approved(office: Office, **asked: str) -> str:
    number = office.reviewed("disclosure", asked={"form": "electronic", **asked})
    office.decide(number, DISCLOSED)
    return number


def said(pdf: bytes, password: str) -> str:
    with pypdfium2.PdfDocument(pdf, password=password) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("file", ["pdf", "csv", "json"])
def test_the_copy_opens_with_the_password_alone_and_carries_the_data(file: str, office: Office) -> None:
    number = approved(office, file=file)
    out = office.folder / "sent.pdf"
    told = office.told("request", "answer", number, "--how", "electronic", "--out", str(out))
    assert told["step"] == "close"
    password = told["password"]
    assert re.fullmatch("(?:[a-km-np-z2-9]{5}-?){4}", password)
    assert out.stat().st_mode & 0o777 == 0o600
    copy = pypdf.PdfReader(io.BytesIO(out.read_bytes()))
    assert copy.is_encrypted
    assert not copy.decrypt("")
    assert copy.decrypt(password)
    encryption = copy.trailer["/Encrypt"].get_object()
    assert (encryption["/R"], encryption["/Length"]) == (6, 256)  # type: ignore[index]
    assert b"pdfaid" not in out.read_bytes(), "what is locked is no PDF/A, and does not say so"
    assert PERSON["氏名"] in said(out.read_bytes(), password)
    assert "パスワード" in said(out.read_bytes(), password)
    with pytest.raises(pypdfium2.PdfiumError):
        said(out.read_bytes(), "wrong")
    inside = {name: content[0].decode("utf-8-sig") for name, content in copy.attachments.items()}
    assert list(inside) == ([] if file == "pdf" else [f"annex.{file}"])
    assert all(PERSON["電話番号"] in content for content in inside.values())

    kept = office.folder / "kept"
    office.do("request", "read", number, "--out", str(kept), by="kessai")
    assert (b"pdfaid" in kept.read_bytes()) == (file == "pdf"), "the approved one stays as it is"
    for path in office.folder.rglob("*"):
        assert not path.is_file() or password.encode() not in path.read_bytes(), path
    assert password not in json.dumps(office.shown(number))
    detail = office.entries("SELECT detail FROM audit WHERE event = 'answered'")
    assert json.loads(detail[0][0])["locked"] is True


def test_the_letter_says_that_data_is_attached_where_it_is(office: Office) -> None:
    refusal = {"kind": "disclosure", "outcome": "refuse", "ground": "33(2)(i)", "reason": "全部"}
    for item, file, kind, attached in (
        (refusal, "csv", "pdf", False),
        (DISCLOSED, "", "csv", True),
        (DISCLOSED, "", "pdf", False),
    ):
        number = office.reviewed("disclosure", asked={"form": "electronic", "file": file})
        office.do("request", "decide", number, given={"items": [item]})
        copy = office.folder / number
        office.do("request", "letter", number, "--as", kind, "--out", str(copy))
        content = copy.read_bytes()
        if attached:
            content = ZipFile(io.BytesIO(content)).read("letter.pdf")
        assert ("添付ファイル" in said(content, "")) == attached


def test_what_goes_electronically_goes_locked_and_nothing_else_does(office: Office, tmp_path: Path) -> None:
    number = approved(office)
    assert "--out" in office.refused("request", "answer", number, "--how", "electronic")
    office.sql("UPDATE members SET point = 4 WHERE id = 7")
    out = tmp_path / "sent.pdf"
    refused = office.refused("request", "answer", number, "--how", "electronic", "--out", str(out))
    assert "確認した行が変わっています" in refused
    assert not out.exists(), "nobody knows its password"
    office.sql("UPDATE members SET point = 3 WHERE id = 7")
    done = office.do("request", "answer", number, "--how", "electronic", "--out", str(out))
    shown = re.findall("(?:[a-z2-9]{5}-){3}[a-z2-9]{5}", done.output)
    assert len(shown) == 1
    assert PERSON["氏名"] in said(out.read_bytes(), shown[0])

    paper = office.reviewed("disclosure")
    office.decide(paper, DISCLOSED)
    refused = office.refused("request", "answer", paper, "--how", "mail", "--out", str(tmp_path / "no.pdf"))
    assert "電磁的記録でお渡しするものではありません" in refused


def test_an_answer_that_was_not_recorded_leaves_no_copy(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.casebook.book import Casebook

    number = approved(office)
    out = office.folder / "sent.pdf"

    def change(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(Casebook, "change", change)
        office.do("request", "answer", number, "--how", "electronic", "--out", str(out), fails=70)
    assert not out.exists()
    assert office.shown(number)["step"] == "answer"


@pytest.mark.parametrize("form", ["writing", "electronic"])
def test_a_number_whose_issue_was_not_recorded_stays_in_no_file(
    form: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.casebook.book import Casebook
    from pipelines.casebook.letters import issuing

    number = approved(office, form=form)
    out = office.folder / "sent"
    day = today()
    letter = office.folder / "letter"
    office.do("request", "read", number, "--out", str(letter))

    def change(*_: object) -> None:
        assert out.exists()
        raise RuntimeError

    with monkeypatch.context() as patched:
        # no store of this office holds a My Number: the letter stands for one with it
        put_up = Number(content="d", language="ja", on=day)
        patched.setattr(issuing, "approved_number", lambda _: put_up)
        patched.setattr(issuing, "issue", lambda *_: issuing.Issue(letter.read_bytes(), "d", day))
        patched.setattr(Casebook, "change", change)
        office.do("request", "issue", number, "--out", str(out), fails=70)
    assert not out.exists()
