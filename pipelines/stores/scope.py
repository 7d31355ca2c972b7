"""Which datasets of a store are wanted, and how far they may be read: what its declaration says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.stores import Level


@dataclass(frozen=True, slots=True)
class Scope:
    """Patterns over dataset names: `*` (crosses folders), `?`, `[…]`; `採用/` is a folder and all below it.

    No `include` means everything. A file's pattern speaks for its parts (`book.xlsx` for `book.xlsx#名刺`,
    `a.zip` for `a.zip!/b.csv`).
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    """Files or databases, by their very names, that are read as other stores: here they are neither read nor missed."""
    level: Level = "full"
    """How far the store may be read; at `metadata` no document is opened, and of a record file its header alone."""
    mails: Level = "full"
    """How far its mails may be read."""
    glance: bool = False
    """Whether a listing is for looking alone, ahead of any reading: no document or mail is opened for it."""
    dialect: str = ""
    """Of SQL in its files; '' guesses."""

    def holds(self, name: str, part: str = "") -> bool:
        """Whether the dataset or file of that name is wanted, or its part: `book.xlsx`, `book.xlsx#名刺`."""
        names = (*_around(name), part or name)
        return (not self.include or _any(names, self.include)) and not _any(names, self.exclude)

    def opens(self, name: str) -> bool:
        """Whether a file must be opened: it is wanted, or a part of it may be."""
        whole = tuple(pattern.partition("#")[0] for pattern in self.include)
        return (not self.include or _any(_around(name), whole)) and not _any(_around(name), self.exclude)

    def unpacks(self, name: str) -> bool:
        """Whether an archive must be opened: it is named itself (`a.zip`), or something in it is (`a.zip!/*.csv`)."""
        whole = tuple(end for pattern in self.include for end in (pattern, pattern.rpartition("!/")[0]) if end)
        return (not self.include or _any(_around(name), whole)) and not _any(_around(name), self.exclude)


def _around(name: str) -> tuple[str, ...]:
    """A name and those of the archives it lies in."""
    parts = name.split("!/")
    return tuple("!/".join(parts[:end]) for end in range(len(parts), 0, -1))


def _any(names: Sequence[str], patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, _open(pattern)) for name in names for pattern in patterns)


def _open(pattern: str) -> str:
    return f"{pattern}*" if pattern.endswith("/") else pattern
