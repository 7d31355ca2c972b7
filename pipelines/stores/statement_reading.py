"""SQL in files, read aside: what its statements do comes back, nothing of what they say of anybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any

from pipelines.stores import StoreError, aside, charsets

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from classifiers.statements import Relations, Statement


def statements(
    reader: str, raw: bytes, dialect: str, name: str = "", relations: Relations | None = None
) -> tuple[Statement, ...]:
    """What the statements in a file's bytes do, by the reader `script` or `log`; StoreError.

    `name` and `relations` are what `classifiers.statements.read` takes.
    """
    named = [[list(key), list(relation)] for key, relation in (relations or {}).items()]
    told = json.dumps({"dialect": dialect, "name": name, "relations": named})
    return _shape().validate_python(aside.read(reader, told.encode() + b"\n" + raw))


def _script(raw: bytes) -> list[Any]:
    from classifiers.statements import read

    told, text = _received(raw)
    relations = {tuple(key): tuple(relation) for key, relation in told["relations"]}
    return _answered(read(text, told["dialect"], told["name"], relations))


def _log(raw: bytes) -> list[Any]:
    from classifiers.statements import LogTooLongError, read_log

    told, text = _received(raw)
    try:
        found = read_log(StringIO(text), told["dialect"])
    except LogTooLongError:
        raise _too_many() from None
    if not found and text.strip():
        raise StoreError("empty", "SQL の文が見当たりません。文を記録する設定のログかを確かめてください")
    return _answered(found)


READERS: Mapping[str, Callable[[bytes], list[Any]]] = {"script": _script, "log": _log}


def _received(raw: bytes) -> tuple[Any, str]:
    told, _, content = raw.partition(b"\n")
    return json.loads(told), charsets.decode(content)


def _answered(found: Iterable[Statement]) -> list[Any]:
    from classifiers.statements import MOST

    found = tuple(found)
    if len(found) > MOST:
        raise _too_many()
    if found and all(one.kind == "unreadable" and not (one.target or one.sources) for one in found):
        raise StoreError("unsupported", "SQL として読める文がありません")
    answer: list[Any] = _shape().dump_python(found, mode="json")
    return answer


def _too_many() -> StoreError:
    from classifiers.statements import MOST

    return StoreError("too_large", f"異なる SQL の文が {MOST:,} を超えます。ファイルを分けてください")


@cache
def _shape() -> TypeAdapter[tuple[Statement, ...]]:
    from pydantic import TypeAdapter

    from classifiers.statements import Statement

    return TypeAdapter(tuple[Statement, ...])
