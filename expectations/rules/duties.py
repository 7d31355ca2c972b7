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
    return case.carried


def _pseudonymised(case: Handling) -> bool:
    return case.personal and case.partition is not None and case.partition.nature == "pseudonymised"


def pseudonymised_kept_inside(case: Handling, books: Books) -> bool | None:
    if not isinstance(case.act, Provision) or not _pseudonymised(case) or case.entrusted:
        return None
    return case.exception is not None or needs(case, books) in ("outsourcing", "succession", "shared_use")


def pseudonymised_not_contacted(case: Handling, _books: Books) -> bool | None:
    return case.act.use not in _CONTACTING if _pseudonymised(case) and not case.entrusted else None
