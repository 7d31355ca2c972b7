"""Links (結合): columns of a dataset that point at a row of another one, as their store declares them.

The register keeps the same links, masked and a column each; a look-up needs them as they are, several columns together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from classifiers.masking import mask_identifier
from classifiers.people.letters import prepare
from pipelines.scan import dataset_id
from pipelines.stores import Dataset


@dataclass(frozen=True, slots=True)
class Link:
    """Columns that hold the key of another dataset's row: where that row is a person's, so is this one."""

    columns: tuple[str, ...]
    target: str
    """The other dataset's id."""
    target_columns: tuple[str, ...]
    only: bool
    """Whether no other columns point at the same dataset: with two, one of them may name another person."""


def links(store: str, dataset: Dataset) -> Iterator[Link]:
    """The dataset's links that say whom a row is about.

    Left out are a dataset's links with itself (who recruited whom is another member's row) and columns that say who
    acted (担当者): they lead to rows that somebody worked on.
    """
    targets = Counter(link.target for link in dataset.links)
    for link in dataset.links:
        whole = len(link.columns) == len(link.target_columns) > 0
        if whole and link.target != dataset.name and not any(map(_acts, link.columns)):
            target = dataset_id(store, link.target)
            yield Link(link.columns, target, link.target_columns, targets[link.target] == 1)


def shown(dataset: str, columns: tuple[str, ...]) -> str:
    """A key as a reason names it: the dataset's masked name, and its columns."""
    return f"{dataset}.{'＋'.join(map(mask_identifier, columns))}"


def _acts(column: str) -> bool:
    name = prepare(column)
    return any(word in name for word in _words())


@cache
def _words() -> tuple[str, ...]:
    rows = yaml.safe_load(files("pipelines.disclosure").joinpath("acting.yml").read_text(encoding="utf-8"))
    return tuple(rows["words"])
