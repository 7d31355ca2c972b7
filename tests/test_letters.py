"""A letter as a file: typeset in a font that is in it, its text read back, one value behind every kind."""

from __future__ import annotations

import csv
import ctypes
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from expectations.policy import load
from pipelines.casebook.case import Case
from pipelines.casebook.draft import Draft, opened
from pipelines.casebook.gates import RefusedError
from pipelines.casebook.letters.annex import called
from pipelines.casebook.letters.making import KINDS, chosen, made
from pipelines.casebook.letters.parts import Annex, Kind, Letter, Section
from pipelines.casebook.progress import Decision
from pipelines.casebook.sealing import CasebookError
from pipelines.clock import now
from tests.letter_files import pages_of, text_of

FACTS = (("本人の区分", "顧客に関する個人情報"), ("利用目的（公表文）", "1.1(1) 一行目\n1.1(2) 二行目"))
LETTER = Letter(
    language="ja",
    title="保有個人データの開示等に関する回答書",
    head=("文書番号　2026-0001-1", "2026年11月29日"),
    to=("東京都千代田区架空町1-2-3 架空ハイツ101", "髙橋 𠮷子 様"),
    sender=("株式会社あおば法務サービス", "代表取締役 青葉 みのり"),
    opening="2026年11月20日に受け付けましたご請求について、次のとおり回答いたします。",
    sections=(Section("ご請求", ("受付番号 2026-0001",)), Section("決定", ("別紙のとおり開示いたします。",))),
    closing="以上",
    annex_title="別紙　開示するデータ",
    annex=(
        Annex(
            FACTS,
            (("氏名（name）", "髙橋 𠮷子 渡邉 﨑山 葛󠄀城"), ("備考（memo）", "#strong[記号] *そのまま* $x$ \\ // ＝1")),
        ),
    ),
    note="黒塗りの部分は、ご本人以外の方に関する情報です。",
)


