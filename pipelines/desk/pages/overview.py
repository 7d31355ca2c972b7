"""The first page: what is held, what was found, what was not read, what requests are due. Counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.clock import TOKYO
from pipelines.desk.pages.runs import running_now
from pipelines.desk.visit import Shown, Visit


@dataclass(frozen=True, slots=True)
class Due:
    """The casebook in counts."""

    open: int
    late: int
    soon: int
    """Due within a week."""
    steps: Mapping[str, int]
    """Step → open requests that stand there."""


def overview(visit: Visit) -> Shown:
    """Everybody's first page; an engineer sees nothing of requests, not even how many there are."""
    held = visit.holdings
    due = _due(visit) if visit.desk.casebook and visit.visitor.role != "engineer" else None
    whole = [one for one in held.not_read if not one.name]
    return Shown(
        "overview.html.j2",
        {"held": held, "figures": held.figures, "due": due, "failed": whole, **running_now(visit)},
    )


def _due(visit: Visit) -> Due:
    today = visit.desk.now().astimezone(TOKYO).date()
    soon = today.fromordinal(today.toordinal() + 7).isoformat()
    living = [line for line in visit.casebook.lines() if line.step not in ("closed", "erased")]
    return Due(
        open=len(living),
        late=sum(line.late(today) for line in living),
        soon=sum(bool(line.due_on) and not line.late(today) and line.due_on <= soon for line in living),
        steps=Counter(line.step for line in living),
    )


ANSWERS = {"overview": overview}
