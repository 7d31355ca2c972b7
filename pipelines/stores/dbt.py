"""dbt projects: one dataset a model or snapshot, its `ref()` and `source()` named as the database names them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.stores import Dataset, NotRead, StoreError, sql_scripts
from pipelines.stores.dbt_project import Project
from pipelines.stores.failures import worded, worded_call
from pipelines.stores.files import walk
from pipelines.stores.scope import Scope
from pipelines.stores.statement_reading import statements as read
from pipelines.stores.walk import GONE, Piece, Walk

if TYPE_CHECKING:
    from classifiers.statements import Statement

KIND = "dbt"


def connect(location: str, scope: Scope) -> DbtProject:
    """The project whose `dbt_project.yml` lies in a folder."""
    readers: dict[str, Any] = {".sql": sql_scripts, **dict.fromkeys(_About.SUFFIXES, _About())}
    return DbtProject(walk(location, scope, readers))


class _About:
    """What is read of a project's other files: nothing for their own sake."""

    KIND = "about"
    SUFFIXES = frozenset({".yml", ".yaml", ".json"})
    LARGEST = sql_scripts.LARGEST
    COLLECTS = None


@dataclass(frozen=True)
class DbtProject:
    """A project's models; nothing but `StoreError` comes out of it."""

    walk: Walk = field(repr=False)

    def datasets(self) -> Iterator[Dataset | NotRead]:
        """Every model and snapshot, unopened, and what of the project is not read."""
        return worded(self._datasets())

    def sample(self, _dataset: Dataset, _rows: int, _seed: int) -> pa.Table:
        """No row: StoreError."""
        raise StoreError("unsupported", sql_scripts.ROWLESS)

    def batches(self, _dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """No row: StoreError."""
        raise StoreError("unsupported", sql_scripts.ROWLESS)

    def statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        """What a model does; StoreError."""
        return worded_call(lambda: self._statements(dataset))

    @cached_property
    def _project(self) -> Project:
        return Project(self._found[0])

    @cached_property
    def _found(self) -> tuple[dict[str, Piece], list[NotRead]]:
        """Every file of the project by its name, and what is none that anybody reads."""
        pieces: dict[str, Piece] = {}
        missed: list[NotRead] = []
        for one in self.walk.pieces():
            if isinstance(one, NotRead):
                missed.append(one)
            else:
                pieces[one[1].name] = one[1]
        return pieces, missed

    def _datasets(self) -> Iterator[Dataset | NotRead]:
        pieces, missed = self._found
        project = self._project
        yield from project.missed
        yield from (one for one in missed if not project.leaves_out(one.name))
        digest = hashlib.blake2b(digest_size=8)
        for name, piece in sorted(pieces.items()):
            if project.speaks_of_models(name):
                # a model is read otherwise where what it references is called otherwise
                digest.update(f"{name}\0{piece.version()}\0".encode())
        for name, piece in sorted(pieces.items()):
            if not project.is_model(name):
                continue
            file = piece.files[0]
            if not file.size:
                yield NotRead(name, "empty", "中身のないファイルです")
            elif file.size > sql_scripts.LARGEST:
                most = f"{sql_scripts.LARGEST // 2**20} MiB を超えるファイルは読みません"
                yield NotRead(name, "too_large", most)
            else:
                version = f"{piece.version()} {digest.hexdigest()}"
                yield Dataset(name, kind="statements", version=version, level=piece.level)

    def _statements(self, dataset: Dataset) -> tuple[Statement, ...]:
        piece = self._found[0].get(dataset.name)
        if piece is None:
            raise StoreError("missing", GONE)
        raw = piece.files[0].read()
        text = self._project.compiled(dataset.name, raw)
        named = {key: relation for key, relation in self._project.relations.items() if key[-1].encode() in text}
        return read("script", text, self.walk.scope.dialect, self._project.relation(dataset.name), named)
