"""Which files lie in a place, cut into pieces: one file of records each, or the documents or mails of one folder."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from pipelines.stores import Dataset, Level, NotRead, StoreError
from pipelines.stores.failures import reworded
from pipelines.stores.limits import least
from pipelines.stores.scope import Scope
from pipelines.stores.sources import File

if TYPE_CHECKING:
    import pyarrow as pa

    from classifiers.statements import Statement

NOISE = frozenset({"thumbs.db", "desktop.ini"})
"""What desktop systems leave behind; hidden files and Office's lock files (`~$…`) likewise say nothing of the data."""


INSTEAD = {
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), "。データベースは kind: sql で宣言してください"),
    **dict.fromkeys((".7z", ".lzh", ".rar", ".bz2", ".xz"), "。.zip にするか展開してください"),
    **dict.fromkeys((".doc", ".ppt", ".rtf"), "。PDF か .docx、.pptx にしてください"),
    **dict.fromkeys((".eml", ".mbox", ".msg"), "。メールは kind: mails または files で宣言してください"),
    ".pst": "。.eml か .mbox に書き出してください",
}
"""What to do about a file that nothing here reads, by its suffix."""

WITHIN = "!/"
"""What stands between an archive's name and its member's."""
DEPTH = 1
"""Archives within archives that are followed."""
GONE = "一覧を作った後に移動または削除されました"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a folder under a name; links to what is read anyway are no entries."""

    name: str = field(repr=False)
    kind: Literal["file", "folder", "outside", "special"]
    """`outside` is a link that leads out of the store, `special` a pipe, a socket or a device."""
    file: File | None = None


class Tree(Protocol):
    """A place with folders and files in it, wherever that is."""

    def single(self) -> Entry | None:
        """The entry itself where the place is no folder; StoreError where there is nothing."""

    def entries(self, folder: str) -> Iterable[Entry]:
        """What lies in a folder of that name ('' the root), in the order of names; may raise anything."""

    def entry(self, path: str) -> Entry | None:
        """The one entry of that name, None where there is none; never anything outside the place."""

    def beside(self) -> Iterable[str]:
        """Places of the same kind that could be read just as well: a bucket's neighbours."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The files one reader takes at once, under the name they are known by."""

    name: str = field(repr=False)
    """Path relative to the store, `/` between its parts; a folder of documents ends with `/`, its mails with `/#…`."""
    files: tuple[File, ...] = field(repr=False)
    level: Level = "full"
    """How far they may be read; at `metadata` a document is not opened, and of a record file its header alone."""
    folder: str | None = field(default=None, repr=False)
    """None: one file, a piece by itself. Else all of a kind in that folder, '' the root, else with `/` at its end."""
    glance: bool = False
    """Whether a listing opens no document."""

    def name_of(self, file: File) -> str:
        """The name of one of its files, relative to the store."""
        return self.name if self.folder is None else self.folder + file.name

    def version(self) -> str:
        """What changes whenever one of the files does."""
        if self.folder is None:
            return self.files[0].version
        digest = hashlib.blake2b(digest_size=16)
        for file in self.files:
            digest.update(f"{file.name}\0{file.version}\0".encode())
        return digest.hexdigest()


