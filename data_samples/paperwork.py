"""Writers of documents: plain text, mail, Word and PDF, the same bytes every time."""

from __future__ import annotations

from email.header import Header
from email.mime.text import MIMEText
from email.utils import formataddr
from pathlib import Path
from typing import Literal
from zlib import crc32

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from data_samples.archives import without_times

_FONT = "HeiseiMin-W3"
_LINE = 18
_LETTERS_A_LINE = 46


def text(file: Path, body: str, encoding: str = "utf-8") -> None:
    """A plain text file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body.encode(encoding))


def mail(
    file: Path,
    sender: tuple[str, str],
    recipient: tuple[str, str],
    subject: str,
    body: str,
    charset: Literal["utf-8", "iso-2022-jp"] = "utf-8",
) -> None:
    """A mail as a mailer saves it; `sender` and `recipient` are display name and address."""
    message = MIMEText(body, "plain", charset)
    message["Date"] = "Mon, 16 Nov 2026 10:15:00 +0900"
    message["Message-ID"] = f"<{crc32(file.stem.encode()):08x}@mail.aoba-law.example>"
    message["Subject"] = Header(subject, charset).encode()
    for header, (name, address) in (("From", sender), ("To", recipient)):
        message[header] = formataddr((name, address), charset)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(message.as_bytes())


def word(file: Path, title: str, paragraphs: list[str], author: str, rows: list[tuple[str, str]] | None = None) -> None:
    """A Word document, its paragraphs under a title, and a table of two columns where `rows` are given."""
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.title = title
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=2)
        for left, right in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = left, right
    file.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(file))
    without_times(file)


def pdf(file: Path, title: str, lines: list[str], author: str) -> None:
    """A PDF of one page, its text in a CID font so that it can be taken out again."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    file.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(file), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    page = canvas.beginText(56, 780)
    page.setFont(_FONT, 10, leading=_LINE)
    for line in [title, "", *lines]:
        for start in range(0, max(len(line), 1), _LETTERS_A_LINE):
            page.textLine(line[start : start + _LETTERS_A_LINE])
    canvas.drawText(page)
    canvas.save()
