"""R-07: what was entrusted to the company is used inside the contract, and for nothing of the company's own."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling
from expectations.facts import Contract


def _contract(case: Handling, books: Books) -> Contract | None:
    """The contract under which the data was entrusted: the dataset's, or the one its user names."""
    if not case.dataset or not case.entrusted:
        return None
    contract = books.contract(case.dataset.contract or case.act.contract)
    return contract if contract and contract.direction == "entrusted_to_us" else None


def _judged(case: Handling) -> bool:
    return case.entrusted and case.exception is None


def entrusted_contract_recorded(case: Handling, books: Books) -> bool | None:
    return _contract(case, books) is not None if _judged(case) else None


def entrusted_within_contract(case: Handling, books: Books) -> bool | None:
    if not _judged(case):
        return None
    contract = _contract(case, books)
    if contract is None:
        # the entrusted work itself may lack its record only; anything else has nothing to be within
        work = {use for purpose in books.policy.purposes if purpose.bounded_by_contract for use in purpose.covers}
        return None if case.act.use in work else False
    return case.act.use in contract.uses and case.act.contract in ("", contract.id)


def entrusted_contract_in_force(case: Handling, books: Books) -> bool | None:
    contract = _contract(case, books)
    return books.in_force(contract) if contract and _judged(case) else None


def entrusted_terms_recorded(case: Handling, books: Books) -> bool | None:
    contract = _contract(case, books)
    return bool(contract.party and contract.work and contract.at_end) if contract and _judged(case) else None


def entrusted_purpose_named(case: Handling, _books: Books) -> bool | None:
    return bool(case.fit.named) if _judged(case) else None
