"""A letter as the file it goes out as: one `Letter` feeds every kind, and the individual chooses it (art 33(2)).

Data as CSV or JSON goes with its letter in one archive, so that it is one file that is put up, approved and sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipelines.casebook import gates
from pipelines.casebook.case import Case
from pipelines.casebook.letters import data, pdf, word
from pipelines.casebook.letters.content import elsewise, with_number
from pipelines.casebook.letters.content import letter as written
from pipelines.casebook.letters.parts import Kind, Language, Letter, Source
from pipelines.casebook.progress import Number

Maker = Callable[[Letter], bytes]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter as it is put up."""

    content: bytes = field(repr=False)
    kind: Kind
    my_number: Number | None
    """Where a My Number goes with it once it is approved; `content` has it blacked out."""


def draw(case: Case, source: Source, language: Language, wanted: Kind | None) -> Drawn:
    """The case's letter as the file that is put up; raises RefusedError, CasebookError."""
    kind = chosen(case, written(case, source, language), wanted)
    said = written(case, source, language, kind)
    content = made(said, kind)
    number = None
    if with_number(case, source, language, kind):
        number = Number(content=case.fingerprint(said.content), language=language, on=source.today)
    return Drawn(content, kind, number)


def made(letter: Letter, kind: Kind) -> bytes:
    """The file's bytes; raises CasebookError where a character cannot be set."""
    return KINDS[kind](letter)


def chosen(case: Case, letter: Letter, wanted: Kind | None) -> Kind:
    """The kind that is wanted, or the first that does; RefusedError where it is not what the individual chose."""
    fit = _fit(case, letter)
    if wanted and wanted not in fit:
        raise gates.RefusedError("other_form", *fit)
    return wanted or fit[0]


def _fit(case: Case, letter: Letter) -> tuple[Kind, ...]:
    if elsewise(case):
        return "docx", "pdf", "csv", "json"
    if case.asked.form != "electronic":
        return "docx", "pdf"
    if not letter.annex:
        return ("pdf",)
    return (case.asked.file,) if case.asked.file else ("pdf", "csv", "json")


def _with(name: str, written: Maker) -> Maker:
    """An archive of the letter and its annex as data."""

    def archive(letter: Letter) -> bytes:
        content = BytesIO()
        with ZipFile(content, "w", ZIP_DEFLATED) as files:
            for inside, bytes_of in (("letter.pdf", pdf.document), (name, written)):
                # of no time: the same letter is the same archive
                files.writestr(ZipInfo(inside), bytes_of(letter), ZIP_DEFLATED)
        return content.getvalue()

    return archive


SUFFIXES: Mapping[Kind, str] = {"docx": "docx", "pdf": "pdf", "csv": "zip", "json": "zip"}
"""Of each kind's file."""
KINDS: Mapping[Kind, Maker] = {
    "docx": word.document,
    "pdf": pdf.document,
    "csv": _with("annex.csv", data.csv),
    "json": _with("annex.json", data.json),
}
