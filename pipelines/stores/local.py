"""Folders and files of the machine itself: no link is followed, nothing but regular files is ever opened."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipelines.stores import StoreError
from pipelines.stores.access import of_file
from pipelines.stores.sources import File
from pipelines.stores.walk import Entry


@dataclass(frozen=True, slots=True)
class LocalTree:
    """What lies under a path, or the one file that is there."""

    location: Path = field(repr=False)

    def single(self) -> Entry | None:
        """The entry itself where the place is no folder; StoreError where there is nothing."""
        if not self.location.exists():
            raise StoreError("missing", "指定された場所にありません。場所の指定を確かめてください")
        if self.location.is_dir():
            return None
        # a link is followed only where the declaration itself names it
        return _entry(self.location.resolve(), shown(self.location.name))

    def entries(self, folder: str) -> Iterator[Entry]:
        """What lies in a folder of that name ('' the root), in the order of names."""
        path = self._path(folder)
        if path is None:
            raise StoreError("missing", "一覧を作った後に移動または削除されました")
        for raw, name in _names(path):
            if (entry := self._under(path / raw, name)) is not None:
                yield entry

    def entry(self, path: str) -> Entry | None:
        """The one file of that name; None where there is none any more."""
        found = self._path(path)
        return None if found is None else self._under(found, PurePosixPath(path).name)

    def beside(self) -> Iterator[str]:
        """Nothing: what is beside a folder is another matter."""
        return iter(())

    def _path(self, name: str) -> Path | None:
        """The path of a name as it was shown; None where it leads nowhere, or through a link."""
        at = self.location
        for part in name.split("/") if name else ():
            raw = part
            if part in ("", ".", ".."):
                return None
            if not at.is_dir():
                return None
            if "\ufffd" in part:
                raw = next((raw for raw, name in _names(at) if name == part), part)
            at = at / raw
            if at.is_symlink() or not at.exists():
                return None
        return at

    def _under(self, path: Path, name: str) -> Entry | None:
        if path.is_symlink():
            try:
                inside = path.resolve().is_relative_to(self.location.resolve())
            except (OSError, RuntimeError):
                inside = False
            return None if inside else Entry(name, "outside")
        return _entry(path, name)


def shown(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")


def _names(folder: Path) -> list[tuple[str, str]]:
    """Each name in a folder and how it is shown; two that would be shown alike are numbered."""
    taken: dict[str, str] = {}
    for raw in sorted(path.name for path in folder.iterdir()):
        name, number = shown(raw), 2
        while name in taken:
            plain = PurePosixPath(shown(raw))
            name, number = f"{plain.stem} ({number}){plain.suffix}", number + 1
        taken[name] = raw
    return sorted((raw, name) for name, raw in taken.items())


def _entry(path: Path, name: str) -> Entry | None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        return Entry(name, "folder")
    if not stat.S_ISREG(found.st_mode):
        return Entry(name, "special")
    # who may read it is part of what is known of it, and changes neither its size nor its time
    version = f"{found.st_size}-{found.st_mtime_ns}-{found.st_mode:o}-{found.st_uid}-{found.st_gid}"
    return Entry(name, "file", File(name, found.st_size, version, lambda: _opened(path), of_file(found)))


def _opened(path: Path) -> io.FileIO:
    # where a pipe has taken the file's place since the listing, opening it does not wait for a writer
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise StoreError("unsupported", "通常のファイルではありません")
    return io.FileIO(number)
