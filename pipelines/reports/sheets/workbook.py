"""A sheet written: frozen header, filters, widths, drop-downs, print set-up; text that can never become a formula."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from pipelines.reports.sheets.fields import Cell, Rows, Sheet, is_to_fill

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_000
"""Characters a cell can hold, less some."""
FIELDS_A_PAGE = 11
"""Columns side by side on a printed page (A3, landscape): more of them cannot be read."""
LONGEST_LIST = 255
"""Characters of a drop-down's list that Excel takes."""
CHOICES = "choices"
"""The sheet of longer lists."""
SPARE_ROWS = 200
"""Rows below the last one that have the drop-downs, too."""

GROUPS = {
    "what": "DCE5EE",
    "whose": "E0EBDD",
    "items": "F3E3DC",
    "use": "EBE1EF",
    "acquisition": "F6EBD0",
    "keeping": "DDECEB",
    "outside": "EADFD6",
    "review": "E7E7E3",
}
_RISKY = tuple("=+-@\t\r\n＝＋－＠")
"""Full-width signs, too: a Japanese Excel reads ＝ as =."""

_LINE = Border(*(Side(style="hair", color="B8B4AA"),) * 4)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_CENTRED = Alignment(vertical="center", horizontal="center", wrap_text=True)

# named styles: one assignment a cell, which counts at hundreds of thousands of them
_HEADERS = {
    group: NamedStyle(
        f"daicho-{group}",
        font=Font(bold=True, size=10),
        alignment=_CENTRED,
        border=_LINE,
        fill=PatternFill("solid", fgColor=colour),
    )
    for group, colour in GROUPS.items()
}
_ENTRY = NamedStyle("daicho-entry", font=Font(size=10), alignment=_WRAPPED, border=_LINE)
_TO_FILL = NamedStyle(
    "daicho-to-fill",
    font=Font(size=10),
    alignment=_WRAPPED,
    border=_LINE,
    fill=PatternFill("solid", fgColor="FFF6D6"),
)


def new() -> Workbook:
    """A workbook without sheets that knows the ledger's styles."""
    book = Workbook()
    book.remove(book.active)
    for style in (*_HEADERS.values(), _ENTRY, _TO_FILL):
        # a style belongs to the one workbook it was added to
        book.add_named_style(copy(style))
    return book


def add(book: Workbook, sheet: Sheet, rows: Rows, language: str, footer: str) -> Worksheet:
    """Add a sheet with these rows to a workbook."""
    page = book.create_sheet(sheet.title[language], sum(one.sheet_state == "visible" for one in book.worksheets))
    for number, field in enumerate(sheet.fields, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = field.width
        page.cell(1, number, field.words[language]).style = _HEADERS[field.group].name
        if field.choices:
            _choose(book, page, letter, [choice[language] for choice in field.choices], len(rows))
    for row_number, row in enumerate(rows, start=2):
        for number, field in enumerate(sheet.fields, start=1):
            text = safe(row[field.id])
            cell = page.cell(row_number, number, text)
            if isinstance(text, str):
                cell.data_type = "s"
            cell.style = _TO_FILL.name if field.fill and not field.rules and is_to_fill(text) else _ENTRY.name
            if isinstance(text, date):
                cell.number_format = "yyyy-mm-dd"
    _set_up(page, sheet, len(rows), language, footer)
    return page


def safe(cell: Cell) -> Cell:
    """A cell's content that no spreadsheet takes for a formula, nor refuses.

    >>> safe("=1+1"), safe("\\t@SUM(A1)"), safe("＝1"), safe(-1)
    ("'=1+1", "'\\t@SUM(A1)", "'＝1", -1)
    """
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)[:LONGEST]
    return f"'{text}" if text.startswith(_RISKY) or text.lstrip().startswith(_RISKY) else text


def _choose(book: Workbook, page: Worksheet, letter: str, choices: list[str], rows: int) -> None:
    formula = f'"{",".join(choices)}"'
    if len(formula) > LONGEST_LIST or any("," in choice for choice in choices):
        formula = _listed(book, choices)
    listed = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning")
    listed.add(f"{letter}2:{letter}{rows + 1 + SPARE_ROWS}")
    page.add_data_validation(listed)


def _listed(book: Workbook, choices: list[str]) -> str:
    """Where the choices stand in a sheet that nobody sees: a drop-down's own list is short, and cut at its commas."""
    page = book[CHOICES] if CHOICES in book.sheetnames else book.create_sheet(CHOICES)
    page.sheet_state = "hidden"
    column = page.max_column + 1 if page["A1"].value else 1
    for number, choice in enumerate(choices, start=1):
        page.cell(number, column, choice)
    letter = get_column_letter(column)
    return f"{CHOICES}!${letter}$1:${letter}${len(choices)}"


def _set_up(page: Worksheet, sheet: Sheet, rows: int, language: str, footer: str) -> None:
    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.fields))}{max(2, rows + 1)}"
    page.row_dimensions[1].height = 32
    page.sheet_view.zoomScale = 90
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8  # A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = -(-len(sheet.fields) // FIELDS_A_PAGE), 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows, page.print_title_cols = "1:1", "A:B"
    page.oddHeader.left.text = sheet.title[language].replace("&", "&&")
    page.oddHeader.right.text = footer.replace("&", "&&")
    page.oddFooter.center.text = "&P / &N"
