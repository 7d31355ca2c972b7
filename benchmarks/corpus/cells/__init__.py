"""What a cell or a gap in a template can hold. One kind of content a file in this package, found by its place.

A module holds `CELLS`: name → `Cell`. Schemas and templates ask for cells by name; `pick:`, `code:`, `date:`, `number:`
and `text:` take an argument (`open_cells`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of content: its data category and who writes it how."""

    category: str
    """An id of the vocabulary's data categories, or `not_personal`."""
    make: Callable[[Who, Pen], str]
    alternatives: tuple[str, ...] = ()
    """Data categories that are right as well."""
    ignore: bool = False
    """In a text a detector may find it or not."""


@cache
def _known() -> Mapping[str, Cell]:
    found: dict[str, Cell] = {}
    for module in iter_modules(__path__):
        for name, cell in getattr(import_module(f"{__name__}.{module.name}"), "CELLS", {}).items():
            if name in found:
                raise ValueError(f"two modules make the cell {name!r}")
            found[name] = cell
    return found


@cache
def cell(name: str) -> Cell:
    """The cell of that name, or the open one of `kind:argument`; ValueError where there is none."""
    if name in _known():
        return _known()[name]
    kind, colon, argument = name.partition(":")
    makers = import_module(f"{__name__}.open_cells").MAKERS
    if not colon or kind not in makers:
        raise ValueError(f"no cell is called {name!r}")
    return Cell("not_personal", makers[kind](argument))
