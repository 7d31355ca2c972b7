"""Numbers under a word for something else of the same person: a member's card, the staff number of who entered it."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.columns.conflicts import Decision, decision
from classifiers.columns.fits import CERTAIN, Fit
from classifiers.columns.named import Named
from classifiers.columns.openness import look_given
from classifiers.columns.values import Values
from classifiers.tags import Evidence

_LAST_DIGITS = 4
"""Digits of a payment card's number that are kept where the number is not."""
DOUBTED = 0.6
"""How sure a header is under which values must bear it out."""


def on_a_card(fits: Sequence[tuple[Named, Fit]], values: Values) -> Decision | None:
    """Numbers of a card that no payment card bears, another on nearly each: those of a member's card."""
    card = next((one for one, how in fits if one.category == "credit_card" and how == "refuted"), None)
    if not card or card.confidence < CERTAIN or values.shape not in ("code", "number") or values.few:
        return None
    if values.sizes[0] <= _LAST_DIGITS:
        return None
    return decision("account_id", 0.7, (Evidence("column_card", "account_id", 0.3), *card.evidence))


def of_an_actor(fits: Sequence[tuple[Named, Fit]], values: Values) -> Decision | None:
    """Codes under a word for who did something (入力者, 担当 over OP34): that person's number, not their name."""
    actor = next((one for one, how in fits if how == "refuted" and one.is_actor), None)
    if not actor or not look_given(values) or any(how != "refuted" and one.confidence > DOUBTED for one, how in fits):
        return None
    made = Evidence("column_key_made", "employee_number", 0.3, {"n": values.n})
    return decision("employee_number", 0.7, (made, *actor.evidence))
