"""Typst behind one seam: a template and its content → a PDF/A with the fonts in it, made in memory.

The font is Noto Serif JP (SIL Open Font License, `fonts/OFL.txt`): every kanji of JIS X 0213 and the forms that names
are written in (髙 﨑 𠮷). A level A file says what is heading and what is table, and its text can be copied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from pipelines.casebook.sealing import CasebookError


def typeset(template: str, content: Mapping[str, Any]) -> bytes:
    """The PDF of a template of this folder; raises CasebookError where a character has no glyph in any font."""
    import typst

    folder = files(__package__)
    said = {"content": json.dumps(content, ensure_ascii=False)}
    # the machine's own fonts only where ours lacks a character: a letter looks the same wherever it is made
    for others in (False, True):
        try:
            made = typst.compile(
                folder.joinpath(template).read_bytes(),
                font_paths=typst.Fonts(include_system_fonts=others, font_paths=[str(folder / "fonts")]),
                sys_inputs=said,
                format="pdf",
                # ISO 19005-2, level A: a character that no font has, or that is nobody's (外字), is an error, not a box
                pdf_standards="a-2a",
            )
        except typst.TypstError as error:
            # Typst's own words quote the text: they go no further
            if not error.message.startswith("PDF/A"):
                raise RuntimeError(f"{template}: cannot be typeset") from None
        else:
            return made
    raise CasebookError(
        "PDF の書体にない文字があります（絵文字・外字など）。.docx で作るか、その項目を黒塗りにしてください "
        "(a character that no font has, as an emoji: make a .docx, or black the item out)"
    )
