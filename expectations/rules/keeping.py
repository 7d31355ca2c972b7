"""Art 22: data is kept no longer than it is needed, and as long as a statute asks (保存期間)."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Holding
from expectations.facts import Retention
from expectations.retention import last_day, periods
from expectations.wording import Says


def _over(case: Holding, books: Books) -> list[Retention]:
    return [row for row in case.retentions if last_day(row.counted_from, row.years) < books.today]


def _cut_short(case: Holding) -> list[Retention]:
    return [row for row in case.retentions if row.statute in periods() and row.years < periods()[row.statute].years]


def kept_within_term(case: Holding, books: Books) -> bool | None:
    return not _over(case, books) if case.retentions and case.category != "not_personal" else None


def kept_within_term_detail(case: Holding, books: Books) -> Says:
    """The last days that are past."""
    days = ", ".join(sorted(last_day(row.counted_from, row.years).isoformat() for row in _over(case, books)))
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
