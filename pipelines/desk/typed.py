"""What somebody types into the forms of a request, as the documents that the casebook reads (`draft.parse`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from expectations.policy import Policy
from pipelines.casebook import rules
from pipelines.casebook.case import Case
from pipelines.casebook.draft import parse
from pipelines.casebook.intake import requester_of, required
from pipelines.casebook.progress import Row
from pipelines.desk.forms import Fields
from pipelines.disclosure.person import LABELS

Model = TypeVar("Model", bound=Row)
CORRECTIONS = 4
"""Lines of things to be corrected."""
ASKED = ("scope", "form", "file", "delivery", "ground", "facts", "period", "recipients")
DEPUTY = ("name", "kana", "address", "phone", "relation", "capacity")
CHANNELS = ("post", "counter", "mail", "fax", "phone", "web")
_CHOICES = {
    "routes": rules.routes,
    "documents": rules.documents,
    "authority": rules.authority,
    "controls": rules.controls,
    "masks": rules.masks,
}


def read(document: Mapping[str, Any], model: type[Model]) -> Model:
    """The document as the casebook reads it; raises CasebookError, PersonError."""
    return parse(json.dumps(document, ensure_ascii=False), model)


def choices() -> dict[str, object]:
    """What the forms about papers choose from."""
    return {name: rows() for name, rows in _CHOICES.items()} | {
        "channels": CHANNELS, "corrections": range(CORRECTIONS),
    }  # fmt: skip


def showing(fields: Fields) -> dict[str, Callable[..., Any]]:
    """What templates fill a form's fields with: as it was typed."""
    return {
        "typed": lambda name, other="": (fields.several(name) or (other,))[0],
        "ticked": lambda name, value: value in fields.several(name),
    }


def draft(fields: Fields, policy: Policy) -> dict[str, Any]:
    """A request as it comes in."""
    found: dict[str, Any] = {
        "route": fields("route"),
        "channel": fields("channel"),
        "guarded": bool(fields("guarded")),
        "kinds": fields.several("kinds"),
        "requester": fields("requester"),
    }
    if arrived := fields("arrived"):
        found["arrived"] = f"{arrived}+09:00"
    if fields("complaint"):
        found["complaint"] = True
    row = next((one for one in policy.requesters if one.id == found["requester"]), None)
    papers = [(paper.id, side) for paper, side in required(row, policy)] if row else []
    return found | wishes(fields) | received(fields, papers)


def wishes(fields: Fields) -> dict[str, Any]:
    """Individual, deputy and what is asked: what can be amended, too."""
    found: dict[str, Any] = {}
    if individual := {kind: values for kind in LABELS if (values := _lines(fields(f"individual.{kind}")))}:
        found["individual"] = individual
    deputy = {name: value for name in DEPUTY if (value := fields(f"deputy.{name}"))}
    if deputy.keys() - {"capacity"}:
        found["deputy"] = deputy | {"receives": bool(fields("deputy.receives"))}
    asked: dict[str, Any] = {name: value for name in ASKED if (value := fields(f"asked.{name}"))}
    if fields("asked.my_number"):
        asked["my_number"] = True
    rows = [_row(fields, f"correction.{place}", ("item", "held", "right", "proof")) for place in range(CORRECTIONS)]
    if corrections := [row for row in rows if row]:
        asked["corrections"] = corrections
    return found | ({"asked": asked} if asked else {})


def decision(fields: Fields, places: int) -> dict[str, Any]:
    """What is decided: of each place of the form, where something is chosen."""
    parts = ("kind", "outcome", "ground", "reason", "what", "until")
    rows = [
        {**_row(fields, f"item.{place}", parts), "groups": fields.several(f"item.{place}.groups")}
        for place in range(places)
    ]
    return {"items": [row for row in rows if row.get("outcome")]}


