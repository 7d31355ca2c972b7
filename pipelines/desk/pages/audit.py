"""The casebook's audit: its entries for an approver, and counts of them for the privacy team. No value of a case."""

from __future__ import annotations

import json
from collections import Counter

import sqlalchemy as sa

from pipelines.casebook.schema import audit as table
from pipelines.desk.listing import page_of
from pipelines.desk.visit import NotThereError, Shown, Visit


def audit(visit: Visit) -> Shown:
    """Who saw and did what, the newest first; that it was looked at stands in it, too."""
    if visit.visitor.role == "privacy":
        return Shown("audit.html.j2", {"counts": _counts(visit), "found": None, "asked": {}})
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
            "counts": None,
            "found": page_of(rows, visit.query),
            "asked": asked,
            "known": known,
            "head": head,
            "detail": _detail,
        },
    )


def _counts(visit: Visit) -> list[tuple[str, str, int]]:
    """Month, event, how many, the newest month first."""
    if visit.desk.casebook is None:
        raise NotThereError
    with visit.casebook.transaction() as transaction:
        rows = transaction.connection.execute(sa.select(table.c.at, table.c.event)).all()
    counted = Counter((row.at[:7], row.event) for row in rows)
    return [(month, event, counted[month, event]) for month, event in sorted(counted, reverse=True)]


def _detail(text: str) -> str:
    """An entry's codes and counts, as people read them."""
    return "  ".join(f"{name}: {_plain(value)}" for name, value in json.loads(text).items())


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


ANSWERS = {"audit": audit}
