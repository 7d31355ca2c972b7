"""Rulings: a person's word on what the machine says, and what of it stands today.

A ruling holds only for what its author saw: where the machine says something else by now, the ruling re-opens. One that
lowers how grave something is needs the privacy role, a second person and an end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from pydantic import model_validator

from classifiers.vocabulary import data_categories, subjects, uses
from expectations.facts import Fact
from expectations.observed import ObservedColumn, ObservedDataset, ObservedFlows, ObservedUse, Partition
from expectations.published import Text
from expectations.verdicts import Verdict

State = Literal["in_force", "agreed", "reopened", "expired", "lacking", "lost"]
"""`agreed`: the machine says the same by now; `lacking`: it lowers a severity without what that needs; `lost`: what it
is about is not there any more."""

NOT_SO = "not_so"
VERDICT_SAYS = (NOT_SO, "accepted")
"""What may be said of a verdict: the case is another than it looks; it is so, and borne knowingly until a day."""

_GRAVITY = {"error": 3, "warning": 2, "info": 1}


class Ruling(Fact):
    """One ruling: on a column's data category, on whose some rows are, on a use that SQL shows, or on a verdict."""

    id: Text
    about: Literal["column", "rows", "use", "verdict"]
    store: str = ""
    dataset: str = ""
    """As the register names it."""
    column: str = ""
    rows: str = ""
    """The partition's filter; '' all rows."""
    use: str = ""
    """What SQL shows the dataset to be used for."""
    verdict: str = ""
    """The verdict's id."""
    saw: Text
    """What the machine said then: a data category, a subject, a use, a verdict's digest."""
    says: Text
    """What is so: a data category, a subject, a use or `not_so`; of a verdict `not_so` or `accepted`."""
    custody: Literal["", "own", "entrusted"] = ""
    """Of rows; '' as the machine says."""
    by: Text
    role: Literal["owner", "privacy"] = "owner"
    on: date
    why: Text
    second: str = ""
    until: date | None = None

    @model_validator(mode="after")
    def _whole(self) -> Ruling:
        if missing := [name for name in _NEEDED[self.about] if not getattr(self, name)]:
            names = ", ".join(missing)
            raise ValueError(f"about: {self.about} には {names} も書きます · {self.about} needs {names}, too")
        if self.says not in _words(self.about):
            raise ValueError(f"says: {self.about} についての語ではありません · no word about a {self.about}")
        if self.second and self.second == self.by:
            raise ValueError("second は by と別の人です · second is somebody else than by")
        if self.until and self.until < self.on:
            raise ValueError("until は on より後の日です · until lies after on")
        return self

    @property
    def approved(self) -> bool:
        """Whether it may lower how grave something is."""
        return self.role == "privacy" and bool(self.second) and self.until is not None


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "column": ("store", "dataset", "column"),
    "rows": ("store", "dataset"),
    "use": ("store", "dataset", "use"),
    "verdict": ("verdict",),
}


def _words(about: str) -> Collection[str]:
    return {
        "column": data_categories(),
        "rows": subjects(),
        "use": (*uses(), NOT_SO),
        "verdict": VERDICT_SAYS,
    }[about]


class Saying(NamedTuple):
    """What a ruling says, once it is in force."""

    dataset_id: str
    about: str
    item: str
    """The column's name, the partition's filter, the use, the verdict's id."""
    says: str
    custody: str
    """'' as the machine says."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A ruling, and what of it stands."""

    ruling: Ruling
    state: State
    machine: str
    """What the machine says now; '' nothing."""
    dataset_id: str = ""

    @property
    def saying(self) -> Saying:
        """What it says of what."""
        ruling = self.ruling
        of = {"column": ruling.column, "rows": ruling.rows, "use": ruling.use, "verdict": ruling.verdict}
        item = of[ruling.about]
        return Saying(self.dataset_id, ruling.about, item, ruling.says, ruling.custody)


def sayings(standings: Iterable[Standing]) -> list[Saying]:
    """What the rulings say that are in force."""
    return [one.saying for one in standings if one.state == "in_force"]


def stand(
    rulings: Iterable[Ruling], datasets: Sequence[ObservedDataset], flows: ObservedFlows, today: date
) -> tuple[Standing, ...]:
    """What of the rulings on columns, rows and uses stands today."""
    known = {(one.store, one.name): one for one in datasets}
    shown = frozenset((one.dataset, one.use) for one in flows.uses)
    return tuple(
        _standing(ruling, known.get((ruling.store, ruling.dataset)), shown, today)
        for ruling in rulings
        if ruling.about != "verdict"
    )


def stand_on_verdicts(rulings: Iterable[Ruling], verdicts: Iterable[Verdict], today: date) -> tuple[Standing, ...]:
    """What of the rulings on verdicts stands today: each lowers something."""
    known = {verdict.id: verdict for verdict in verdicts}
    found = []
    for ruling in rulings:
        if ruling.about == "verdict":
            verdict = known.get(ruling.verdict)
            state = _state(ruling, verdict.digest if verdict else "", today)
            lacks = state == "in_force" and not ruling.approved
            dataset = verdict.dataset_id if verdict else ""
            found.append(Standing(ruling, "lacking" if lacks else state, verdict.digest if verdict else "", dataset))
    return tuple(found)


