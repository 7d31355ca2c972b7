"""The register: every column, searched and filtered; a dataset with every tag's why."""

from __future__ import annotations

from pipelines.desk.listing import KINDS, UNSURE, lines, page_of
from pipelines.desk.visit import NotThereError, Shown, Visit
from pipelines.reports.pagework.holdings import readers

FILTERS = ("q", "store", "item", "subject", "kind")
_COLUMNS = 100
"""Columns of a page about a dataset."""


def register(visit: Visit) -> Shown:
    """The columns that are asked for, fifty a page."""
    held = visit.holdings
    found = lines(held, visit.query)
    asked = {name: visit.query(name) for name in FILTERS}
    return Shown(
        "register.html.j2",
        {
            "held": held,
            "found": page_of(found, visit.query),
            "asked": asked,
            "kinds": tuple(KINDS),
            "unsure": UNSURE,
        },
    )


def dataset(visit: Visit) -> Shown:
    """One dataset."""
    held = visit.holdings
    one = held.datasets.get(visit.place["id"])
    if one is None:
        raise NotThereError
    runs = {run.id: run for run in held.register.runs()}
    return Shown(
        "dataset.html.j2",
        {
            "held": held,
            "one": one,
            "store": held.stores[one.store],
            "columns": page_of(one.columns, visit.query, _COLUMNS),
            "verdicts": held.verdicts_on.get(one.id, ()),
            "rulings": [r for r in held.register.rulings() if r.dataset_id == one.id and r.about != "verdict"],
            "scan": runs.get(one.last_run),
            "stale": one.last_run < held.stores[one.store].last_run,
            "readers": readers(one, visit.language),
            "targets": {link.target: held.datasets[link.target] for link in one.links if link.target in held.datasets},
            "unsure": UNSURE,
            "asked": {},
        },
    )


ANSWERS = {"register": register, "dataset": dataset}
