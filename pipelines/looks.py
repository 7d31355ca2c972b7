"""Looking at the declared stores: whether each answers, and what may be seen there. No record is read."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.scan import Unread, datasets
from pipelines.stores import Dataset, StoreError, kinds

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration

_NO_ANSWER = ("out_of_reach", "not_allowed", "empty")
"""Reasons of a whole store that are no fault of its connection."""


@dataclass(frozen=True, slots=True)
class Look:
    """A store as it answers now."""

    store: StoreDeclaration
    found: tuple[Dataset, ...]
    missed: tuple[Unread, ...]
    seconds: float
    may_write: bool | None
    """Whether the account could change what is stored; None: not known, or no database."""

    @property
    def whole(self) -> Unread | None:
        """What is told of the store as a whole instead of its contents; None where it shows them."""
        return next((one for one in self.missed if not one.name), None)

    @property
    def fails(self) -> bool:
        """Whether it should answer and does not."""
        return self.whole is not None and self.whole.reason not in _NO_ANSWER

    @property
    def undeclared(self) -> tuple[str, ...]:
        """Its neighbours on the same server that nobody declared, masked."""
        return tuple(one.name for one in self.missed if one.reason == "undeclared")


def look(stores: Sequence[StoreDeclaration]) -> Iterator[Look]:
    """Ask every store what lies in it; no document or mail is opened for that."""
    for store in stores:
        started = time.perf_counter()
        found, missed = datasets(store, glance=True)
        may_write = _may_write(store) if found else None
        yield Look(store, found, missed, time.perf_counter() - started, may_write)


def _may_write(store: StoreDeclaration) -> bool | None:
    ask = getattr(kinds()[store.kind], "may_write", None)
    try:
        answer: bool | None = ask(store.location()) if ask else None
    except StoreError:
        return None
    return answer
