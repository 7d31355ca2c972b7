"""One dataset searched, batch by batch: for the person's keys, and for rows that point at rows already found.

Whatever fails, what was found before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from classifiers.masking import mask
from pipelines.clock import TOKYO
from pipelines.disclosure.findings import Candidate, Entrusted, Finding, Linked, NotSearched, Searched
from pipelines.disclosure.links import Link, links
from pipelines.disclosure.ownership import Ownership, Whose
from pipelines.disclosure.places import places
from pipelines.disclosure.sifting import holding, position, sift
from pipelines.disclosure.sought import Sought
from pipelines.disclosure.surrogates import Surrogate
from pipelines.disclosure.weighing import Scale, Weighed
from pipelines.disclosure.where import RegisteredDataset, StoreToSearch, categories, why_not
from pipelines.stores import Dataset, Store, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

Item = TypeVar("Item")
Key = tuple[str, ...]
"""The cells of a key's columns."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate with its row, in memory only."""

    candidate: Candidate
    names: tuple[str, ...] = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)

    def key(self, columns: Sequence[str]) -> Key | None:
        """Its cells of those columns; None where one is empty or not there."""
        places = [position(self.names, column) for column in columns]
        cells = tuple(self.cells[place] for place in places if place is not None)
        return cells if len(cells) == len(columns) and all(cells) else None


@dataclass(frozen=True, slots=True)
class Pointed:
    """Keys of rows that were found, which a link may lead to."""

    link: Link
    keys: Mapping[Key, tuple[Linked, Whose]] = field(repr=False)


