"""R-18, R-20, arts 28 and 41: what the law asks of a provision whatever ground carries it."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling
from expectations.facts import Provision
from expectations.rules.third_parties import SUPERVISION, judged, needs

_CONTACTING = ("marketing", "shipping", "business_contact", "recruiting_contact", "retiree_contact", "questionnaire")
"""Uses that reach the person by post, phone, mail or visit (art 41(8))."""


def provision_recorded(case: Handling, books: Books) -> bool | None:
    if not isinstance(case.act, Provision) or not judged(case) or case.exception:
        return None
    ground = books.policy.ground(case.act.ground)
    abroad_by_consent = case.act.country != "JP" and case.consent is not None
    return bool(case.act.record) if abroad_by_consent or (ground and ground.record) else None


def provision_abroad(case: Handling, books: Books) -> bool | None:
    if not isinstance(case.act, Provision) or not case.personal or case.act.country == "JP":
        return None
    if case.act.country in books.policy.third_parties.equivalent_countries or case.carried:
        return True
    contract = books.contract(case.act.contract)
    if contract is None or contract.monitored_on is None or not books.in_force(contract):
        return False
    return books.today - SUPERVISION <= contract.monitored_on <= books.today


def related_data_consented(case: Handling, _books: Books) -> bool | None:
    related = case.partition is not None and case.partition.nature == "related"
    if not isinstance(case.act, Provision) or not judged(case) or not related:
        return None
    return case.carried or case.act.recipient_identifies is False


def transfer_information_noted(case: Handling, books: Books) -> bool | None:
    """A note: consent to a provision abroad is one that names the country, its system and the recipient's measures."""
    if not isinstance(case.act, Provision) or case.act.country in (
        "JP",
        *books.policy.third_parties.equivalent_countries,
    ):
        return None
    rests = judged(case) and case.consent is not None and case.exception is None
    return False if rests and not _told_of_country(case) else None


def _told_of_country(case: Handling) -> bool:
    assert isinstance(case.act, Provision)
    return case.consent is not None and case.act.country in case.consent.countries


def mail_law_noted(case: Handling, _books: Books) -> bool | None:
    """A note: advertising by mail has a law of its own, whatever the published purposes say."""
    mails = any("email" in (column.data_category, *column.mentions) for column in case.columns)
    return False if case.personal and case.act.use == "marketing" and mails else None


def _pseudonymised(case: Handling) -> bool:
    return case.personal and case.partition is not None and case.partition.nature == "pseudonymised"


def pseudonymised_kept_inside(case: Handling, books: Books) -> bool | None:
    if not isinstance(case.act, Provision) or not _pseudonymised(case) or case.entrusted:
        return None
    return case.exception is not None or needs(case, books) in ("outsourcing", "succession", "shared_use")


def pseudonymised_not_contacted(case: Handling, _books: Books) -> bool | None:
    return case.act.use not in _CONTACTING if _pseudonymised(case) and not case.entrusted else None
