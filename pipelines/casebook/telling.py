"""What a case looks like from outside: where it stands, what it lacks, its days, the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from expectations.policy import Policy
from expectations.published import Label
from pipelines.casebook import gates
from pipelines.casebook.case import Case
from pipelines.casebook.days import Days, Due, days, due
from pipelines.casebook.fees import Fee, fee
from pipelines.casebook.inquiries import Inquiry, inquiries
from pipelines.casebook.intake import Intake, intake, verified
from pipelines.casebook.progress import Undelivered
from pipelines.casebook.rules import Attribute, next_steps, routes


@dataclass(frozen=True, slots=True)
class Told:
    """One case, told without a value of it."""

    case: Case
    kinds: tuple[Label, ...]
    intake: Intake
    fee: Fee
    days: Days
    due: Due | None
    late: bool
    identity: Mapping[Attribute, str]
    """Attribute → what it is made sure of by; every other one is only claimed."""
    inquiries: tuple[Inquiry, ...]
    """Stores whose owners have to say what they hold."""
    groups: tuple[gates.Group, ...]
    """What was decided to be corrected or stopped, and what became of it."""
    words: tuple[gates.Word, ...]
    """Who must be told of it."""
    stands: str
    """Where it stands, as a row of `steps.yml`: closer than its step."""
    next: Label

    def document(self) -> dict[str, Any]:
        """As JSON."""
        case = self.case
        return {
            "number": case.number,
            "route": case.route,
            "kinds": case.kinds,
            "step": case.progress.step,
            "next": self.next.model_dump(),
            "missing": [asdict(one) for one in self.intake.missing],
            "tasks": [asdict(one) for one in self.intake.tasks],
            "fee": {**asdict(self.fee), "owed": self.fee.owed, "to_return": self.fee.to_return},
            "identity": dict(self.identity),
            "inquiries": [_plain(asdict(one)) for one in self.inquiries],
            "groups": [_plain(asdict(one)) for one in self.groups],
            "to_tell": [
                one.addressee.model_dump() | {"to": one.to, "name": one.name, "done": one.done} for one in self.words
            ],
            "arrived": case.arrived.isoformat(),
            "completed_on": case.completed_on and case.completed_on.isoformat(),
            "days": {name: day and day.isoformat() for name, day in asdict(self.days).items()},
            "due": self.due and {"what": self.due.what, "on": self.due.on.isoformat()},
            "late": self.late,
            "withdrawn_on": _day(case.progress.withdrawn_on),
            "undelivered": [_returned(one) for one in case.progress.undelivered],
            "related": [one.model_dump() for one in case.related],
            "guarded": case.guarded,
            "letter": {"number": case.progress.letters, "kind": case.progress.letter_kind},
            "for_release": case.progress.for_release if case.progress.step == "approve" else "",
        }


def tell(case: Case, policy: Policy, today: date) -> Told:
    """Everything that is told of a case on a day."""
    found, owed = intake(case, policy), due(case, policy)
    route, stands = routes()[case.route], _stands(case, found)
    following = next_steps()[stands]
    return Told(
        case=case,
        kinds=tuple(policy.request_kind(kind) for kind in case.kinds) or (route,),
        intake=found,
        fee=fee(case, policy),
        days=days(case, policy),
        due=owed,
        late=owed is not None and owed.on < today,
        identity=verified(case),
        inquiries=inquiries(case, policy),
        groups=gates.groups(case.progress),
        words=gates.words(case.progress),
        stands=stands,
        next=Label(ja=following.ja.format(number=case.number), en=following.en.format(number=case.number)),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _returned(one: Undelivered) -> dict[str, Any]:
    """What came back, in codes and days: what people wrote of it may name somebody."""
    return one.model_dump(
        mode="json", exclude={"letter": True, "note": True, "unreachable": True, "sent": {"tracking"}}
    )


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _stands(case: Case, found: Intake) -> str:
    progress = case.progress
    step: str = progress.step
    if step == "intake":
        step = "intake_missing" if found.missing else "intake_tasks" if found.tasks else step
    elif step == "approve" and not progress.letter:
        step = "letter"
    elif step == "answer" and progress.to_send_again and not (progress.number and not progress.number.issued_on):
        step = "resend"
    elif step == "close" and progress.withdrawn_on:
        step = "close_withdrawn"
    elif step == "answer" and progress.number and not progress.number.issued_on:
        step = "issue"
    elif step == "answer" and progress.dispatch:
        step = "sending"
    return step
