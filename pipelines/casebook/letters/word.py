"""A letter as a .docx that Word and LibreOffice open: A4, a Japanese font by name, the annex in tables."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pipelines.casebook.letters.content import Annex, Letter

_FONTS = {"ja": ("Century", "游明朝"), "en": ("Century", "游明朝")}
"""Latin and East Asian; a reader without them takes its own of that kind."""


def document(letter: Letter) -> bytes:
    """The document's bytes."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    page: Any = docx.Document()
    _set_up(page, letter)
    for line in letter.head:
        page.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in letter.to:
        page.add_paragraph(line)
    for line in letter.sender:
        page.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    title = page.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(14)
    run = title.add_run(letter.title)
    run.bold, run.font.size = True, Pt(14)
    page.add_paragraph(letter.opening)
    for number, section in enumerate(letter.sections, start=1):
        head = page.add_paragraph()
        head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(8), True
        head.add_run(f"{number}　{section.title}").bold = True
        for line in section.lines:
            page.add_paragraph(line).paragraph_format.left_indent = Mm(7)
    if letter.closing:
        page.add_paragraph(letter.closing).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if letter.annex:
        page.add_page_break()
        head = page.add_paragraph()
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(letter.annex_title).bold = True
        for number, one in enumerate(letter.annex, start=1):
            _add(page, number, one)
        if letter.note:
            page.add_paragraph(letter.note)
    content = BytesIO()
    page.save(content)
    return content.getvalue()


def _set_up(page: Any, letter: Letter) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    style: Any = page.styles["Normal"]
    latin, east = _FONTS[letter.language]
    style.font.name, style.font.size = latin, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), east)
    style.paragraph_format.space_after = Pt(2)
    properties = page.core_properties
    # nothing of the person in what a file tells without being opened
    properties.title, properties.author, properties.comments = letter.title, "", ""


def _add(page: Any, number: int, annex: Annex) -> None:
    from docx.shared import Mm, Pt

    rows = [*annex.facts, *annex.items]
    head = page.add_paragraph()
    head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(8), True
    head.add_run(f"({number})").bold = True
    table = page.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    # Word goes by the cells' widths, LibreOffice by the columns'
    table.columns[0].width, table.columns[1].width = Mm(50), Mm(110)
    for place, (item, content) in enumerate(rows):
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(50), Mm(110)
        cells[0].text, cells[1].text = item, content
        if place < len(annex.facts):
            for run in cells[0].paragraphs[0].runs:
                run.bold = True
