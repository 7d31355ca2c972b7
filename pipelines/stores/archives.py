"""Archives as places with folders and files in them: .zip, .tar, .tar.gz, and a single file in a .gz.

Nothing is unpacked beside the data: a member of a .zip is held in memory or streamed; a compressed .tar is unpacked
once, a large one into a file without a name, which is gone with the process whatever ends it.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from pipelines.stores import Level, StoreError
from pipelines.stores.containers import LOCKED
from pipelines.stores.sources import File, Raw
from pipelines.stores.walk import Entry

ENDINGS = (".zip", ".tar", ".tgz", ".gz")
MEMBERS = 100_000
"""Members of the largest archive that is read."""
UNPACKED = 4 * 2**30
"""Bytes the members of a .zip may have together; none is written anywhere."""
SPOOLED = 2 * 2**30
"""Bytes a compressed .tar, or the file in a .gz, may unpack to."""
IN_MEMORY = 256 * 2**20
"""Bytes of one member, or of one unpacked .tar, that are held in memory."""
RATIO = 200
"""How many times its size an archive may unpack to, beyond `IN_MEMORY`: no data is so even, only a bomb."""
_PIECE = 2**20
_MEMBER = re.compile(f"(?:{'|'.join(f'(?<={re.escape(suffix)})' for suffix in ENDINGS)})!/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArchiveTree:
    """What lies in an archive."""

    folders: dict[str, dict[str, Entry]] = field(repr=False)
    """A folder's name ('' the root) → what lies in it by its name."""

    def single(self) -> Entry | None:
        """An archive is a folder."""
        return None

    def entries(self, folder: str) -> Iterator[Entry]:
        """What lies in a folder, in the order of names."""
        within = self.folders.get(folder, {})
        return (within[name] for name in sorted(within))

    def entry(self, path: str) -> Entry | None:
        """The one entry of that name."""
        folder, _, name = path.rpartition("/")
        return self.folders.get(folder, {}).get(name)

    def beside(self) -> Iterator[str]:
        """Nothing."""
        return iter(())

    def add(self, path: str, entry: Entry) -> None:
        """Put an entry under its path, whatever that tries to point at; a second one of that name is numbered."""
        parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if not parts:
            return
        for depth in range(len(parts) - 1):
            within = self.folders.setdefault("/".join(parts[:depth]), {})
            within.setdefault(parts[depth], Entry(parts[depth], "folder"))
        within = self.folders.setdefault("/".join(parts[:-1]), {})
        name, plain, number = parts[-1], PurePosixPath(parts[-1]), 2
        while name in within:
            name, number = f"{plain.stem} ({number}){plain.suffix}", number + 1
        within[name] = Entry(name, entry.kind, entry.file and replace(entry.file, name=name))


class Mounted:
    """Archives as places of their own; the one opened last is kept open, for its members are asked for in a row."""

    def __init__(self) -> None:
        self._last: tuple[str, str, ArchiveTree] | None = None

    def takes(self, file: File) -> bool:
        """Whether a file is an archive, by its name."""
        return file.suffix in ENDINGS

    def parts(self, name: str) -> list[str]:
        """A name cut at every archive in it.

        >>> Mounted().parts("a/b.zip!/c!/d.tar.gz!/e.csv")
        ['a/b.zip', 'c!/d.tar.gz', 'e.csv']
        """
        return _MEMBER.split(name)

    def tree(self, name: str, file: File, level: Level) -> ArchiveTree:
        """What lies in an archive; StoreError, or whatever its reader raises."""
        if level == "metadata" and file.suffix != ".zip":
            raise StoreError("not_allowed", "中の一覧を得るには内容を展開する必要があり、宣言の read_level を超えます")
        if self._last is None or self._last[:2] != (name, file.version):
            self._last = name, file.version, _tree(file)
        return self._last[2]


def _tree(file: File) -> ArchiveTree:
    if not file.size:
        raise StoreError("empty", "中身のないファイルです")
    if file.suffix == ".zip":
        return _zip(file)
    if file.suffix in (".tar", ".tgz") or file.name.lower().endswith(".tar.gz"):
        return _tar(file)
    found, content = ArchiveTree({"": {}}), _unpacked(file)
    size = content.seek(0, io.SEEK_END)
    name = PurePosixPath(file.name).stem
    found.add(name, Entry(name, "file", File(name, size, file.version, lambda: _Part(content, 0), file.access)))
    return found


