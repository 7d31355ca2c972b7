"""A letter that is kept, as a page shows it: line by line, its tables as tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str = field(repr=False)
    look: Literal["", "heading", "right", "indented"] = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a letter says."""

    suffix: str
    """Of its file."""
    parts: tuple[Line | tuple[tuple[str, ...], ...], ...] = field(default=(), repr=False)
    """Paragraphs and tables in their order; () it is to be read as a file."""


def shown_as(content: bytes) -> Reading:
    """A kept letter."""
    if content.startswith(b"%PDF"):
        return Reading("pdf")
    import docx
    from docx.table import Table

    parts: list[Line | tuple[tuple[str, ...], ...]] = []
    try:
        page = docx.Document(BytesIO(content))
    except KeyError:  # an archive that is no document: a letter with its data beside it
        return Reading("zip")
    for block in page.iter_inner_content():
        if isinstance(block, Table):
            parts.append(tuple(tuple(cell.text for cell in row.cells) for row in block.rows))
        elif block.text.strip():
            parts.append(Line(block.text, _look(block)))
    return Reading("docx", tuple(parts))


def _look(block: Any) -> Literal["", "heading", "right", "indented"]:
    if block.runs and all(run.bold for run in block.runs):
        return "heading"
    if block.alignment == 2:  # WD_ALIGN_PARAGRAPH.RIGHT
        return "right"
    return "indented" if block.paragraph_format.left_indent else ""
