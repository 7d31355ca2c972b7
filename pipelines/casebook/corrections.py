"""Whether a row shows what it was to be corrected to (art 34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classifiers.normalize import normalize
from pipelines.casebook.case import Correction

_SHORT = 5


def uncorrected(corrections: Iterable[Correction], cells: Sequence[str]) -> tuple[int, ...]:
    """Which of the corrections, counted from 1, a row does not show: it says what is wrong, or lacks what is added."""
    if not (corrections := tuple(corrections)):
        return ()
    # a name may stand in two cells, a number does not
    said = [*map(_folded, cells), _folded("".join(cell for cell in cells if not cell.isascii()))]
    return tuple(number for number, one in enumerate(corrections, start=1) if _is_wrong(one, said))


def _is_wrong(correction: Correction, cells: Sequence[str]) -> bool:
    held, right = _folded(correction.held), _folded(correction.right)
    if not held:
        return not any(_says(cell, right) for cell in cells)
    return held != right and any(_says(cell, held) and not (held in right and right in cell) for cell in cells)


def _says(cell: str, text: str) -> bool:
    # a short code stands in many a number
    return text == cell if len(text) < _SHORT and text.isascii() else bool(text) and text in cell


def _folded(text: str) -> str:
    # a telephone is written with dashes here and without them there
    return "".join(one for one in normalize(text) if one.isalnum()).casefold()
