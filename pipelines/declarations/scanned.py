"""What declarations say of stores, held against what the last scan saw in them: names and patterns that meet nothing.

All of it is a hint: a dataset may be gone for a night, and the register shows names masked, as declarations have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipelines.declarations.documents import Place
from pipelines.declarations.links import written_links
from pipelines.declarations.problems import Problem, nearest
from pipelines.declarations.reading import Folder, Written
from pipelines.stores.scope import Scope

if TYPE_CHECKING:
    from pipelines.register import Register, RegisteredDataset

Known = Mapping[str, Mapping[str, "RegisteredDataset"]]
"""Store → the datasets it was seen to hold, by name."""


def unknown_names(folder: Folder, register: Register) -> Iterator[Problem]:
    """Datasets, rows, columns and patterns of stores that were scanned, and in which no scan saw them."""
    known: defaultdict[str, dict[str, RegisteredDataset]] = defaultdict(dict)
    for dataset in register.datasets():
        known[dataset.store][dataset.name] = dataset
    missed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in register.not_read():
        missed[one.store][one.name] = one.reason
    for rows in folder.written.values():
        for row in rows:
            if isinstance(row.value, dict) and isinstance(source := row.value.get("source"), dict):
                yield from _source(row, source, known, missed)
    for row in folder.written.get("stores", ()):
        if isinstance(row.value, dict) and row.id in known:
            yield from _patterns(row, tuple(known[row.id]), missed[row.id])
    yield from _ends(folder, known, missed)


def _source(
    row: Written, source: Mapping[str, Any], known: Known, missed: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    store, name = str(source.get("store")), str(source.get("dataset"))
    if store not in known:
        return
    dataset = known[store].get(name)
    if dataset is None:
        if name not in missed.get(store, ()):
            yield _no_dataset(row, ("source", "dataset"), name, known[store])
        return
    filters = [part.row_filter for part in dataset.partitions]
    rows = str(source.get("rows") or "")
    # rows of a dataset that is one kind of person's throughout are that kind of person's
    if rows and rows not in filters and len(filters) > 1:
        ja, en = "行の条件が台帳の行の区分と違います", "is no row partition of the register"
        yield row.problem(("source", "rows"), ja, en, " / ".join(filter(None, filters)), "hint")
    columns = [column.column for column in dataset.columns]
    wanted = source.get("columns")
    for at, column in enumerate(wanted if isinstance(wanted, list) else ()):
        if isinstance(column, str) and column not in columns:
            yield _no_column(row, ("source", "columns", at), column, columns)


def _ends(folder: Folder, known: Known, missed: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Ends of links; of a dataset that a link stands under, `_patterns` tells."""
    for link in written_links(folder):
        for (store, name, column), end in ((link.source, link.place), (link.target, (*link.place, "to"))):
            dataset = known.get(store, {}).get(name)
            if dataset is None:
                if end != link.place and store in known and name not in missed.get(store, ()):
                    yield _no_dataset(link.row, (*end, "dataset"), name, known[store])
            elif column not in (columns := [one.column for one in dataset.columns]):
                yield _no_column(link.row, (*end, "column"), column, columns)


def _patterns(row: Written, known: Collection[str], missed: Mapping[str, str]) -> Iterator[Problem]:
    # of what a pattern leaves out, a folder tells how many files, not their names
    keys = ("include",) if "excluded" in missed.values() else ("include", "exclude")
    names = [*known, *missed]
    for key in keys:
        patterns = row.value.get(key)
        for at, pattern in enumerate(patterns if isinstance(patterns, list) else ()):
            if isinstance(pattern, str) and not any(Scope(include=(pattern,)).holds(name) for name in names):
                ja, en = "このパターンに当たるデータがありません", "no dataset is met by this pattern"
                yield row.problem((key, at), ja, en, nearest(pattern, known), "hint")
    datasets = row.value.get("datasets")
    for at, dataset in enumerate(datasets if isinstance(datasets, list) else ()):
        name = dataset.get("name") if isinstance(dataset, dict) else None
        if isinstance(name, str) and name not in names:
            yield _no_dataset(row, ("datasets", at, "name"), name, known)


def _no_dataset(row: Written, place: Place, name: str, known: Collection[str]) -> Problem:
    ja, en = "この名前のデータは、走査で見つかっていません", "no scan has seen a dataset of this name"
    return row.problem(place, ja, en, nearest(name, tuple(known)), "hint")


def _no_column(row: Written, place: Place, name: str, known: Collection[str]) -> Problem:
    ja, en = "この名前の列は、走査で見つかっていません", "no scan has seen a column of this name"
    return row.problem(place, ja, en, nearest(name, known), "hint")
