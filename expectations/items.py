"""Data items (項目) of a notice against data categories of a column: which published word takes in which column."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from expectations.observed import ObservedColumn

_PART_OF = {
    "surname": "name",
    "given_name": "name",
    "surname_kana": "name_kana",
    "given_name_kana": "name_kana",
    "prefecture": "address",
    "municipality": "address",
    "street": "address",
    "building": "address",
}
"""A part is published by naming its whole; nothing else is, for the list has to be exhaustive (art 27(2)(iii))."""


def beyond(columns: Collection[ObservedColumn], published: Collection[str]) -> tuple[str, ...]:
    """The data categories of personal columns that `published` does not take in, each once, in order."""
    return tuple(dict.fromkeys(kind for column in columns for kind in _kinds(column) if not _within(kind, published)))


def _kinds(column: ObservedColumn) -> Iterator[str]:
    if column.data_category in ("not_personal", "unresolved"):
        return
    if column.data_category != "free_text":
        yield column.data_category
    yield from column.mentions


def _within(kind: str, published: Collection[str]) -> bool:
    return kind in published or _PART_OF.get(kind) in published
