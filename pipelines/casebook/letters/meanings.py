"""Codes in words (コードの意味): what `sex_id` 2 or `pref_id` 13 stands for, so that the individual can read it.

The words come from the table that a column points at by a foreign key, read now, or from JIS X 0401 (prefectures). A
code that means one thing here and another there, as 1 for a gender, is left as it is stored where no table says it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from classifiers.addresses.gazetteer import PREFECTURES
from classifiers.masking import mask_identifier
from pipelines.casebook.searching import Row
from pipelines.scan import dataset_id, reach
from pipelines.stores import Dataset, StoreError

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.register import RegisteredDataset
    from pipelines.register.contents import RegisteredLink

Meanings = Mapping[tuple[str, str], Mapping[str, str]]
"""(dataset's id, column) → code → what it means."""
_MOST = 10_000
"""Records of a table that is read for its words."""
_NAMED = ("name", "label", "名称", "名", "mei", "meisho", "title", "text", "値")
"""How a table of codes calls its words, unless it has one column beside the code."""


def meanings(
    rows: Iterable[Row], datasets: Mapping[str, RegisteredDataset], stores: Sequence[StoreDeclaration]
) -> Meanings:
    """What the codes in these rows mean; what cannot be read now is left out."""
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    prefectures: set[tuple[str, str]] = set()
    for row in rows:
        for name, cell in zip(row.names, row.cells, strict=True):
            if cell.strip():
                wanted[row.candidate.dataset_id, name].add(cell.strip())
        prefectures |= {
            (row.candidate.dataset_id, name)
            for name, kind in zip(row.names, row.kinds, strict=True)
            if kind == "prefecture"
        }
    found = {at: dict(_prefectures(codes)) if at in prefectures else {} for at, codes in wanted.items()}
    by_id = {store.id: store for store in stores}
    for at, codes in wanted.items():
        for link in _links(datasets.get(at[0]), at[1]):
            found[at] |= _words(by_id.get(datasets[at[0]].store), link, datasets.values(), codes)
    return {at: words for at, words in found.items() if words}


def _links(dataset: RegisteredDataset | None, column: str) -> Iterator[RegisteredLink]:
    shown = mask_identifier(column)
    yield from (one for one in (dataset.links if dataset else ()) if one.column == shown)


def _prefectures(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for code in codes:
        if code.isascii() and code.isdigit() and 1 <= int(code) <= len(PREFECTURES):
            yield code, PREFECTURES[int(code) - 1]


def _words(
    store: StoreDeclaration | None, link: RegisteredLink, datasets: Iterable[RegisteredDataset], codes: set[str]
) -> dict[str, str]:
    target = next((one for one in datasets if store and (one.store, one.name) == (store.id, link.target)), None)
    if store is None or target is None or not _is_master(target):
        return {}
    try:
        opened = reach(store, whole=True)
        for entry in opened.datasets():
            if isinstance(entry, Dataset) and dataset_id(store.id, entry.name) == target.id:
                names = [field.name for field in entry.fields]
                code, said = _columns(names, link.target_column)
                if said is None or code is None:
                    return {}
                pairs = (
                    pair
                    for batch in opened.batches(entry)
                    for pair in zip(batch.column(code).to_pylist(), batch.column(said).to_pylist(), strict=True)
                )
                return {key: word for key, word in pairs if key in codes and word and key != word}
    except StoreError:
        return {}
    return {}


def _is_master(dataset: RegisteredDataset) -> bool:
    """Whether it holds words and nobody's data: what stands in another person's row never explains a code."""
    nobody = {one.nature for one in dataset.partitions} == {"none"}
    return nobody and (dataset.records or 0) <= _MOST


def _columns(names: Sequence[str], target: str) -> tuple[str | None, str | None]:
    code = next((name for name in names if mask_identifier(name) == target), None)
    others = [name for name in names if name != code]
    if len(others) == 1:
        return code, others[0]
    return code, next((name for name in others if name.lower() in _NAMED), None)
