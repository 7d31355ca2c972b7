"""Which rows of a batch are worth a look: expressions over whole columns, no row touched by itself.

A coarse pass comes first, of one expression for everything. The cells of a column lie one behind the other in memory,
so a stretch of them is read as one text, without a copy: where nothing is found in it, none of its cells holds
anything. Columns that repeat few values are read value by value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from classifiers.people.letters import VOICES
from pipelines.disclosure.places import NAMES, Place, Role
from pipelines.disclosure.sought import Sought
from pipelines.disclosure.spelling import Spelling, as_texts

if TYPE_CHECKING:
    import pyarrow as pa

_STRETCH = 128
"""Cells of a stretch."""
_SAMPLE, _FEW = 1024, 256
"""A column that has at most `_FEW` different values in its first `_SAMPLE` cells is read value by value."""
_STRANGE = r"[^\x00-\x7f々〇ぁ-ゖァ-ヺー一-鿿]"
"""Finds letters that preparing a text changes, beyond making them small."""

_BORN: tuple[Role, ...] = ("birth_date", "text")


def sift(batch: pa.RecordBatch, places: Sequence[Place], sought: Sought) -> list[int]:
    """Rows that hold a name, mail, phone or member number of the person, or the birth date beside part of the name."""
    near = _near(batch, places, sought)
    found = _sifted(batch.take(near), places, sought) if near else []
    return [near[row] for row in found]


def _near(batch: pa.RecordBatch, places: Sequence[Place], sought: Sought) -> list[int]:
    """Rows in which anything is found, whatever its place."""
    import numpy as np
    import pyarrow as pa

    hit = np.zeros(batch.num_rows, bool)
    if not batch.num_rows:
        return []
    columns = {column: _Read(batch.column(column)) for place in places for column in place.columns}
    _fold([one for one in columns.values() if not (one.values or one.is_ascii)])
    # what stands in one column of several that belong together is found there; across them, where they are joined
    several = [place for place in places if len(place.columns) > 1]
    joined = _joined({column: columns[column].whole() for place in several for column in place.columns}, several)
    read = [*columns.values(), *(_Read(cells, repeats=False) for _, cells in joined)]
    for one, found in zip(read, _searched([one.texts() for one in read], sought.any_of_all), strict=True):
        if not found.any():
            continue
        if one.values:
            hit |= found[one.places]
        else:
            at = np.flatnonzero(np.repeat(found, _STRETCH)[: batch.num_rows])
            # what was found may lie across the ends of two cells
            [sure] = _searched([one.cells.take(pa.array(at))], sought.any_of_all)
            hit[at] |= sure
    rows: list[int] = np.flatnonzero(hit).tolist()
    return rows


class _Read:
    """A column as the coarse pass reads it."""

    def __init__(self, column: pa.Array, *, repeats: bool = True) -> None:
        import numpy as np
        import pyarrow.compute as pc

        self.cells = _flat(column)
        self.is_ascii = bool(pc.all(pc.string_is_ascii(self._stretches())).as_py())
        few = len(self.cells.slice(0, _SAMPLE).unique()) <= min(_FEW, len(self.cells) // 2)
        self.values: pa.Array | None = None
        """Its different values, prepared, where they are few."""
        if repeats and few and not self.is_ascii:
            encoded = self.cells.dictionary_encode(null_encoding="encode")
            self.values = pc.fill_null(_folded(encoded.dictionary), "")
            self.places = encoded.indices.to_numpy().astype(np.int64)

    def texts(self) -> pa.Array:
        """What is searched: the values, or stretches of cells."""
        return self._stretches() if self.values is None else self.values

    def whole(self) -> pa.Array:
        """Cell by cell."""
        import pyarrow as pa

        return self.cells if self.values is None else self.values.take(pa.array(self.places))

    def _stretches(self) -> pa.Array:
        import numpy as np
        import pyarrow as pa

        _, offsets, data = self.cells.buffers()
        ends = np.frombuffer(offsets, np.int32, len(self.cells) + 1)
        ends = np.append(ends[:-1:_STRETCH], ends[-1])
        return pa.StringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), data or pa.py_buffer(b""))


def _fold(columns: Sequence[_Read]) -> None:
    """Prepare the columns that hold a letter which preparing changes."""
    for one, strange in zip(columns, _searched([one.texts() for one in columns], _STRANGE), strict=True):
        if strange.any():
            one.cells = _flat(_prepared(one.cells))


def _searched(texts: Sequence[pa.Array], expression: str) -> Iterator[Any]:
    """For each array the texts in which the expression finds something: it is compiled once for all."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if texts:
        found = pc.match_substring_regex(pa.concat_arrays(texts), expression, ignore_case=True).fill_null(False)
        ends = np.cumsum([len(one) for one in texts])[:-1]
        yield from np.split(found.to_numpy(zero_copy_only=False), ends)


