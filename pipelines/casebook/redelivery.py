"""不着: an answer that came back. It goes again as it is, or to an address that is made sure of like the first one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from expectations.policy import Policy
from expectations.published import Flag
from pipelines.casebook import gates
from pipelines.casebook.book import Casebook
from pipelines.casebook.case import Case, Paper, Proof, Side
from pipelines.casebook.hands import Hand
from pipelines.casebook.intake import deputy_proven, sure, verified
from pipelines.casebook.progress import Row, Undelivered
from pipelines.casebook.receiving import Received, filed
from pipelines.casebook.repeats import marks
from pipelines.casebook.rules import routes
from pipelines.casebook.sealing import CasebookError
from pipelines.clock import now, today
from pipelines.disclosure.person import Person


class Readdressing(Row):
    """A new address for an answer that came back, and what it is made sure of by."""

    of: Side = "individual"
    address: str = ""
    mail: str = ""
    papers: tuple[Paper, ...] = ()
    proofs: tuple[Proof, ...] = ()
    keep_letter: Flag = False
    """The approved letter goes as it is, with the former address on it, in an envelope with the new one."""


def note_return(book: Casebook, number: str, by: Hand, returned: Undelivered) -> Case:
    """The case after its answer came back, open again where it was closed; raises CasebookError."""
    detail = {"why": returned.why, "again": not returned.unreachable.strip()}
    return book.change(number, by, "undelivered", lambda case: _came_back(case, by, returned, today()), detail)


def readdress(book: Casebook, number: str, by: Hand, given: Readdressing) -> Case:
    """The case with the new address, whose letter is to be written and approved again where it tells that address.

    Raises CasebookError.
    """
    detail = {"of": given.of, "keep_letter": given.keep_letter}
    return book.change(
        number, by, "readdressed", lambda case: _readdressed(case, book.policy, given, by, now()), detail
    )


def _came_back(case: Case, by: Hand, returned: Undelivered, today: date) -> Case:
    if returned.on > today:
        raise CasebookError("on: 未来の日付です (is still to come)")
    progress = gates.undelivered(case.progress, by, returned)
    return case.model_copy(update={"progress": progress, "closed_on": None})


def _readdressed(case: Case, policy: Policy, given: Readdressing, by: Hand, at: datetime) -> Case:
    progress = gates.readdressed(case.progress, by)
    if bool(given.address.strip()) == bool(given.mail.strip()):
        raise CasebookError("address か mail のどちらか一つが必要です (one of the two is needed)")
    papers, proofs = filed(Received(papers=given.papers, proofs=given.proofs), policy, by, at)
    moved = _moved(case, given)
    made_sure = moved.model_copy(update={"papers": papers, "proofs": proofs})
    if routes()[case.route].formal and not _is_proven(made_sure, given):
        raise gates.RefusedError("address_unproven")
    if given.address and not given.keep_letter and _tells(case, policy, given.of):
        progress = gates.edited(progress, by, "approve")
    return moved.model_copy(
        update={
            "papers": (*_without_address(case.papers, given), *papers),
            "proofs": (*_kept_proofs(case, moved), *proofs),
            # what came with it is to go back, too
            "papers_settled_on": None if papers else case.papers_settled_on,
            "progress": progress,
        }
    )


def _moved(case: Case, given: Readdressing) -> Case:
    if given.of == "deputy":
        if case.deputy is None or given.mail:
            raise CasebookError("of: 代理人の住所だけを改められます (of a deputy only the address)")
        return case.model_copy(update={"deputy": case.deputy.model_copy(update={"address": given.address.strip()})})
    person = case.individual or Person()
    addresses = _first(given.address.strip(), person.addresses)
    mails = _first(given.mail.strip(), person.mails)
    individual = replace(person, addresses=addresses, mails=mails)
    return case.model_copy(update={"individual": individual, "marks": marks(individual)})


def _is_proven(case: Case, given: Readdressing) -> bool:
    """By what came with the new address alone: what was shown before speaks of the former one."""
    if given.mail:
        return ("email", 1) in sure(case).verified
    known = verified(case, given.of)
    return "address" in known and "name" in known


def _tells(case: Case, policy: Policy, of: Side) -> bool:
    """Whether the letter has that side's address on it."""
    receives = bool(case.deputy and case.deputy.receives and deputy_proven(case, policy))
    return receives if of == "deputy" else not receives and not case.guarded


def _without_address(papers: tuple[Paper, ...], given: Readdressing) -> tuple[Paper, ...]:
    if not given.address:
        return papers
    return tuple(
        one.model_copy(update={"matches": tuple(match for match in one.matches if match != "address")})
        if one.of == given.of else one
        for one in papers
    )  # fmt: skip


def _kept_proofs(before: Case, moved: Case) -> tuple[Proof, ...]:
    """What was proven of a mail address stays proven of that one, wherever it stands now."""
    known, mails = ((case.individual or Person()).mails for case in (before, moved))
    return tuple(
        one.model_copy(update={"which": mails.index(known[one.which - 1]) + 1})
        if one.attribute == "mail" and one.which <= len(known) else one
        for one in before.proofs
    )  # fmt: skip


def _first(new: str, others: tuple[str, ...]) -> tuple[str, ...]:
    return (new, *(one for one in others if one != new)) if new else others
