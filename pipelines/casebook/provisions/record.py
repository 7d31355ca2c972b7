"""One record of provision: what the Rules ask for by its ground, what is missing of it, how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from expectations.published import Count, Flag, Label, Text
from pipelines.casebook.progress import Row
from pipelines.disclosure.person import Person

Side = Literal["given", "received"]
Ground = Literal["opt_out", "consent", "related", "private_person"]
Kept = Literal["record", "batch", "contract"]

LABELS: Mapping[str, Label] = {
    "on": Label(ja="提供・受領の年月日", en="Date"),
    "party": Label(ja="第三者の氏名または名称", en="Third party"),
    "individual": Label(ja="本人の氏名等", en="Individual"),
    "items": Label(ja="個人データの項目", en="Items"),
    "consent": Label(ja="本人の同意", en="Consent"),
    "obtained": Label(ja="第三者による取得の経緯", en="How the third party obtained it"),
    "published": Label(ja="個人情報保護委員会による公表", en="Publication by the Commission"),
}
"""What a record may have to hold, in the order in which it is told."""


class Party(Row):
    """The third party."""

    name: str = ""
    """'' only where it went to an unspecified many."""
    address: str = ""
    representative: str = ""
    unspecified: Flag = False
    """不特定多数の者: published, so that nobody can say to whom."""


class Provision(Row):
    """第三者提供記録。"""

    side: Side
    ground: Ground
    on: date | None = None
    """The day, or the first one of a period."""
    until: date | None = None
    """The last day, where provisions went on."""
    party: Party = Party()
    individual: Person | None = None
    items: tuple[Text, ...] = ()
    consent: str = ""
    """By what it is known that the individual consented, or (art 31) that the recipient has the consent."""
    obtained: str = ""
    published: str = ""
    """Number or day of the Commission's publication of the opt-out."""
    kept_as: Kept = "record"
    made_on: date

    @property
    def keep_until(self) -> date:
        """The last day on which it has to be kept."""
        kept = keeping()[self.kept_as]
        last = self.until or self.on if kept.since == "last" else None
        day = last or self.made_on
        try:
            return day.replace(year=day.year + kept.years)
        except ValueError:  # 29 February
            return day.replace(year=day.year + kept.years, month=3, day=1)


@dataclass(frozen=True, slots=True)
class Provided:
    """A record that may be an individual's, with its number."""

    number: str
    provision: Provision = field(repr=False)

    @property
    def content(self) -> bytes:
        """What its digest is of."""
        return self.provision.model_dump_json().encode()


class Rule(Label):
    """What the Rules ask of a record."""

    side: Side
    ground: Ground
    needs: tuple[str, ...]


class Keeping(Label):
    """How long a record is kept."""

    years: Count
    since: Literal["last", "made"]


@cache
def rules() -> Mapping[tuple[Side, Ground], Rule]:
    """Every rule by side and ground."""
    return {(row.side, row.ground): row for row in (Rule.model_validate(one) for one in _rows("rules.yml"))}


@cache
def keeping() -> Mapping[Kept, Keeping]:
    """How long a record is kept, by how it was made."""
    return {kept: Keeping.model_validate(row) for kept, row in _rows("keeping.yml").items()}


def problems(record: Provision, today: date) -> Iterator[str]:
    """What a record lacks or has wrong, never a value of it."""
    rule = rules().get((record.side, record.ground))
    if rule is None:
        yield "ground: この側にその根拠の記録はありません (no such ground on this side)"
        return
    held = {**{name: getattr(record, name) for name in LABELS}, "party": record.party.name or record.party.unspecified}
    for name in rule.needs:
        if not held[name]:
            yield f"{name}: {LABELS[name].ja}が必要です (is needed: {LABELS[name].en})"
    if record.on and record.until and record.until < record.on:
        yield "until: 始まりより前です (is before the first day)"
    if record.kept_as != "record" and not (record.until or record.on):
        yield "until: 最後に提供した日が必要です (the day of the last provision is needed)"
    if any(day and day > today for day in (record.on, record.until, record.made_on)):
        yield "on, until, made_on: 未来の日付です (is still to come)"


def _rows(file: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(file).read_text(encoding="utf-8"))