def fonts_of(pdf: bytes) -> Iterator[tuple[str, bool]]:
    """The font of every piece of text, and whether it is in the file."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(piece.raw)
                name = ctypes.create_string_buffer(200)
                pdfium.FPDFFont_GetBaseFontName(font, name, 200)
                yield name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))


def test_a_pdf_can_be_read_back_and_has_its_font_in_it() -> None:
    pdf = made(LETTER, "pdf")
    said = "".join(pages_of(pdf))
    for part in (
        LETTER.title, "文書番号　2026-0001-1", "髙橋 𠮷子 様", "架空町1-2-3", "1　ご請求", "以上", LETTER.annex_title,
        "1.1(2) 二行目", "渡邉 﨑山", "#strong[記号] *そのまま* $x$ \\ // ＝1", LETTER.note,
    ):  # fmt: skip
        assert part in said, part
    fonts = set(fonts_of(pdf))
    assert fonts
    assert all(embedded and "NotoSerifJP" in name for name, embedded in fonts)


def test_the_pages_are_numbered_and_a_long_annex_goes_over_them() -> None:
    many = tuple((f"項目{number}", f"値{number}") for number in range(200))
    pages = pages_of(made(replace(LETTER, annex=(Annex((), many),)), "pdf"))
    assert len(pages) > 3
    assert all(page.endswith(f"{number} / {len(pages)}") for number, page in enumerate(pages, start=1))
    assert all(f"値{number}" in "".join(pages) for number in range(200))


def test_a_long_key_stays_in_its_cell() -> None:
    key = "0123456789abcdef" * 20
    pdf = made(replace(LETTER, annex=(Annex((), (("鍵", key),)),)), "pdf")
    assert key in "".join(pages_of(pdf)), "whole, and without a sign that was not in it"
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            rights = [piece.get_bounds()[2] for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
            assert max(rights) < page.get_width() - 60


def test_what_no_font_has_is_refused_without_being_quoted() -> None:
    strange = replace(LETTER, annex=(Annex((), (("備考", "外字\ue001と名前"),)),))
    with pytest.raises(CasebookError, match="書体にない文字") as refused:
        made(strange, "pdf")
    assert "名前" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_letter_in_english_is_set_in_english() -> None:
    english = replace(LETTER, language="en", title="Answer to Your Request", closing="", annex=())
    assert "Answer to Your Request" in "".join(pages_of(made(english, "pdf")))


def test_every_kind_says_the_same() -> None:
    words, pdf = text_of(made(LETTER, "docx")), "".join(pages_of(made(LETTER, "pdf")))
    for part in (*LETTER.head, *LETTER.to, LETTER.opening, *(line for one in LETTER.sections for line in one.lines)):
        assert part in words
        assert part in pdf


def opened_(archive: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(archive)) as files:
        return {name: files.read(name) for name in files.namelist()}


def test_data_goes_as_csv_that_excel_reads_and_takes_for_no_formula() -> None:
    tricky = replace(LETTER, annex=(Annex(FACTS, (("備考", "=HYPERLINK(1)"), ("長文", "あ" * 40_000), ("値", "-5"))),))
    inside = opened_(made(tricky, "csv"))
    assert inside["annex.csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(inside["annex.csv"].decode("utf-8-sig"))))
    assert rows == [
        ["record", "item", "content"],
        *(["1", *fact] for fact in FACTS),
        ["1", "備考", "'=HYPERLINK(1)"],
        ["1", "長文", "あ" * 40_000],
        ["1", "値", "'-5"],
    ]
    assert LETTER.title in "".join(pages_of(inside["letter.pdf"]))


def test_data_as_json_is_as_it_is() -> None:
    inside = opened_(made(replace(LETTER, annex=(Annex(FACTS, (("備考", "=1"), ("備考", "二つ目"))),)), "json"))
    said = json.loads(inside["annex.json"])
    assert said["records"] == [
        {
            "facts": [{"item": item, "content": content} for item, content in FACTS],
            "items": [{"item": "備考", "content": "=1"}, {"item": "備考", "content": "二つ目"}],
        }
    ]


def test_columns_are_called_by_what_they_hold() -> None:
    columns = [("tel1", "phone"), ("fax_no", "phone"), ("mail", "email"), ("携帯", "phone"), ("備考", "free_text"),
               ("pt", "not_personal"), ("x1", "unresolved"), ("x2", "")]  # fmt: skip
    assert called(columns, "ja") == (
        "電話番号（tel1）", "電話番号（fax_no）", "メールアドレス", "携帯", "備考", "pt", "x1", "x2",
    )  # fmt: skip
    assert called(columns[2:4], "en") == ("e-mail address", "phone number")


def asked(outcome: str = "comply", **form: str) -> Case:
    draft = {"route": "formal", "kinds": ["disclosure"], "requester": "self", "channel": "post",
             "individual": {"names": ["架空 花子"]}, "asked": form}  # fmt: skip
    case = opened(Draft.model_validate(draft), "2026-0001", load("handling-of-personal-information"), now())
    decision = Decision.model_validate({"items": [{"kind": "disclosure", "outcome": outcome}]})
    return case.model_copy(update={"progress": case.progress.model_copy(update={"decision": decision})})


@pytest.mark.parametrize(
    ("case", "kind", "others"),
    [
        (asked(), "docx", {"pdf"}),
        (asked(form="writing"), "docx", {"pdf"}),
        (asked(form="electronic"), "pdf", {"csv", "json"}),
        (asked(form="electronic", file="json"), "json", set()),
        # what they asked for cannot be done, and the letter says why (art 33(2))
        (asked("other_measure", form="electronic", file="csv"), "docx", {"pdf", "csv", "json"}),
    ],
)
def test_the_individual_chooses_the_file(case: Case, kind: Kind, others: set[Kind]) -> None:
    assert chosen(case, LETTER, None) == kind
    for wanted in KINDS:
        if wanted in {kind, *others}:
            assert chosen(case, LETTER, wanted) == wanted
        else:
            with pytest.raises(RefusedError) as refused:
                chosen(case, LETTER, wanted)
            assert refused.value.code == "other_form"


def test_a_letter_without_data_is_no_archive() -> None:
    assert chosen(asked(form="electronic", file="csv"), replace(LETTER, annex=()), None) == "pdf"


def test_the_font_s_licence_stands_beside_it() -> None:
    folder = Path(__file__).parent.parent / "pipelines" / "casebook" / "letters" / "fonts"
    assert {path.suffix for path in folder.iterdir()} == {".ttf", ".txt"}
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
