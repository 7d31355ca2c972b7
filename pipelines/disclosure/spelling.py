"""How a number is spelt in different stores: 00123 in a CSV file, 123.0 in a workbook, １２３ as somebody typed it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from pipelines.disclosure.numbered import blanks

if TYPE_CHECKING:
    import pyarrow as pa

_SPACE = r"[\s\x{200b}\x{feff}]+"
_WHOLE = r"^([0-9]+)\.0+$"
_PADDED = r"^0+([0-9]+)$"
_NOTHING = r"^[0\p{P}\p{S}]*$"
"""What is no number of anybody: empty, a dash, zeros."""


def spelt(column: Any, prefix: str = "") -> pa.Array:
    """A column's numbers, each spelt one way; '' where there is none. Leave out a `prefix` that stands before them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type):
        column = pc.binary_join(column, "\n")
    cells = pc.fill_null(column.cast(pa.string()), "")
    if not pc.all(pc.string_is_ascii(cells), min_count=0).as_py():
        encoded = cells.dictionary_encode()
        cells = pc.utf8_normalize(encoded.dictionary, form="NFKC").take(encoded.indices)
    cells = pc.utf8_lower(pc.replace_substring_regex(cells, _SPACE, ""))
    # a spreadsheet's mark of a text
    cells = pc.replace_substring_regex(cells, "^'", "")
    if prefix:
        before = one(prefix)
        cells = pc.if_else(pc.starts_with(cells, before), pc.utf8_slice_codeunits(cells, len(before)), "")
    cells = pc.replace_substring_regex(cells, _WHOLE, r"\1")
    empty = pc.or_(pc.match_substring_regex(cells, _NOTHING), pc.is_in(cells, value_set=_blanks()))
    return pc.if_else(empty, "", pc.replace_substring_regex(cells, _PADDED, r"\1"))


def one(cell: str, prefix: str = "") -> str:
    """One number, spelt as `spelt` spells them.

    >>> one("００123"), one("123.0"), one("M000068", "M"), one("M000068"), one("0"), one(" - "), one("1.50")
    ('123', '123', '68', 'm000068', '', '', '1.50')
    """
    return spelt_all([cell], prefix)[0]


def spelt_all(cells: Iterable[str], prefix: str = "") -> list[str]:
    """Some numbers, spelt as `spelt` spells them."""
    import pyarrow as pa

    found: list[str] = spelt(pa.array(list(cells), pa.string()), prefix).to_pylist()
    return found


@cache
def _blanks() -> pa.Array:
    import pyarrow as pa

    return pa.array(spelt_plain(blanks()), pa.string())


def spelt_plain(texts: Iterable[str]) -> list[str]:
    """Texts as they are compared with numbers: small, in one width."""
    import unicodedata

    return ["".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts]
