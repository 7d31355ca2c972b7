"""Which rows of batches are worth a look: expressions over whole columns, no row touched by itself.

A coarse pass comes first, of one expression for everything, over several batches. The cells of a column lie one behind
the other in memory, so a stretch of them is read as one text, without a copy: where nothing is found in it, none of its
cells holds anything. The cells of the other stretches are prepared and read, equal ones once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from classifiers.people.letters import VOICES
from pipelines.disclosure.places import NAMES, Place, Role
from pipelines.disclosure.sought import Sought
from pipelines.disclosure.spelling import Spelling, as_texts

if TYPE_CHECKING:
    import pyarrow as pa

_STRETCH = 128
"""Cells of a stretch."""
_STRANGE = r"[^\x00-\x7f々〇ぁ-ゖァ-ヺー一-鿿]"
"""Finds letters that preparing a text changes, beyond making them small."""

_BORN: tuple[Role, ...] = ("birth_date", "text")


def sift(batches: Sequence[pa.RecordBatch], places: Sequence[Place], sought: Sought) -> list[list[int]]:
    """Rows that hold a name, mail, phone or member number of the person, or the birth date beside part of the name.

    Those of each batch. Several batches of one schema are sifted at once because an expression costs a millisecond
    before it has read a letter; the rarer ones are asked for only where there is cause.
    """
    keyed, born = _near(batches, [place for place in places if _keys(place, sought)], sought)
    keyed = _by_place(batches, keyed, places, lambda place: _keys(place, sought))
    born = _by_place(batches, born, places, lambda place: sought.born if place.role in _BORN else "")
    born = _by_place(batches, born, places, lambda place: sought.near if place.role in (*NAMES, "text") else "")
    return _of_each(batches, sorted({*keyed, *born}))


def _near(batches: Sequence[pa.RecordBatch], places: Sequence[Place], sought: Sought) -> tuple[list[int], list[int]]:
    """Rows in which a key is found, and those in which the birth date is, whatever the place; counted through."""
    import numpy as np
    import pyarrow as pa

    read, starts = list[Any](), list[int]()
    for batch, before in zip(batches, _ends(batches), strict=False):
        columns = _apart(batch, places)
        read += columns
        starts += [before] * len(columns)
    cells, rows = list[Any](), list[Any]()
    for column, start, found in zip(
        read, starts, _searched([_stretches(one) for one in read], f"{sought.any_of_all}|{_STRANGE}"), strict=True
    ):
        if found.any():
            at = np.flatnonzero(np.repeat(found, _STRETCH)[: len(column)])
            cells.append(column.take(pa.array(at)))
            rows.append(at + start)
    if not cells:
        return [], []
    # folding costs ten times the search itself, and names, places and remarks repeat
    encoded = pa.concat_arrays(cells).dictionary_encode(null_encoding="encode")
    values, which, row = _folded(encoded.dictionary), encoded.indices.to_numpy(), np.concatenate(rows)

    def holding(expression: str) -> list[int]:
        found = [sure[which] for sure in _searched([values], expression)] if expression else []
        numbers: list[int] = np.unique(row[found[0]]).tolist() if found else []
        return numbers

    return holding(sought.everything), holding(sought.born)


def _apart(batch: pa.RecordBatch, places: Sequence[Place]) -> list[pa.Array]:
    """The cells of every place but those that are read within another's."""
    several = [place for place in places if len(place.columns) > 1]
    within = {column for place in several for column in place.columns}
    alone = {column for place in places for column in place.columns} - within
    columns = {column: _flat(batch.column(column)) for column in alone | within}
    return [*(columns[column] for column in sorted(alone)), *(cells for _, cells in _joined(columns, several))]


def _stretches(cells: pa.Array) -> pa.Array:
    """Each stretch of a flat column as one text."""
    import numpy as np
    import pyarrow as pa

    _, offsets, data = cells.buffers()
    if not len(cells):
        return cells
    ends = np.frombuffer(offsets, np.int32, len(cells) + 1)
    ends = np.append(ends[:-1:_STRETCH], ends[-1])
    return pa.StringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), data or pa.py_buffer(b""))


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


def _by_place(
    batches: Sequence[pa.RecordBatch], rows: Sequence[int], places: Sequence[Place], wanted: Callable[[Place], str]
) -> list[int]:
    """Those of the rows in which a place holds what is wanted of it; '' wants nothing."""
    import numpy as np
    import pyarrow as pa

    asked: dict[str, list[Place]] = {}
    for place in places:
        asked.setdefault(wanted(place), []).append(place)
    asked.pop("", None)
    if not rows or not asked:
        return []
    taken = pa.concat_batches(
        [batch.take(pa.array(here)) for batch, here in zip(batches, _of_each(batches, rows), strict=True) if here]
    )
    masks = [
        mask
        for expression, some in asked.items()
        for mask in _searched([cells for _, cells in _cells(taken, some)], expression)
    ]
    return [rows[at] for at in np.flatnonzero(np.any(masks, axis=0)).tolist()]


def _ends(batches: Sequence[pa.RecordBatch]) -> list[int]:
    """The rows before each batch, and after the last."""
    return list(accumulate((batch.num_rows for batch in batches), initial=0))


def _of_each(batches: Sequence[pa.RecordBatch], rows: Sequence[int]) -> list[list[int]]:
    """Rows that are counted through, as each batch counts them."""
    return [[row - start for row in rows if start <= row < end] for start, end in pairwise(_ends(batches))]


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
