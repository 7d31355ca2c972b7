"""One dataset searched, batch by batch: for the person's keys, and for rows that point at rows already found.

Whatever fails, what was found before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from classifiers.masking import mask, mask_identifier
from classifiers.tags import NOT_PERSONAL
from pipelines.clock import TOKYO
from pipelines.disclosure.acting import says_who_acted
from pipelines.disclosure.findings import Candidate, Entrusted, Finding, Linked, NotSearched, Searched
from pipelines.disclosure.gathering import Gathering
from pipelines.disclosure.links import Link, links
from pipelines.disclosure.numbering import Numbering
from pipelines.disclosure.ownership import Ownership, Whose
from pipelines.disclosure.places import places
from pipelines.disclosure.sifting import holding, position, sift
from pipelines.disclosure.sought import Sought
from pipelines.disclosure.spelling import Spelling
from pipelines.disclosure.surrogates import Surrogate
from pipelines.disclosure.weighing import Scale, Weighed
from pipelines.disclosure.where import RegisteredDataset, StoreToSearch, categories, why_not
from pipelines.stores import Dataset, Store, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

Item = TypeVar("Item")
Key = tuple[str, ...]
"""The cells of a key's columns."""
_UNCLEAR = "{}: どの表の番号か決められない行があります。links を宣言してください (declare whose number it is)"


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate with its row, in memory only."""

    candidate: Candidate
    names: tuple[str, ...] = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)

    def key(self, columns: Sequence[str], spelling: Spelling) -> Key | None:
        """Its cells of those columns as they are compared; None where one is empty or not there."""
        return _key(self.names, self.cells, columns, spelling)

    @property
    def leads_on(self) -> bool:
        """Whether the record itself is the person's: not one that speaks of him or her, nor one that names another."""
        one = self.candidate
        own = bool(one.linked) or any(found.match.where == "whole" for found in one.weighed.found)
        excluded = one.weighed.disposition == "excluded" or bool(one.weighed.contradictions)
        return own and not excluded and one.kind == "table" and one.whose.subject_category != NOT_PERSONAL


