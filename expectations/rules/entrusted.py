"""R-07, R-08: what was entrusted to the company is used inside the contract, and for nothing of the company's own."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling, Holding, Sighting
from expectations.facts import Contract, Provision
from expectations.wording import Says


def _contract(case: Handling, books: Books) -> Contract | None:
    """The contract under which the data was entrusted: the dataset's, or the one its user names."""
    if not case.dataset or not case.entrusted:
        return None
    return _entrusted_to_us(case.dataset.contract or case.act.contract, books)


def _entrusted_to_us(id: str, books: Books) -> Contract | None:
    contract = books.contract(id)
    return contract if contract and contract.direction == "entrusted_to_us" else None


def _judged(case: Handling) -> bool:
    return case.entrusted and case.exception is None


def entrusted_contract_recorded(case: Handling | Holding, books: Books) -> bool | None:
    if isinstance(case, Holding):
        return _held_under_contract(case, books)
    return _contract(case, books) is not None if _judged(case) else None


def _held_under_contract(case: Holding, books: Books) -> bool | None:
    if case.partition.custody != "entrusted" or case.category == "not_personal":
        return None
    # a use that no statute carries is asked for the contract by itself: one finding is enough
    asked = any(books.exception(act, case.dataset) is None for act in case.acts)
    return None if asked else _entrusted_to_us(case.dataset.contract, books) is not None


def entrusted_given_back(case: Holding, books: Books) -> bool | None:
    """Whether nothing is held beyond the end of its contract; a use beyond it is a finding of its own."""
    if case.partition.custody != "entrusted" or case.category == "not_personal" or case.acts:
        return None
    contract = _entrusted_to_us(case.dataset.contract, books)
    if contract is None or contract.ends is None:
        return None
    return books.today <= contract.ends


def entrusted_passed_on_with_leave(case: Handling, books: Books) -> bool | None:
    """Whether entrusted data goes to somebody else only with the entruster's leave; None: the contract is silent."""
    contract = _contract(case, books)
    if contract is None or not _judged(case) or not isinstance(case.act, Provision):
        return None
    if case.act.recipient == contract.party or not contract.subcontracting:
        return None
    return contract.subcontracting == "approved"


def entrusted_within_contract(case: Handling, books: Books) -> bool | None:
    if not _judged(case):
        return None
    contract = _contract(case, books)
    if contract is None:
        # the entrusted work itself may lack its record only; anything else has nothing to be within
        work = {use for purpose in books.policy.purposes if purpose.bounded_by_contract for use in purpose.covers}
        return None if case.act.use in work else False
    return case.act.use in contract.uses and (case.act.contract in ("", contract.id) or _subcontracted(case, books))


def _subcontracted(case: Handling, books: Books) -> bool:
    """Whether it names the company's own contract with the subcontractor that it passes the data on to."""
    contract = books.contract(case.act.contract)
    if contract is None or not isinstance(case.act, Provision):
        return False
    return contract.direction == "entrusted_by_us" and contract.party == case.act.recipient


def entrusted_contract_in_force(case: Handling, books: Books) -> bool | None:
    contract = _contract(case, books)
    return books.in_force(contract) if contract and _judged(case) else None


def entrusted_terms_recorded(case: Handling, books: Books) -> bool | None:
    contract = _contract(case, books)
    return bool(contract.party and contract.work and contract.at_end) if contract and _judged(case) else None


def entrusted_purpose_named(case: Handling, _books: Books) -> bool | None:
    # a purpose of another category is no name for it either, and a finding of its own
    return bool(case.fit.named) if _judged(case) and not (case.fit.foreign and not case.fit.named) else None


def _own(case: Sighting) -> set[str]:
    """The subject categories of the company's own data that entrusted data is put beside."""
    if case.category == "not_personal":
        return set()
    return {category for category, custody in case.others if custody == "own"} - {"not_personal"}


def entrusted_kept_apart(case: Sighting, _books: Books) -> bool | None:
    return False if _own(case) - {"unresolved"} else None


def entrusted_beside_resolved(case: Sighting, _books: Books) -> bool | None:
    return False if _own(case) == {"unresolved"} else None


def entrusters_kept_apart(case: Sighting, _books: Books) -> bool | None:
    entrusted = any(custody == "entrusted" and category != "not_personal" for category, custody in case.others)
    if case.category == "not_personal" or case.other is None or not entrusted:
        return None
    return case.dataset.contract == case.other.contract


def entrusted_copy_declared(case: Sighting, _books: Books) -> bool | None:
    if case.category == "not_personal" or case.other is None or all(one == "not_personal" for one, _ in case.others):
        return None
    entrusted = all(custody == "entrusted" for category, custody in case.others if category != "not_personal")
    return entrusted and case.dataset.contract == case.other.contract


def _beside(case: Sighting, _books: Books) -> Says:
    name = case.other.name if case.other else ""
    return Says(name, name)


entrusted_kept_apart_detail = entrusted_beside_resolved_detail = _beside
entrusters_kept_apart_detail = entrusted_copy_declared_detail = _beside


def entrusted_observed_use(case: Sighting, books: Books) -> bool | None:
    if case.partition.custody != "entrusted" or case.category == "not_personal":
        return None
    contract = _entrusted_to_us(case.dataset.contract, books)
    # a use that somebody declared is judged as he declared it
    declared = any(act.use == case.use for act in case.acts)
    return None if declared or contract is None else case.use in contract.uses
