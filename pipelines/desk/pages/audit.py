"""The casebook's audit for an approver; for the privacy team who signed in, and counts of that audit. No value."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from pipelines.casebook.schema import audit as table
from pipelines.desk import trail
from pipelines.desk.listing import page_of
from pipelines.desk.visit import Shown, Visit


def audit(visit: Visit) -> Shown:
    """Who saw and did what, the newest first; that it was looked at stands in it, too."""
    if visit.visitor.role == "privacy":
        return _journal(visit)
    asked = {"account": visit.query("account"), "event": visit.query("event")}
    with visit.casebook.transaction() as transaction:
        head = transaction.record("audit_seen", visit.visitor.account)
        query = sa.select(table)
        for name, value in asked.items():
            if value:
                query = query.where(table.c[name] == value)
        rows = transaction.connection.execute(query.order_by(table.c.number.desc())).mappings().all()
        names = {
            name: transaction.connection.execute(sa.select(table.c[name]).distinct().order_by(table.c[name])).scalars()
            for name in asked
        }
        known = {name: [one for one in found if one] for name, found in names.items()}
    return Shown(
        "audit.html.j2",
        {
            "found": page_of(rows, visit.query),
            "asked": asked,
            "known": known,
            "head": head,
        }
        | trail.showing(visit),
    )


def _journal(visit: Visit) -> Shown:
    """Who of the desk's own accounts came in and left, who was refused; of the casebook's audit how many entries."""
    entries = visit.desk.people.journal()
    asked = {name: visit.query(name) for name in ("account", "event")}
    rows = [one for one in entries if all(not value or getattr(one, name) == value for name, value in asked.items())]
    known = {name: sorted({getattr(one, name) for one in entries} - {""}) for name in asked}
    told = {"counts": _counts(visit), "found": page_of(rows, visit.query), "asked": asked, "known": known}
    return Shown("journal.html.j2", told)


def _counts(visit: Visit) -> list[tuple[str, str, int]]:
    """Month, event, how many, the newest month first."""
    if visit.desk.casebook is None:
        return []
    with visit.casebook.transaction() as transaction:
        rows = transaction.connection.execute(sa.select(table.c.at, table.c.event)).all()
    counted = Counter((row.at[:7], row.event) for row in rows)
    return [(month, event, counted[month, event]) for month, event in sorted(counted, reverse=True)]


ANSWERS = {"audit": audit}
