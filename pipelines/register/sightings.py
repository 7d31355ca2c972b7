"""What SQL was seen to do with the datasets, as the checks judge it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, cast

from classifiers.tags import NOT_PERSONAL
from expectations.observed import ObservedCopy, ObservedExport, ObservedFlows, ObservedMatch, ObservedUse, Place
from pipelines.register.contents import RegisteredDataset
from pipelines.register.lineage import At, Lineage, Step

MOST = 100
"""Places that a fact names: whatever a log has thousands of, a person looks at some."""


@dataclass(slots=True)
class _Seen:
    places: dict[At, None] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)
    all: bool = False
    """Whether every column is handed on, or nobody can tell which."""


def flows(lineage: Lineage) -> ObservedFlows:
    """The uses that show, the rows that leave their database, and the entrusted data that is put beside other data."""
    entrusted = {dataset.id for dataset in lineage.datasets.values() if _is_entrusted(dataset)}
    uses: defaultdict[tuple[str, str], _Seen] = defaultdict(_Seen)
    exports: defaultdict[tuple[str, str], _Seen] = defaultdict(_Seen)
    holds = {dataset: lineage.goes_into(dataset) for dataset in entrusted}
    for step in lineage.steps:
        if not (step.statement.uses or step.statement.outlet):
            continue
        for dataset, columns in _read(lineage, step, holds):
            for use in step.statement.uses:
                uses[dataset, use.use].places[step.at] = None
            if step.statement.outlet:
                seen = exports[dataset, step.statement.outlet]
                seen.places[step.at] = None
                seen.columns |= dict.fromkeys(columns)
                seen.all |= not columns or "*" in columns
    return ObservedFlows(
        uses=tuple(
            ObservedUse(dataset=dataset, use=use, related=_related(lineage, dataset), places=_places(seen.places))
            for (dataset, use), seen in sorted(uses.items())
        ),
        exports=tuple(
            ObservedExport(
                dataset=dataset,
                outlet=cast(Literal["file", "storage", "stream"], outlet),
                columns=() if seen.all else tuple(seen.columns),
                related=_related(lineage, dataset),
                places=_places(seen.places),
            )
            for (dataset, outlet), seen in sorted(exports.items())
        ),
        matches=tuple(
            ObservedMatch(dataset=one, other=other, places=_places(dict.fromkeys(places)))
            for one, other, places in lineage.beside(entrusted)
        ),
        copies=tuple(
            ObservedCopy(dataset=one, other=other, places=_places(dict.fromkeys(places)))
            for one, other, places in lineage.copies(entrusted)
        ),
    )


def _read(lineage: Lineage, step: Step, holds: Mapping[str, set[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The datasets whose rows a statement hands on, and which columns of them; none: not known. `holds` is entrusted
    dataset → what it went into."""
    for source in step.passed_on:
        found = lineage.scanned(source)
        for one in found:
            yield one, step.columns.get(source, ()) if one == source else ()
        # whatever is made of entrusted data, its contract still bounds it
        yield from ((one, ()) for one, within in holds.items() if source in within and one not in found)


def _is_entrusted(dataset: RegisteredDataset) -> bool:
    return any(
        partition.custody == "entrusted" and partition.subject_category != NOT_PERSONAL
        for partition in dataset.partitions
    )


def _related(lineage: Lineage, dataset: str) -> tuple[str, ...]:
    return tuple(sorted(lineage.related(dataset)))


def _places(places: dict[At, None]) -> tuple[Place, ...]:
    return tuple(Place(store=at.store, job=at.job, line=at.line) for at in islice(places, MOST))
