"""Search, filters and pages over what the register holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from classifiers.normalize import fold
from classifiers.vocabulary import data_categories
from pipelines.desk.forms import Fields
from pipelines.desk.shelf import Line

PAGE = 50
"""Rows of a page."""
UNSURE = 0.7
"""A tag of less confidence is one that a person should look at."""
LONGEST_SEARCH = 200

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


def lines(held: Iterable[Line], asked: Fields) -> list[Line]:
    """The columns that a query asks for, in the order of the register."""
    words = searched(asked)
    store, item, subject = asked("store"), asked("item"), asked("subject")
    of_kind = KINDS.get(asked("kind"), KINDS["personal"])
    return [
        line
        for line in held
        if (not store or line.dataset.store == store)
        and (not item or item in line.categories)
        and (not subject or subject in line.subject_categories)
        and of_kind(line)
        and all(word in line.text for word in words)
    ]
