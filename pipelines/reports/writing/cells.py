"""Cells of a spreadsheet: names of tables, columns and jobs are anybody's text, and none of it may become a formula."""

from __future__ import annotations

import re
from typing import TypeVar

LONGEST = 32_000
"""Characters a cell can hold, less some."""
RISKY = tuple("=+-@\t\r\n＝＋－＠")
"""Full-width signs, too: a Japanese Excel reads ＝ as =."""

# no spreadsheet takes them, nor does XML
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = TypeVar("Cell")


def safe(cell: Cell) -> Cell | str:
    """A cell's content that no spreadsheet takes for a formula, nor refuses.

    >>> safe("=1+1"), safe("\\t@SUM(A1)"), safe("＝1"), safe(-1)
    ("'=1+1", "'\\t@SUM(A1)", "'＝1", -1)
    """
    if not isinstance(cell, str):
        return cell
    return harmless(legal(cell)[:LONGEST])


def harmless(text: str) -> str:
    """The whole text, as no formula."""
    return f"'{text}" if text.startswith(RISKY) or text.lstrip().startswith(RISKY) else text


def legal(text: str) -> str:
    """Text without the characters that neither XML nor a spreadsheet can hold."""
    return _ILLEGAL.sub("", text)
