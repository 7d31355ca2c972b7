"""The whole text of a presentation: its slides' shapes, groups and tables, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def text(show: Any) -> str:
    """The slides one after another, a table's row a line, a tab between cells."""
    return "\n".join(line for slide in show.slides for line in _slide(slide) if line.strip())


def _slide(slide: Any) -> Iterator[str]:
    yield from _shapes(slide.shapes)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield slide.notes_slide.notes_text_frame.text


def _shapes(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
        elif getattr(shape, "has_text_frame", False):
            yield shape.text_frame.text.replace("\v", "\n")
