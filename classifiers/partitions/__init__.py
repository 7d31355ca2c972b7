"""Row partitions by kind: one table that holds customers, partners and lawyers, told apart by a column's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from classifiers.headers.entries import grammar
from classifiers.lexicon import Lexicon
from classifiers.normalize import fold
from classifiers.partitions.filled_columns import by_filling
from classifiers.partitions.kind_columns import Partition, codes_of, enumerates, is_attribute, is_kind, parts, read
from classifiers.partitions.rows import Whose
from classifiers.tags import UNRESOLVED, Column, ColumnTag, Evidence, Table
from classifiers.vocabulary import subjects

_MAPPED = 0.6
_BUYERS = ("customer", UNRESOLVED)
_BUYERS_AND_FIRMS = ("customer", "business_partner")


def by_kind(table: Table, tags: Sequence[ColumnTag], base: str, whose: Whose) -> tuple[Partition, ...]:
    """The partitions of the column whose values mark the most rows as two subjects' or more; () where there is none.

    `base`: whose the dataset is by everything else, `unresolved` where that is open. Hints of the table may explain
    codes; what no word explains is read by the columns that its rows fill, as `whose` tells.
    """
    best: tuple[float, tuple[Partition, ...]] = (0.0, ())
    for at, (column, tag) in enumerate(zip(table.columns, tags, strict=True)):
        if not enumerates(column, tag) or is_attribute(column):
            continue
        reading = read(column, _values(base in _BUYERS), codes_of(column, table.hints), _persons())
        if "none" in reading.values and not is_kind(column):
            # 施設 or 業者: who does the washing, not what the rows are
            continue
        if base != UNRESOLVED:
            # what an inquiry is about: a product
            reading.leave("none")
        by_filling(reading, at, table, tags, whose)
        mapped = sum(reading.shares.values())
        score = mapped + (0.5 if is_kind(column) else 0.0)
        if len(reading.values) > 1 and mapped >= _MAPPED and score > best[0]:
            best = (score, parts(tag.column, reading, "subject_kind_value", base))
    return best[1]


def only_kind(columns: Sequence[Column], tags: Sequence[ColumnTag], hints: Sequence[str] = ()) -> list[Evidence]:
    """What kind columns say whose values all mark one subject: evidence on the whole, no partition."""
    evidence: list[Evidence] = []
    for column, tag in zip(columns, tags, strict=True):
        if enumerates(column, tag) and is_kind(column) and not is_attribute(column):
            reading = read(column, _values(buyers=False), codes_of(column, hints))
            if len(reading.values) == 1 and sum(reading.shares.values()) >= _MAPPED:
                [subject] = reading.values
                share = round(reading.shares[subject], 2)
                evidence.append(Evidence("subject_only_value", subject, 2.0, {"share": share}))
    return evidence


def marked(cell: str) -> str:
    """The subject that a cell of a single record marks, '' where it is no word of a kind column."""
    return _cells().get(fold(cell).lower(), "")


@cache
def _values(buyers: bool) -> Lexicon:
    """Words of kind columns; those that tell private from corporate buyers only where the dataset is of buyers."""
    rows = subjects().values()
    told = [(row.id, word) for row in rows for word in row.values]
    told += [(row.id, word) for row in rows for word in row.states if buyers and row.id in _BUYERS_AND_FIRMS]
    return Lexicon((subject, word, "strong") for subject, word in told)


@cache
def _persons() -> Lexicon:
    """Names of persons: words of the subjects' names that stand for somebody, not for what a table is about."""
    nouns = frozenset(grammar("person_nouns").values())
    words = ((row.id, word) for row in subjects().values() for word in (*row.names.strong, *row.names.medium))
    return Lexicon((subject, word, "strong") for subject, word in words if word in nouns)


@cache
def _cells() -> Mapping[str, str]:
    return {fold(word).lower(): row.id for row in subjects().values() if row.id != UNRESOLVED for word in row.values}
