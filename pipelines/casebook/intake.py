"""書類の確認: what a request still lacks, in ONE list, by the policy's own rows (R-31, R-32, RQ-1 to RQ-3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from classifiers.people import compare_names
from expectations.policy import Policy
from expectations.procedures import Paper as Required
from expectations.procedures import Requester
from expectations.published import Label
from pipelines.casebook.case import Case, Paper, Side
from pipelines.casebook.fees import fee
from pipelines.casebook.rules import (
    Attribute,
    Document,
    authority,
    controls,
    documents,
    lacks,
    masks,
    routes,
    terms,
)
from pipelines.clock import TOKYO
from pipelines.disclosure.matching import Key
from pipelines.disclosure.release import Sure


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is not there yet: no value of anybody."""

    code: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What a request lacks."""

    missing: tuple[Lack, ...]
    """The requester is asked for it, in one letter, once."""
    tasks: tuple[Lack, ...]
    """The desk has to make sure of it itself."""


def intake(case: Case, policy: Policy) -> Intake:
    """What a case lacks; on a light route nothing ever."""
    if not routes()[case.route].formal:
        return Intake((), ())
    requester = requester_of(case, policy)
    missing, tasks = list[Lack](), list[Lack]()
    for paper, side in required(requester, policy):
        came = [one for one in case.papers if one.paper == paper.id and one.of == side]
        missing += _best(came, paper, side, requester, case)
        if paper.seal and came and all(not one.seal for one in came):
            tasks.append(_lack("tasks", "seal", paper=paper))
    if owed := fee(case, policy).owed:
        missing.append(_lack("missing", "fee", yen=Label(ja=f"{owed:,}", en=f"{owed:,}")))
    return Intake(tuple(missing), (*tasks, *_unsure(case)))


def requester_of(case: Case, policy: Policy) -> Requester:
    """The policy's row of who asks."""
    return next(one for one in policy.requesters if one.id == case.requester)


def verified(case: Case, side: Side = "individual") -> Mapping[Attribute, str]:
    """Which attributes are made sure of, by which paper or control. What is not here is only claimed (4.6)."""
    found: dict[Attribute, str] = {}
    for paper in case.papers:
        document = documents().get(paper.document)
        if document and paper.of == side and not [*_faults(paper, document, case)]:
            found |= {one: document.id for one in paper.matches if one in document.shows and one not in found}
    if side == "individual":
        for proof in case.proofs:
            if controls()[proof.control].proves == proof.attribute:
                found.setdefault(proof.attribute, proof.control)
    return found


_KEYS: Mapping[Attribute, tuple[Key, int]] = {
    "name": ("name", 1),
    "kana": ("kana", 1),
    "former_name": ("former_name", 1),
    "birth_date": ("birth_date", 1),
    "address": ("address", 1),
    # the one that the paper gives for today is written first
    "former_address": ("address", 2),
    "phone": ("phone", 1),
    "mail": ("email", 1),
    "member_id": ("member_id", 1),
    "registration": ("member_id", 1),
}


def sure(case: Case) -> Sure:
    """What of the form is made sure of, each by its place on it. How a shown name is read needs no paper of its own."""
    by_paper = {_KEYS[attribute] for attribute, by in verified(case).items() if by not in controls()}
    controlled = [one for one in case.proofs if controls()[one.control].proves == one.attribute]
    proven = {(_KEYS[one.attribute][0], one.which) for one in controlled}
    person = case.individual
    if person and person.names and ("name", 1) in by_paper:
        read: Mapping[Key, tuple[str, ...]] = {"kana": person.kana, "romaji": person.romaji}
        for key, spellings in read.items():
            by_paper |= {(key, which) for which, one in enumerate(spellings, 1) if compare_names(person.names[0], one)}
    return Sure(frozenset(by_paper | proven), frozenset(proven))


def deputy_proven(case: Case, policy: Policy) -> bool:
    """Whether who asks for somebody else has shown that he may."""
    return case.deputy is not None and "name" in verified(case, "deputy") and not intake(case, policy).missing


def required(requester: Requester, policy: Policy) -> Iterator[tuple[Required, Side]]:
    """The papers that a requester brings, and whose each is."""
    papers = {one.id: one for one in policy.papers}
    for id in requester.papers:
        paper = papers[id]
        if requester.kind == "self" or paper.kind != "identity" or paper.of_both:
            yield paper, "individual"
        if requester.kind != "self" and paper.kind == "identity":
            yield paper, "deputy"


def _best(came: list[Paper], required: Required, side: Side, requester: Requester, case: Case) -> list[Lack]:
    """What the best of the papers that came lacks: one good one is enough."""
    instead = next((one for one in required.instead if one.requester == requester.id), None)
    name: Label = instead or required
    if required.kind == "identity" and requester.kind != "self":
        name = lacks("identity")[side]
    if not came:
        return [_lack("missing", "paper", paper=name)]
    accepted: Mapping[str, Document] = {
        "identity": documents(),
        "authority": authority(),
        "seal_certificate": documents(),
    }.get("authority" if instead else required.kind, {})
    return min(([*_lacking(one, required, name, accepted, case)] for one in came), key=len)


def _lacking(
    paper: Paper, required: Required, name: Label, accepted: Mapping[str, Document], case: Case
) -> Iterator[Lack]:
    document = accepted.get(paper.document)
    if accepted and document is None:
        yield _lack("missing", "kind", paper=name)
    for code in _faults(paper, document, case):
        hidden = [masks()[one] for one in document.masks if one not in paper.masked] if document else []
        said = Label(ja="・".join(one.ja for one in hidden) or "-", en=", ".join(one.en for one in hidden) or "-")
        yield _lack("missing", code, paper=document or name, masks=said)
    if required.seal and paper.seal == "differs":
        yield _lack("missing", "seal", paper=required)


def _faults(paper: Paper, document: Document | None, case: Case) -> Iterator[str]:
    if paper.expires_on and paper.expires_on < _arrived(case):
        yield "expired"
    if document and set(document.masks) - set(paper.masked):
        yield "mask"


def _unsure(case: Case) -> Iterator[Lack]:
    known = verified(case)
    if "name" not in known or not known.keys() & {"birth_date", "address"}:
        yield _lack("tasks", "identity")
    if case.deputy and "name" not in verified(case, "deputy"):
        yield _lack("tasks", "deputy")
    born = case.individual.birth_date if case.individual else None
    if born and case.deputy and case.deputy.capacity == "parent" and _of_age(born, _arrived(case)):
        yield _lack("tasks", "of_age")
    # a spouse or parent is who a guarded person is guarded from: the person's own word, by a way that is on file
    if case.guarded and case.deputy and not case.proofs:
        yield _lack("tasks", "guarded")


def _of_age(born: date, day: date) -> bool:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) >= terms().age_of_majority


def _arrived(case: Case) -> date:
    return case.arrived.astimezone(TOKYO).date()


def _lack(group: str, code: str, **words: Label) -> Lack:
    said = lacks(group)[code]
    return Lack(
        code,
        said.ja.format(**{name: label.ja for name, label in words.items()}),
        said.en.format(**{name: label.en for name, label in words.items()}),
    )
