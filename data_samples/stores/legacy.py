"""legacy: a host that only its data dictionary is known of; nobody may connect to it from outside."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from data_samples.company import Company


def write(folder: Path, _company: Company) -> None:
    """Writes `legacy/data_dictionary.csv`."""
    target = folder / "legacy" / "data_dictionary.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(files("data_samples.rows").joinpath("legacy_dictionary.csv").read_bytes())
