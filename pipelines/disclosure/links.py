"""Links (結合): columns of a dataset that point at a row of another one.

A store declares them as foreign keys, people in `stores.yml`, and where nobody did, `inferring` tells them by names and
values. The register keeps the first, masked and a column each; a look-up needs them as they are, several columns
together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from classifiers.masking import mask_identifier
from pipelines.disclosure.acting import says_who_acted
from pipelines.disclosure.spelling import AsNumber, AsStored, Spelling
from pipelines.scan import dataset_id
from pipelines.stores import Dataset

Origin = Literal["foreign_key", "declared", "inferred"]
"""Who says that there is a link: the store, people, or nobody but the look-up."""


@dataclass(frozen=True, slots=True)
class DeclaredLink:
    """A link that people declared (`stores.yml`). Names are those of the register, which may be masked."""

    dataset: str
    column: str
    store: str
    """The other dataset's."""
    target: str
    target_column: str
    prefix: str = ""
    """What stands before the number in `column` alone: M of M000123."""


@dataclass(frozen=True, slots=True)
class Link:
    """Columns that hold the key of another dataset's row: where that row is a person's, so is this one."""

    columns: tuple[str, ...]
    target: str
    """The other dataset's id."""
    target_columns: tuple[str, ...]
    only: bool
    """Whether no other columns point at the same dataset: with two, one of them may name another person."""
    origin: Origin = "foreign_key"
    prefix: str = ""
    """What is left out before the number, in `columns` alone."""

    @property
    def spelling(self) -> Spelling:
        """How its columns are compared: a database's own as they are, others as one number."""
        return AsStored() if self.origin == "foreign_key" else AsNumber(self.prefix)

    @property
    def target_spelling(self) -> Spelling:
        """Likewise the target's."""
        return AsStored() if self.origin == "foreign_key" else AsNumber()


def links(store: str, dataset: Dataset) -> Iterator[Link]:
    """The dataset's links that say whom a row is about.

    Left out are a dataset's links with itself (who recruited whom is another member's row) and columns that say who
    acted (担当者): they lead to rows that somebody worked on.
    """
    targets = Counter(link.target for link in dataset.links)
    for link in dataset.links:
        whole = len(link.columns) == len(link.target_columns) > 0
        if whole and link.target != dataset.name and not any(map(says_who_acted, link.columns)):
            target = dataset_id(store, link.target)
            yield Link(link.columns, target, link.target_columns, targets[link.target] == 1)


def shown(dataset: str, columns: tuple[str, ...]) -> str:
    """A key as a reason names it: the dataset's masked name, and its columns."""
    return f"{dataset}.{'＋'.join(map(mask_identifier, columns))}"