def measure(fields: Fields, next_id: str) -> dict[str, Any]:
    """An instruction, or what became of it; a new one is called `next_id`."""
    parts = ("id", "what", "to", "instructed_on", "acknowledged_on", "recalled_on", "untold")
    return {"id": next_id, **_named(fields, parts), "groups": fields.several("groups")}


def withdrawal(fields: Fields) -> dict[str, Any]:
    """A request that is taken back."""
    found: dict[str, Any] = _named(fields, ("on", "by", "how", "reason"))
    return found | ({"lift_stop": True} if fields("lift_stop") else {})


def returned(fields: Fields) -> dict[str, Any]:
    """An answer that came back."""
    return _named(fields, ("on", "why", "note", "unreachable"))


def readdressing(fields: Fields, papers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Where an answer that came back goes now, and what shows it."""
    found: dict[str, Any] = _named(fields, ("of", "address", "mail"))
    found["papers"] = [*_papers(fields, papers)]
    if control := fields("proof.control"):
        # the new address is the first one from now on
        found["proofs"] = [{"attribute": "mail", "control": control}]
    return found | ({"keep_letter": True} if fields("keep_letter") else {})


def received(fields: Fields, papers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What came with it or later; `papers` are those that the form asks for."""
    found: dict[str, Any] = {"papers": [*_papers(fields, papers)]}
    payment = _row(fields, "payment", ("paid_by", "amount", "on"))
    if payment.get("amount"):
        found["payments"] = [
            payment | {"amount": _number(payment["amount"]), "returned": bool(fields("payment.returned"))}
        ]
    proof = _row(fields, "proof", ("attribute", "control"))
    if proof.get("control"):
        found["proofs"] = [proof | ({"which": _number(which)} if (which := fields("proof.which")) else {})]
    notice = _row(fields, "notice", ("kind", "on", "how", "until"))
    if notice.get("kind"):
        found["notices"] = [notice]
    if settled := fields("papers_settled_on"):
        found["papers_settled_on"] = settled
    return {name: value for name, value in found.items() if value}


def sides(case: Case, policy: Policy) -> list[tuple[Any, str]]:
    """The papers that a case asks for, and whose."""
    return list(required(requester_of(case, policy), policy)) if case.requester else []


def as_typed(case: Case) -> Fields:
    """A case's individual, deputy and wishes, as they would be typed."""
    found: dict[str, tuple[str, ...]] = {}
    if case.individual:
        for kind in LABELS:
            value = getattr(case.individual, kind)
            lines = value if isinstance(value, tuple) else (value.isoformat(),) if value else ()
            found[f"individual.{kind}"] = ("\n".join(lines),)
    if case.deputy:
        found |= {f"deputy.{name}": (getattr(case.deputy, name),) for name in DEPUTY}
        found["deputy.receives"] = ("1",) if case.deputy.receives else ()
    found |= {f"asked.{name}": (getattr(case.asked, name),) for name in ASKED}
    found["asked.my_number"] = ("1",) if case.asked.my_number else ()
    for place, one in enumerate(case.asked.corrections):
        found |= {f"correction.{place}.{name}": (value,) for name, value in one.model_dump().items()}
    return Fields(found)


def _papers(fields: Fields, papers: Iterable[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    for id, side in papers:
        name = f"paper.{id}.{side}"
        if not fields(f"{name}.came"):
            continue
        row = _row(fields, name, ("document", "issued_on", "expires_on", "seal"))
        several = {part: fields.several(f"{name}.{part}") for part in ("matches", "masked")}
        yield {"paper": id, "of": side} | row | {part: values for part, values in several.items() if values}


def _row(fields: Fields, name: str, parts: Iterable[str]) -> dict[str, Any]:
    return {part: value for part in parts if (value := fields(f"{name}.{part}"))}


def _named(fields: Fields, parts: Iterable[str]) -> dict[str, Any]:
    return {part: value for part in parts if (value := fields(part))}


def _number(text: str) -> int | str:
    """A number; as it was typed where it is none: the casebook says so."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
