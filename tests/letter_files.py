"""A letter's file, read back."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2


def text_of(letter: bytes | Path) -> str:
    page = docx.Document(io.BytesIO(letter) if isinstance(letter, bytes) else str(letter))
    cells = (cell.text for table in page.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in page.paragraphs), *cells])


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "") for page in document]
