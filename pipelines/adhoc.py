"""A scan straight from the shell: any path or URL, without declarations or a register of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from classifiers.masking import mask
from expectations.policy import load, policies
from pipelines.clock import today
from pipelines.declarations import StoreDeclaration
from pipelines.register import Register
from pipelines.scan import Reading, Scanned, Unread, datasets, scan_group
from pipelines.stores import kind_of


def classify(sources: Sequence[str], reading: Reading | None = None, kind: str = "") -> Register:
    """Scan each source and answer a register in memory that holds what was found and what was not read."""
    reading = reading or Reading(as_of=today())
    category_of = load(policies()[0]).category_of
    register = Register.open("sqlite://")
    run = register.begin("scan", reading.as_of, {})
    for store in (store for source in sources for store in _stores(source, kind)):
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


def _stores(source: str, kind: str) -> Iterator[StoreDeclaration]:
    """A source as a store; a folder as one of files and one for every SQLite database that lies in it.

    Who names a place in a shell lets it be read.
    """
    leave: dict[str, Any] = {"read_level": "full", "mail_level": "full", "allowed_by": "shell", "allowed_on": today()}
    if "://" in source:
        # the name of the database, without user, password and host
        name = mask(Path(urlsplit(source).path).name or urlsplit(source).scheme)
        yield StoreDeclaration.model_construct(id=name, kind=kind or kind_of(source), url=source, **leave)
        return
    folder = Path(source)
    databases = [] if kind else [path for path in sorted(folder.rglob("*")) if kind_of(str(path)) == "sql"]
    elsewhere = tuple(path.relative_to(folder).as_posix() for path in databases)
    yield StoreDeclaration(id=_name(folder), kind=kind or kind_of(source), path=source, elsewhere=elsewhere, **leave)
    for path in databases:
        yield StoreDeclaration(id=f"{_name(folder)}/{_name(path)}", kind="sql", path=str(path), **leave)


def _name(path: Path) -> str:
    return mask(path.resolve().name).replace(" ", "_") or "/"
