"""Links that nobody declared, told by names and live values: 顧客ID of a list is the number of the customers' register.

A number is the person's where a register holds it on his or her row, and on nobody else's. Registers of other stores
may number other people alike: where one of them has that number for somebody else, it says nothing in its own store,
and in a store without a register nobody can tell. What is found this way is for a person to check, never for release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.disclosure.findings import Linked
from pipelines.disclosure.links import Link, shown
from pipelines.disclosure.numbered import Number
from pipelines.disclosure.ownership import Whose
from pipelines.disclosure.search import Hit, Key, Pointed, Search
from pipelines.disclosure.spelling import AsNumber

Asked = list[tuple[Search, str, frozenset[Key]]]
"""Datasets, a column of each, and keys: which of them are on other rows than the person's?"""
Ask = Callable[[Asked], Iterable[set[Key]]]


@dataclass(frozen=True, slots=True)
class _At:
    """A number of a dataset."""

    search: Search
    number: Number

    @property
    def place(self) -> tuple[str, str]:
        return self.search.id, self.number.column

    @property
    def store(self) -> str:
        return self.search.store.id

    @property
    def is_linked(self) -> bool:
        """Whether somebody said already whose number it is."""
        return any(self.number.column in link.columns for link in self.search.links)

    @property
    def is_home(self) -> bool:
        """Whether the dataset is a list by that number: of persons, or of the things that it numbers."""
        one = self.number
        told = one.is_register or ((one.is_key or one.beside_names) and self.search.numbering.tells_apart(one))
        return told and not self.is_linked

    def held(self, hits: Iterable[Hit]) -> Iterator[tuple[Key, Hit]]:
        """The numbers on those of the hits that lead on."""
        for hit in hits:
            if hit.leads_on and (key := hit.key((self.number.column,), AsNumber())):
                yield key, hit


class Inferring:
    """The numbers of all stores that may be joined."""

    def __init__(self, searches: Iterable[Search], ask: Ask) -> None:
        ours = [one for one in searches if one.is_ours and one.may_hang]
        self._all = [_At(one, number) for one in ours for number in one.numbering.found]
        self._ask = ask

    def pointed(self, fresh: Mapping[str, Sequence[Hit]]) -> Mapping[str, list[Pointed]]:
        """What the rows found last lead to: dataset's id → keys that it may hold."""
        homes = [one for one in self._all if one.is_home]
        sources = {home: list(home.held(fresh.get(home.search.id, ()))) for home in homes}
        sources = {home: held for home, held in sources.items() if held}
        if not sources:
            return {}
        others = self._others(homes, sources)
        found: dict[str, list[Pointed]] = {}
        for child in self._all:
            if child.is_linked or (child.is_home and child.number.beside_names):
                continue
            for home, held in sources.items():
                if _may_lead(home, child) and (keys := dict(self._leading(home, child, held, homes, others))):
                    clear = {key: at for key, (at, is_clear) in keys.items() if is_clear}
                    link = Link((child.number.column,), home.search.id, (home.number.column,), True, "inferred")
                    found.setdefault(child.search.id, []).append(Pointed(link, clear, frozenset(keys.keys() - clear)))
        return found

    def _others(
        self, homes: Sequence[_At], sources: Mapping[_At, Sequence[tuple[Key, Hit]]]
    ) -> Mapping[tuple[str, str], set[Key]]:
        """For every list by a number the keys that it has for somebody else."""
        asked: Asked = []
        for home in homes:
            keys = {key for source, held in sources.items() if source.number.fits(home.number) for key, _ in held}
            if keys:
                asked.append((home.search, home.number.column, frozenset(keys)))
        answers = self._ask(asked)
        return {(one.id, column): found for (one, column, _), found in zip(asked, answers, strict=True)}

    def _leading(
        self,
        home: _At,
        child: _At,
        held: Sequence[tuple[Key, Hit]],
        homes: Sequence[_At],
        others: Mapping[tuple[str, str], set[Key]],
    ) -> Iterator[tuple[Key, tuple[tuple[Linked, Whose], bool]]]:
        by = shown(home.search.name, (home.number.column,))
        judges = [one for one in _judges(homes, child) if one.search is not child.search]
        here = [one for one in judges if one.store == child.store]
        own_here = {key for one in here for key, _ in one.held(one.search.hits.values())}
        alone = home.store == child.store and not here
        for key, hit in held:
            if any(key in others.get(one.place, ()) for one in (home, *here)):
                continue
            own = alone or key in own_here
            doubted = any(key in others.get(one.place, ()) for one in judges)
            at = Linked(home.search.id, hit.candidate.row, by, sure=False)
            yield key, ((at, hit.candidate.whose), own or not doubted)


def _judges(homes: Sequence[_At], child: _At) -> Iterator[_At]:
    """The registers that say whose a number is, store by store: of persons, else of what is numbered."""
    fitting = [one for one in homes if one.number.fits(child.number)]
    strict = [one for one in fitting if one.number.beside_names and (one.number.is_register or one.number.is_key)]
    yield from strict
    stores = {one.store for one in strict}
    yield from (one for one in fitting if one.number.is_register and one.store not in stores)


def _may_lead(home: _At, child: _At) -> bool:
    if home.search is child.search or not home.number.fits(child.number):
        return False
    one = home.number
    if not one.is_known:
        # a noun that nobody knows means something in its own store alone, where a register of it says so
        return home.store == child.store and (one.is_register or one.is_key)
    return home.store == child.store or not child.number.is_bare
