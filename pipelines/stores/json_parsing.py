"""JSON files into records, numbers spelt as the file spells them, and records into the texts of their leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Literal

from pipelines.stores import StoreError, charsets
from pipelines.stores.sources import File

Record = dict[str, Any]

WHOLE = 128 * 2**20
"""Bytes of the largest document that is parsed as one, and characters of the largest record in an array; arrays and
files of a record a line may be longer."""
MANY = 10
"""Objects from which on a list within a document of several things is a table of its own."""
MAP = 5
"""Objects from which on an object of nothing but objects is a table, keyed by its members' names."""

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SPACE = " \t\r\n"
_SEPARATORS = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Bad:
    """A place that is no JSON."""

    place: int
    unit: Literal["行", "件"]


@dataclass(frozen=True, slots=True)
class JsonTable:
    """Records of one kind in a file."""

    key: str = field(repr=False)
    """'' the file's own; else the member of the document that holds them."""
    records: Callable[[], Iterator[Record | Bad]] = field(repr=False)
    codec: str = ""
    """The encoding of a file of a record a line; '' of any other."""


def tables(file: File) -> Iterator[JsonTable]:
    """The tables of records in a file; StoreError, or what `json` raises where a document is no JSON at all."""
    codec, head = charsets.head(file)
    start = head.lstrip("\ufeff" + _SPACE)
    if file.suffix != ".json" or (start[:1] == "{" and _one_a_line(head)):
        yield JsonTable("", lambda: _lines(file, codec), codec)
        return
    if start[:1] == "[":
        yield JsonTable("", lambda: _items(charsets.pieces(file, codec)))
        return
    if file.size > WHOLE:
        raise StoreError("too_large", f"{WHOLE // 2**20} MiB を超える JSON です。1行1件（JSONL）で出力し直してください")
    content = "".join(charsets.pieces(file, codec))
    if not start:
        yield JsonTable("", lambda: iter(()))
        return
    for key, records in _tables(_record(_DECODER.decode(content.strip(_SPACE)))).items():
        yield JsonTable(key, partial(map, _record, records))


def leaves(record: Record) -> dict[str, str | list[str] | None]:
    """Path → text of a record's leaf, or texts where it lies within a list; None where it is null.

    Numbers are texts by now, as `json` was told; what is left besides are booleans.

    >>> leaves({"name": "山田", "contacts": [{"mail": "a@shop.example"}, {"mail": None}], "at": {"zip": "1"}})
    {'name': '山田', 'contacts[].mail': ['a@shop.example'], 'at.zip': '1'}
    """
    found: dict[str, Any] = {}
    waiting: list[tuple[str, Any]] = [("", record)] if record else []
    while waiting:
        path, value = waiting.pop()
        many = "[]" in path or isinstance(value, list)
        nested = len(waiting)
        if not value:
            found.setdefault(path, None)
        for at, inner in _members(path, value):
            if isinstance(inner, (dict, list)):
                waiting.insert(nested, (at, inner))
            elif inner is None:
                found.setdefault(at, None)
            else:
                leaf = inner if isinstance(inner, str) else "true" if inner else "false"
                before = found.get(at)
                if before is None:
                    found[at] = [leaf] if many or "[]" in at else leaf
                elif isinstance(before, list):
                    before.append(leaf)
                else:
                    found[at] = f"{before}、{leaf}"
    return found


def _members(path: str, value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, list):
        within = f"{path}[]"
        return ((within, item) for item in value)
    return value.items() if not path else ((f"{path}.{key}", member) for key, member in value.items())


def _one_a_line(head: str) -> bool:
    first, _, rest = head.strip(_SPACE).partition("\n")
    return rest.lstrip(_SPACE)[:1] == "{" and isinstance(_parsed(first), dict)


def _parsed(content: str) -> Any:
    try:
        return _DECODER.decode(content)
    except (ValueError, RecursionError):
        return None


def of_line(line: str) -> Record | None:
    """The record in a line; None where it is no JSON."""
    parsed = _parsed(line.strip("\ufeff" + _SPACE))
    return None if parsed is None else _record(parsed)


def _lines(file: File, codec: str) -> Iterator[Record | Bad]:
    for number, line in enumerate(charsets.lines(file, codec), start=1):
        if line.strip("\ufeff" + _SPACE):
            record = of_line(line)
            yield Bad(number, "行") if record is None else record


def _items(pieces: Iterator[str]) -> Iterator[Record | Bad]:
    """The items of an array one by one, up to where it breaks off."""
    held, at, number = next(pieces, ""), 0, 1
    at = held.index("[") + 1
    while True:
        at = _SEPARATORS.match(held, at).end()  # type: ignore[union-attr]
        found = _item(held, at) if held[at : at + 1] not in ("", "]") else None
        if held[at : at + 1] == "]":
            return
        if found is None:
            # the item goes on in the next pieces: twice as much each time, so that a long one is not parsed too often
            more = "".join(islice(pieces, 1 + (len(held) - at) // 2**20))
            if not more or len(held) - at > WHOLE:
                yield Bad(number, "件")
                return
            held, at = held[at:] + more, 0
            continue
        item, at = found
        yield _record(item)
        number += 1


def _item(held: str, at: int) -> tuple[Any, int] | None:
    """The item that begins there and where it ends; None where it may go on beyond what is held, or is none."""
    try:
        item, end = _DECODER.raw_decode(held, at)
    except (ValueError, RecursionError):
        return None
    return None if end == len(held) else (item, end)


def _record(item: Any) -> Record:
    match item:
        case dict():
            return item
        case list():
            return {f"列{at}": value for at, value in enumerate(item, start=1)}
    return {"値": item}


def _tables(document: Record) -> dict[str, list[Any]]:
    """Which of a document's members are tables, by name; '' the document's own."""
    lists = {key: value for key, value in document.items() if _holds_objects(value)}
    rest = {key: value for key, value in document.items() if key not in lists}
    if len(lists) == 1 and not any(isinstance(value, (dict, list)) for value in rest.values()):
        [items] = lists.values()
        return {
            "": [{**{f"{key} (全体)" if key in item else key: rest[key] for key in rest}, **item} for item in items]
        }
    if any(len(items) >= MANY for items in lists.values()):
        return {**({"": [rest]} if rest else {}), **lists}
    if len(document) >= MAP and all(isinstance(value, dict) for value in document.values()):
        return {"": [{"キー": key, **value} for key, value in document.items()]}
    return {"": [document]}


def _holds_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
