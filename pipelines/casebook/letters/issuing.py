"""The letter that goes to the holder of a My Number with the number in it: written when it goes, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipelines.casebook import gates
from pipelines.casebook.letters.content import letter, with_number
from pipelines.casebook.letters.making import made

if TYPE_CHECKING:
    from pipelines.casebook.case import Case
    from pipelines.casebook.hands import Hand
    from pipelines.casebook.letters.parts import Source
    from pipelines.casebook.progress import Number


@dataclass(frozen=True, slots=True)
class Issue:
    """A letter as it goes out, to be handed on and dropped."""

    content: bytes = field(repr=False)
    of: str
    """Keyed digest of all that it says but the number: of what was approved."""
    on: date

    def record(self, case: Case, by: Hand) -> Case:
        """The case after it; raises RefusedError."""
        return case.model_copy(update={"progress": gates.issued(case.progress, by, self.of, self.on)})


def approved_number(case: Case) -> Number:
    """As what a letter with a My Number was put up; raises RefusedError where none was."""
    if case.progress.number is None:
        raise gates.RefusedError("no_number")
    return case.progress.number


def issue(case: Case, source: Source, by: Hand, on: date) -> Issue:
    """The approved letter with the number that `source` has, as of the approved letter's day.

    Raises RefusedError where the case is not so far, or the letter would say anything else than what was approved.
    """
    language, kind = approved_number(case).language, case.progress.letter_kind
    of = case.fingerprint(letter(case, source, language, kind).content)
    gates.issued(case.progress, by, of, on)
    live = with_number(case, source, language, kind)
    assert live, "its digest says that there is a number"
    return Issue(made(live, kind), of, on)
