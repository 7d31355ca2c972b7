"""The rows of a published policy on requests (開示等の請求): who may ask, which papers, what fee, how answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from expectations.law import LawId
from expectations.published import Count, Flag, Label, Quoted, Row, Text

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Form = Literal["writing", "electronic"]
Kept = Literal["returned", "kept_after_search", "kept"]
"""What becomes of the fee of a request that is withdrawn. Art 38 gives a fee for what is done: where a company has
published nothing else, it goes back."""
Closed = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "national_holiday"]


class Requester(Quoted):
    """Somebody who may ask, and the papers they bring."""

    id: Text
    kind: Literal["self", "legal", "proxy"]
    """The individual, a legal deputy, a deputy the individual appointed."""
    papers: tuple[str, ...]


class Substitute(Label):
    """What stands in for a paper that a requester cannot have."""

    requester: Text


class Paper(Quoted):
    """A paper that has to come with a request."""

    id: Text
    kind: Literal["form", "identity", "seal_certificate", "proxy", "authority"]
    seal: Flag = False
    """Stamped with the registered seal (実印)."""
    of_both: Flag = False
    """Asked of the individual and of the deputy."""
    instead: tuple[Substitute, ...] = ()


class RequestKind(Label):
    """One of the requests that arts 32 to 35 give to the individual."""

    id: Text
    law: Text
    refusal: Text
    """The items of the Act by which it may be refused."""
    fee: Count
    """Yen, tax included, for each request."""
    fee_locked: Flag = False
    """No fee may ever be taken (art 38(1) names the two kinds where one may)."""


class Payment(Label):
    """A way to pay the fee."""

    id: Text


class Fee(Row):
    """手数料: what the policy says of it."""

    clause: str = ""
    quote: str = ""
    """'' where the text names no fee: none may be taken (art 38)."""
    amount: Count
    """Yen, tax included."""
    per: Literal["request"]
    paid_by: tuple[Payment, ...]
    law: Text
    on_withdrawal: Kept = "returned"


class Answer(Row):
    """回答: its form, to whom, by when, and that reasons are given."""

    clause: str = ""
    quote: str = ""
    form: Form
    forms_to_offer: tuple[Form, ...]
    """What the individual may choose from, whatever the policy says (art 33(2), Enforcement Rules art 30)."""
    to: Literal["individual"]
    reasons_required: Flag
    """The reason has to be told where no answer, or a partial one, is given: stricter than art 36."""
    target_days: Count
    """A target, counted from the day on which everything asked for had arrived (R-31)."""


class Desk(Row):
    """窓口: where requests and complaints go."""

    name: Text
    name_en: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    address: str = ""
    opens: Clock | Literal[""] = ""
    closes: Clock | Literal[""] = ""
    closed: tuple[Closed, ...] = ()
    clause: str = ""


class PolicyCompany(Row):
    """The company whose policy it is."""

    name: Text
    name_en: str = ""


class AdoptedFee(Row):
    """The fee a company takes where the policy lets it take one."""

    amount: Count
    """Yen, tax included, for each request."""
    provision_records: Count = 0
    """Yen for the disclosure of provision records: the Act allows a fee, the policy asks none (R-37)."""
    on_withdrawal: Kept = "returned"
    """What becomes of the fee of a request that is withdrawn: `kept_after_search` where it was searched for already."""


class Adoption(Row):
    """A company's taking over of a shipped policy, or of a file of its own: with its own desk and its own fee."""

    adopts: Text = "handling-of-personal-information"
    """A shipped policy's name, or the path of a policy file."""
    desk: Desk
    fee: AdoptedFee | None = None
    """None: the fee the policy publishes."""
    law_version: LawId | None = None
    """A text of the Act to judge by ahead of its day (`appi-2026`); None: what is in force."""
    rehearsal: bool = False
    """Whether it is not what the company has published, only an example to begin with: no verdict counts then."""
