"""Search, filters and pages over what the register holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from classifiers.normalize import fold
from classifiers.vocabulary import data_categories
from pipelines.desk.forms import Fields
from pipelines.desk.shelf import Holdings, Line

PAGE = 50
"""Rows of a page."""
UNSURE = 0.7
"""A tag of less confidence is one that a person should look at."""
LONGEST_SEARCH = 200
_REMEMBERED = 200
"""Searches whose answer is kept: people leaf through one, and share the common ones."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some of many rows."""

    rows: Sequence[Row]
    number: int
    """Counted from 1."""
    last: int
    count: int
    """All of them."""


def page_of(rows: Sequence[Row], asked: Fields, size: int = PAGE) -> Page[Row]:
    """The page that a query asks for: the nearest there is."""
    last = max(1, -(-len(rows) // size))
    wanted = asked("page")
    # no more digits than any register has pages: a longer number is no page, and slow to read
    number = min(max(1, int(wanted)), last) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1
    return Page(rows[(number - 1) * size : number * size], number, last, len(rows))


def searched(asked: Fields) -> list[str]:
    """The words of a search, folded as what they are looked for in."""
    return [word.lower() for word in fold(asked("q")[:LONGEST_SEARCH]).split()]


def _marked(mark: Callable[[str], bool]) -> Callable[[Line], bool]:
    return lambda line: line.personal and any(mark(category) for category in line.categories)


def _special(category: str) -> bool:
    row = data_categories().get(category)
    return bool(row and row.special_care)


KINDS: dict[str, Callable[[Line], bool]] = {
    "personal": lambda line: line.personal,
    "my_number": _marked(lambda category: category == "my_number"),
    "special_care": _marked(_special),
    "unsure": lambda line: line.personal and line.column.confidence < UNSURE,
    "all": lambda _: True,
}
"""Which columns a list is of; the first one unless asked otherwise."""


def lines(held: Holdings, asked: Fields) -> Sequence[Line]:
    """The columns that a query asks for, in the order of the register."""
    kind = asked("kind") if asked("kind") in KINDS else next(iter(KINDS))
    key = (kind, asked("store"), asked("item"), asked("subject"), *searched(asked))
    found = held.found.get(key)
    if found is None:
        if len(held.found) >= _REMEMBERED:
            held.found.clear()
        held.found[key] = found = _lines(held.lines, *key)
    return found


def _lines(held: Iterable[Line], kind: str, store: str, item: str, subject: str, *words: str) -> Sequence[Line]:
    # one after another: most are left out by the first, and a test of all of them costs more than a pass
    found = [line for line in held if KINDS[kind](line)]
    if store:
        found = [line for line in found if line.dataset.store == store]
    if item:
        found = [line for line in found if item in line.categories]
    if subject:
        found = [line for line in found if subject in line.subject_categories]
    for word in words:
        found = [line for line in found if word in line.text]
    return found
