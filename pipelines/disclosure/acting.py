"""Columns that say who acted (担当者), not whom a row is about."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from classifiers.people.letters import prepare


def says_who_acted(column: str) -> bool:
    """Whether a column is of who did something, by its name.

    >>> says_who_acted("担当者ID"), says_who_acted("approved_by"), says_who_acted("顧客ID")
    (True, True, False)
    """
    name = prepare(column)
    return any(word in name for word in _words())


@cache
def _words() -> tuple[str, ...]:
    rows = yaml.safe_load(files("pipelines.disclosure").joinpath("acting.yml").read_text(encoding="utf-8"))
    return tuple(rows["words"])