class Search:
    """One dataset, and what was found of the person in it."""

    def __init__(
        self,
        store: StoreToSearch,
        opened: Store,
        dataset: Dataset,
        id: str,
        registered: RegisteredDataset | None,
        sought: Sought,
        today: date,
    ) -> None:
        self.id, self.dataset = id, dataset
        self.links = tuple(links(store.id, dataset))
        self.hits: dict[int, Hit] = {}
        """By the record's number."""
        self._opened, self._registered, self._sought = opened, registered, sought
        self._at = store.id, id, registered.name if registered else mask(dataset.name)
        self._ownership = Ownership(store, dataset, registered, today)
        self._scales: dict[tuple[str, ...], Scale] = {}
        self._surrogates: dict[tuple[str, ...], Surrogate] = {}
        self._entrusted: set[int] = set()
        self._end: Searched | NotSearched | None = None
        self._closed = why_not(registered) if registered else None

    @property
    def name(self) -> str:
        """The dataset's masked name."""
        return self._at[2]

    @property
    def may_hang(self) -> bool:
        """Whether its rows may be looked at for what they hang on: data of nobody by itself may, as order lines."""
        return self._closed in (None, "not_personal")

    def run(self) -> None:
        """Search it for the person's keys."""
        self._end = NotSearched(*self._at, self._closed) if self._closed else self._read(self._by_keys)

    def hang(self, pointed: Sequence[Pointed]) -> list[Hit]:
        """Search it for rows that point at those; answers the ones that were not found before."""
        before = set(self.hits)
        end = self._read(lambda batch, rows: self._by_links(batch, rows, pointed))
        if isinstance(end, NotSearched) or self._closed:
            self._end = end
        return [hit for row, hit in self.hits.items() if row not in before]

    def owned(self, columns: Sequence[str], keys: Iterable[Key]) -> set[Key]:
        """Those of the keys that no row holds but those found: a value that several share leads to nobody."""
        left = set(keys)
        if tuple(columns) == (self.dataset.key,):
            return left

        def strike(batch: pa.RecordBatch, rows: int) -> None:
            for number, names, cells in _rows(batch, holding(batch, [(columns, left)])):
                if rows + number + 1 not in self.hits:
                    left.discard(_key(names, cells, columns) or ())

        return left if isinstance(self._read(strike), Searched) else set()

    def findings(self) -> Iterator[Finding]:
        """What it answers."""
        yield from (hit.candidate for _, hit in sorted(self.hits.items()))
        if self._entrusted:
            yield Entrusted(*self._at, len(self._entrusted))
        if self._end:
            yield self._end

    def _read(self, look: Callable[[pa.RecordBatch, int], None]) -> Searched | NotSearched:
        rows = 0
        try:
            for batch in own_words(self._opened.batches(self.dataset)):
                look(batch, rows)
                rows += batch.num_rows
        except StoreError as error:
            return NotSearched(*self._at, error.reason, error.hint, rows)
        return Searched(*self._at, rows, datetime.now(TOKYO), self._registered is not None)

    def _by_keys(self, batch: pa.RecordBatch, before: int) -> None:
        where = places(categories(self._registered, batch.schema.names))
        for number, names, cells in _rows(batch, sift(batch, where, self._sought)):
            if weighed := self._scale(names).weigh(cells):
                self._add(before + number + 1, names, cells, weighed, {})

    def _by_links(self, batch: pa.RecordBatch, before: int, pointed: Sequence[Pointed]) -> None:
        wanted = [(one.link.columns, one.keys.keys()) for one in pointed]
        for number, names, cells in _rows(batch, holding(batch, wanted)):
            found = [
                (*at, one.link.only)
                for one in pointed
                if (key := _key(names, cells, one.link.columns)) and (at := one.keys.get(key))
            ]
            linked = {replace(at, sure=at.sure and only): whose for at, whose, only in found}
            row = before + number + 1
            if hit := self.hits.get(row):
                own = [one for one, other in linked.items() if hit.candidate.whose.may_be_of(other)]
                more = tuple(dict.fromkeys((*hit.candidate.linked, *own)))
                self.hits[row] = replace(hit, candidate=replace(hit.candidate, linked=more))
            elif linked:
                self._add(row, names, cells, self._scale(names).weigh_linked(cells), linked)

    def _add(
        self, row: int, names: tuple[str, ...], cells: tuple[str, ...], weighed: Weighed, linked: Mapping[Linked, Whose]
    ) -> None:
        whose = self._ownership.of(names, cells)
        if whose is None:
            return
        parents = {one: other for one, other in linked.items() if whose.may_be_of(other)}
        if linked and not parents:
            return
        if whose.custody == "entrusted":
            self._entrusted.add(row)
            return
        for other in parents.values():
            whose = whose.as_of(other)
        candidate = Candidate(
            *self._at,
            kind="documents" if self.dataset.kind == "documents" else "table",
            row=row,
            key=self._surrogate(names).of(cells),
            document=mask(cells[names.index("file")]) if self._is_document(names) else "",
            columns=tuple("＋".join(self._shown(names, column) for column in found.columns) for found in weighed.found),
            weighed=weighed,
            whose=whose,
            linked=tuple(parents),
        )
        self.hits[row] = Hit(candidate, names, cells)

    def _scale(self, names: tuple[str, ...]) -> Scale:
        if names not in self._scales:
            where = places(categories(self._registered, names))
            self._scales[names] = Scale(where, self._sought, of_records=self.dataset.kind != "documents")
        return self._scales[names]

    def _surrogate(self, names: tuple[str, ...]) -> Surrogate:
        if names not in self._surrogates:
            kinds = categories(self._registered, names)
            self._surrogates[names] = Surrogate(self.dataset, self._registered, names, kinds)
        return self._surrogates[names]

    def _is_document(self, names: tuple[str, ...]) -> bool:
        return self.dataset.kind == "documents" and "file" in names

    def _shown(self, names: tuple[str, ...], position: int) -> str:
        known = self._registered.columns if self._registered else ()
        return known[position].column if position < len(known) == len(names) else mask(names[position])


def own_words(pieces: Iterator[Item]) -> Iterator[Item]:
    """The pieces; whatever a driver raises becomes a StoreError, for its message may quote a value."""
    try:
        yield from pieces
    except StoreError:
        raise
    except Exception:
        raise StoreError("broken", "読み取りの途中で失敗しました (the store's driver failed)") from None


def _rows(batch: pa.RecordBatch, numbers: list[int]) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Some rows of a batch: number, names and cells, '' where one is empty."""
    names = tuple(batch.schema.names)
    columns = [column.to_pylist() for column in batch.take(numbers).columns] if numbers else []
    for number, *cells in zip(numbers, *columns, strict=True):
        yield number, names, tuple(map(_text, cells))


def _text(cell: Any) -> str:
    return "\n".join(part for part in cell if part) if isinstance(cell, list) else cell or ""


def _key(names: Sequence[str], cells: Sequence[str], columns: Sequence[str]) -> Key | None:
    places = [position(names, column) for column in columns]
    return None if None in places else tuple(cells[place] for place in places if place is not None)
