"""What is held, counted: the figures of the page's cards, and the matrix of whose by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.tags import NOT_PERSONAL
from classifiers.vocabulary import data_categories
from pipelines.register import RegisteredColumn, RegisteredDataset, RegisteredPartition
from pipelines.reports.words import FINDINGS, worded, words

MANY = 1_000
"""A leak of more than so many persons has to be reported, whatever it holds (Enforcement Rules art 7(iv))."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of a whole register."""

    stores: int
    datasets: int
    personal_datasets: int
    columns: int
    personal_columns: int
    subject_categories: int
    not_read: int
    verdicts: Mapping[str, int]
    """Verdict → how many."""
    my_number: int
    special_care: int
    id_code: int
    property_loss: int
    """Columns each."""
    entrusted: int
    many: int
    perhaps_many: int
    """Datasets each; `perhaps`: nobody counted their records."""
    for_information: int
    """Of the gaps, those of the least severity."""

    @property
    def findings(self) -> int:
        """Verdicts that somebody has to act on."""
        return sum(self.verdicts.get(verdict, 0) for verdict in FINDINGS)


def personal_partitions(dataset: RegisteredDataset) -> tuple[RegisteredPartition, ...]:
    """The partitions that are not proven impersonal."""
    return tuple(partition for partition in dataset.partitions if partition.subject_category != NOT_PERSONAL)


def personal_columns(dataset: RegisteredDataset) -> tuple[RegisteredColumn, ...]:
    """The columns that are not proven impersonal, of a dataset that is not proven impersonal as a whole."""
    if not personal_partitions(dataset):
        return ()
    return tuple(column for column in dataset.columns if column.personal)


def readers(dataset: RegisteredDataset, language: str) -> list[str]:
    """Whom its store lets read a dataset, in words."""
    return [f"{worded(words('access'), kind)[language]} {name}".strip() for kind, name in dataset.access]


def categories_of(column: RegisteredColumn) -> tuple[str, ...]:
    """A column's data category, and those of the mentions inside it."""
    return (column.data_category, *(category for category, _ in column.mentions))


def holds_many(dataset: RegisteredDataset) -> bool | None:
    """Whether it holds more than `MANY` records; None where they were not counted, and there may be as many.

    A scan that read all there is has counted them: an unknown number is never a small one.
    """
    if dataset.records is None:
        return True if dataset.rows_read > MANY else None
    return dataset.records > MANY


def figures(
    stores: int, datasets: Sequence[RegisteredDataset], not_read: int, verdicts: Sequence[Mapping[str, Any]]
) -> Figures:
    """The counts of a register's contents."""
    known = data_categories()
    columns = [column for dataset in datasets for column in personal_columns(dataset)]
    marks: Counter[str] = Counter()
    for column in columns:
        rows = [known[category] for category in categories_of(column) if category in known]
        marks["my_number"] += any(row.id == "my_number" for row in rows)
        marks["special_care"] += any(row.special_care for row in rows)
        marks["id_code"] += any(row.id_code for row in rows)
        marks["property_loss"] += any(row.property_loss for row in rows)
    personal = [dataset for dataset in datasets if personal_partitions(dataset)]
    return Figures(
        stores=stores,
        datasets=len(datasets),
        personal_datasets=len(personal),
        columns=sum(len(dataset.columns) for dataset in datasets),
        personal_columns=len(columns),
        subject_categories=len({p.subject_category for dataset in personal for p in personal_partitions(dataset)}),
        not_read=not_read,
        verdicts=Counter(verdict["verdict"] for verdict in verdicts),
        my_number=marks["my_number"],
        special_care=marks["special_care"],
        id_code=marks["id_code"],
        property_loss=marks["property_loss"],
        entrusted=sum(any(p.custody == "entrusted" for p in dataset.partitions) for dataset in personal),
        many=sum(holds_many(dataset) is True for dataset in personal),
        perhaps_many=sum(holds_many(dataset) is None for dataset in personal),
        for_information=sum(row["verdict"] == "gap" and row["severity"] == "info" for row in verdicts),
    )


@dataclass(frozen=True, slots=True)
class Matrix:
    """Whose by what: in how many datasets a data category of a subject category is held."""

    subject_categories: tuple[str, ...]
    data_categories: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    """(data category, subject category) → datasets."""

    def heat(self, data_category: str, subject_category: str) -> int:
        """0 none, 1 little … 5 most."""
        count, most = self.counts.get((data_category, subject_category), 0), max(self.counts.values(), default=0)
        return 0 if not count else 1 + round(4 * (count - 1) / max(1, most - 1))


def matrix(datasets: Iterable[RegisteredDataset], order: Sequence[str]) -> Matrix:
    """The matrix of a register; subject categories in the policy's order, data categories in the vocabulary's."""
    counts: Counter[tuple[str, str]] = Counter()
    for dataset in datasets:
        found = {category for column in personal_columns(dataset) for category in categories_of(column)}
        for subject in {partition.subject_category for partition in personal_partitions(dataset)}:
            counts.update((category, subject) for category in found)
    held = {subject for _, subject in counts}
    rows = {category for category, _ in counts}
    known = [category for category in data_categories() if category in rows]
    return Matrix(
        subject_categories=(*(id for id in order if id in held), *sorted(held - set(order))),
        data_categories=(*known, *sorted(rows - set(known))),
        counts=counts,
    )
