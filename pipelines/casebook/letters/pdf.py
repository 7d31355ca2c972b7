"""A letter as a PDF: A4 with its pages numbered, the annex's tables broken over pages, the font in it."""

from __future__ import annotations

from dataclasses import asdict

from pipelines.casebook.letters.parts import Letter
from pipelines.casebook.letters.typesetting import typeset


def document(letter: Letter) -> bytes:
    """The document's bytes; raises CasebookError where a character cannot be set."""
    return typeset("letter.typ", asdict(letter))
