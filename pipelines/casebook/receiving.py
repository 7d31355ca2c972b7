"""What comes in of a case: papers, proofs, payments, notices that went out; and what that makes of its steps."""

from __future__ import annotations

from datetime import date, datetime

from expectations.policy import Policy
from pipelines.casebook import gates
from pipelines.casebook.case import Asked, Case, Deputy, Notice, Paper, Payment, Proof
from pipelines.casebook.hands import Hand
from pipelines.casebook.intake import intake
from pipelines.casebook.progress import Row
from pipelines.casebook.repeats import marks
from pipelines.casebook.rules import Document, authority, controls, documents, masks, routes
from pipelines.casebook.sealing import CasebookError
from pipelines.clock import TOKYO
from pipelines.disclosure.person import Person


class Received(Row):
    """What is added to a case at one time."""

    papers: tuple[Paper, ...] = ()
    proofs: tuple[Proof, ...] = ()
    payments: tuple[Payment, ...] = ()
    notices: tuple[Notice, ...] = ()
    papers_settled_on: date | None = None
    """書類を返した、または廃棄した日。"""
    complaint: bool | None = None


def receive(case: Case, policy: Policy, received: Received, by: Hand, at: datetime) -> Case:
    """The case with what came; raises CasebookError, naming every row that cannot be.

    When papers and fee are complete, the target's clock starts; when identity is made sure of, too, the search is next.
    Papers and proofs that come later are checked anew, and what was searched and approved before is void.
    """
    papers, proofs = filed(received, policy, by, at)
    case = case.model_copy(
        update={
            "papers": (*case.papers, *papers),
            "proofs": (*case.proofs, *proofs),
            "payments": (*case.payments, *received.payments),
            "notices": (*case.notices, *received.notices),
            "papers_settled_on": received.papers_settled_on or case.papers_settled_on,
            "complaint": case.complaint if received.complaint is None else received.complaint,
        }
    )
    return _settled(case, policy, by, at, rests_on=bool(papers or proofs))


def filed(received: Received, policy: Policy, by: Hand, at: datetime) -> tuple[tuple[Paper, ...], tuple[Proof, ...]]:
    """Papers and proofs with who looked at them; raises CasebookError, naming every row that cannot be."""
    papers = tuple(_filed(one, policy) for one in received.papers)
    if wrong := [*_wrong(received, papers, policy)]:
        raise CasebookError("; ".join(wrong))
    stamp = {"checked_by": by.account, "checked_at": at}
    return (
        tuple(one.model_copy(update=stamp) for one in papers),
        tuple(one.model_copy(update=stamp) for one in received.proofs),
    )


class Amendment(Row):
    """What the requester corrected: each part as a whole."""

    individual: Person | None = None
    deputy: Deputy | None = None
    asked: Asked | None = None


def amended(case: Case, policy: Policy, amendment: Amendment, by: Hand, at: datetime) -> Case:
    """The case with another person, deputy or wish: checked, searched and approved anew. Raises CasebookError."""
    changes = {name: part for name in Amendment.model_fields if (part := getattr(amendment, name)) is not None}
    if not changes:
        raise CasebookError("individual・deputy・asked のどれかが必要です (one of these is needed)")
    if "deputy" in changes and case.deputy is None:
        raise CasebookError("deputy: 本人による請求です (no deputy asks here)")
    if amendment.individual:
        changes["marks"] = marks(amendment.individual)
    changes |= {"papers": tuple(_still(one, case, amendment) for one in case.papers)}
    changes |= {"proofs": tuple(one for one in case.proofs if _still_proven(one, case, amendment))}
    return _settled(case.model_copy(update=changes), policy, by, at, rests_on=True)


def _still(paper: Paper, case: Case, amendment: Amendment) -> Paper:
    """The paper with what it still shows of the form as it is now: what was corrected is held against it anew."""
    if paper.of == "deputy":
        before, after = (_shown_of(one) for one in (case.deputy, amendment.deputy))
    else:
        before, after = (_first_of(one) for one in (case.individual, amendment.individual))
    changed = {name for name in before if after and before[name] != after[name]}
    return paper.model_copy(update={"matches": tuple(one for one in paper.matches if one not in changed)})


def _shown_of(deputy: Deputy | None) -> dict[str, object]:
    return {"name": deputy.name, "address": deputy.address} if deputy else {}


def _first_of(person: Person | None) -> dict[str, object]:
    """What a paper can show, as the form says it."""
    if person is None:
        return {}
    return {
        "name": person.names[:1],
        "kana": person.kana[:1],
        "former_name": person.former_names[:1],
        "birth_date": person.birth_date,
        "address": person.addresses[:1],
        "former_address": person.addresses[1:2],
        "registration": person.member_ids[:1],
    }


def _still_proven(proof: Proof, case: Case, amendment: Amendment) -> bool:
    kind = {"mail": "mails", "phone": "phones"}.get(proof.attribute, "member_ids")
    if not (case.individual and amendment.individual):
        return True
    before, after = (
        getattr(one, kind)[proof.which - 1 : proof.which] for one in (case.individual, amendment.individual)
    )
    return bool(before == after)


def _settled(case: Case, policy: Policy, by: Hand, at: datetime, *, rests_on: bool) -> Case:
    found, progress = intake(case, policy), case.progress
    if case.completed_on is None and not found.missing:
        case = case.model_copy(update={"completed_on": at.astimezone(TOKYO).date()})
    if progress.step == "intake" and not found.missing and not found.tasks:
        progress = gates.taken_in(progress, by)
    elif rests_on and progress.step != "intake" and routes()[case.route].formal:
        progress = gates.edited(progress, by, "search" if not found.missing and not found.tasks else "intake")
    return case.model_copy(update={"progress": progress})


def _filed(paper: Paper, policy: Policy) -> Paper:
    required = next((one for one in policy.papers if one.id == paper.paper), None)
    if required and required.kind == "seal_certificate" and not paper.document:
        return paper.model_copy(update={"document": "seal_certificate"})
    return paper


def _wrong(received: Received, papers: tuple[Paper, ...], policy: Policy) -> list[str]:
    """What names no row there is: by its place, never by its text."""
    known = {one.id for one in policy.papers}
    of_identity: dict[str, Document] = {**authority(), **documents()}
    wrong = []
    for place, paper in enumerate(papers, start=1):
        if paper.paper not in known:
            wrong.append(f"papers {place}: paper は {'、'.join(sorted(known))} のどれかです (no such paper)")
        if paper.document and paper.document not in of_identity:
            wrong.append(f"papers {place}: document は {'、'.join(of_identity)} のどれかです (no such document)")
        if set(paper.masked) - masks().keys():
            wrong.append(f"papers {place}: masked は {'、'.join(masks())} のどれかです (no such mask)")
    ways = [one.id for one in policy.fee.paid_by]
    for place, payment in enumerate(received.payments, start=1):
        if ways and payment.paid_by not in ways:
            wrong.append(
                f"payments {place}: 方針の方法は {'、'.join(ways)} です。受け取らずに返してください "
                "(no way to pay that the policy names: send it back)"
            )
    for place, proof in enumerate(received.proofs, start=1):
        if proof.control not in controls():
            wrong.append(f"proofs {place}: control は {'、'.join(controls())} のどれかです (no such control)")
    return wrong
