"""One store opened and searched for the person's keys, dataset by dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from classifiers.masking import mask
from pipelines.disclosure.findings import NotSearched
from pipelines.disclosure.search import Search, own_words
from pipelines.disclosure.sought import Sought
from pipelines.disclosure.where import RegisteredDataset, StoreToSearch
from pipelines.scan import dataset_id
from pipelines.stores import NotRead, StoreError


@dataclass(frozen=True, slots=True)
class Opened:
    """A store's datasets with what was found in them, and what of it could not be searched."""

    searches: tuple[Search, ...]
    other: tuple[NotSearched, ...]


def search(
    store: StoreToSearch,
    registered: Mapping[str, RegisteredDataset],
    sought: Sought,
    today: date,
    step: Callable[[str], None],
) -> Opened:
    """Look for the person's keys in the whole store; `registered` is the register's datasets by their ids.

    `step` is called with the store's id when it is searched.
    """
    searches: list[Search] = []
    other: list[NotSearched] = []
    try:
        opened = store.open()
        for entry in own_words(opened.datasets()):
            id = dataset_id(store.id, entry.name)
            if isinstance(entry, NotRead):
                other.append(NotSearched(store.id, id, mask(entry.name), entry.reason, entry.hint))
                continue
            one = Search(store, opened, entry, id, registered.get(id), sought, today)
            searches.append(one)
            one.run()
    except StoreError as error:
        other.append(NotSearched(store.id, "", "", error.reason, error.hint))
    step(store.id)
    return Opened(tuple(searches), tuple(other))
