"""R-01, R-02: nothing is silently missing. Every dataset has a category or says why not, every use has its data.

And personal data has a use: without one, nothing says that its keeping is in order.
"""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling, Holding, Sighting
from expectations.wording import Says

_BEYOND = ("no_category", "not_personal", "unresolved")
"""Of whom the policy's purposes do not speak."""


def _resolved(case: Handling | Holding, _books: Books) -> bool | None:
    if isinstance(case, Handling) and (case.carried or not case.personal):
        return None
    return None if case.category == "not_personal" else case.category != "unresolved"


def _in_policy(case: Handling | Holding, books: Books) -> bool | None:
    if not _resolved(case, books):
        return None
    return case.category != "no_category"


def use_declared(case: Holding, _books: Books) -> bool | None:
    """Whether anybody says what the data is for; None of what the policy's purposes do not speak of.

    Related information (cookies …) is no personal information: no purpose is asked for (arts 17, 21).
    """
    if case.category in _BEYOND or case.partition.nature == "related":
        return None
    return bool(case.acts)


def observed_use_declared(case: Sighting, _books: Books) -> bool | None:
    """Whether anybody declared a use that SQL shows, where a purpose may cover it and no contract bounds it."""
    if case.category in _BEYOND or case.partition.custody == "entrusted" or (case.fit and case.fit.beyond):
        return None
    return any(act.use == case.use for act in case.acts)


def source_seen(case: Handling, books: Books) -> bool | None:
    return None if case.act.source.store in books.unreached else case.dataset is not None


def source_within_reach(case: Handling, books: Books) -> bool | None:
    """Of what no scanner reaches, whose it is and which items it has only its owner knows."""
    return False if case.dataset is None and case.act.source.store in books.unreached else None


def rows_seen(case: Handling, _books: Books) -> bool | None:
    return None if case.dataset is None else case.partition is not None


def columns_seen(case: Handling, _books: Books) -> bool | None:
    return None if case.dataset is None else not _unseen_columns(case)


def _unseen_columns(case: Handling) -> int:
    return len(set(case.act.source.columns) - {column.name for column in case.columns})


def columns_seen_detail(case: Handling, _books: Books) -> Says:
    """How many were not seen."""
    unseen = str(_unseen_columns(case))
    return Says(unseen, unseen)


dataset_resolved = persons_resolved = _resolved
dataset_in_policy = persons_in_policy = _in_policy
