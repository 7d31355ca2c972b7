"""Rows told apart by how a person is reached: by our own mail domain, or in the name of a firm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from classifiers.lexicon import Hit, Lexicon
from classifiers.partitions import row_filters
from classifiers.partitions.kind_columns import Partition
from classifiers.tags import UNRESOLVED, Column, ColumnTag, Evidence, Table
from classifiers.vocabulary import word_list

_SOME = 0.05
"""Share of the rows under which either side is too few to be a kind of its own."""
_MOSTLY, _HARDLY = 0.6, 0.2
"""How full a column of private persons is in their rows, and in those of firms."""
_PRIVATE = ("birth_date", "age", "gender")


def by_own_domain(
    columns: Sequence[Column], tags: Sequence[ColumnTag], own_domains: Sequence[str], subject: str
) -> tuple[Partition, ...]:
    """Staff and others in a list that is neither's by its names; () where every address is ours, or none is.

    `subject`: whose the others are by everything else.
    """
    for column, tag in zip(columns, tags, strict=True):
        if tag.data_category != "email" or not column.rows:
            continue
        counts = dict(zip(column.values, column.counts, strict=True))
        ours = sum(count for address, count in counts.items() if row_filters.is_at(address, own_domains))
        share = ours / column.rows
        if _SOME <= share <= 1 - _SOME and sum(counts.values()) - ours >= _SOME * column.rows:
            reason = Evidence("subject_own_domain_rows", "employee", 3.0, {"share": round(share, 2)})
            others = UNRESOLVED if subject == "employee" else subject
            nulls = sum(counts.values()) < column.rows
            return (
                Partition(row_filters.at(tag.column, own_domains), "employee", share, (reason,)),
                Partition(row_filters.not_at(tag.column, own_domains, nulls=nulls), others, 1.0 - share),
            )
    return ()


def by_firm(table: Table, tags: Sequence[ColumnTag], subject: str) -> tuple[Partition, ...]:
    """Private persons and firms in one list: a firm stands in some rows, and what only private persons have in others.

    A firm that some customers fill in beside their birth date makes no partner of them. Where nothing says whose the
    list is (`subject` unresolved), the firm alone parts it.
    """
    if table.records is None or subject not in ("customer", UNRESOLVED):
        return ()
    for index, (column, tag) in enumerate(zip(table.columns, tags, strict=True)):
        if tag.data_category != "company_name" or len(column.values) < 2 or not _own_firm(column):
            continue
        filled = [cell is not None for cell in table.records.column(index).to_pylist()]
        share = sum(filled) / len(filled)
        private = [at for at, other in enumerate(tags) if other.data_category in _PRIVATE]
        apart = any(_apart(filled, table.records.column(at).to_pylist()) for at in private)
        if not 2 * _SOME <= share <= 1 - 2 * _SOME or not (apart or (subject == UNRESOLVED and not private)):
            continue
        firms = Evidence("subject_firm_rows", "business_partner", 2.0, {"share": round(share, 2)})
        others = Evidence("subject_no_firm_rows", subject, 1.0, {"share": round(1.0 - share, 2)})
        return (
            Partition(row_filters.filled(tag.column), "business_partner", share, (firms,)),
            Partition(row_filters.empty(tag.column), subject, 1.0 - share, (others,)),
        )
    return ()


def _apart(firms: Sequence[bool], cells: Sequence[str | None]) -> bool:
    """Whether a column is full where no firm stands and empty where one does."""
    beside = [cell is not None for cell, firm in zip(cells, firms, strict=True) if firm]
    alone = [cell is not None for cell, firm in zip(cells, firms, strict=True) if not firm]
    return bool(beside and alone) and sum(beside) <= _HARDLY * len(beside) and sum(alone) >= _MOSTLY * len(alone)


def is_workplace(column: Column) -> bool:
    """Whether a column names where one works or studies: an attribute, not in whose name somebody appears."""
    return any(hit.row == "elsewhere" for hit in _firm_hits(column))


def _own_firm(column: Column) -> bool:
    """Whether a column names the firm in whose name somebody appears, rather than where one works or studies."""
    return any(hit.row == "firm" for hit in _firm_hits(column)) and not is_workplace(column)


def _firm_hits(column: Column) -> list[Hit]:
    return [hit for name in (column.name, column.label) for hit in _firm_words().find(name)]


@cache
def _firm_words() -> Lexicon:
    told = {"firm": "firm_columns", "elsewhere": "workplace_columns"}
    return Lexicon((row, word, "strong") for row, part in told.items() for word in word_list(part))