def ruled(datasets: Sequence[ObservedDataset], said: Iterable[Saying]) -> tuple[ObservedDataset, ...]:
    """The datasets as people say they are."""
    by_dataset: dict[str, list[Saying]] = {}
    for one in said:
        by_dataset.setdefault(one.dataset_id, []).append(one)
    return tuple(_ruled(one, by_dataset[one.id]) if one.id in by_dataset else one for one in datasets)


def ruled_flows(flows: ObservedFlows, said: Iterable[Saying]) -> ObservedFlows:
    """What SQL shows, as people say it is: a use is another one, or none."""
    other = {(one.dataset_id, one.item): one.says for one in said if one.about == "use"}
    if not other:
        return flows
    found: dict[tuple[str, str], ObservedUse] = {}
    for one in flows.uses:
        says = other.get((one.dataset, one.use), one.use)
        if says != NOT_SO:
            found.setdefault((one.dataset, says), one.model_copy(update={"use": says}))
    return flows.model_copy(update={"uses": tuple(found.values())})


def approved(
    standings: Sequence[Standing], before: Iterable[Verdict], after: Iterable[Verdict]
) -> tuple[Standing, ...]:
    """The standings, those as `lacking` that lower how grave something is without what that needs.

    `before` and `after` are the verdicts without and with the rulings. Which of several rulings on one dataset lowers
    it nobody can tell, so each of them needs it.
    """
    lower = lowered(before, after)
    return tuple(
        replace(one, state="lacking")
        if one.state == "in_force" and one.dataset_id in lower and not one.ruling.approved
        else one
        for one in standings
    )


def lowered(before: Iterable[Verdict], after: Iterable[Verdict]) -> frozenset[str]:
    """The ids of the datasets of which something is less grave after than before."""
    was, now = _gravest(before), _gravest(after)
    return frozenset(place[0] for place, gravity in was.items() if now.get(place, 0) < gravity)


def _gravest(verdicts: Iterable[Verdict]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for one in verdicts:
        place = (one.dataset_id, one.row_filter, one.use, one.use_kind, one.table, one.column)
        found[place] = max(found.get(place, 0), _GRAVITY[one.severity])
    return found


Shown = frozenset[tuple[str, str]]
"""Datasets and what SQL shows them to be used for."""


def _standing(ruling: Ruling, dataset: ObservedDataset | None, shown: Shown, today: date) -> Standing:
    if dataset is None:
        return Standing(ruling, "lost", "")
    machine = _machine(ruling, dataset, shown)
    return Standing(ruling, _state(ruling, machine, today), machine, dataset.id)


def _machine(ruling: Ruling, dataset: ObservedDataset, shown: Shown) -> str:
    if ruling.about == "use":
        return ruling.use if (dataset.id, ruling.use) in shown else ""
    if ruling.about == "column":
        return next((one.data_category for one in dataset.columns if one.name == ruling.column), "")
    return next((one.subject for one in dataset.partitions if one.row_filter == ruling.rows), "")


def _state(ruling: Ruling, machine: str, today: date) -> State:
    if not machine:
        return "lost"
    if machine == ruling.says and not ruling.custody:
        return "agreed"
    if machine != ruling.saw:
        return "reopened"
    return "expired" if ruling.until and ruling.until < today else "in_force"


def _ruled(dataset: ObservedDataset, said: Sequence[Saying]) -> ObservedDataset:
    columns = {one.item: one.says for one in said if one.about == "column"}
    rows = {one.item: one for one in said if one.about == "rows"}
    update = {
        "columns": tuple(_column(one, columns.get(one.name, "")) for one in dataset.columns),
        "partitions": tuple(_partition(one, rows.get(one.row_filter)) for one in dataset.partitions),
    }
    return dataset.model_copy(update=update)


def _column(column: ObservedColumn, says: str) -> ObservedColumn:
    if not says:
        return column
    row = data_categories()[says]
    said = {"data_category": says, "data_type": row.data_type, "special_care": row.special_care}
    # what was found inside is judged with what it is: a column that is no free text has no mentions
    return column.model_copy(update=said | ({} if says == "free_text" else {"mentions": ()}))


def _partition(partition: Partition, saying: Saying | None) -> Partition:
    if saying is None:
        return partition
    return partition.model_copy(update={"subject": saying.says, "custody": saying.custody or partition.custody})


Checked = Callable[[Sequence[ObservedDataset], ObservedFlows], tuple[Verdict, ...]]


class Judged(NamedTuple):
    """A check with rulings."""

    before: tuple[Verdict, ...]
    """The verdicts without any."""
    verdicts: tuple[Verdict, ...]
    """With every ruling that stands."""
    standings: tuple[Standing, ...]


def judged(
    check: Checked, datasets: Sequence[ObservedDataset], flows: ObservedFlows, rulings: Sequence[Ruling], today: date
) -> Judged:
    """Judge as the machine sees it and as people say it is; `check` judges datasets and flows."""

    def ruled_by(standings: Sequence[Standing]) -> tuple[Verdict, ...]:
        said = sayings(standings)
        return check(ruled(datasets, said), ruled_flows(flows, said))

    standings = stand(rulings, datasets, flows, today)
    before = verdicts = check(datasets, flows)
    if any(one.state == "in_force" for one in standings):
        verdicts = ruled_by(standings)
        kept = approved(standings, before, verdicts)
        if kept != standings:
            standings, verdicts = kept, ruled_by(kept)
    return Judged(before, verdicts, (*standings, *stand_on_verdicts(rulings, verdicts, today)))
