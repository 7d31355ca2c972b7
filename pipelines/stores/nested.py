"""Arrow columns of any type as columns of text: structs by dotted paths, lists of anything as lists of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from pipelines.stores.frames import text
from pipelines.stores.headings import unique


def paths(schema: pa.Schema) -> tuple[tuple[str, str], ...]:
    """Name and declared type of every text column that `flat` makes of such a batch."""
    leaves = [leaf for field in schema for leaf in _leaves(field.name, field.type)]
    names = unique([name for name, _ in leaves])
    return tuple(zip(names, (str(kind) for _, kind in leaves), strict=True))


def flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with text columns only: `address.city`, `tags[]`, `contacts[].mail`."""
    batch.validate(full=True)
    columns = [
        column
        for field, array in zip(batch.schema, batch.columns, strict=True)
        for column in _flat(field.type, array, None, batch.num_rows)
    ]
    return pa.RecordBatch.from_arrays(columns, names=[name for name, _ in paths(batch.schema)])


def _leaves(name: str, kind: pa.DataType) -> Iterator[tuple[str, pa.DataType]]:
    kind = _plain(kind)
    if types.is_struct(kind):
        for field in kind:
            yield from _leaves(f"{name}.{field.name}", field.type)
    elif _is_list(kind):
        yield from _leaves(f"{name}[]", _item(kind))
    else:
        yield name, kind


def _flat(
    kind: pa.DataType, values: pa.Array, parents: np.ndarray[Any, np.dtype[np.int64]] | None, rows: int
) -> Iterator[pa.Array]:
    """The text columns of `values`, which lie in the rows `parents` (None: one a row)."""
    kind, values = _plain(kind), _stored(values)
    if types.is_struct(kind):
        for field, child in zip(kind, values.flatten(), strict=True):
            yield from _flat(field.type, child, parents, rows)
    elif _is_list(kind):
        values = values.cast(pa.list_(_item(kind)))
        within = pc.list_parent_indices(values).to_numpy(zero_copy_only=False)
        yield from _flat(_item(kind), pc.list_flatten(values), within if parents is None else parents[within], rows)
    elif parents is None:
        yield _text(values)
    else:
        yield _lists(_text(values), parents, rows)


def _lists(leaves: pa.Array, parents: np.ndarray[Any, np.dtype[np.int64]], rows: int) -> pa.Array:
    filled = leaves.is_valid()
    counts = np.bincount(parents[filled.to_numpy(zero_copy_only=False)], minlength=rows)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), leaves.filter(filled), mask=pa.array(counts == 0))


def _plain(kind: pa.DataType) -> pa.DataType:
    while isinstance(kind, pa.BaseExtensionType) or types.is_dictionary(kind):
        kind = kind.value_type if types.is_dictionary(kind) else kind.storage_type
    if types.is_map(kind):
        return pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)]))
    return kind


def _stored(values: pa.Array) -> pa.Array:
    while isinstance(values, (pa.ExtensionArray, pa.DictionaryArray)):
        values = values.dictionary_decode() if isinstance(values, pa.DictionaryArray) else values.storage
    return values


def _is_list(kind: pa.DataType) -> bool:
    return isinstance(kind, (pa.ListType, pa.LargeListType, pa.FixedSizeListType))


def _item(kind: pa.DataType) -> pa.DataType:
    return kind.value_type


def _text(values: pa.Array) -> pa.Array:
    """An array without nesting as text, spelt as `frames.text` spells one cell."""
    kind = values.type
    if types.is_integer(kind) or types.is_boolean(kind) or types.is_string(kind) or types.is_large_string(kind):
        return values.cast(pa.string())
    if types.is_date(kind) or (types.is_decimal(kind) and kind.scale >= 0):
        return values.cast(pa.string())
    if types.is_floating(kind):
        return _numbers(values.cast(pa.float64()))
    if types.is_timestamp(kind) or types.is_time(kind):
        spelt = pc.replace_substring_regex(values.cast(pa.string()), r"(:\d\d)(\.\d*?)0+([Z+-]|$)", r"\1\2\3")
        spelt = pc.replace_substring_regex(spelt, r"\.([Z+-]|$)", r"\1")
        return pc.replace_substring_regex(spelt, r" 00:00:00([Z+-].*)?$", "") if types.is_timestamp(kind) else spelt
    return pa.array([text(value) for value in values.to_pylist()], pa.string())


def _numbers(values: pa.Array) -> pa.Array:
    whole = pc.and_(pc.equal(pc.round(values), values), pc.less(pc.abs(values), 2.0**63))
    if pc.all(whole).as_py():
        return values.cast(pa.int64()).cast(pa.string())
    return pa.array([text(value) for value in values.to_pylist()], pa.string())
