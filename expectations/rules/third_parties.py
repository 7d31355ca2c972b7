"""R-10, R-17: data goes to a third party on one of the policy's grounds only, with the ground's conditions."""

from __future__ import annotations

import re
from datetime import timedelta

from expectations.books import Books
from expectations.cases import Handling, Sighting
from expectations.facts import Contract, Provision
from expectations.items import beyond
from expectations.observed import ObservedColumn, ObservedExport
from expectations.published import Evidence
from expectations.wording import OUTLETS, Says, listed

SUPERVISION = timedelta(days=366)
"""How old the last supervision of an outsourcing company may be (O-14: yearly)."""


_BY_LAW, _FOR_LIFE = (
    tuple(f"{article}({item})" for article in ("27(1)", "18(3)") for item in items)
    for items in (("i", "1"), ("ii", "2"))
)
_INQUIRY = re.compile("照会|任意の|任意(?:捜査|提出)|協力依頼|23条の2|197条第?2項|inquiry|voluntary", re.IGNORECASE)
"""An inquiry (捜査関係事項照会, 弁護士会照会) is based on law, and not always required by it; a request is neither."""


def judged(case: Handling) -> bool:
    """Whether the policy's grounds decide: the company's own data. What is entrusted its contract bounds."""
    return case.personal and not case.entrusted


def _to_third_party(case: Handling) -> bool:
    """Whether personal information goes out: what the grounds are about. Of cookies and their like art 31 speaks."""
    related = case.partition is not None and case.partition.nature == "related"
    return judged(case) and not related


def needs(case: Handling, books: Books) -> Evidence | None:
    """What the ground an act names has to show; None: no act of ours to judge, or no ground of the policy."""
    ground = books.policy.ground(case.act.ground) if _to_third_party(case) and isinstance(case.act, Provision) else None
    return ground.needs if ground else None


def recipient_named(case: Handling, _books: Books) -> bool | None:
    return bool(case.act.recipient.strip()) if case.personal and isinstance(case.act, Provision) else None


def ground_named(case: Handling, _books: Books) -> bool | None:
    return bool(case.act.ground) if _to_third_party(case) and isinstance(case.act, Provision) else None


def ground_of_policy(case: Handling, books: Books) -> bool | None:
    named = _to_third_party(case) and isinstance(case.act, Provision) and case.act.ground
    return needs(case, books) is not None if named else None


def ground_open_to_category(case: Handling, books: Books) -> bool | None:
    if needs(case, books) in (None, "opt_out") or case.category == "unresolved" or not isinstance(case.act, Provision):
        return None
    ground = books.policy.ground(case.act.ground)
    return bool(ground and case.category.partition(".")[0] in ground.categories)


def provision_consented(case: Handling, books: Books) -> bool | None:
    return case.consent is not None if needs(case, books) == "consent" else None


def provision_required_by_law(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "exception":
        return None
    return case.exception is not None and case.exception.law in _BY_LAW


def provision_demanded_by_law(case: Handling, books: Books) -> bool | None:
    """Whether a statute demands the provision: one that only allows it is more than the policy promises (O-13)."""
    if needs(case, books) != "exception" or case.exception is None:
        return None
    return not _INQUIRY.search(f"{case.exception.statute} {case.exception.document}")


def provision_protects(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "vital_interest":
        return None
    return case.exception is not None and case.exception.law in _FOR_LIFE


def outsourcing_followed_up(case: Handling, books: Books) -> bool | None:
    """Whether the next supervision, where one is planned, is still to come."""
    contract = _outsourcing(case, books)
    if needs(case, books) != "outsourcing" or contract is None or contract.next_monitoring is None:
        return None
    return contract.next_monitoring >= books.today


def subcontracting_approved(case: Handling, books: Books) -> bool | None:
    """Whether a trustee passes work on with leave only; None: nobody said whether it does."""
    contract = _outsourcing(case, books)
    if needs(case, books) != "outsourcing" or contract is None or not contract.subcontracting:
        return None
    return contract.subcontracting != "unapproved"


def outsourcing_closed(case: Handling, books: Books) -> bool | None:
    """Whether the trustee certified return or erasure once its contract had ended."""
    contract = _outsourcing(case, books)
    if needs(case, books) != "outsourcing" or contract is None or contract.ends is None:
        return None
    return bool(contract.certificate.strip()) if contract.ends < books.today else None


def _outsourcing(case: Handling, books: Books) -> Contract | None:
    contract = books.contract(case.act.contract)
    return contract if contract and contract.direction == "entrusted_by_us" else None


def outsourced_within_contract(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "outsourcing" or not isinstance(case.act, Provision):
        return None
    contract = _outsourcing(case, books)
    if contract is None or contract.party != case.act.recipient:
        return False
    return books.in_force(contract) and case.act.use in contract.uses


def outsourcing_supervised(case: Handling, books: Books) -> bool | None:
    contract = _outsourcing(case, books)
    if needs(case, books) != "outsourcing" or contract is None:
        return None
    if contract.selected_on is None or contract.monitored_on is None or contract.selected_on > books.today:
        return False
    return books.today - SUPERVISION <= contract.monitored_on <= books.today


def succession_agreed(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "succession" or not isinstance(case.act, Provision):
        return None
    agreement = books.contract(case.act.contract)
    if agreement is None or agreement.party != case.act.recipient:
        return False
    return agreement.starts <= min(case.act.since or books.today, books.today)


def shared_use_published(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "shared_use" or not isinstance(case.act, Provision):
        return None
    notice = books.notice(case.act, "shared_use")
    if notice is None or not {item.id for item in books.policy.shared_use.items} <= set(notice.items):
        return False
    return case.act.since is None or notice.published_on <= case.act.since


def shared_use_within_notice(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "shared_use" or not isinstance(case.act, Provision):
        return None
    notice = books.notice(case.act, "shared_use")
    if notice is None:
        return None
    return case.act.recipient in notice.recipients and not beyond(case.columns, notice.data_categories)


def use_has_ground(case: Handling, books: Books) -> bool | None:
    passing_on = any(books.policy.purpose(id).third_party for id in case.fit.direct)
    if not _to_third_party(case) or case.carried or not passing_on:
        return None
    source = case.act.source
    return any(
        isinstance(act, Provision)
        and act.use == case.act.use
        and books.policy.ground(act.ground) is not None
        and (source.rows == act.source.rows or "" in (source.rows, act.source.rows))
        for act in books.acts[source.store, source.dataset]
    )


def export_declared(case: Sighting, _books: Books) -> bool | None:
    if case.category == "not_personal":
        return None
    if case.partition.custody == "entrusted":
        # what goes back to the entruster is part of the work: its contract and its declared use bound it
        return bool(case.acts)
    return any(isinstance(act, Provision) or act.destination for act in case.acts)


def export_declared_detail(case: Sighting, _books: Books) -> Says:
    """Where to, and which items."""
    outlet = OUTLETS[case.fact.outlet] if isinstance(case.fact, ObservedExport) else Says("", "")
    items = listed(dict.fromkeys(one.data_category for one in case.columns or case.dataset.columns if _personal(one)))
    return Says(f"{outlet.ja}: {items.ja}", f"{outlet.en}: {items.en}")


def _personal(column: ObservedColumn) -> bool:
    return column.data_category not in ("not_personal", "unresolved")
