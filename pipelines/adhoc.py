"""A scan straight from the shell: any path or URL, without declarations or a register of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from expectations.policy import load, policies
from pipelines.clock import today
from pipelines.declarations import StoreDeclaration
from pipelines.register import Register
from pipelines.scan import Reading, Scanned, Unread, datasets, scan_group


def classify(sources: Sequence[str], reading: Reading | None = None, kind: str = "") -> Register:
    """Scan each source and answer a register in memory that holds what was found and what was not read."""
    reading = reading or Reading(as_of=today())
    category_of = load(policies()[0]).category_of
    register = Register.open("sqlite://")
    run = register.begin("scan", reading.as_of, {})
    for source in sources:
        store = _store(source, kind)
        found, unread = datasets(store)
        scanned = list(scan_group(store, found, reading))
        register.put_scan(
            run,
            store,
            [one for one in scanned if isinstance(one, Scanned)],
            [*unread, *(one for one in scanned if isinstance(one, Unread))],
            category_of,
        )
    register.finish(run, "done", {})
    return register


def _store(source: str, kind: str) -> StoreDeclaration:
    from classifiers.masking import mask
    from pipelines.stores import kind_of

    kind = kind or kind_of(source)
    if "://" in source:
        from sqlalchemy import make_url

        # the name of the database, without user, password and host
        name = mask(Path(make_url(source).database or source.partition(":")[0]).name)
        return StoreDeclaration.model_construct(id=name, kind=kind, url=source)
    return StoreDeclaration(id=mask(Path(source).name or source), kind=kind, path=source)
