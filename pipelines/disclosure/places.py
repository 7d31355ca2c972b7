"""Where in a row a key may stand: in a column, by what it holds, or in columns that belong together, joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED

Role = Literal[
    "name", "name_part", "kana", "kana_part", "birth_date", "phone", "email", "member_id", "address", "text", "other"
]
NAMES: frozenset[Role] = frozenset({"name", "name_part", "kana", "kana_part"})
"""Columns that hold a name, or a part of one, and nothing else."""

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("name", "former_name", "name_romaji", "nickname"), "name"),
    **dict.fromkeys(("surname", "given_name"), "name_part"),
    **dict.fromkeys(("name_kana",), "kana"),
    **dict.fromkeys(("surname_kana", "given_name_kana"), "kana_part"),
    **dict.fromkeys(("phone", "fax"), "phone"),
    **dict.fromkeys(("account_id", "employee_number", "professional_registration_number"), "member_id"),
    **dict.fromkeys(("address", "prefecture", "municipality", "street", "building"), "address"),
    "birth_date": "birth_date",
    "email": "email",
    NOT_PERSONAL: "other",
}
_NEVER = frozenset({"my_number", "credit_card", "bank_account", "yucho_account", "password"})
"""Secrets that no key can equal: they are not even read."""
_PARTS = 3
"""Columns that a phone number or a date is spread over: TEL1, TEL2, TEL3; year, month, day."""
_UNKNOWN = frozenset({UNRESOLVED, FREE_TEXT, ""})


@dataclass(frozen=True, slots=True)
class Place:
    """One column, or several that make one value."""

    columns: tuple[int, ...]
    """Positions in the row, 0-based."""
    role: Role
    separator: str = ""


def places(categories: Sequence[str]) -> tuple[Place, ...]:
    """Every place of a row whose columns hold these data categories; '' is a column that nobody has tagged.

    >>> [place.columns for place in places(("surname", "given_name", "my_number")) if place.role == "name"]
    [(0, 1)]
    """
    return (
        *_single(categories),
        *_named(categories),
        *_spread(categories),
        *_addresses(categories),
        *_unknown(categories),
    )


def _single(categories: Sequence[str]) -> Iterator[Place]:
    for position, category in enumerate(categories):
        if category not in _NEVER:
            yield Place((position,), _ROLES.get(category, "text"))


def _named(categories: Sequence[str]) -> Iterator[Place]:
    pairs: tuple[tuple[str, str, Role], ...] = (
        ("surname", "given_name", "name"),
        ("surname_kana", "given_name_kana", "kana"),
    )
    for surname, given, role in pairs:
        # the nth surname goes with the nth given name: the person's, then a representative's …
        for pair in zip(_positions(categories, surname), _positions(categories, given), strict=False):
            yield Place(pair, role, " ")


def _spread(categories: Sequence[str]) -> Iterator[Place]:
    for category, run in groupby(range(len(categories)), key=categories.__getitem__):
        columns = tuple(run)
        if len(columns) == _PARTS and (role := _ROLES.get(category)) in ("phone", "birth_date"):
            yield Place(columns, role, "-")


def _addresses(categories: Sequence[str]) -> Iterator[Place]:
    run: list[int] = []
    # 住所1, 住所2: one address in two columns, or two of them; then the first one tells
    yield from (
        Place(pair, "address")
        for pair in pairwise(range(len(categories)))
        if {*map(categories.__getitem__, pair)} == {"address"}
    )
    for position, category in (*enumerate(categories), (len(categories), NOT_PERSONAL)):
        if category == "postal_code":
            continue
        begins_anew = category in ("prefecture", *(categories[column] for column in run))
        if _ROLES.get(category) != "address" or begins_anew:
            if len(run) > 1:
                yield Place(tuple(run), "address")
            run = []
        if _ROLES.get(category) == "address":
            run.append(position)


def _unknown(categories: Sequence[str]) -> Iterator[Place]:
    """Neighbours that nobody could tag: surname and given name may lie side by side in them."""
    for left, right in pairwise(range(len(categories))):
        if categories[left] in _UNKNOWN and categories[right] in _UNKNOWN:
            yield Place((left, right), "text", " ")


def _positions(categories: Sequence[str], wanted: str) -> list[int]:
    return [position for position, category in enumerate(categories) if category == wanted]
