"""Rows told apart by the columns that they fill: a member's number in some, an employee's number in the others.

One table that holds persons of several kinds leaves each kind's own columns empty for the others; so do codes that
nobody explains tell whose the rows are that bear them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classifiers.masking import holds_person
from classifiers.partitions import row_filters
from classifiers.partitions.kind_columns import Partition, Reading
from classifiers.partitions.rows import FULL, HARDLY, Row, Whose, apart, fills, rows_of, whose_alone
from classifiers.tags import UNRESOLVED, ColumnTag, Evidence, Table
from classifiers.vocabulary import data_categories

_MOST_KINDS = 8
"""More distinct values are no kinds of persons, and telling them would be telling values."""
_SOME = 0.02
"""Share of the rows under which a value is too rare to be a kind."""
_EITHER = 0.1
"""Share of the rows under which either side of a column that parts them is too small."""
_MOST_PAIRS = 12
"""Partly filled columns from which a table is simply full of gaps."""
_TYPES = ("not_personal", "other_personal")


def by_filling(reading: Reading, at: int, table: Table, tags: Sequence[ColumnTag], whose: Whose) -> None:
    """Read the values of a kind column that no word explains, by the columns that their rows alone fill or lack."""
    column, tag = table.columns[at], tags[at]
    kinds = len(column.values)
    if not reading.unread or kinds > _MOST_KINDS or data_categories()[tag.data_category].data_type not in _TYPES:
        return
    rows = rows_of(table)
    of_value = {value: [row for row in rows if row[at] == value] for value in column.values}
    filled = {value: fills(some) for value, some in of_value.items() if some}
    for value, share in list(reading.unread.items()):
        others = (filled[other] for other in filled if other != value)
        if share < _SOME or value not in filled or not any(apart(filled[value], other) for other in others):
            continue
        subject = whose_alone(table, tags, of_value[value], whose)
        if subject not in (UNRESOLVED, "none") and not holds_person(value):
            del reading.unread[value]
            reading.take(value, subject, share)


def by_gaps(table: Table, tags: Sequence[ColumnTag], whose: Whose) -> tuple[Partition, ...]:
    """The partitions by a column that is full where another is empty, if either side is somebody else's; else ()."""
    rows = rows_of(table)
    for at in _partly_filled(rows):
        full = [row for row in rows if row[at] is not None]
        empty = [row for row in rows if row[at] is None]
        if not any(a <= HARDLY and b >= FULL for a, b in zip(fills(full), fills(empty), strict=True)):
            continue
        sides = whose_alone(table, tags, full, whose), whose_alone(table, tags, empty, whose)
        if sides[0] == sides[1] or UNRESOLVED in sides or "none" in sides:
            continue
        share = round(len(full) / len(rows), 4)
        column = tags[at].column
        return (
            Partition(row_filters.filled(column), sides[0], share, _told(sides[0], share)),
            Partition(row_filters.empty(column), sides[1], 1.0 - share, _told(sides[1], 1.0 - share)),
        )
    return ()


def _partly_filled(rows: Sequence[Row]) -> Iterator[int]:
    partly = [at for at, share in enumerate(fills(rows)) if _EITHER <= share <= 1 - _EITHER] if rows else []
    return iter(partly if len(partly) <= _MOST_PAIRS else ())


def _told(subject: str, share: float) -> tuple[Evidence, ...]:
    return (Evidence("subject_filled_rows", subject, 2.0, {"share": round(share, 2)}),)