@dataclass(frozen=True, slots=True)
class Pointed:
    """Keys of rows that were found, which a link may lead to."""

    link: Link
    keys: Mapping[Key, tuple[Linked, Whose]] = field(repr=False)
    unclear: frozenset[Key] = field(default=frozenset(), repr=False)
    """Keys that are somebody else's in another store: of rows that hold them nobody can tell whose they are."""


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
        self.id, self.dataset, self.store = id, dataset, store
        self.links = tuple(links(store.id, dataset))
        self.hits: dict[int, Hit] = {}
        """By the record's number."""
        self._opened, self._registered, self._sought = opened, registered, sought
        self._at = store.id, id, registered.name if registered else mask(dataset.name)
        self._ownership = Ownership(store, dataset, registered, today)
        self._scales: dict[tuple[str, ...], Scale] = {}
        self._surrogates: dict[tuple[str, ...], Surrogate] = {}
        self._entrusted: set[int] = set()
        self._unclear: dict[int, str] = {}
        self._end: Searched | NotSearched | None = None
        self._closed = why_not(registered) if registered else None
        self.numbering = Numbering(dataset, registered)

    @property
    def name(self) -> str:
        """The dataset's masked name."""
        return self._at[2]

    @property
    def may_hang(self) -> bool:
        """Whether its rows may be looked at for what they hang on: data of nobody by itself may, as order lines."""
        return self._closed in (None, "not_personal")

    @property
    def is_ours(self) -> bool:
        """Whether all of it is the company's own and may be joined: nothing entrusted, pseudonymised, anonymous."""
        parts = self._registered.partitions if self._registered else ()
        own = self.store.custody == "own" and all(part.custody == "own" for part in parts)
        return own and all(part.nature not in ("pseudonymised", "anonymous") for part in parts)

    def run(self) -> None:
        """Search it for the person's keys."""
        if self._closed:
            self._end = NotSearched(*self._at, self._closed)
            return
        gathering = Gathering(self._by_keys)
        self._end = self._read(gathering.put)
        gathering.rest()

    def hang(self, pointed: Sequence[Pointed]) -> list[Hit]:
        """Search it for rows that point at those; answers the ones that lead on and did not before."""
        before = {row for row, hit in self.hits.items() if hit.leads_on}
        end = self._read(lambda batch, rows: self._by_links(batch, rows, pointed))
        was_closed = isinstance(self._end, NotSearched) and self._end.reason == self._closed
        if isinstance(end, NotSearched) or was_closed:
            self._end = end
        return [hit for row, hit in self.hits.items() if hit.leads_on and row not in before]

    def shared(self, columns: Sequence[str], keys: Iterable[Key], spelling: Spelling) -> set[Key]:
        """Those of the keys that another row holds than the person's: a value that several share leads to nobody.

        All of them where it cannot be read to its end, which it then answers.
        """
        asked = set(keys)
        if self.numbering.is_unique_whole(columns):
            asked -= {key for hit in self.hits.values() if hit.leads_on and (key := hit.key(columns, spelling))}
        found: set[Key] = set()

        def look(batch: pa.RecordBatch, rows: int) -> None:
            for number, names, cells in _rows(batch, holding(batch, [(columns, asked - found, spelling)])):
                hit = self.hits.get(rows + number + 1)
                if not (hit and hit.leads_on) and (key := _key(names, cells, columns, spelling)) in asked and key:
                    found.add(key)

        if asked and isinstance(end := self._read(look), NotSearched):
            self._end = end
            return asked
        return found

    def findings(self) -> Iterator[Finding]:
        """What it answers."""
        yield from (hit.candidate for _, hit in sorted(self.hits.items()))
        if self._entrusted:
            yield Entrusted(*self._at, len(self._entrusted))
        if self._end:
            yield self._end
        for column in sorted({column for row, column in self._unclear.items() if row not in self.hits}):
            yield NotSearched(*self._at, "unclear_link", _UNCLEAR.format(column))

    def _read(self, look: Callable[[pa.RecordBatch, int], None]) -> Searched | NotSearched:
        rows = 0
        try:
            for batch in own_words(self._opened.batches(self.dataset)):
                self.numbering.see(batch, rows)
                look(batch, rows)
                rows += batch.num_rows
        except StoreError as error:
            return NotSearched(*self._at, error.reason, error.hint, rows)
        return Searched(*self._at, rows, datetime.now(TOKYO), self._registered is not None)

    def _by_keys(self, batches: Sequence[pa.RecordBatch], before: int) -> None:
        where = places(categories(self._registered, batches[0].schema.names))
        for batch, sifted in zip(batches, sift(batches, where, self._sought), strict=True):
            for number, names, cells in _rows(batch, sifted):
                if weighed := self._scale(names).weigh(cells):
                    self._add(before + number + 1, names, cells, weighed, {})
            before += batch.num_rows

    def _by_links(self, batch: pa.RecordBatch, before: int, pointed: Sequence[Pointed]) -> None:
        wanted = [(one.link.columns, {*one.keys, *one.unclear}, one.link.spelling) for one in pointed]
        for number, names, cells in _rows(batch, holding(batch, wanted)):
            row, linked = before + number + 1, dict[Linked, Whose]()
            for one in pointed:
                key = _key(names, cells, one.link.columns, one.link.spelling) or ()
                own = "＋".join(map(mask_identifier, one.link.columns))
                if key in one.unclear:
                    self._unclear[row] = own
                if key in one.keys:
                    at, whose = one.keys[key]
                    at = replace(at, sure=at.sure and one.link.only, origin=one.link.origin, column=own)
                    linked[at] = whose
            if hit := self.hits.get(row):
                # what is inferred adds nothing to a row that speaks for itself
                own_links = [
                    at
                    for at, whose in linked.items()
                    if at.origin != "inferred" and hit.candidate.whose.may_be_of(whose)
                ]
                if own_links:
                    # found by what it mentions, it may be a row of somebody else all the same
                    weighed = hit.candidate.weighed.but(self._scale(names).weigh_linked(cells).contradictions)
                    more = tuple(dict.fromkeys((*hit.candidate.linked, *own_links)))
                    self.hits[row] = replace(hit, candidate=replace(hit.candidate, weighed=weighed, linked=more))
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
            # another company's numbers are its own: only what its own database ties together is counted
            if not linked or any(one.origin == "foreign_key" for one in parents):
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
            acting = frozenset(at for at, name in enumerate(names) if says_who_acted(name))
            self._scales[names] = Scale(where, self._sought, of_records=self.dataset.kind != "documents", acting=acting)
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


def _key(names: Sequence[str], cells: Sequence[str], columns: Sequence[str], spelling: Spelling) -> Key | None:
    places = [position(names, column) for column in columns]
    key = tuple(spelling.one(cells[place]) for place in places if place is not None)
    return key if len(key) == len(columns) and all(key) else None
