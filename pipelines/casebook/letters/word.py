"""A letter or a blank form as a .docx that Word and LibreOffice open: A4, a Japanese font by name, tables."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pipelines.casebook.letters.parts import Annex, Letter

if TYPE_CHECKING:
    from pipelines.casebook.letters.blanks import Blank

_FONTS = {"ja": ("Century", "游明朝"), "en": ("Century", "游明朝")}
"""Latin and East Asian; a reader without them takes its own of that kind."""


def document(letter: Letter) -> bytes:
    """The document's bytes."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    page: Any = docx.Document()
    _set_up(page, letter.title, letter.language)
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
    return _saved(page)


def form(blank: Blank) -> bytes:
    """A blank form's bytes."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    page: Any = docx.Document()
    _set_up(page, blank.title, blank.language, margin=18, size=9.5)
    for line in blank.to:
        page.add_paragraph(line)
    title = page.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(blank.title)
    run.bold, run.font.size = True, Pt(14)
    page.add_paragraph(blank.opening)
    for part in blank.parts:
        head = page.add_paragraph()
        head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(6), True
        head.add_run(part.title).bold = True
        table = _table(page, 42, 132)
        for one in part.fields:
            row = _row(table, one.label, one.text)
            row.height = Mm(7 * one.lines)
    page.add_paragraph(blank.closing).paragraph_format.space_before = Pt(8)
    for line in blank.signed:
        page.add_paragraph(line).paragraph_format.space_before = Pt(12)
    return _saved(page)


def _set_up(page: Any, title: str, language: str, margin: int = 25, size: float = 10.5) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin)
    section.top_margin = section.bottom_margin = Mm(margin)
    style: Any = page.styles["Normal"]
    latin, east = _FONTS[language]
    style.font.name, style.font.size = latin, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), east)
    style.paragraph_format.space_after = Pt(2)
    properties = page.core_properties
    # nothing of the person in what a file tells without being opened
    properties.title, properties.author, properties.comments = title, "", ""


def _add(page: Any, number: int, annex: Annex) -> None:
    from docx.shared import Pt

    rows = [*annex.facts, *annex.items]
    head = page.add_paragraph()
    head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(8), True
    head.add_run(f"({number})").bold = True
    table = _table(page, 50, 110)
    for place, (item, content) in enumerate(rows):
        row = _row(table, item, content)
        if place < len(annex.facts):
            for run in row.cells[0].paragraphs[0].runs:
                run.bold = True


def _table(page: Any, left: int, right: int) -> Any:
    """An empty table of two columns, in millimetres."""
    from docx.shared import Mm

    table = page.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    # Word goes by the cells' widths, LibreOffice by the columns'
    table.columns[0].width, table.columns[1].width = Mm(left), Mm(right)
    return table


def _row(table: Any, item: str, content: str) -> Any:
    row = table.add_row()
    for cell, column, text in zip(row.cells, table.columns, (item, content), strict=True):
        cell.width, cell.text = column.width, text
    return row


def _saved(page: Any) -> bytes:
    content = BytesIO()
    page.save(content)
    return content.getvalue()
