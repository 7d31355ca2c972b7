"""Object storage (S3, Google Cloud Storage, Azure) as folders and files: read by byte ranges, never copied to disk.

Who is asking is told by the environment alone, as each provider's own tools read it (`AWS_ACCESS_KEY_ID`,
`AWS_PROFILE`, `AWS_ENDPOINT_URL`, `GOOGLE_APPLICATION_CREDENTIALS`, `AZURE_STORAGE_CONNECTION_STRING`, a role).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

from pipelines.stores import OBJECT_STORAGE, StoreError
from pipelines.stores.failures import worded_call
from pipelines.stores.sources import File
from pipelines.stores.walk import Entry

T = TypeVar("T")

CONNECT, ANSWER, ATTEMPTS = 10, 30, 2
"""Seconds until a connection stands, seconds until an answer comes, and how often it is asked."""
EXTRAS = {"s3": "s3", "gs": "gcs", "abfs": "azure", "abfss": "azure", "az": "azure"}
"""The extra that holds a provider's driver."""
LEAST, MOST = 2**16, 2**23
"""Bytes of a range that is asked for: more the longer a file is read on end."""


@dataclass(frozen=True)
class ObjectTree:
    """What lies under a prefix of a bucket, or the one object that is there."""

    location: str = field(repr=False)

    def single(self) -> Entry | None:
        """The object itself where the place is one; StoreError where there is nothing."""
        told = self._ask(lambda: self._system.info(self._root))
        return None if told["type"] == "directory" else _entry(self._system, self._root.rpartition("/")[2], told)

    def entries(self, folder: str) -> Iterator[Entry]:
        """What lies in a folder, in the order of names."""
        path = f"{self._root}/{folder}" if folder else self._root
        found = self._ask(lambda: self._system.ls(path, detail=True, refresh=True))
        for told in sorted(found, key=lambda one: str(one["name"])):
            name = str(told["name"]).removeprefix(path).strip("/")
            # some tools leave an empty object that stands for the folder itself
            if name and "/" not in name:
                yield _entry(self._system, name, told)

    def entry(self, path: str) -> Entry | None:
        """The one object of that name."""
        if any(part in ("", ".", "..") for part in path.split("/")):
            return None
        try:
            told = self._ask(lambda: self._system.info(f"{self._root}/{path}"))
        except StoreError as error:
            if error.reason == "missing":
                return None
            raise
        return _entry(self._system, path.rpartition("/")[2], told)

    def beside(self) -> Iterator[str]:
        """The other buckets that the same credentials can list; none where they may not list buckets."""
        own = self._root.partition("/")[0]
        try:
            found = self._ask(lambda: self._system.ls("", detail=False, refresh=True))
        except StoreError:
            return
        yield from (bucket for bucket in sorted(str(name).strip("/") for name in found) if bucket != own)

    @property
    def _root(self) -> str:
        return self.location.partition("://")[2].strip("/")

    @cached_property
    def _system(self) -> Any:
        scheme = self.location.partition("://")[0]
        if "@" in self._root.partition("/")[0] and scheme == "s3":
            raise StoreError("denied", "認証情報は URL に書かず、環境変数で渡してください")
        try:
            import fsspec

            system = fsspec.filesystem(scheme, skip_instance_cache=True, use_listings_cache=False, **_options(scheme))
        except ImportError:
            hint = f"必要なライブラリがありません。pip install 'daicho[{EXTRAS[scheme]}]' で入れてください"
            raise StoreError("unsupported", hint) from None
        if scheme == "s3":
            system.retries = ATTEMPTS
        return system

    def _ask(self, question: Callable[[], T]) -> T:
        return worded_call(question, reworded)


class Ranges:
    """An object read by byte ranges, larger ones the longer it is read on end."""

    def __init__(self, system: Any, path: str, size: int) -> None:
        self._system, self._path, self._size = system, path, size
        self._at = self._start = self._step = 0
        self._held = b""

    def seek(self, offset: int, /) -> object:
        """Go to a place."""
        self._at = offset
        return offset

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, one at least where there is one."""
        within = self._at - self._start
        if not 0 <= within < len(self._held):
            on_end = bool(self._held) and within == len(self._held)
            self._step = min(2 * self._step, MOST) if on_end else LEAST
            end = min(self._size, self._at + max(size, self._step))
            self._start, within = self._at, 0
            ask = partial(self._system.cat_file, self._path, start=self._at, end=end)
            self._held = worded_call(ask, reworded)
        given = self._held[within : within + size]
        self._at += len(given)
        return given

    def close(self) -> None:
        """Let go of what is held."""
        self._held = b""


def reworded(error: Exception) -> StoreError:
    """What went wrong between us and the provider, in our own words."""
    match error:
        case StoreError(reason=reason, hint=hint):
            return StoreError(reason, hint)
        case FileNotFoundError():
            return StoreError("missing", "指定されたバケットまたはフォルダーがありません")
        case PermissionError():
            return StoreError("denied", "読み取りの権限がありません")
    if "Credential" in type(error).__name__ or "Token" in type(error).__name__:
        return StoreError("denied", "認証情報が環境にないか、期限が切れています")
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return StoreError("unreachable", "時間内に応答がありません")
    return StoreError("unreachable", "接続できません。接続先とネットワークを確かめてください")


def _entry(system: Any, name: str, told: Mapping[str, Any]) -> Entry:
    if told["type"] == "directory":
        return Entry(name, "folder")
    size = int(told.get("size") or 0)
    version = next((str(told[key]) for key in ("ETag", "etag", "md5Hash") if told.get(key)), "")
    when = told.get("LastModified") or told.get("updated") or told.get("last_modified") or ""
    path = str(told["name"])
    return Entry(name, "file", File(name, size, f"{size}-{version or when}", lambda: Ranges(system, path, size)))


def _options(scheme: str) -> dict[str, Any]:
    if scheme != "s3":
        return {}
    # the file system asks again by itself
    retries = {"total_max_attempts": 1, "mode": "standard"}
    return {"config_kwargs": {"connect_timeout": CONNECT, "read_timeout": ANSWER, "retries": retries}}


def is_object_storage(location: str) -> bool:
    """Whether a location is one of object storage: `s3://bucket/prefix`.

    >>> is_object_storage("s3://backup/2026"), is_object_storage("/srv/s3")
    (True, False)
    """
    return location.partition("://")[0] in OBJECT_STORAGE and "://" in location