def _flat(column: pa.Array) -> pa.Array:
    """A column as texts whose buffer begins with the first of them."""
    import pyarrow as pa

    column = as_texts(column)
    return pa.concat_arrays([column.slice(0, 0), column]) if column.offset else column


def _sifted(batch: pa.RecordBatch, places: Sequence[Place], sought: Sought) -> list[int]:
    """The rows of those that are near: each place by the expressions of its own."""
    import numpy as np

    cells = list(_cells(batch, places))

    def found(wanted: Callable[[Place], str]) -> Any:
        asked: dict[str, list[pa.Array]] = {}
        for place, texts in cells:
            asked.setdefault(wanted(place), []).append(texts)
        masks = [mask for expression, texts in asked.items() if expression for mask in _searched(texts, expression)]
        return np.any(masks, axis=0) if masks else np.zeros(batch.num_rows, bool)

    hit = found(lambda place: _keys(place, sought))
    if sought.born and sought.near and (born := found(lambda place: sought.born if place.role in _BORN else "")).any():
        named = found(lambda place: sought.near if place.role in NAMES or place.role == "text" else "")
        hit |= born & named
    rows: list[int] = np.flatnonzero(hit).tolist()
    return rows


def holding(
    batch: pa.RecordBatch,
    wanted: Iterable[tuple[Sequence[str], Collection[tuple[str, ...]], Spelling]],
) -> list[int]:
    """Rows that hold one of the keys in the columns it belongs to, and a few more where a key has several columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    held = pa.repeat(pa.scalar(False), batch.num_rows)
    for columns, keys, spelling in wanted:
        places = [position(batch.schema.names, column) for column in columns]
        if None in places or not keys:
            continue
        whole = pa.repeat(pa.scalar(True), batch.num_rows)
        for place, values in zip(places, zip(*keys, strict=True), strict=True):
            whole = pc.and_(whole, spelling.holds(batch.column(place), values))
        held = pc.or_(held, whole)
    rows: list[int] = pc.indices_nonzero(held).to_pylist()
    return rows


def position(names: Sequence[str], column: str) -> int | None:
    """Where a key's column stands, 0-based: databases that fold letters may spell it otherwise in its declaration."""
    if column in names:
        return names.index(column)
    folded = [name.casefold() for name in names]
    return folded.index(column.casefold()) if folded.count(column.casefold()) == 1 else None


def _keys(place: Place, sought: Sought) -> str:
    if place.role == "other":
        return "|".join(filter(None, (sought.anywhere, sought.issued)))
    if place.role == "address" and len(place.columns) > 1:
        return ""
    return sought.everything


def _cells(batch: pa.RecordBatch, places: Sequence[Place]) -> Iterator[tuple[Place, pa.Array]]:
    wanted = {column for place in places for column in place.columns}
    return _joined({column: _prepared(_flat(batch.column(column))) for column in wanted}, places)


def _joined(prepared: Mapping[int, pa.Array], places: Sequence[Place]) -> Iterator[tuple[Place, pa.Array]]:
    """The cells of each place; those of several columns together."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for place in places:
        columns = [prepared[column] for column in place.columns]
        if len(columns) == 1:
            yield place, columns[0]
        else:
            # "skip" would drop the rows whose cells are all empty
            yield place, pc.binary_join_element_wise(*columns, pa.scalar(place.separator), null_handling="replace")


def _prepared(column: pa.Array) -> pa.Array:
    """`classifiers.people.letters.prepare` over a column, but for what the expressions themselves allow."""
    import pyarrow.compute as pc

    if pc.all(pc.string_is_ascii(column), min_count=0).as_py():
        return pc.utf8_lower(column)
    # folding costs ten times the search itself, and names, places and remarks repeat
    encoded = column.dictionary_encode()
    return _folded(encoded.dictionary).take(encoded.indices)


def _folded(distinct: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    for mark, combining in VOICES.items():
        distinct = pc.replace_substring(distinct, mark, combining)
    return pc.utf8_lower(pc.utf8_normalize(distinct, form="NFKC"))
