"""One request as the casebook keeps it (開示等請求受付・対応台帳): sealed but for its line."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from expectations.procedures import Form
from expectations.published import Flag, Text
from pipelines.casebook.progress import Progress, Row
from pipelines.casebook.rules import Attribute
from pipelines.disclosure.person import Person

Channel = Literal["post", "counter", "mail", "fax", "phone", "web"]
Side = Literal["individual", "deputy"]
Yen = Annotated[int, Field(ge=1, strict=True)]


class Deputy(Row):
    """代理人: who asks in the individual's place."""

    name: Text
    kana: str = ""
    address: str = ""
    phone: str = ""
    relation: str = ""
    capacity: Literal["parent", "guardian", "appointed"] = "appointed"
    """親権者・未成年後見人, 成年後見人, 任意代理人。"""
    receives: Flag = False
    """Whether the proxy covers receiving the answer (R-41)."""


class Correction(Row):
    """One thing that is said to be not true."""

    item: Text
    held: str = ""
    right: Text
    proof: str = ""


class Asked(Row):
    """What is asked for. A narrower scope is the individual's own choice, never a condition."""

    scope: str = ""
    categories: tuple[str, ...] = ()
    form: Form | Literal["inspection", ""] = ""
    file: Literal["pdf", "csv", "json", ""] = ""
    """Electronic: which file; '' any."""
    delivery: str = ""
    my_number: Flag = False
    """Whether the individual asks for his or her own My Number, too."""
    corrections: tuple[Correction, ...] = ()
    ground: Literal["", "35(1)", "35(3)", "35(5)"] = ""
    facts: str = ""
    period: str = ""
    recipients: str = ""


class Paper(Row):
    """A paper that came, and what a person made sure of. No copy of it is kept."""

    paper: Text
    """A row of the policy (`DS-2`)."""
    of: Side = "individual"
    document: str = ""
    """Which identity paper it is (`identity.yml`)."""
    issued_on: date | None = None
    expires_on: date | None = None
    masked: tuple[str, ...] = ()
    """What was found masked, or was masked on receipt."""
    seal: Literal["", "matches", "differs"] = ""
    """The seal held against the certificate."""
    matches: tuple[Attribute, ...] = ()
    """What stands on it and is as the requester wrote it."""
    checked_by: str = ""
    checked_at: AwareDatetime | None = None


class Proof(Row):
    """An attribute proven by control."""

    attribute: Attribute
    control: Text
    which: Annotated[int, Field(ge=1)] = 1
    """Which of the mail addresses, telephones or numbers on the form: the others are claims as before."""
    checked_by: str = ""
    checked_at: AwareDatetime | None = None


class Payment(Row):
    """手数料: what came, or went back."""

    paid_by: Text
    amount: Yen
    on: date
    returned: Flag = False


class Notice(Row):
    """A word to the requester before the answer."""

    kind: Literal["acknowledged", "missing", "interim"]
    on: date
    how: Literal["post", "mail", "phone", "counter"]
    until: date | None = None
    """Interim: by when the answer is promised."""


class Withdrawal(Row):
    """取下げ: the request taken back before it was answered."""

    on: date
    by: Side = "individual"
    """Who takes it back."""
    how: Channel
    reason: Text
    """As it was said; that none was given, where none was."""
    lift_stop: Flag = False
    """Whether a stop that is entered is to be lifted, too: only on the individual's own word."""


class Related(Row):
    """Another case that may be the same person's."""

    number: Text
    how: Literal["duplicate", "repeat"]
    """Still open, or closed before."""
    sure: Flag
    """False: by a name alone."""


class Case(Row):
    """One request."""

    number: Text
    route: Text
    kinds: tuple[str, ...] = ()
    requester: str = ""
    """A row of the policy (`RQ-1`); '' on a light route."""
    channel: Channel
    arrived: AwareDatetime
    opened_at: AwareDatetime
    policy: Text
    """Digest of the policy that it was taken in by."""
    individual: Person | None = None
    marks: tuple[str, ...] = ()
    """By what the individual is known again (`repeats.marks`)."""
    deputy: Deputy | None = None
    asked: Asked = Asked()
    papers: tuple[Paper, ...] = ()
    proofs: tuple[Proof, ...] = ()
    payments: tuple[Payment, ...] = ()
    notices: tuple[Notice, ...] = ()
    related: tuple[Related, ...] = ()
    guarded: Flag = False
    """秘匿: a DV or stalking flag; no address goes anywhere, and a deputy is looked at twice."""
    complaint: Flag = False
    completed_on: date | None = None
    papers_settled_on: date | None = None
    """返却・廃棄。"""
    withdrawal: Withdrawal | None = None
    closed_on: date | None = None
    salt: Text
    """The key of this case's row digests."""
    progress: Progress

    def fingerprint(self, content: bytes) -> str:
        """The keyed digest of a row's content, by which a change before the answer shows."""
        return hmac.new(bytes.fromhex(self.salt), hashlib.sha256(content).digest(), "sha256").hexdigest()

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.progress.sent is None and self.progress.withdrawn_on is None and self.closed_on is None
