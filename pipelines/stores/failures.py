"""What went wrong in a driver, in our own words: its message may quote a value, a path, a user or a host.

The driver's error is not even kept as the new one's context, which is why these are no context managers: inside a
`with` Python always sets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pipelines.stores import StoreError

T = TypeVar("T")


def reworded(error: Exception) -> StoreError:
    """The StoreError that says what the reader of a file stumbled over."""
    match error:
        case StoreError(reason=reason, hint=hint):
            return StoreError(reason, hint)
        case FileNotFoundError() | NotADirectoryError():
            return StoreError("missing", "指定された場所にありません。場所の指定を確かめてください")
        case PermissionError():
            return StoreError("denied", "読み取りの権限がありません")
        case UnicodeError():
            return StoreError("encoding", "文字コードの誤りがあります")
        case MemoryError():
            return StoreError("too_large", "展開した大きさがメモリに収まりません")
        case _:
            return StoreError("broken", "内容が壊れているか、形式が拡張子と異なります")


def worded(pieces: Iterable[T], reword: Callable[[Exception], StoreError] = reworded) -> Iterator[T]:
    """The pieces; whatever their reader raises on the way becomes a StoreError."""
    failure = None
    try:
        yield from pieces
    except Exception as error:
        failure = reword(error)
    if failure:
        raise failure


def worded_call(read: Callable[[], T], reword: Callable[[Exception], StoreError] = reworded) -> T:
    """What `read` returns; whatever it raises becomes a StoreError."""
    failure = None
    try:
        return read()
    except Exception as error:
        failure = reword(error)
    raise failure
