"""Art 22: data is kept no longer than it is needed, and as long as a statute asks (保存期間)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from expectations.books import Books
from expectations.cases import Holding
from expectations.facts import Retention
from expectations.retention import last_day, periods
from expectations.wording import Says


def _past(case: Holding, books: Books) -> list[date]:
    """The last days of terms that are past."""
    ends = (last_day(begun, row.years) for row in case.retentions for begun in _begun(row, case))
    return sorted(end for end in ends if end < books.today)


def _begun(row: Retention, case: Holding) -> Iterator[date]:
    """From when a term runs: as declared, or from the end of the oldest month that the scan saw.

    A term over some of a dataset's rows cannot be held against the oldest of all of them.
    """
    if row.counted_from:
        yield row.counted_from
    elif case.dataset.oldest and not (row.source.rows and len(case.dataset.partitions) > 1):
        yield (case.dataset.oldest + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _cut_short(case: Holding) -> list[Retention]:
    return [row for row in case.retentions if row.statute in periods() and row.years < periods()[row.statute].years]


def kept_within_term(case: Holding, books: Books) -> bool | None:
    known = any(True for row in case.retentions for _ in _begun(row, case))
    return not _past(case, books) if known and case.category != "not_personal" else None


def kept_within_term_detail(case: Holding, books: Books) -> Says:
    """The last days that are past."""
    days = ", ".join(day.isoformat() for day in _past(case, books))
    return Says(days, days)


def kept_as_long_as_asked(case: Holding, _books: Books) -> bool | None:
    return not _cut_short(case) if any(row.statute for row in case.retentions) else None


def kept_as_long_as_asked_detail(case: Holding, _books: Books) -> Says:
    """The records, what asks for them, and from which day they are counted."""
    rows = [periods()[row.statute] for row in _cut_short(case)]
    return Says(
        "、".join(f"{row.ja} {row.years}年（{row.statute}。起算: {row.counted_from.ja}）" for row in rows),
        "; ".join(f"{row.en} {row.years} years ({row.statute}; counted from {row.counted_from.en})" for row in rows),
    )