def _zip(file: File) -> ArchiveTree:
    found = ArchiveTree({"": {}})
    with zipfile.ZipFile(file.open()) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    _demand_few(len(members))
    _demand_bearable(sum(member.file_size for member in members), file.size, UNPACKED)
    for member in members:
        name = _named(member)
        version = f"{file.version}-{member.CRC:08x}"
        raw = partial(_member, file, member)
        found.add(name, Entry(name, "file", File(name, member.file_size, version, raw, file.access)))
    return found


def _named(member: zipfile.ZipInfo) -> str:
    """A member's name; Japanese Windows writes it in CP932, and `zipfile` reads that as CP437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for codec in ("utf-8", "cp932"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return member.filename


def _member(file: File, member: zipfile.ZipInfo) -> Raw:
    if member.flag_bits & 1:
        raise StoreError("locked", LOCKED)
    try:
        opened = zipfile.ZipFile(file.open()).open(member)  # noqa: SIM115
    except NotImplementedError:
        raise StoreError("unsupported", "この圧縮方式は読めません") from None
    if member.file_size > IN_MEMORY:
        return opened
    with opened:
        return io.BytesIO(opened.read())


def _tar(file: File) -> ArchiveTree:
    found = ArchiveTree({"": {}})
    with file.open() as opened:
        is_packed = opened.read(2) == b"\x1f\x8b"
    content = _unpacked(file) if is_packed else file.open()
    with tarfile.open(fileobj=content, mode="r:") as archive:
        for number, member in enumerate(archive, start=1):
            _demand_few(number)
            name = member.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if member.isdir():
                continue
            if not member.isreg() or member.issparse():
                found.add(name, Entry(name, "special"))
                continue
            raw = partial(_Part, content, member.offset_data) if is_packed else partial(_within, file, member)
            version = f"{file.version}-{member.offset_data}"
            found.add(name, Entry(name, "file", File(name, member.size, version, raw, file.access)))
    return found


def _within(file: File, member: tarfile.TarInfo) -> Raw:
    return _Part(file.open(), member.offset_data, is_own=True)


def _unpacked(file: File) -> BinaryIO:
    """The content of a .gz, in memory or in a file without a name."""
    content = _Nameless(IN_MEMORY)
    size = 0
    try:
        with file.open() as opened, gzip.GzipFile(fileobj=opened) as packed:
            while piece := packed.read(_PIECE):
                size += len(piece)
                _demand_bearable(size, file.size, SPOOLED)
                content.write(piece)
    except (OSError, EOFError, zlib.error) as error:
        content.close()
        if isinstance(error, OSError) and error.errno is not None:
            raise StoreError("too_large", "展開した内容を置く場所が足りません") from None
        raise StoreError("broken", "書庫の内容が壊れています") from None
    content.seek(0)
    return cast(BinaryIO, content)


def _demand_bearable(size: int, packed: int, most: int) -> None:
    if size > most:
        raise StoreError("too_large", f"展開すると {most // 2**20} MiB を超えるため読みません")
    if size > IN_MEMORY and size > RATIO * packed:
        raise StoreError("too_large", f"展開すると {RATIO} 倍を超えるため読みません（圧縮爆弾のおそれ）")


def _demand_few(members: int) -> None:
    if members > MEMBERS:
        raise StoreError("too_large", f"{MEMBERS} 件を超えるファイルの書庫は読みません")


class _Nameless(SpooledTemporaryFile[bytes]):
    """A file in memory or without a name, closed when nobody reads from it any more."""

    def __del__(self) -> None:
        self.close()


class _Part:
    """A part of an opened file, from some byte on, as one by itself."""

    def __init__(self, whole: BinaryIO, start: int, *, is_own: bool = False) -> None:
        self._whole, self._start, self._is_own = whole, start, is_own

    def seek(self, offset: int, /) -> object:
        return self._whole.seek(self._start + offset)

    def read(self, size: int, /) -> bytes:
        return self._whole.read(size)

    def close(self) -> None:
        if self._is_own:
            self._whole.close()
