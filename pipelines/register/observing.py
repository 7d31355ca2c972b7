"""A registered dataset as the checks judge it."""

from __future__ import annotations

from classifiers.vocabulary import data_categories
from expectations.observed import ObservedColumn, ObservedDataset, Partition, StopHits
from pipelines.register.contents import RegisteredDataset


def observed(dataset: RegisteredDataset) -> ObservedDataset:
    """Its facts for the rules: no evidence, no counts."""
    known = data_categories()
    return ObservedDataset(
        id=dataset.id,
        store=dataset.store,
        name=dataset.name,
        contract=dataset.contract,
        partitions=tuple(
            Partition(row_filter=p.row_filter, subject=p.subject, custody=p.custody, nature=p.nature)
            for p in dataset.partitions
        ),
        columns=tuple(
            ObservedColumn(
                name=column.column,
                data_category=column.data_category,
                data_type=column.data_type,
                special_care=known[column.data_category].special_care if column.data_category in known else "",
                mentions=tuple(category for category, _ in column.mentions),
            )
            for column in dataset.columns
        ),
        oldest=dataset.oldest,
        stops=tuple(
            StopHits(
                scope=row.scope,
                rows=row.rows,
                hits=row.hits,
                doubts=row.doubts,
                whole=dataset.level == "full" or row.rows == dataset.records,
            )
            for row in dataset.stops
        ),
    )
