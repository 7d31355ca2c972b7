"""R-04, R-05, R-06, R-11: catch-alls, purposes by reference and chained ones never pass by themselves."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling
from expectations.facts import Use
from expectations.policy import PolicyError, Purpose
from expectations.wording import Says


def _judged(case: Handling) -> bool:
    return case.personal and not case.carried


def _parent(case: Handling, books: Books) -> Purpose | None:
    """The listed purpose that the act's owner associates it with."""
    association = case.act.association if isinstance(case.act, Use) else None
    if association is None:
        return None
    try:
        return books.policy.purpose(association.parent)
    except PolicyError:
        return None


def association_recorded(case: Handling, books: Books) -> bool | None:
    if not _judged(case) or not case.fit.only_incidental:
        return None
    association = case.act.association if isinstance(case.act, Use) else None
    parent = _parent(case, books)
    if association is None or parent is None or parent not in books.policy.purposes_of(case.category):
        return False
    said = association.reason.strip() and association.approver.strip() and association.approved_on <= books.today
    return bool(said) and any(parent.id in books.policy.purpose(id).parents for id in case.fit.incidental)


def association_direct(case: Handling, books: Books) -> bool | None:
    if not _judged(case) or not case.fit.only_incidental:
        return None
    parent = _parent(case, books)
    return None if parent is None else parent.type == "direct"


def site_policy_loaded(case: Handling, _books: Books) -> bool | None:
    if not _judged(case) or not case.fit.by_reference or case.fit.direct or case.fit.incidental:
        return None
    return bool(case.fit.referred)


def served_purpose_recorded(case: Handling, books: Books) -> bool | None:
    named = [books.policy.purpose(id) for id in case.fit.direct]
    bound = [purpose for purpose in named if purpose.parents_required]
    if not _judged(case) or not bound or len(bound) < len(named):
        return None
    parent = _parent(case, books)
    serves = {*case.fit.named, *([parent.id] if parent else [])}
    return any(serves & set(purpose.parents_required) for purpose in bound)


def served_purpose_recorded_detail(case: Handling, books: Books) -> Says:
    ids = (id for named in case.fit.direct for id in books.policy.purpose(named).parents_required)
    text = ", ".join(dict.fromkeys(ids))
    return Says(text, text)


def association_direct_detail(case: Handling, books: Books) -> Says:
    """The parent that refers on."""
    parent = _parent(case, books)
    id = parent.id if parent else ""
    return Says(id, id)
