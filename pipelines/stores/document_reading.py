"""One document's text and what it says of itself, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from threading import Lock

from pipelines.stores import StoreError
from pipelines.stores.containers import LOCKED, demand_bearable, demand_open
from pipelines.stores.plain_texts import Document, html, lines, plain

UNPACKED = 500 * 2**20
"""Bytes a document may unpack to: it is held in memory whole."""


def docx(raw: bytes) -> Document:
    """A Word document: paragraphs, tables, text boxes, headers, footers, notes and comments."""
    demand_open(BytesIO(raw))
    demand_bearable(BytesIO(raw), UNPACKED)
    import docx as python_docx

    from pipelines.stores.word import text

    word = python_docx.Document(BytesIO(raw))
    about = word.core_properties
    return Document(text(word), about.title, about.author, subject=about.subject)


def pptx(raw: bytes) -> Document:
    """A presentation: every text on its slides, and the notes."""
    demand_open(BytesIO(raw))
    demand_bearable(BytesIO(raw), UNPACKED)
    from pptx import Presentation

    from pipelines.stores.slides import text

    show = Presentation(BytesIO(raw))
    about = show.core_properties
    return Document(text(show), about.title, about.author, subject=about.subject)


_PDFIUM = Lock()
"""PDFium is one library for the whole process and not made for threads."""
_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""


def pdf(raw: bytes) -> Document:
    """A PDF's text layer; StoreError `locked` with a password, `unsupported` where there are only pictures."""
    import pypdfium2

    with _PDFIUM:
        try:
            file = pypdfium2.PdfDocument(raw)
        except pypdfium2.PdfiumError as error:
            if error.err_code == _PASSWORD:
                raise StoreError("locked", LOCKED) from None
            raise
        try:
            pages = [page.get_textpage().get_text_bounded() for page in file]
            about = file.get_metadata_dict()
        finally:
            file.close()
    body = lines("\n".join(pages)).replace("\ufffe", "").replace("\0", "")
    if not body.strip():
        raise StoreError("unsupported", "文字情報のない PDF です（画像のみ）。文字認識は行いません")
    return Document(body, about.get("Title", ""), about.get("Author", ""), subject=about.get("Subject", ""))


READERS: Mapping[str, Callable[[bytes], Document]] = {
    ".txt": plain,
    ".md": plain,
    ".html": html,
    ".htm": html,
    ".docx": docx,
    ".pptx": pptx,
    ".pdf": pdf,
}
"""Suffix → reader of a file's bytes."""