class Format(Protocol):
    """What a module that reads one format of file holds."""

    KIND: str
    """The kind of a store that has files of this format only."""
    SUFFIXES: frozenset[str]
    LARGEST: int
    """Bytes of the largest file that is read; larger ones are `too_large`."""
    COLLECTS: str | None
    """None: every file is a piece of its own. Else all files of a folder are one, of that name: `folder/` and it."""

    def datasets(self, piece: Piece) -> Iterator[Dataset | NotRead]:
        """What is in the files; may raise anything."""

    def sample(self, piece: Piece, dataset: Dataset, rows: int, seed: int) -> pa.Table | None:
        """At most `rows` random rows as text; None where there is none; may raise anything."""

    def batches(self, piece: Piece, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        """All rows as text; may raise anything."""


class StatementFormat(Format, Protocol):
    """What a module that reads SQL in files holds beside."""

    def statements(self, piece: Piece, dialect: str) -> tuple[Statement, ...]:
        """What the statements in it do; may raise anything."""


class Archives(Protocol):
    """How archives become places of their own."""

    def takes(self, file: File) -> bool:
        """Whether a file is an archive, by its name."""

    def parts(self, name: str) -> list[str]:
        """A name cut at every archive in it: `a.zip!/b/c.csv` → `a.zip`, `b/c.csv`."""

    def tree(self, name: str, file: File, level: Level) -> Tree:
        """What lies in the archive of that name; may raise anything."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A place, and which formats are looked for in it."""

    tree: Tree = field(repr=False)
    formats: Mapping[str, Format]
    """Suffix in lower case → the module that reads it."""
    scope: Scope
    archives: Archives = field(repr=False)

    def pieces(self) -> Iterator[tuple[Format, Piece] | NotRead]:
        """Every piece in the order of names, and what no format takes."""
        single = self.tree.single()
        if single is None:
            yield from self._walked(self.tree, "", 0)
        elif single.file is not None and self.archives.takes(single.file):
            yield from self._unpacked(single.name, single.file, 0)
        else:
            yield self._alone(single)
        for place in self.tree.beside():
            if place not in self.scope.elsewhere:
                yield NotRead(place, "undeclared", "同じ認証情報で読めるバケットです。対象なら宣言してください")

    def piece(self, name: str) -> tuple[Format, Piece]:
        """The piece of that name again; StoreError where it is gone."""
        for found in self._within(name):
            if not isinstance(found, NotRead) and found[1].name == name:
                return found
        raise StoreError("missing", GONE)

    def _walked(self, tree: Tree, mount: str, depth: int) -> Iterator[tuple[Format, Piece] | NotRead]:
        """Everything in a place that is known by the name `mount`, within so many archives."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            prefix = mount + (f"{folder}/" if folder else "")
            try:
                entries = list(tree.entries(folder))
            except PermissionError:
                yield NotRead(prefix or "./", "denied", "読み取りの権限がありません")
                continue
            if (told := _of_a_table(folder, entries)) is not None:
                yield NotRead(prefix, "unsupported", told)
                continue
            yield from self._sorted(entries, prefix)
            for entry in entries:
                if entry.file is not None and self._is_opened(prefix + entry.name, entry.file):
                    yield from self._unpacked(prefix + entry.name, entry.file, depth)
            below = [one.name for one in entries if one.kind == "folder" and not one.name.startswith(".")]
            waiting += [f"{folder}/{name}" if folder else name for name in sorted(below, reverse=True)]

    def _is_opened(self, name: str, file: File) -> bool:
        return (
            self.archives.takes(file)
            and name not in self.scope.elsewhere
            and not _is_noise(file.name)
            and self.scope.unpacks(name)
        )

    def _unpacked(self, name: str, file: File, depth: int) -> Iterator[tuple[Format, Piece] | NotRead]:
        if depth > DEPTH:
            yield NotRead(name, "unsupported", "書庫の中の書庫の中の書庫は開きません")
            return
        try:
            tree = self.archives.tree(name, file, self.scope.level)
        except Exception as error:
            failure = reworded(error)
            yield NotRead(name, failure.reason, failure.hint)
            return
        found = False
        for one in self._walked(tree, f"{name}{WITHIN}", depth + 1):
            found = True
            yield one
        if not found:
            yield NotRead(name, "empty", "中にファイルがありません")

    def _within(self, name: str) -> Iterator[tuple[Format, Piece] | NotRead]:
        *around, name = self.archives.parts(name)
        tree, mount = self.tree, ""
        for at, part in enumerate(around):
            entry = (self.tree.single() if at == 0 else None) or tree.entry(part)
            if entry is None or entry.file is None or not self.archives.takes(entry.file) or at > DEPTH:
                return
            tree = self.archives.tree(mount + part, entry.file, self.scope.level)
            mount += part + WITHIN
        single = tree.single()
        if single is not None:
            yield self._alone(single)
            return
        folder, _, part = name.rpartition("/")
        if not part or part.startswith("#"):
            folder = "" if folder == "." else folder
            yield from self._sorted(tree.entries(folder), mount + (f"{folder}/" if folder else ""))
        elif (entry := tree.entry(name)) is not None:
            yield from self._sorted([entry], mount + (f"{folder}/" if folder else ""))

    def _sorted(self, entries: Iterable[Entry], prefix: str) -> Iterator[tuple[Format, Piece] | NotRead]:
        """The entries of one folder as pieces, and what is read of it by no format."""
        left_out, unknown = 0, Counter[str]()
        collected: dict[str, tuple[Format, list[File]]] = {}
        for entry in entries:
            name = prefix + entry.name
            if entry.kind == "folder" or name in self.scope.elsewhere or _is_noise(entry.name):
                continue
            if entry.file is None:
                yield _no_file(name, entry)
                continue
            if self._is_opened(name, entry.file):
                continue
            reader = self.formats.get(entry.file.suffix)
            if not self.scope.opens(name):
                left_out += 1
            elif reader is None:
                unknown[entry.file.suffix] += 1
            elif reader.COLLECTS is not None:
                collected.setdefault(reader.KIND, (reader, []))[1].append(entry.file)
            else:
                yield self._piece(reader, name, (entry.file,))
        for reader, files in collected.values():
            yield self._piece(reader, (prefix or "./") + (reader.COLLECTS or ""), tuple(files), prefix)
        for suffix, count in sorted(unknown.items()):
            yield NotRead(
                f"{prefix}*{suffix}", "unsupported", f"読めない種類のファイル {count}件{INSTEAD.get(suffix, '')}"
            )
        if left_out:
            yield NotRead(prefix or "./", "excluded", f"宣言により対象外のファイル {left_out}件")

    def _alone(self, entry: Entry) -> tuple[Format, Piece] | NotRead:
        """A store that is one file, whatever it is called."""
        if entry.file is None:
            return _no_file(entry.name, entry)
        suffix = entry.file.suffix
        if suffix not in self.formats:
            return NotRead(entry.name, "unsupported", f"この種類のファイルは読めません{INSTEAD.get(suffix, '')}")
        return self._piece(self.formats[suffix], entry.name, (entry.file,))

    def _piece(
        self, reader: Format, name: str, files: tuple[File, ...], folder: str | None = None
    ) -> tuple[Format, Piece] | NotRead:
        level = least(self.scope.level, self.scope.mails) if reader.KIND == "mails" else self.scope.level
        if level == "none":
            return NotRead(name, "not_allowed", f"宣言の read_level により読まないファイル {len(files)}件")
        return reader, Piece(name, files, level, folder, self.scope.glance)


def _of_a_table(folder: str, entries: Iterable[Entry]) -> str | None:
    """What to say of a folder that holds the log of a table of many files; None of any other."""
    name = folder.rpartition("/")[2]
    if name == "_delta_log":
        return "Delta の表です。データのファイルは1つずつ読みます（削除済みの行も含みます）"
    if name == "metadata" and any(entry.name.endswith(".metadata.json") for entry in entries):
        return "Iceberg の表です。データのファイルは1つずつ読みます（削除済みの行も含みます）"
    return None


def _is_noise(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in NOISE


def _no_file(name: str, entry: Entry) -> NotRead:
    if entry.kind == "outside":
        return NotRead(name, "excluded", "保管場所の外を指すリンクはたどりません")
    return NotRead(name, "unsupported", "通常のファイルではないため開きません（パイプ、ソケット、装置）")
