"""One store searched: its datasets one by one, then the rows that hang on the rows found (orders, tickets, histories).

Only from a person's row to the rows that point at it, never from a row to what it points at: an order leads neither to
its shop nor to whoever took it. Never from data that is entrusted, never into what is pseudonymised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from classifiers.masking import mask
from classifiers.tags import NOT_PERSONAL, UNRESOLVED
from pipelines.disclosure.findings import Finding, Linked, NotSearched
from pipelines.disclosure.links import Link, shown
from pipelines.disclosure.ownership import Whose
from pipelines.disclosure.search import Hit, Key, Pointed, Search, own_words
from pipelines.disclosure.sought import Sought
from pipelines.disclosure.where import RegisteredDataset, StoreToSearch
from pipelines.scan import dataset_id
from pipelines.stores import NotRead, StoreError

DEEPEST = 4
"""Links in a row that are followed: customer, order, line, shipment."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store holds of the person: what may be said of it, and the rows of its candidates."""

    findings: tuple[Finding, ...]
    hits: tuple[Hit, ...] = field(repr=False)


def search(
    store: StoreToSearch,
    registered: Mapping[str, RegisteredDataset],
    sought: Sought,
    today: date,
    step: Callable[[str], None],
) -> Answer:
    """Everything that the store holds of the person; `registered` is the register's datasets by their ids.

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
    follow(searches)
    step(store.id)
    return Answer(
        (*(finding for one in searches for finding in one.findings()), *other),
        tuple(hit for one in searches for hit in one.hits.values()),
    )


def follow(searches: Iterable[Search]) -> None:
    """Look into the datasets that hang on one with found rows, and into those that hang on them."""
    by_id = {one.id: one for one in searches}
    fresh = {one.id: [hit for hit in one.hits.values() if _leads_on(hit)] for one in by_id.values()}
    for _ in range(DEEPEST):
        found: dict[str, list[Hit]] = {}
        for one in by_id.values():
            pointed = list(_pointed(one, by_id, fresh)) if one.may_hang else []
            if pointed:
                found[one.id] = [hit for hit in one.hang(pointed) if _leads_on(hit)]
        fresh = found


def _pointed(one: Search, by_id: Mapping[str, Search], fresh: Mapping[str, Sequence[Hit]]) -> Iterator[Pointed]:
    for link in one.links:
        parent = by_id.get(link.target)
        keys = dict(_keys(link, parent, fresh.get(link.target, ()))) if parent else {}
        if parent and keys:
            owned = parent.owned(link.target_columns, keys)
            yield Pointed(link, {key: at for key, at in keys.items() if key in owned})


def _keys(link: Link, parent: Search, hits: Iterable[Hit]) -> Iterator[tuple[Key, tuple[Linked, Whose]]]:
    by = shown(parent.name, link.target_columns)
    for hit in hits:
        if key := hit.key(link.target_columns):
            whose = hit.candidate.whose
            yield key, (Linked(parent.id, hit.candidate.row, by, whose.subject != UNRESOLVED), whose)


def _leads_on(hit: Hit) -> bool:
    """Whether the record itself is the person's: not one that speaks of him or her, nor one that names another."""
    one = hit.candidate
    own = bool(one.linked) or any(found.match.where == "whole" for found in one.weighed.found)
    excluded = one.weighed.disposition == "excluded" or bool(one.weighed.contradictions)
    return own and not excluded and one.kind == "table" and one.whose.subject_category != NOT_PERSONAL
