"""An electronic answer as it is sent: a PDF that opens with a password (AES-256, ISO 32000-2), its data attached.

The approved letter is a PDF/A, which may not be encrypted, and stays so in the casebook; what is locked is the copy
that goes. It says no more that it is a PDF/A. The password is told once to whoever sends it, and is kept nowhere.
"""

from __future__ import annotations

import re
import secrets
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipelines.casebook.case import Case
from pipelines.casebook.letters.content import elsewise
from pipelines.casebook.rules import routes

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Read aloud or copied from paper, none of them is taken for another (no l, o, 0, 1): five bits each."""
_GROUPS, _LONG = 4, 5
_MADE = re.compile("-".join([f"[{_LETTERS}]{{{_LONG}}}"] * _GROUPS))
_LETTER = "letter.pdf"


def goes_locked(case: Case) -> bool:
    """Whether its answer goes as an electronic record: that is what the individual chose, and what was decided."""
    return routes()[case.route].formal and case.asked.form == "electronic" and not elsewise(case)


def is_copied(case: Case) -> bool:
    """Whether a copy with a password is made of the letter as it is sent: no My Number is issued into it, which makes
    the copy then."""
    return goes_locked(case) and not case.progress.number


def new_password() -> str:
    """A password of a hundred bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LONG)) for _ in range(_GROUPS))
    return "-".join(groups)


def is_password(typed: str) -> bool:
    """Whether it is one that `new_password` makes: none that somebody thought of."""
    return _MADE.fullmatch(typed) is not None


def locked(content: bytes, password: str) -> bytes:
    """A kept letter, a PDF or an archive with one, as one PDF that the password opens."""
    from pypdf import PdfReader, PdfWriter

    files = _files(content)
    copy = PdfWriter(clone_from=PdfReader(BytesIO(files[_LETTER])))
    # what says that it is a PDF/A
    copy.root_object.pop("/Metadata", None)
    for name, data in files.items():
        if name != _LETTER:
            copy.add_attachment(name, data)
            copy.page_mode = "/UseAttachments"
    # AES-256 by the standard's own handler is of PDF 2.0
    copy.pdf_header = "%PDF-2.0"
    copy.encrypt(password, algorithm="AES-256")
    made = BytesIO()
    copy.write(made)
    return made.getvalue()


def _files(content: bytes) -> Mapping[str, bytes]:
    if content.startswith(b"%PDF"):
        return {_LETTER: content}
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
