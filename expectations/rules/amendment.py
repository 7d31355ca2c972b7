"""What the amendment of 2026 will ask (`law.yml`): written down, and silent until it is in force or judged by ahead."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling, Holding
from expectations.facts import Provision
from expectations.observed import ObservedColumn
from expectations.rules.third_parties import needs

_BODY = "biometric_features"


def _has_features(columns: tuple[ObservedColumn, ...]) -> bool:
    return any(_BODY in (column.data_category, *column.mentions) for column in columns)


def opt_out_recipient_checked(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "opt_out" or not isinstance(case.act, Provision):
        return None
    checked = case.act.recipient_checked_on
    before = min(case.act.since or books.today, books.today)
    return checked is not None and checked <= before and bool(case.act.recipient_purpose.strip())


def opt_out_no_face_features(case: Handling, books: Books) -> bool | None:
    return not _has_features(case.columns) if needs(case, books) == "opt_out" else None


def face_features_notice_noted(case: Holding, _books: Books) -> bool | None:
    """A note: whoever holds features of faces makes their handling known."""
    return False if case.category != "not_personal" and _has_features(case.dataset.columns) else None


def trustee_duties_noted(case: Holding, _books: Books) -> bool | None:
    """A note: what is handled for others brings duties of one's own."""
    return False if case.partition.custody == "entrusted" else None
