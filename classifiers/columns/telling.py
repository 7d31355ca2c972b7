"""Which votes of the values count beside what the header says: some makes tell something only under no other word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from classifiers.columns.fits import CERTAIN, PLACES, Fit
from classifiers.columns.name_votes import REGISTRATIONS
from classifiers.columns.named import Named
from classifiers.columns.values import Values
from classifiers.columns.vote import Vote, is_ages, is_keys, is_registered, is_spread

_DEPARTMENTS = frozenset({"department", "company_name", "education"})
"""What a header of departments may be taken for: 所属, 学部."""
_PARTS_OF_NAMES = frozenset({"surname", "given_name"})


def telling(
    by_value: Sequence[Vote], fits: Sequence[tuple[Named, Fit]], values: Values, *, has_name: bool
) -> list[Vote]:
    """The votes that stand, in their order; `fits` are the header's categories with what the values make of them."""
    idle = tuple(_idle(fits, values, has_name=has_name))
    return [one for one in by_value if not any(is_idle(one) for is_idle in idle)]


def _idle(fits: Sequence[tuple[Named, Fit]], values: Values, *, has_name: bool) -> Iterator[Callable[[Vote], bool]]:
    """What tells a vote that does not count."""
    refuted = [one for one, how in fits if how == "refuted"]
    if has_name and not fits:
        # Under a word that nobody knows, scores and distances spread as ages do and are made like keys.
        yield from (is_spread, is_keys)
    if fits and fits[0][0].is_code:
        # A code is of a kind, a place or a firm; people have numbers.
        yield from (is_keys, is_registered)
    if any(one.category != "credit_card" for one in refuted):
        # Codes under a word for something else are no keys of persons; those on a card may be its bearer's.
        yield is_keys
    if any(one.category not in REGISTRATIONS for one in refuted):
        yield is_registered
    if has_name and values.few and not any(one.category in _DEPARTMENTS for one, _ in fits):
        # 和室, 守衛室, 東部: a handful that ends as departments do.
        yield lambda vote: vote.category == "department"
    if any(one.category in PLACES for one, _ in fits):
        # 国高, 味真野: districts are called as families are.
        yield lambda vote: vote.category in _PARTS_OF_NAMES
    if any(one.confidence >= CERTAIN and one.category == "personal_other" for one in refuted):
        # 命日 spreads over years as births do; another word over such days may lie.
        yield is_ages
