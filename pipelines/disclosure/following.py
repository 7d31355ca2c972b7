"""From the rows found to the rows that hang on them (orders, tickets, histories), over all stores, round by round.

Only from a person's row to the rows that point at it, never from a row to what it points at: an order leads neither to
its shop nor to whoever took it. Never from data that is entrusted, never into what is pseudonymised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import TypeVar

from classifiers.masking import mask_identifier
from classifiers.tags import UNRESOLVED
from pipelines.disclosure.findings import Linked
from pipelines.disclosure.inferring import Asked, Inferring
from pipelines.disclosure.links import Link, shown
from pipelines.disclosure.ownership import Whose
from pipelines.disclosure.search import Hit, Key, Pointed, Search
from pipelines.disclosure.spelling import AsNumber

DEEPEST = 4
"""Links in a row that are followed: customer, order, line, shipment."""

Answer = TypeVar("Answer")
Piece = tuple[Search, Callable[[Search], Answer]]


def follow(searches: Sequence[Search], threads: Executor) -> None:
    """Look into the datasets that hang on one with found rows, and into those that hang on them."""
    for one in searches:
        one.links = tuple(_counted((*one.links, *_declared(one, searches))))
    by_id = {one.id: one for one in searches}
    inferring = Inferring(searches, lambda asked: _asked(asked, threads))
    fresh = {one.id: [hit for hit in one.hits.values() if hit.leads_on] for one in searches}
    for _ in range(DEEPEST):
        if not any(fresh.values()):
            return
        inferred = inferring.pointed(fresh)
        pieces = []
        for one in searches:
            pointed = [*_pointed(one, by_id, fresh), *inferred.get(one.id, ())] if one.may_hang else []
            if pointed:
                pieces.append((one, _hanging(pointed)))
        found = _by_store(pieces, threads)
        fresh = {one.id: [hit for hit in hits if hit.leads_on] for (one, _), hits in zip(pieces, found, strict=True)}


def _hanging(pointed: Sequence[Pointed]) -> Callable[[Search], list[Hit]]:
    return lambda one: one.hang(pointed)


def _asked(asked: Asked, threads: Executor) -> list[set[Key]]:
    def question(column: str, keys: frozenset[Key]) -> Callable[[Search], set[Key]]:
        return lambda one: one.shared((column,), keys, AsNumber())

    return _by_store([(one, question(column, keys)) for one, column, keys in asked], threads)


def _by_store(pieces: Sequence[Piece[Answer]], threads: Executor) -> list[Answer]:
    """The answers in order: stores side by side, each one's datasets one after the other."""
    stores: dict[str, list[int]] = {}
    for at, (one, _) in enumerate(pieces):
        stores.setdefault(one.store.id, []).append(at)

    def answered(places: list[int]) -> list[tuple[int, Answer]]:
        return [(at, pieces[at][1](pieces[at][0])) for at in places]

    answers = dict(pair for pairs in threads.map(answered, stores.values()) for pair in pairs)
    return [answers[at] for at in range(len(pieces))]


def _declared(one: Search, searches: Iterable[Search]) -> Iterator[Link]:
    """What people declared of the dataset, where it is the company's own and both ends are there."""
    for link in one.store.links:
        if link.dataset != one.name or not one.is_ours:
            continue
        targets = [other for other in searches if (other.store.id, other.name) == (link.store, link.target)]
        column = _column(one, link.column)
        if column and len(targets) == 1 and (target := _column(targets[0], link.target_column)):
            yield Link((column,), targets[0].id, (target,), True, "declared", link.prefix)


def _column(one: Search, name: str) -> str:
    """A column as its store names it, by its name in the register; '' where none or several are called so."""
    names = one.numbering.names
    found = [name] if name in names else [column for column in names if mask_identifier(column) == name]
    return found[0] if len(found) == 1 else ""


def _counted(links: Sequence[Link]) -> Iterator[Link]:
    """The links, each knowing whether other columns point at the same dataset."""
    columns = Counter((link.target, link.columns) for link in links)
    targets = Counter(target for target, _ in columns)
    yield from (replace(link, only=link.only and targets[link.target] == 1) for link in links)


def _pointed(one: Search, by_id: Mapping[str, Search], fresh: Mapping[str, Sequence[Hit]]) -> Iterator[Pointed]:
    for link in one.links:
        parent = by_id.get(link.target)
        keys = dict(_keys(link, parent, fresh.get(link.target, ()))) if parent else {}
        if parent and keys:
            is_key = link.origin == "foreign_key" and link.target_columns == (parent.dataset.key,)
            shared = set() if is_key else parent.shared(link.target_columns, keys, link.target_spelling)
            yield Pointed(link, {key: at for key, at in keys.items() if key not in shared})


def _keys(link: Link, parent: Search, hits: Iterable[Hit]) -> Iterator[tuple[Key, tuple[Linked, Whose]]]:
    by = shown(parent.name, link.target_columns)
    for hit in hits:
        if key := hit.key(link.target_columns, link.target_spelling):
            whose = hit.candidate.whose
            yield key, (Linked(parent.id, hit.candidate.row, by, whose.subject != UNRESOLVED), whose)
