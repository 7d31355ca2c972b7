"""Which files lie under a place, cut into pieces: one file of records each, or the documents of one folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipelines.stores import Dataset, NotRead, StoreError
from pipelines.stores.scope import Scope

if TYPE_CHECKING:
    import pyarrow as pa

NOISE = frozenset({"thumbs.db", "desktop.ini"})
"""What desktop systems leave behind; hidden files and Office's lock files (`~$…`) likewise say nothing of the data."""


INSTEAD = {
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), "。データベースは kind: sql で宣言してください"),
    **dict.fromkeys((".zip", ".gz", ".7z", ".lzh", ".tar", ".tgz"), "。書庫は展開してください"),
    **dict.fromkeys((".doc", ".ppt", ".pptx", ".msg", ".rtf"), "。PDF か .docx、.eml にしてください"),
}
"""What to do about a file that nothing here reads, by its suffix."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The files one reader takes at once, under the name they are known by."""

    name: str = field(repr=False)
    """Path relative to the store, `/` between its parts; a folder of documents ends with `/`."""
    paths: tuple[Path, ...] = field(repr=False)

    def name_of(self, path: Path) -> str:
        """The name of one of its files, relative to the store."""
        folder = "" if self.name == "./" else self.name
        return folder + path.name if self.name.endswith("/") else self.name


class Format(Protocol):
    """What a module that reads one format of file holds."""

    KIND: str
    """The kind of a store that has files of this format only."""
    SUFFIXES: frozenset[str]
    LARGEST: int
    """Bytes of the largest file that is read; larger ones are `too_large`."""
    COLLECTS: bool
    """Whether all files of a folder are one dataset."""

    def datasets(self, piece: Piece) -> Iterator[Dataset | NotRead]:
        """What is in the files; may raise anything."""

    def sample(self, piece: Piece, dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
        """At most `rows` random rows as text; None where there is none; may raise anything."""

    def batches(self, piece: Piece, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows as text; may raise anything."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A folder or a single file, and which formats are looked for in it."""

    location: Path = field(repr=False)
    formats: Mapping[str, Format]
    """Suffix in lower case → the module that reads it."""
    scope: Scope

    def root(self) -> Path:
        """The folder that names are relative to."""
        if not self.location.exists():
            raise StoreError("missing", "指定された場所にありません。場所の指定を確かめてください")
        return self.location if self.location.is_dir() else self.location.parent

    def pieces(self) -> Iterator[tuple[Format, Piece] | NotRead]:
        """Every piece in the order of names, and what no format takes."""
        root = self.root()
        if not self.location.is_dir():
            yield from self._single()
            return
        denied: list[Path] = []
        for folder, folders, files in os.walk(root, onerror=lambda error: denied.append(Path(error.filename))):
            here = Path(folder)
            yield from (NotRead(_name(path, root) + "/", "denied", "読み取りの権限がありません") for path in denied)
            denied.clear()
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in list(folders):
                if (here / name).is_symlink():
                    folders.remove(name)
                    yield from self._link(here / name, root)
            yield from self._folder(here, sorted(files), root)
        yield from (NotRead(_name(path, root) + "/", "denied", "読み取りの権限がありません") for path in denied)

    def piece(self, name: str) -> tuple[Format, Piece]:
        """The piece of that name again; StoreError where it is gone."""
        for found in self._within(name):
            if not isinstance(found, NotRead) and found[1].name == name:
                return found
        raise StoreError("missing", "一覧を作った後に移動または削除されました")

    def _within(self, name: str) -> Iterator[tuple[Format, Piece] | NotRead]:
        root = self.root()
        if not self.location.is_dir():
            yield from self._single()
            return
        path = root / name
        folder = path if name.endswith("/") else path.parent
        if folder.is_dir() and folder.resolve().is_relative_to(root.resolve()):
            entries = [entry.name for entry in folder.iterdir()] if name.endswith("/") else [path.name] * path.is_file()
            yield from self._folder(folder, sorted(entries), root)

    def _single(self) -> Iterator[tuple[Format, Piece] | NotRead]:
        name, suffix = self.location.name, self.location.suffix.lower()
        if suffix in self.formats:
            yield self.formats[suffix], Piece(name, (self.location,))
        else:
            yield NotRead(name, "unsupported", f"この種類のファイルは読めません{INSTEAD.get(suffix, '')}")

    def _folder(self, folder: Path, files: list[str], root: Path) -> Iterator[tuple[Format, Piece] | NotRead]:
        prefix = "" if folder == root else _name(folder, root) + "/"
        left_out, unknown = 0, Counter[str]()
        collected: dict[str, tuple[Format, list[Path]]] = {}
        for name in files:
            path = folder / name
            if prefix + name in self.scope.elsewhere:
                continue
            if name.startswith((".", "~$")) or name.lower() in NOISE or (path.is_dir() and not path.is_symlink()):
                continue
            if path.is_symlink():
                yield from self._link(path, root)
                continue
            reader = self.formats.get(path.suffix.lower())
            if not self.scope.opens(prefix + name):
                left_out += 1
            elif reader is None:
                unknown[path.suffix.lower()] += 1
            elif reader.COLLECTS:
                collected.setdefault(reader.KIND, (reader, []))[1].append(path)
            else:
                yield reader, Piece(prefix + name, (path,))
        for reader, paths in collected.values():
            yield reader, Piece(prefix or "./", tuple(paths))
        for suffix, count in sorted(unknown.items()):
            yield NotRead(
                f"{prefix}*{suffix}", "unsupported", f"読めない種類のファイル {count}件{INSTEAD.get(suffix, '')}"
            )
        if left_out:
            yield NotRead(prefix or "./", "excluded", f"宣言により対象外のファイル {left_out}件")

    def _link(self, path: Path, root: Path) -> Iterator[NotRead]:
        try:
            inside = path.resolve().is_relative_to(root.resolve())
        except (OSError, RuntimeError):
            inside = False
        if not inside:
            yield NotRead(_name(path, root), "excluded", "保管場所の外を指すリンクはたどりません")


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
