"""Runs: what each did, which stores failed and why, and how far a scan has come that is going on."""

from __future__ import annotations

from typing import Any

from pipelines.desk.listing import page_of
from pipelines.desk.visit import NotThereError, Shown, Visit
from pipelines.history import KINDS


def runs(visit: Visit) -> Shown:
    """Every run, the newest first, and what the last scan could not read."""
    held = visit.holdings
    return Shown(
        "runs.html.j2",
        {
            "held": held,
            "found": page_of(visit.desk.shelf.runs(), visit.query),
            "asked": {},
            "failed": [one for one in held.not_read if not one.name],
            "parts_unread": [one for one in held.not_read if one.name],
            **running_now(visit),
        },
    )


def run(visit: Visit) -> Shown:
    """One run: its counts store by store, its versions, and what it changed."""
    number = visit.place["number"]
    found = {str(one.id): one for one in visit.desk.shelf.runs()}.get(number)
    if found is None:
        raise NotThereError
    held = visit.holdings
    changes = held.register.changes(found.id)
    counted = {kind: sum(one.kind == kind for one in changes) for kind in KINDS}
    return Shown(
        "run.html.j2",
        {"held": held, "run": found, "rows": found.counts.get("by_store", ()), "changes": counted, "kinds": KINDS},
    )


def running(visit: Visit) -> Shown:
    """How far it has come by now: asked again by the page that shows it."""
    return Shown("running.html.j2", running_now(visit))


def running_now(visit: Visit) -> dict[str, Any]:
    """The scan that is going on, as templates show it; `going` is None where there is none."""
    found = visit.desk.shelf.running()
    if found is None:
        return {"going": None}
    going, written = found
    due = going.counts.get("due")
    return {"going": going, "written": written, "due": due, "share": min(100, round(100 * written / due)) if due else 0}


ANSWERS = {"runs": runs, "run": run, "running": running}
