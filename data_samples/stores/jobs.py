"""jobs: the SQL that the company runs (batch scripts, a dbt project, a query log), as its files in `rows/jobs` are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from data_samples.canaries import canary
from data_samples.company import Company

_CANARY = re.compile("@@([a-z_]+)@@")
_OF_OLD = ("02_shipping_labels.sql", "10_check_name.sql")
"""Scripts that an older editor wrote, in cp932."""


def write(folder: Path, _company: Company) -> None:
    """Writes `jobs/scripts`, `jobs/dbt` and `jobs/logs`."""
    for name, text in _texts(files("data_samples.rows").joinpath("jobs")):
        target = folder / "jobs" / _planted(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_planted(text).encode("cp932" if target.name in _OF_OLD else "utf-8"))


def _texts(folder: Traversable, path: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _texts(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, entry.read_text(encoding="utf-8")


def _planted(text: str) -> str:
    return _CANARY.sub(lambda found: canary(found[1]), text)
