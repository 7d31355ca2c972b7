"""Current and former staff in one table: told apart by the day they left, a status or a flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from classifiers.lexicon import Hit, Lexicon
from classifiers.normalize import fold
from classifiers.partitions import row_filters
from classifiers.partitions.kind_columns import Partition, codes, enumerates, is_kind, parts, read
from classifiers.tags import Column, ColumnTag, Evidence
from classifiers.vocabulary import subjects, word_list

_STAFF = ("employee", "retiree")
_MAPPED = 0.6
_MOSTLY = 0.5


def of_staff(columns: Sequence[Column], tags: Sequence[ColumnTag], as_of: date, base: str) -> tuple[Partition, ...]:
    """Current and former staff of an HR table, by the day they left, else by a status or a flag.

    One partition where all rows are one subject's; () where no column tells. A day still to come is no leaving yet,
    and in a table of former staff (`base`) an empty one says nothing unless most are.
    """
    pairs = [pair for pair in zip(columns, tags, strict=True) if pair[0].rows]
    days = [found for column, tag in pairs if (found := _by_day(column, tag, as_of, base))]
    states = [found for column, tag in pairs if (found := _by_state(column, tag))]
    gone = [sum(part.share for part in found if part.subject == "retiree") for found in (*days[:1], *states[:1])]
    if days and (not states or gone[0] >= gone[1] or len(days[0]) > 1):
        return days[0]
    return states[0] if states else ()


def _by_day(column: Column, tag: ColumnTag, as_of: date, base: str) -> tuple[Partition, ...]:
    if not any(hit.row == "retiree" and hit.strength != "weak" for hit in _leaving(column)):
        return ()
    days = [(row_filters.day(value), count) for value, count in zip(column.values, column.counts, strict=True)]
    gone = sum(count for found, count in days if found and found <= as_of) / column.rows
    if column.values and sum(count for found, count in days if found) < _MOSTLY * sum(column.counts):
        return ()
    words: dict[str, str | int | float] = {"word": _leaving(column)[0].word, "share": round(gone, 2)}
    left = Evidence("subject_left", "retiree", 3.0, words)
    stays = Evidence("subject_not_left", "employee", 3.0, words)
    to_come = any(found and found > as_of for found, _ in days)
    if gone <= 0.0 and (to_come or base != "retiree"):
        return (Partition("", "employee", 1.0, (stays,)),)
    if gone >= 1.0 or (base == "retiree" and not to_come and gone >= _MOSTLY):
        return (Partition("", "retiree", 1.0, (left,)),)
    return (
        Partition(row_filters.past(tag.column), "retiree", gone, (left,)),
        Partition(row_filters.not_past(tag.column), "employee", 1.0 - gone, (stays,)),
    )


def _by_state(column: Column, tag: ColumnTag) -> tuple[Partition, ...]:
    flags = _flags(column)
    if not flags and not (enumerates(column, tag) and is_kind(column)):
        return ()
    reading = read(column, _states(), flags or codes(column.label))
    if sum(reading.shares.values()) < _MAPPED or "retiree" not in reading.values:
        return ()
    return parts(tag.column, reading, "subject_state", "employee")


def _flags(column: Column) -> Mapping[str, str]:
    """What the values of a yes-or-no column about leaving mean; {} where it is none."""
    yes, no = word_list("yes"), word_list("no")
    if not _leaving(column) or not all(fold(value).lower() in (*yes, *no) for value in column.values):
        return {}
    return {value: "退職" if fold(value).lower() in yes else "在職" for value in column.values}


def _leaving(column: Column) -> list[Hit]:
    hits = [hit for name in (column.name, column.label) for hit in _leaving_lexicon().find(name)]
    return sorted(hits, key=lambda hit: hit.row != "retiree")


@cache
def _states() -> Lexicon:
    return Lexicon((subject, word, "strong") for subject in _STAFF for word in subjects()[subject].states)


@cache
def _leaving_lexicon() -> Lexicon:
    row = subjects()["retiree"]
    nothing = [word for word in row.not_names if word not in row.columns.strong]
    return Lexicon.of({"retiree": row.columns}, nothing)
