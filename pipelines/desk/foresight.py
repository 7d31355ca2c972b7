"""What a ruling would change, said before it is written: judged again, but for what the ruling does not touch."""

from __future__ import annotations

import sys
from datetime import date
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from expectations.validated import Validated
from pipelines.judging import as_if
from pipelines.scan import place

if TYPE_CHECKING:
    from expectations.rulings import Judged, Ruling
    from expectations.verdicts import Verdict
    from pipelines.declarations import Declarations
    from pipelines.register import Register


class Foreseen(NamedTuple):
    """A check with a ruling, beside the one as things are."""

    was: tuple[Verdict, ...]
    would: Judged


class Foresight:
    """Judges under rulings that are not written yet."""

    def __init__(self, writing: Lock) -> None:
        # Great Expectations is one at a time, and what is foreseen must not be written beside
        self._writing = writing
        self._validated = Validated()
        self._ready: object = None
        """What was judged as it is, or is being; None: nothing."""

    def of(self, known: Declarations, register: Register, ruling: Ruling, today: date) -> Foreseen:
        """What changes by a ruling."""
        with self._writing:
            would = as_if(known, register, [*known.rulings, ruling], today, self._validated)
            return Foreseen(self._as_is(known, register, today) if known.rulings else would.before, would)

    def prepare(self, known: Declarations, register: Register, today: date) -> None:
        """Judge things as they are, beside the pages: whoever opens the form of a ruling will ask for it."""
        # a register that the desk has done with must not stay in memory for this
        wanted = (known, ref(register), today)
        if self._ready != wanted:
            self._ready = wanted
            Thread(target=self._prepare, args=(known, register, today, wanted), daemon=True).start()

    def _prepare(self, known: Declarations, register: Register, today: date, wanted: object) -> None:
        try:
            with self._writing:
                self._as_is(known, register, today)
        except Exception as error:  # whoever asks for a preview is told
            if self._ready is wanted:
                self._ready = None
            print(f"daicho desk: foresight: {place(error)}", file=sys.stderr)

    def _as_is(self, known: Declarations, register: Register, today: date) -> tuple[Verdict, ...]:
        return as_if(known, register, known.rulings, today, self._validated).verdicts
