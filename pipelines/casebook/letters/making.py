"""A letter as the file it goes out as: one `Letter` feeds every kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from pipelines.casebook.letters import pdf, word
from pipelines.casebook.letters.content import Letter

Kind = Literal["docx", "pdf"]
KINDS: Mapping[Kind, Callable[[Letter], bytes]] = {"docx": word.document, "pdf": pdf.document}


def made(letter: Letter, kind: Kind) -> bytes:
    """The file's bytes; raises CasebookError where a character cannot be set."""
    return KINDS[kind](letter)
