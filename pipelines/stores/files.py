"""A folder or a single file, on a disk or in object storage: every dataset in it, whatever formats they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa

import pipelines.stores
from pipelines.stores import Dataset, NotRead, StoreError, frames
from pipelines.stores.access import together
from pipelines.stores.archives import Mounted
from pipelines.stores.failures import reworded, worded, worded_call
from pipelines.stores.local import LocalTree
from pipelines.stores.objects import ObjectTree, is_object_storage
from pipelines.stores.scope import Scope
from pipelines.stores.sources import File, Stopwatch
from pipelines.stores.walk import GONE, Format, Piece, StatementFormat, Tree, Walk

if TYPE_CHECKING:
    from classifiers.statements import Statement

KIND = "files"
WIDEST = 2_000
"""Columns of a table that are read; a table with more is a matrix, and of it the first are looked at."""


@cache
def formats() -> Mapping[str, Any]:
    """Every format's module by its kind."""
    package = pipelines.stores
    modules = (import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__))
    return {module.KIND: module for module in modules if hasattr(module, "SUFFIXES")}


def connect(location: str, scope: Scope, *readers: Format) -> FileStore:
    """The files at a path that those readers take; no reader named: all of them."""
    by_suffix = {suffix: reader for reader in readers or formats().values() for suffix in reader.SUFFIXES}
    return FileStore(walk(location, scope, by_suffix))


def walk(location: str, scope: Scope, by_suffix: Mapping[str, Format]) -> Walk:
    """The files at a path or URL, each taken by the reader of its suffix."""
    tree: Tree = ObjectTree(location) if is_object_storage(location) else LocalTree(Path(location).expanduser())
    return Walk(tree, by_suffix, scope, Mounted())


@dataclass(frozen=True, slots=True)
class FileStore:
    """Files of some formats as a store; nothing but `StoreError` comes out of it."""

    walk: Walk = field(repr=False)

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """Every dataset, file by file; a file that cannot be read is a row and does not stop the others."""
        for found in worded(self.walk.pieces()):
            if isinstance(found, NotRead):
                yield found
                continue
            reader, piece = found
            for one in _listed(reader, piece):
                wanted = "#" not in one.name or self.walk.scope.holds(piece.name, one.name)
                yield one if wanted else NotRead(one.name, "excluded", "宣言により対象外です")

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        """At most `rows` random rows in the files' order; raises StoreError."""
        return worded_call(lambda: self._sample(dataset, rows, seed))

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows, in pieces; raises StoreError."""
        return worded(self._batches(dataset))

    def statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        """What the SQL of a file does; nothing where it holds none. Raises StoreError."""
        return worded_call(lambda: self._statements(dataset)) if dataset.kind == "statements" else ()

    def _statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        reader, piece = self._piece(dataset.name, Stopwatch())
        return cast(StatementFormat, reader).statements(piece, self.walk.scope.dialect)

    def _sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        reader, piece = self._piece(dataset.name, Stopwatch())
        table = reader.sample(piece, dataset, rows, seed)
        if table is None:
            return frames.nothing(field.name for field in dataset.fields)
        table = table.select(range(min(WIDEST, table.num_columns)))
        cleaned = [frames.blanks_to_null(batch) for batch in table.to_batches()]
        return pa.Table.from_batches(cleaned, table.schema)

    def _batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        watch = Stopwatch()
        reader, piece = self._piece(dataset.name, watch)
        for batch in reader.batches(piece, dataset):
            cleaned = frames.blanks_to_null(batch.select(range(min(WIDEST, batch.num_columns))))
            with watch.paused():
                yield cleaned

    def _piece(self, name: str, watch: Stopwatch) -> tuple[Format, Piece]:
        for end in [len(name), *(at for at in reversed(range(len(name))) if name[at] == "#")]:
            try:
                reader, piece = self.walk.piece(name[:end])
            except StoreError as error:
                if error.reason != "missing":
                    raise
                continue
            readable, unfit = _by_size(piece, reader.LARGEST, watch)
            if not readable.files:
                raise StoreError(unfit[0].reason, unfit[0].hint)
            return reader, readable
        raise StoreError("missing", GONE)


def _by_size(piece: Piece, largest: int, watch: Stopwatch) -> tuple[Piece, list[NotRead]]:
    """The piece without its empty and its too large files, timed by `watch`, and those."""
    fit, unfit = list[File](), list[NotRead]()
    for file in piece.files:
        if not file.size:
            unfit.append(NotRead(piece.name_of(file), "empty", "中身のないファイルです"))
        elif file.size > largest:
            unfit.append(
                NotRead(piece.name_of(file), "too_large", f"{largest // 2**20} MiB を超えるファイルは読みません")
            )
        else:
            fit.append(replace(file, watch=watch))
    return replace(piece, files=tuple(fit)), unfit


def _listed(reader: Format, piece: Piece) -> Iterator[Dataset | NotRead]:
    watch = Stopwatch()
    try:
        readable, unfit = _by_size(piece, reader.LARGEST, watch)
        yield from unfit
        nothing = not unfit
        for found in reader.datasets(readable) if readable.files else ():
            nothing = False
            with watch.paused():
                if isinstance(found, Dataset):
                    fields = found.fields[:WIDEST]
                    size = sum(file.size for file in readable.files)
                    access = together(file.access for file in readable.files)
                    yield replace(
                        found, fields=fields, version=piece.version(), level=piece.level, size=size, access=access
                    )
                    if fields != found.fields:
                        told = f"{len(found.fields)} 列のうち先頭の {WIDEST} 列だけを読みます"
                        yield NotRead(found.name, "too_large", told)
                else:
                    yield found
        if nothing:
            yield NotRead(piece.name, "empty", "読み取れる表がありません")
    except Exception as error:
        failure = reworded(error)
        yield NotRead(piece.name, failure.reason, failure.hint)
