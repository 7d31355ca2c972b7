"""The canaries by id: `canaries.yml` says what they are and where the stores hide them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def _values() -> dict[str, str]:
    rows = yaml.safe_load(files(__package__).joinpath("canaries.yml").read_text(encoding="utf-8"))["canaries"]
    return {row["id"]: row["value"] for row in rows}


def canary(name: str) -> str:
    """The planted value of that id."""
    return _values()[name]
