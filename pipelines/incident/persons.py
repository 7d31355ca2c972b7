"""About how many individuals some datasets are of, as far as a register can tell.

Datasets that hang together, because one points at the other by a key or is a copy of it, are taken to be of the same
persons: the largest of them counts. Others may be of the same persons, too, or of others: the least number is the
largest of all, the most the sum of their records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.reports.pagework.holdings import personal_partitions

if TYPE_CHECKING:
    from pipelines.register import RegisteredDataset
    from pipelines.register.lineage import Lineage


_OF_MANY = ("documents", "mails")
"""Kinds of dataset whose records may each be of several persons."""


@dataclass(frozen=True, slots=True)
class Persons:
    """How many individuals: the least, about, and the most."""

    least: int
    about: int
    most: int | None
    """None: not all records were counted."""
    groups: tuple[tuple[str, ...], ...]
    """Ids of datasets that were taken to be of the same persons."""
    uncounted: tuple[str, ...]
    """Ids of those whose records nobody counted, or may each be of several persons."""

    def more_than(self, count: int) -> bool | None:
        """Whether they are more; None: perhaps."""
        if self.least > count:
            return True
        return False if self.most is not None and self.most <= count else None


def persons(datasets: Sequence[RegisteredDataset], lineage: Lineage) -> Persons:
    """About how many individuals some datasets are of."""
    groups = tuple(_groups(datasets, lineage))
    known = {dataset.id: dataset for dataset in datasets}
    most = [_most(dataset) for dataset in datasets]
    return Persons(
        least=max(map(_least, datasets), default=0),
        about=sum(max(_about(known[id]) for id in group) for group in groups),
        most=None if None in most else sum(filter(None, most)),
        groups=groups,
        uncounted=tuple(dataset.id for dataset in datasets if _most(dataset) is None),
    )


def _share(dataset: RegisteredDataset) -> float:
    """The share of its rows that are a person's."""
    return min(1.0, sum(partition.share for partition in personal_partitions(dataset)))


def _whole(dataset: RegisteredDataset) -> bool:
    return dataset.records is not None and dataset.rows_read >= dataset.records


def _least(dataset: RegisteredDataset) -> int:
    """Only what was read whole has been counted; a sample's estimate proves no least number."""
    if dataset.individuals is None or not _whole(dataset):
        return 0
    return round(dataset.individuals * _share(dataset))


def _about(dataset: RegisteredDataset) -> int:
    # none told apart is none counted
    count = dataset.individuals or (dataset.records if dataset.records is not None else dataset.rows_read)
    return round(count * _share(dataset))


def _most(dataset: RegisteredDataset) -> int | None:
    """A row is at most one person's; a document or a mail may name any number."""
    counted = dataset.records is not None and dataset.kind not in _OF_MANY
    return round((dataset.records or 0) * _share(dataset)) if counted else None


def _groups(datasets: Iterable[RegisteredDataset], lineage: Lineage) -> Iterator[tuple[str, ...]]:
    """Datasets that hang together by keys or copies."""
    known = {dataset.id: dataset for dataset in datasets}
    near: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in (*_keyed(known.values()), *_copied(known, lineage)):
        if one in known and other in known:
            near[one].add(other)
            near[other].add(one)
    left = dict.fromkeys(known)
    while left:
        wait = [next(iter(left))]
        group: dict[str, None] = {}
        while wait:
            if (one := wait.pop()) in left:
                del left[one]
                group[one] = None
                wait += sorted(near[one])
        yield tuple(group)


def _keyed(datasets: Collection[RegisteredDataset]) -> Iterator[tuple[str, str]]:
    named = {(dataset.store, dataset.name): dataset.id for dataset in datasets}
    for dataset in datasets:
        for link in dataset.links:
            if target := named.get((dataset.store, link.target)):
                yield dataset.id, target


def _copied(ids: Collection[str], lineage: Lineage) -> Iterator[tuple[str, str]]:
    for one, other, _ in lineage.copies(ids):
        yield one, other
