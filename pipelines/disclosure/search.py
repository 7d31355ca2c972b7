"""One store searched, dataset by dataset, batch by batch. Whatever fails, what was found before stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from classifiers.masking import mask
from pipelines.clock import TOKYO
from pipelines.disclosure.findings import Candidate, Entrusted, Finding, NotSearched, Searched
from pipelines.disclosure.ownership import Ownership
from pipelines.disclosure.places import places
from pipelines.disclosure.sifting import sift
from pipelines.disclosure.sought import Sought
from pipelines.disclosure.surrogates import Surrogate
from pipelines.disclosure.weighing import Scale
from pipelines.disclosure.where import RegisteredDataset, StoreToSearch, categories, why_not
from pipelines.scan import dataset_id
from pipelines.stores import Dataset, NotRead, Store, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

Item = TypeVar("Item")
Keep = Callable[[Candidate, Sequence[str], Sequence[str]], None]
"""Is handed every candidate with the names and the cells of its row, in memory only: for whoever answers the person."""


def drop(_candidate: Candidate, _names: Sequence[str], _cells: Sequence[str]) -> None:
    """Keeps nothing."""


def search(
    store: StoreToSearch,
    registered: Mapping[str, RegisteredDataset],
    sought: Sought,
    today: date,
    keep: Keep = drop,
) -> Iterator[Finding]:
    """Everything that the store holds of the person; `registered` is the register's datasets by their ids."""
    try:
        opened = store.open()
        for entry in _own_words(opened.datasets()):
            one = dataset_id(store.id, entry.name)
            if isinstance(entry, NotRead):
                yield NotSearched(store.id, one, mask(entry.name), entry.reason, entry.hint)
            else:
                yield from _Search(store, opened, entry, one, registered.get(one), sought, today, keep).run()
    except StoreError as error:
        yield NotSearched(store.id, "", "", error.reason, error.hint)


class _Search:
    """One dataset."""

    def __init__(
        self,
        store: StoreToSearch,
        opened: Store,
        dataset: Dataset,
        one: str,
        registered: RegisteredDataset | None,
        sought: Sought,
        today: date,
        keep: Keep,
    ) -> None:
        self._keep = keep
        self._opened, self._dataset, self._registered, self._sought = opened, dataset, registered, sought
        self._at = store.id, one, registered.name if registered else mask(dataset.name)
        self._ownership = Ownership(store, dataset, registered, today)
        self._scales: dict[tuple[str, ...], Scale] = {}
        self._entrusted = 0

    def run(self) -> Iterator[Finding]:
        if self._registered and (reason := why_not(self._registered)):
            yield NotSearched(*self._at, reason)
            return
        rows, failure = 0, None
        try:
            for batch in _own_words(self._opened.batches(self._dataset)):
                yield from self._of(batch, rows)
                rows += batch.num_rows
        except StoreError as error:
            failure = error
        if self._entrusted:
            yield Entrusted(*self._at, self._entrusted)
        if failure:
            yield NotSearched(*self._at, failure.reason, failure.hint, rows)
        else:
            yield Searched(*self._at, rows, datetime.now(TOKYO), self._registered is not None)

    def _of(self, batch: pa.RecordBatch, before: int) -> Iterator[Candidate]:
        names = tuple(batch.schema.names)
        kinds = categories(self._registered, names)
        where = places(kinds)
        scale = self._scales.setdefault(names, Scale(where, self._sought, of_records=self._dataset.kind != "documents"))
        surrogate = Surrogate(self._dataset, self._registered, names, kinds)
        numbers = sift(batch, where, self._sought)
        columns = [column.to_pylist() for column in batch.take(numbers).columns] if numbers else []
        for number, *cells in zip(numbers, *columns, strict=True):
            row = tuple(map(_text, cells))
            weighed = scale.weigh(row)
            whose = self._ownership.of(names, row) if weighed else None
            if weighed is None or whose is None:
                continue
            if whose.custody == "entrusted":
                self._entrusted += 1
                continue
            candidate = Candidate(
                *self._at,
                kind="documents" if self._dataset.kind == "documents" else "table",
                row=before + number + 1,
                key=surrogate.of(row),
                document=mask(row[names.index("file")]) if self._is_document(names) else "",
                columns=tuple(
                    "＋".join(self._shown(names, column) for column in found.columns) for found in weighed.found
                ),
                weighed=weighed,
                whose=whose,
            )
            self._keep(candidate, names, row)
            yield candidate

    def _is_document(self, names: tuple[str, ...]) -> bool:
        return self._dataset.kind == "documents" and "file" in names

    def _shown(self, names: tuple[str, ...], position: int) -> str:
        known = self._registered.columns if self._registered else ()
        return known[position].column if position < len(known) == len(names) else mask(names[position])


def _text(cell: Any) -> str:
    return "\n".join(part for part in cell if part) if isinstance(cell, list) else cell or ""


def _own_words(pieces: Iterator[Item]) -> Iterator[Item]:
    """The pieces; whatever a driver raises becomes a StoreError, for its message may quote a value."""
    try:
        yield from pieces
    except StoreError:
        raise
    except Exception:
        raise StoreError("broken", "読み取りの途中で失敗しました (the store's driver failed)") from None
