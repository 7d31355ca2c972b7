"""Which rows of a batch are worth a look: one pass of expressions over whole columns, no row touched by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from classifiers.people.letters import VOICES
from pipelines.disclosure.places import NAMES, Place, Role
from pipelines.disclosure.sought import Sought

if TYPE_CHECKING:
    import pyarrow as pa

_BORN: tuple[Role, ...] = ("birth_date", "text")


def sift(batch: pa.RecordBatch, places: Sequence[Place], sought: Sought) -> list[int]:
    """Rows that hold a name, mail, phone or member number of the person, or the birth date beside part of the name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    none = pa.repeat(pa.scalar(False), batch.num_rows)
    keyed, born, near = none, none, none
    for place, cells in _cells(batch, places):
        expression = _keys(place, sought)
        if expression:
            keyed = pc.or_(keyed, _found(cells, expression))
        if sought.born and sought.near:
            if place.role in _BORN:
                born = pc.or_(born, _found(cells, sought.born))
            if place.role in NAMES or place.role == "text":
                near = pc.or_(near, _found(cells, sought.near))
    rows: list[int] = pc.indices_nonzero(pc.or_(keyed, pc.and_(born, near))).to_pylist()
    return rows


def holding(batch: pa.RecordBatch, wanted: Iterable[tuple[Sequence[str], Collection[tuple[str, ...]]]]) -> list[int]:
    """Rows that hold one of the keys in the columns it belongs to, and a few more where a key has several columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    held = pa.repeat(pa.scalar(False), batch.num_rows)
    for columns, keys in wanted:
        places = [position(batch.schema.names, column) for column in columns]
        if None in places or not keys:
            continue
        whole = pa.repeat(pa.scalar(True), batch.num_rows)
        for place, values in zip(places, zip(*keys, strict=True), strict=True):
            cells = batch.column(place).cast(pa.string())
            whole = pc.and_(whole, pc.is_in(cells, value_set=pa.array(values, pa.string())))
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
    import pyarrow as pa
    import pyarrow.compute as pc

    prepared: dict[int, pa.Array] = {}
    for place in places:
        for column in place.columns:
            if column not in prepared:
                prepared[column] = _prepared(batch.column(column))
        columns = [prepared[column] for column in place.columns]
        if len(columns) == 1:
            yield place, columns[0]
        else:
            # "skip" would drop the rows whose cells are all empty
            yield place, pc.binary_join_element_wise(*columns, pa.scalar(place.separator), null_handling="replace")


def _prepared(column: pa.Array) -> pa.Array:
    """`classifiers.people.letters.prepare` over a column, but for what the expressions themselves allow."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), "\n")
    column = column.cast(pa.string())
    if pc.all(pc.string_is_ascii(column), min_count=0).as_py():
        return pc.utf8_lower(column)
    # folding costs ten times the search itself, and names, places and remarks repeat
    encoded = column.dictionary_encode()
    distinct = encoded.dictionary
    for mark, combining in VOICES.items():
        distinct = pc.replace_substring(distinct, mark, combining)
    return pc.utf8_lower(pc.utf8_normalize(distinct, form="NFKC")).take(encoded.indices)


def _found(cells: pa.Array, expression: str) -> pa.Array:
    import pyarrow.compute as pc

    return pc.fill_null(pc.match_substring_regex(cells, expression), False)
