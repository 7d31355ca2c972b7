"""The policy beside the sentences it was read from, and what is declared to go on under each purpose."""

from __future__ import annotations

from pipelines.desk.visit import Shown, Visit
from pipelines.reports.pagework.purposes import by_purpose, declared_uses


def policy(visit: Visit) -> Shown:
    """Every kind of person, purpose and ground with its sentence; the uses only for those who see the register."""
    _, adopted = visit.desk.declared()
    sees_uses = visit.visitor.role in ("engineer", "privacy")
    held = visit.holdings if sees_uses else None
    uses = declared_uses(held.register.declared(), held.verdicts.values()) if held else ()
    purposes, nameless = by_purpose(adopted, uses)
    return Shown(
        "policy.html.j2",
        {"policy": adopted, "purposes": purposes, "nameless": nameless, "held": held},
    )


ANSWERS = {"policy": policy}
