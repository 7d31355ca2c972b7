"""A letter as a file: typeset in a font that is in it, its text read back, one value behind every kind."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pipelines.casebook.letters.content import Annex, Letter, Section
from pipelines.casebook.letters.making import KINDS, made
from pipelines.casebook.sealing import CasebookError
from tests.test_request_answer import text_of

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
            (("本人の区分", "顧客に関する個人情報"), ("利用目的（公表文）", "1.1(1) 一行目\n1.1(2) 二行目")),
            (("氏名（name）", "髙橋 𠮷子 渡邉 﨑山 葛󠄀城"), ("備考（memo）", "#strong[記号] *そのまま* $x$ \\ // ＝1")),
        ),
    ),
    note="黒塗りの部分は、ご本人以外の方に関する情報です。",
)


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "") for page in document]


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
    assert set(KINDS) == {"docx", "pdf"}


def test_the_font_s_licence_stands_beside_it() -> None:
    folder = Path(__file__).parent.parent / "pipelines" / "casebook" / "letters" / "fonts"
    assert {path.suffix for path in folder.iterdir()} == {".ttf", ".txt"}
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
