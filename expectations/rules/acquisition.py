"""R-13, R-19, arts 18(2) and 21(2): what data is used for is bounded by how, when and from whom it was acquired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from expectations.books import Books
from expectations.cases import Handling, Holding
from expectations.facts import Acquisition
from expectations.rules.purposes import judged

_RECORDED = ("", "consent", "opt_out")
"""Bases of a supplier's provision on which art 30 has it checked and recorded; '' nobody asked."""


def _carriers(case: Handling) -> tuple[str, ...]:
    return case.fit.direct or case.fit.referred or case.fit.incidental


def purpose_in_force_at_collection(case: Handling, books: Books) -> bool | None:
    """Whether one of the purposes that carry an act was published when its data was collected, or properly changed.

    Pseudonymised information may be used for another purpose than it was collected for (art 41(9)).
    """
    pseudonymised = case.partition is not None and case.partition.nature == "pseudonymised"
    if not judged(case) or pseudonymised or not _carriers(case):
        return None
    brought = [books.brought_by(id) for id in _carriers(case)]
    if not any(brought):
        return None
    return any(
        version is None
        or _collected_after(case, version.effective_from)
        or bool(
            version.reason.strip()
            and version.approver.strip()
            and version.approved_on
            and version.approved_on <= books.today
            and version.published_on
            and version.published_on <= books.today
        )
        for version in brought
    )


def _collected_after(case: Handling, day: date) -> bool:
    began = [acquisition.since for acquisition in case.acquisitions]
    return bool(began) and all(since is not None and since >= day for since in began)


def _succeeded(case: Handling | Holding) -> list[Acquisition]:
    return [one for one in case.acquisitions if one.method == "succession"]


def old_purposes_recorded(case: Holding, _books: Books) -> bool | None:
    succeeded = _succeeded(case)
    return all(one.uses for one in succeeded) if succeeded and case.category != "not_personal" else None


def use_within_old_purposes(case: Handling, _books: Books) -> bool | None:
    known = [one for one in _succeeded(case) if one.uses]
    if not known or not case.personal or case.entrusted or case.carried:
        return None
    return all(case.act.use in one.uses for one in known)


def received_and_checked(case: Holding, books: Books) -> bool | None:
    received = [one for one in case.acquisitions if one.method == "third_party" and one.basis in _RECORDED]
    if not received or case.partition.custody == "entrusted" or case.category == "not_personal":
        return None
    return all(
        one.basis and one.supplier.strip() and one.record.strip() and one.checked_on and one.checked_on <= books.today
        for one in received
    )


def _filled_in(case: Handling | Holding) -> Iterator[Acquisition]:
    """Forms the persons filled in themselves, whose channel is known."""
    if case.partition is not None and case.partition.custody == "own" and case.category != "not_personal":
        yield from (one for one in case.acquisitions if one.method == "direct_written")


def stated_at_collection(case: Holding, books: Books) -> bool | None:
    forms = list(_filled_in(case))
    return all(_shown_from_the_first(one, books) for one in forms) if forms else None


def _shown_from_the_first(form: Acquisition, books: Books) -> bool:
    shown = books.shown(form)
    return bool(shown) and (form.since is None or shown[0].shown_from <= form.since)


def _names(case: Handling, books: Books) -> list[bool]:
    """Of every notice that the persons were shown whether it names the act's use, or refers to the policy."""
    return [not notice.uses or case.act.use in notice.uses for form in _filled_in(case) for notice in books.shown(form)]


def use_stated_at_collection(case: Handling, books: Books) -> bool | None:
    named = _names(case, books) if case.personal and not case.carried else []
    return any(named) if named else None


def use_stated_throughout(case: Handling, books: Books) -> bool | None:
    named = _names(case, books) if case.personal and not case.carried else []
    return all(named) if any(named) else None


def card_custom_noted(case: Handling, _books: Books) -> bool | None:
    """A note: exchanging cards makes a notice needless, and adds no purpose to the list."""
    cards = any(one.method == "business_card" for one in case.acquisitions)
    return False if cards and judged(case) and case.fit.beyond else None
