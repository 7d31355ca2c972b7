"""The desk's own files: styles and scripts."""

from __future__ import annotations

from pipelines.desk.rendering import assets, digest
from pipelines.desk.visit import Asset, NotThereError, Visit


def asset(visit: Visit) -> Asset:
    """A file of `static/`, under its digest."""
    name = visit.place["name"]
    if name not in assets() or visit.place["digest"] != digest(name):
        raise NotThereError
    return assets()[name]


ANSWERS = {"asset": asset}
