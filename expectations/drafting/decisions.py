"""What a draft could not read for sure: rows for a person, each with its reason and the sentence."""

from __future__ import annotations

from typing import Any

from expectations.drafting.words import rows


def left_open(
    reason: str, where: str, field: str = "", clause: str = "", quote: str = "", **gaps: str
) -> dict[str, Any]:
    """A row of `decide`; `reason` is a row of `decisions.yml`, `where` the row it is about."""
    words = rows("decisions")[reason]
    said = {"ja": words["ja"].format(**gaps), "en": words["en"].format(**gaps)}
    return {"where": where, "field": field, "clause": clause, "quote": quote, **said}
