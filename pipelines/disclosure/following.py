"""From the rows found to the rows that hang on them (orders, tickets, histories), over all stores, round by round.

Only from a person's row to the rows that point at it, never from a row to what it points at: an order leads neither to
its shop nor to whoever took it. Never from data that is entrusted, never into what is pseudonymised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
from pipelines.disclosure.spelling import AsNumber, Spelling

DEEPEST = 4
"""Links in a row that are followed: customer, order, line, shipment."""

Answer = TypeVar("Answer")
Target = tuple[str, tuple[str, ...], Spelling]
"""A dataset's id, columns of it, and how they are compared."""
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
        told, inferred = _pointed(searches, by_id, fresh, threads), inferring.pointed(fresh)
        pointed = {one.id: [*told.get(one.id, ()), *inferred.get(one.id, ())] for one in searches}
        pieces = [(one, _hanging(pointed[one.id])) for one in searches if pointed[one.id]]
        found = _by_store(pieces, threads)
        fresh = {one.id: hits for (one, _), hits in zip(pieces, found, strict=True)}


def _hanging(pointed: Sequence[Pointed]) -> Callable[[Search], list[Hit]]:
    return lambda one: one.hang(pointed)


def _asked(asked: Asked, threads: Executor) -> list[set[Key]]:
    return _by_store([(one, _question((column,), keys, AsNumber())) for one, column, keys in asked], threads)


def _question(columns: tuple[str, ...], keys: Collection[Key], spelling: Spelling) -> Callable[[Search], set[Key]]:
    return lambda one: one.shared(columns, keys, spelling)


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
    """What people declared of the dataset, where it is the company's own and both ends are there.

    Not of itself: who recruited whom is another member's row, as with foreign keys.
    """
    for link in one.store.links:
        if link.dataset != one.name or not one.is_ours:
            continue
        targets = [other for other in searches if (other.store.id, other.name) == (link.store, link.target)]
        column = _column(one, link.column)
        if (
            column
            and len(targets) == 1
            and targets[0] is not one
            and (target := _column(targets[0], link.target_column))
        ):
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


def _pointed(
    searches: Iterable[Search],
    by_id: Mapping[str, Search],
    fresh: Mapping[str, Sequence[Hit]],
    threads: Executor,
) -> Mapping[str, list[Pointed]]:
    """What the rows found last lead to by links that somebody declared: dataset's id → keys that it may hold."""
    led: list[tuple[Search, Link, dict[Key, tuple[Linked, Whose]]]] = []
    asked: dict[Target, set[Key]] = {}
    for one in searches:
        for link in one.links if one.may_hang else ():
            parent = by_id.get(link.target)
            keys = dict(_keys(link, parent, fresh.get(link.target, ()))) if parent else {}
            if parent and keys:
                led.append((one, link, keys))
                # a database's own primary key is nobody else's
                if link.origin != "foreign_key" or link.target_columns != (parent.dataset.key,):
                    asked.setdefault(_target(link), set()).update(keys)
    questions = [(by_id[target], _question(columns, keys, how)) for (target, columns, how), keys in asked.items()]
    shared = dict(zip(asked, _by_store(questions, threads), strict=True))
    found: dict[str, list[Pointed]] = {}
    for one, link, keys in led:
        if left := {key: at for key, at in keys.items() if key not in shared.get(_target(link), ())}:
            found.setdefault(one.id, []).append(Pointed(link, left))
    return found


def _target(link: Link) -> Target:
    return link.target, link.target_columns, link.target_spelling


def _keys(link: Link, parent: Search, hits: Iterable[Hit]) -> Iterator[tuple[Key, tuple[Linked, Whose]]]:
    by = shown(parent.name, link.target_columns)
    for hit in hits:
        if key := hit.key(link.target_columns, link.target_spelling):
            whose = hit.candidate.whose
            yield key, (Linked(parent.id, hit.candidate.row, by, whose.subject != UNRESOLVED), whose)
