"""What the owners of stores that no search can read are asked (paper, other companies' services, broken files)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from expectations.policy import Policy
from pipelines.casebook.case import Case
from pipelines.casebook.days import days, last_open
from pipelines.casebook.gates.moving import RefusedError, worked
from pipelines.casebook.hands import Hand
from pipelines.casebook.rules import terms
from pipelines.clock import TOKYO
from pipelines.disclosure.person import LABELS
from pipelines.working_days import DAY


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One store whose owner has to say what it holds. Nothing of the individual stands in it."""

    store: str
    owner: str
    """'' where the declarations name none: then whoever declared the store finds out."""
    reason: str
    """Why no search could read it."""
    due: date | None
    """Before the case's own day; None where the case has none."""
    asked_on: date | None


def inquiries(case: Case, policy: Policy) -> tuple[Inquiry, ...]:
    """What is still to be asked or answered, a row a store."""
    search = case.progress.search
    return tuple(
        Inquiry(one.store, one.owner, one.reason, _due(case, policy), one.asked_on)
        for one in (search.open if search else ())
    )


def text(case: Case, policy: Policy, store: str, label: str = "") -> str:
    """What is sent to the store's owner, with the individual's keys: for his or her eyes alone. RefusedError."""
    told = next((one for one in inquiries(case, policy) if one.store == store), None)
    if told is None or case.individual is None:
        raise RefusedError("no_open_store")
    words = _words()
    filled = {
        "number": case.number, "owner": told.owner or label or store, "store": label or store,
        "due": f"{told.due:%Y年%-m月%-d日}" if told.due else "速やかに、期限",
    }  # fmt: skip
    person = "\n".join((f"【{words['person']}】", *_keys(case)))
    parts = (words["subject"].format(**filled), words["opening"].format(**filled), person)
    return "\n\n".join((*parts, words["asked"], words["closing"])) + "\n"


def asked(case: Case, by: Hand, store: str, on: date) -> Case:
    """The case after its owner was asked; RefusedError where nothing of that store is open, or it was approved."""
    search = case.progress.search
    if search is None or store not in {one.store for one in search.open}:
        raise RefusedError("no_open_store")
    if case.progress.approval or case.progress.sent:
        # it would be another content than what was released
        raise RefusedError("not_now")
    left = tuple(one.model_copy(update={"asked_on": on}) if one.store == store else one for one in search.open)
    progress = worked(case.progress, by, search=search.model_copy(update={"open": left}))
    return case.model_copy(update={"progress": progress})


def _due(case: Case, policy: Policy) -> date | None:
    found = days(case, policy)
    end = found.promised or found.target
    if end is None:
        return None
    wanted = last_open(end - terms().owner_days * DAY, policy.desk)
    search = case.progress.search
    earliest = search.as_of.astimezone(TOKYO).date() if search else wanted
    return max(wanted, min(earliest + DAY, end))


def _keys(case: Case) -> Iterator[str]:
    for kind, (ja, _) in LABELS.items():
        value = getattr(case.individual, kind)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        yield from (f"{ja}: {one}" for one in values)


@cache
def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = yaml.safe_load(
        files("pipelines.casebook").joinpath("inquiries.yml").read_text(encoding="utf-8")
    )
    return words
