"""How a number is spelt in different stores: 00123 in a CSV file, 123.0 in a workbook, １２３ as somebody typed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from pipelines.disclosure.numbered import blanks

if TYPE_CHECKING:
    import pyarrow as pa

_AROUND = r"^[\s\x{feff}\x{200b}]*'?\s*|[\s\x{feff}\x{200b}]+$"
"""Blanks, and a spreadsheet's mark of a text."""
_WHOLE = r"^([0-9]+)\.0+$"
_PADDED = r"^0+([0-9]+)$"
_NOTHING = r"^[0\s\p{P}\p{S}]*$"
"""What is no number of anybody: empty, a dash, zeros."""
_FEW = 64
"""So many numbers are looked for in one expression before cells are spelt anew."""


class Spelling(Protocol):
    """How the cells of a column are compared with keys."""

    def holds(self, column: Any, keys: Collection[str]) -> Any:
        """Which of the cells are one of the keys."""

    def one(self, cell: str) -> str:
        """One cell as a key; '' where there is none."""


@dataclass(frozen=True, slots=True)
class AsStored:
    """Letter by letter: a database's own keys."""

    def holds(self, column: Any, keys: Collection[str]) -> Any:
        """Which of them are one of the keys."""
        import pyarrow as pa
        import pyarrow.compute as pc

        return pc.is_in(column.cast(pa.string()), value_set=pa.array(keys, pa.string()))

    def one(self, cell: str) -> str:
        """The cell as it is."""
        return cell


@dataclass(frozen=True, slots=True)
class AsNumber:
    """As a company's number, in whatever spelling.

    >>> AsNumber().one("００123"), AsNumber().one("123.0"), AsNumber("M").one("M000068"), AsNumber().one("M000068")
    ('123', '123', '68', 'm000068')
    >>> AsNumber().one("0"), AsNumber().one(" - "), AsNumber().one("1.50")
    ('', '', '1.50')
    """

    prefix: str = ""
    """What is left out before the number; where it is missing, there is none."""

    def read(self, column: Any) -> pa.Array:
        """The cells, each number spelt one way; '' where there is none."""
        import pyarrow.compute as pc

        cells = pc.fill_null(as_texts(column), "")
        if not pc.all(pc.string_is_ascii(cells), min_count=0).as_py():
            encoded = cells.dictionary_encode()
            cells = pc.utf8_normalize(encoded.dictionary, form="NFKC").take(encoded.indices)
        cells = pc.utf8_lower(pc.replace_substring_regex(cells, _AROUND, ""))
        if self.prefix:
            before = _plain(self.prefix)
            cells = pc.if_else(pc.starts_with(cells, before), pc.utf8_slice_codeunits(cells, len(before)), "")
        cells = pc.replace_substring_regex(cells, _WHOLE, r"\1")
        empty = pc.or_(pc.match_substring_regex(cells, _NOTHING), pc.is_in(cells, value_set=_blanks()))
        return pc.if_else(empty, "", pc.replace_substring_regex(cells, _PADDED, r"\1"))

    def holds(self, column: Any, keys: Collection[str]) -> Any:
        """Which of the cells are one of the keys."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        values = pa.array(keys, pa.string())
        cells = as_texts(column)
        if len(keys) > _FEW or not pc.all(pc.string_is_ascii(cells), min_count=0).as_py():
            return pc.is_in(self.read(cells), value_set=values)
        # a cell that is one of them in plain letters has it in it
        near = pc.match_substring_regex(cells, "|".join(map(re.escape, keys)), ignore_case=True)
        at = pc.indices_nonzero(near)
        held = np.zeros(len(cells), bool)
        held[at.to_numpy()] = pc.is_in(self.read(cells.take(at)), value_set=values).to_numpy(zero_copy_only=False)
        return pa.array(held)

    def one(self, cell: str) -> str:
        """One cell's number."""
        import pyarrow as pa

        found: str = self.read(pa.array([cell], pa.string()))[0].as_py()
        return found


def as_texts(column: Any) -> pa.Array:
    """A column as texts; what is several texts in a cell, one below the other."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), "\n")
    return column.cast(pa.string())


@cache
def _blanks() -> pa.Array:
    import pyarrow as pa

    return pa.array(map(_plain, blanks()), pa.string())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().strip()
