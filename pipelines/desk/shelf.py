"""The register's readings in memory, as its last finished run left them: a page asks these, not the database.

A run that goes on is not seen before it has finished, so that what two pages say never disagrees.
"""

from __future__ import annotations

import atexit
import gc
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from classifiers.normalize import fold
from expectations.facts import Declared, Provision, Use
from expectations.observed import ObservedDataset
from pipelines.register import (
    Register,
    RegisteredColumn,
    RegisteredDataset,
    RegisteredNotRead,
    RegisteredRuling,
    RegisteredStore,
    Run,
)
from pipelines.register.lineage import Lineage
from pipelines.reports.pagework.holdings import (
    Figures,
    categories_of,
    figures,
    personal_columns,
    personal_partitions,
)
from pipelines.reports.words import FINDINGS, vocabulary, worded


@dataclass(frozen=True, slots=True)
class Line:
    """A column, as the register is searched and filtered by."""

    dataset: RegisteredDataset
    column: RegisteredColumn
    categories: tuple[str, ...]
    """Its data category, and those found inside its texts."""
    subject_categories: tuple[str, ...]
    """Of the rows that are somebody's."""
    personal: bool
    text: str
    """Everything that a search looks at, folded."""


class Remembered(Register):
    """A register that answers what its last finished run left, again and again without reading it anew."""

    def stores(self) -> tuple[RegisteredStore, ...]:
        """Every store that is still declared."""
        return self._stores

    def datasets(self) -> tuple[RegisteredDataset, ...]:
        """Every dataset that is still there."""
        return self._datasets

    def runs(self) -> tuple[Run, ...]:
        """Every run, the newest first."""
        return self._runs

    def rulings(self) -> tuple[RegisteredRuling, ...]:
        """People's rulings as they stood at the last check."""
        return self._rulings

    def observed(self) -> tuple[ObservedDataset, ...]:
        """The datasets as the scan saw them."""
        return self._observed

    def lineage(self) -> Lineage:
        """What feeds what."""
        return self._lineage

    def declared(self) -> Declared:
        """What people had declared at the last check."""
        return self._declared

    _stores = cached_property(Register.stores)
    _datasets = cached_property(Register.datasets)
    _runs = cached_property(Register.runs)
    _rulings = cached_property(Register.rulings)
    _observed = cached_property(Register.observed)
    _lineage = cached_property(Register.lineage)
    _declared = cached_property(Register.declared)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a register holds, indexed."""

    register: Remembered
    stores: Mapping[str, RegisteredStore]
    datasets: Mapping[str, RegisteredDataset]
    lines: tuple[Line, ...]
    """Every column, by store, dataset and place."""
    items: tuple[str, ...]
    """The data categories of personal columns, in the vocabulary's order."""
    subjects: tuple[str, ...]
    """The subject categories that something is held of."""
    verdicts: Mapping[str, Mapping[str, Any]]
    """Every verdict by its id, in the order of the check."""
    verdicts_on: Mapping[str, Sequence[Mapping[str, Any]]]
    """Dataset → the verdicts on it."""
    uses: Mapping[str, Use | Provision]
    """Every declared use and provision by its id."""
    not_read: tuple[RegisteredNotRead, ...]
    figures: Figures
    scan: Run | None
    check: Run | None
    found: dict[Hashable, Sequence[Line]] = field(default_factory=dict, repr=False)
    """What was searched for since it was read, and which lines that were."""

    @property
    def findings(self) -> list[Mapping[str, Any]]:
        """What somebody has to act on: the verdicts that no ruling answers."""
        return [row for row in self.verdicts.values() if row["verdict"] in FINDINGS and not row["ruling"]]

    def called(self, use: str) -> str:
        """What people call a declared use: its job, or who receives what is provided."""
        found = self.uses.get(use)
        return (found.job if isinstance(found, Use) else found.recipient) if found else use

    def label(self, store: str) -> str:
        """What people call a store."""
        return (self.stores[store].label or store) if store in self.stores else store


class Shelf:
    """The holdings of a register, read anew where it has a new run."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._register = Register.open(location, create=False)
        self._held: tuple[object, Holdings] | None = None
        self._reading = Lock()
        # as texts do: else libraries in C++ call leaked at the end what is frozen
        atexit.register(gc.unfreeze)

    def holdings(self) -> Holdings:
        """What it holds now; raises RegisterError. While one visit reads it anew, others see what it held before."""
        state, held = self._state(), self._held
        if held and (held[0] == state or self._reading.locked()):
            return held[1]
        with self._reading:
            if self._held is None or self._held[0] != state:
                # what is held stays as it is for a day: going through all of it for garbage stops every page meanwhile
                gc.unfreeze()
                self._held = state, _read(self._location)
                gc.collect()
                gc.freeze()
            return self._held[1]

    def running(self) -> tuple[Run, int] | None:
        """The scan that has begun last and not ended, and how many datasets it has written; None: there is none."""
        last = self._register.newest_run()
        if last is None or last.kind != "scan" or last.status != "running":
            return None
        return last, self._register.written_by(last.id)

    def runs(self) -> Sequence[Run]:
        """Every run as it stands this moment, the newest first."""
        return self._register.runs()

    def _state(self) -> object:
        return self._register.last_finished()


def _read(location: str) -> Holdings:
    register = Remembered.open(location, create=False)
    stores, datasets = register.stores(), register.datasets()
    verdicts, unread = list(register.verdicts()), register.not_read()
    declared, uses = register.declared(), dict[str, Use | Provision]()
    uses |= {use.id: use for use in declared.uses}
    uses |= {provision.id: provision for provision in declared.provisions}
    labels = {store.id: store.label for store in stores}
    lines = tuple(line for dataset in datasets for line in _lines(dataset, labels.get(dataset.store, "")))
    verdicts_on = defaultdict[str, list[Mapping[str, Any]]](list)
    for row in verdicts:
        verdicts_on[row["dataset_id"]].append(row)
    known = vocabulary("data_category")
    found = {category for line in lines if line.personal for category in line.categories}
    return Holdings(
        register=register,
        stores={store.id: store for store in stores},
        datasets={dataset.id: dataset for dataset in datasets},
        lines=lines,
        items=(*(id for id in known if id in found), *sorted(found - known.keys())),
        subjects=tuple(sorted({id for line in lines for id in line.subject_categories})),
        verdicts={row["id"]: row for row in verdicts},
        verdicts_on=verdicts_on,
        uses=uses,
        not_read=unread,
        figures=figures(len(stores), datasets, len(unread), verdicts),
        scan=register.last_run("scan"),
        check=register.last_run("check"),
    )


def _lines(dataset: RegisteredDataset, store: str) -> list[Line]:
    subjects = tuple(dict.fromkeys(p.subject_category for p in personal_partitions(dataset)))
    personal = {column.column for column in personal_columns(dataset)}
    found = []
    for column in dataset.columns:
        categories = categories_of(column)
        words = [worded(vocabulary("data_category"), category) for category in categories]
        names = (dataset.store, store, dataset.name, dataset.label, column.column)
        text = fold(" ".join([*names, *(f"{word['ja']} {word['en']}" for word in words)])).lower()
        found.append(Line(dataset, column, categories, subjects, column.column in personal, text))
    return found
