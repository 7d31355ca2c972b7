"""The rows of intake that no policy has: routes, identity papers, controls, terms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from expectations.published import Count, Flag, Label, Row, Text

Attribute = Literal[
    "name",
    "kana",
    "former_name",
    "birth_date",
    "address",
    "former_address",
    "phone",
    "mail",
    "member_id",
    "registration",
]
"""What tells a person: N, K, B, A, T, E, I and L of the matching rule; a former name and address with their proofs."""
Step = Literal["intake", "search", "review", "decide", "approve", "carry_out", "stop", "answer", "close", "closed"]
"""What is to be done next."""


class Route(Label):
    """What comes in, and its steps."""

    id: Text
    law: Text
    clause: str = ""
    formal: Flag = False
    """By the policy's section 3: papers, and a fee for some kinds."""
    person: Flag = False
    """Whether it cannot be answered without knowing whose it is."""
    stop_scope: Literal["", "opt_out", "marketing"] = ""
    """What of the stop list it is entered under."""
    steps: tuple[Step, ...]


class Document(Label):
    """A paper of the world outside: what it shows of its holder, and what has to be masked on it."""

    id: Text
    shows: tuple[Attribute, ...] = ()
    masks: tuple[str, ...] = ()


class Control(Label):
    """A way to prove an attribute by having it in hand."""

    id: Text
    proves: Attribute


class Mask(Label):
    """What must not be seen on a copy."""

    id: Text


class Identity(Row):
    """How it is made sure who somebody is."""

    papers: tuple[Document, ...]
    authority: tuple[Document, ...]
    controls: tuple[Control, ...]
    masks: tuple[Mask, ...]


class Terms(Row):
    """Days and years."""

    acknowledge_business_days: Count
    suit_days: Count
    stop_days: Count
    resend_business_days: Count
    owner_days: Count
    age_of_majority: Count
    keep_years: Count


@cache
def routes() -> Mapping[str, Route]:
    """Every route by its id."""
    return {row.id: row for row in (Route.model_validate(one) for one in _rows("routes.yml"))}


@cache
def identity() -> Identity:
    """Papers, proofs of authority, controls and masks."""
    return Identity.model_validate(_rows("identity.yml"))


@cache
def documents() -> Mapping[str, Document]:
    """Identity papers by their ids."""
    return {row.id: row for row in identity().papers}


@cache
def authority() -> Mapping[str, Document]:
    """Papers that prove a legal deputy, by their ids."""
    return {row.id: row for row in identity().authority}


@cache
def controls() -> Mapping[str, Control]:
    """Controls by their ids."""
    return {row.id: row for row in identity().controls}


@cache
def masks() -> Mapping[str, Mask]:
    """What is masked, by its id."""
    return {row.id: row for row in identity().masks}


@cache
def terms() -> Terms:
    """The terms."""
    return Terms.model_validate(_rows("terms.yml"))


@cache
def refusals() -> Mapping[str, Label]:
    """Why a step is refused, by code, in both languages."""
    return {code: Label.model_validate(row) for code, row in _rows("refusals.yml").items()}


@cache
def lacks(group: str) -> Mapping[str, Label]:
    """What a request lacks, by code: `missing` of the requester, `tasks` of the desk, whose `identity`."""
    return {code: Label.model_validate(row) for code, row in _rows("lacks.yml")[group].items()}


@cache
def next_steps() -> Mapping[str, Label]:
    """What to do next, by where a case stands; `{number}` is to be filled in."""
    return {code: Label.model_validate(row) for code, row in _rows("steps.yml").items()}


def _rows(file: str) -> Any:
    return yaml.safe_load(files("pipelines.casebook").joinpath(file).read_text(encoding="utf-8"))
