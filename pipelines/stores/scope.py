"""Which datasets of a store are wanted: the patterns of its declaration."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Scope:
    """Patterns (`*`, `?`, `[…]`; `*` crosses folders) over dataset names. No `include` means everything."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def holds(self, name: str) -> bool:
        """Whether the dataset of that name is wanted."""
        wanted = not self.include or any(fnmatchcase(name, pattern) for pattern in self.include)
        return wanted and not any(fnmatchcase(name, pattern) for pattern in self.exclude)
