"""The whole text of a Word document, in reading order: python-docx alone leaves out text boxes and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AROUND = re.compile(r"/word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def text(word: Document) -> str:
    """Headers, the body with its tables (a row a line, a tab between cells), footers, notes and comments."""
    from docx.oxml import parse_xml

    around = {
        str(part.partname): parse_xml(part.blob)
        for part in word.part.package.iter_parts()
        if _AROUND.fullmatch(str(part.partname))
    }
    above = [around.pop(name) for name in sorted(around) if name.startswith("/word/header")]
    below = [around[name] for name in sorted(around)]
    texts = ("".join(_blocks(element)).strip("\n") for element in [*above, word.element.body, *below])
    return "\n".join(filter(None, texts))


def _blocks(element: Any) -> Iterator[str]:
    """The text of an element's paragraphs and tables; what old readers see instead of a text box is left out."""
    for child in element:
        if child.tag == f"{_W}tr":
            cells = (cell for cell in child.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is child)
            yield "\t".join("".join(_blocks(cell)).strip().replace("\n", " ") for cell in cells) + "\n"
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in (_FALLBACK, f"{_W}delText", f"{_W}pPr", f"{_W}rPr"):
            yield from _blocks(child)
            if child.tag == f"{_W}p":
                yield "\n"
