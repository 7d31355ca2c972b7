"""Disposals over a register: what is due by the checks, what people did, and what later scans show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.disposals import Disposal, DisposalStep, Seen, Standing, decided, standing
from expectations.retention import last_day
from pipelines.clock import TOKYO
from pipelines.declarations import Declarations, DeclarationsError, appending
from pipelines.declarations.stores import UNREACHABLE
from pipelines.reports.words import FINDINGS

if TYPE_CHECKING:
    from pipelines.register import Register, RegisteredDataset
    from pipelines.register.contents import Sentence

RULES = ("kept-within-term", "entrusted-given-back")
"""The rules of the check that say that data should be gone by now."""

_REMARKS = {
    "disposals": "# 廃棄・消去の申請。Disposals that were asked for, one row each.\n",
    "disposal_steps": (
        "# 廃棄・消去の承認と証明。行は書き換えず、足していきます。\n"
        "# Who approved, who proved: rows are added, never changed.\n"
    ),
}


class DisposalError(DeclarationsError):
    """A step of a disposal cannot be taken; says why."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Data that should be gone by now, as the last check found."""

    store: str
    dataset: str
    rows: str
    rule: str
    verdict: str
    """The verdict's id."""
    why: Sentence
    proposed: str
    """Ids of the disposals that ask for it; '' none."""


def overdue(register: Register, known: Declarations) -> tuple[Overdue, ...]:
    """The queue: what the checks found past its date, but for what somebody ruled on."""
    asked: dict[tuple[str, str], list[Disposal]] = {}
    for one in known.disposals:
        decision, _ = decided(one, known.disposal_steps)
        if decision is None or decision.step != "refused":
            asked.setdefault((one.store, one.dataset), []).append(one)
    return tuple(_overdue(register, asked))


def _overdue(register: Register, asked: dict[tuple[str, str], list[Disposal]]) -> Iterator[Overdue]:
    for row in register.verdicts():
        if row["verdict"] not in FINDINGS or row["ruling"]:
            continue
        # a graver finding may have decided the verdict: its evidence has every rule that failed
        for why in row["evidence"]:
            if why["code"] in RULES:
                place = (row["store"], row["dataset"])
                those = [one.id for one in asked.get(place, ()) if one.rows in ("", row["row_filter"])]
                yield Overdue(*place, row["row_filter"], why["code"], row["id"], why, ", ".join(those))


def standings(register: Register, known: Declarations, today: date) -> tuple[Standing, ...]:
    """What stands of every disposal."""
    looked = _Scans(register)
    found = []
    for one in known.disposals:
        proof = decided(one, known.disposal_steps)[1]
        seen = looked.seen(one, proof.on) if proof else "unseen"
        found.append(standing(one, known.disposal_steps, seen, today))
    return tuple(found)


def rows(found: Iterable[Standing]) -> Iterator[dict[str, Any]]:
    """What stands of disposals, in plain types."""
    for one in found:
        told = one.disposal.model_dump(mode="json")
        steps = {"approved": one.approved, "proved": one.proved}
        told |= {name: step.model_dump(mode="json") if step else None for name, step in steps.items()}
        yield {**told, "state": one.state, "seen": one.seen}


def proposed(folder: Path, known: Declarations, register: Register, disposal: Disposal, today: date) -> Path:
    """Ask for a disposal; raises DisposalError, OSError."""
    if disposal.id in {one.id for one in known.disposals}:
        raise DisposalError(f"{disposal.id}: もうあります · stands there already")
    there = next(
        (one for one in register.datasets() if (one.store, one.name) == (disposal.store, disposal.dataset)), None
    )
    if there is None:
        raise DisposalError(f"{disposal.store} {disposal.dataset}: 台帳にありません · is not in the register")
    if disposal.rows and disposal.rows not in {part.row_filter for part in there.partitions}:
        raise DisposalError(f"{disposal.rows}: その行の条件は台帳にありません · no such rows are in the register")
    if until := _kept_by_statute(disposal, known, today):
        raise DisposalError(
            f"{disposal.dataset}: 法定保存期間が {until} まであります · a statute has it kept until {until}"
        )
    return appending.append(folder, "disposals", [disposal], _REMARKS["disposals"])


def taken(folder: Path, known: Declarations, step: DisposalStep) -> Path:
    """Write a step of a disposal; raises DisposalError where it cannot be taken, OSError."""
    disposal = next((one for one in known.disposals if one.id == step.disposal), None)
    if disposal is None:
        raise DisposalError(f"{step.disposal}: その申請はありません · no such disposal")
    state = standing(disposal, known.disposal_steps, "unseen", step.on).state
    may = ("approved", "proved") if step.step == "proved" else ("proposed", "lacking", "refused")
    if state not in may:
        raise DisposalError(f"{disposal.id}: いまは {state} です · is {state} now")
    if step.step == "approved" and standing(disposal, [step], "unseen", step.on).state == "lacking":
        raise DisposalError(f"{disposal.id}: 申請した人とは別の人が承認します · who asked cannot approve")
    return appending.append(folder, "disposal_steps", [step], _REMARKS["disposal_steps"])


def _kept_by_statute(disposal: Disposal, known: Declarations, today: date) -> date | None:
    """The day until which a statute has the whole of it kept; None: it may go. Raises DisposalError where nobody said
    from which day a statute's term is counted: what the scan saw oldest says nothing of what has to stay longest."""
    if disposal.before:
        return None
    terms = [
        row
        for row in known.declared.retentions
        if row.statute and (row.source.store, row.source.dataset) == _place(disposal)
        if not disposal.rows or row.source.rows in ("", disposal.rows)
    ]
    if open_terms := [row.id for row in terms if row.counted_from is None]:
        raise DisposalError(
            f"{'、'.join(open_terms)}: 法定保存期間の起算日（counted_from）を先に宣言してください"
            " · declare first from which day the statute's term is counted"
        )
    ends = (last_day(row.counted_from, row.years) for row in terms if row.counted_from)
    return max((end for end in ends if end >= today), default=None)


def _place(disposal: Disposal) -> tuple[str, str]:
    return disposal.store, disposal.dataset


class _Scans:
    """What scans show of data that was erased."""

    def __init__(self, register: Register) -> None:
        self._days = {run.id: run.started.astimezone(TOKYO).date() for run in register.runs()}
        self._stores = {store.id: store for store in register.stores()}
        self._there = {(one.store, one.name): one for one in register.datasets()}
        self._known = set(register.places().values())
        self._unread = {(one.store, one.name) for one in register.not_read()}

    def seen(self, disposal: Disposal, proved_on: date) -> Seen:
        """Whether scans since the proof show that it is gone.

        A store that is declared no more, or could not be read, shows nothing.
        """
        place = _place(disposal)
        store = self._stores.get(disposal.store)
        if store is None or store.kind in UNREACHABLE:
            return "unseen"
        if (dataset := self._there.get(place)) is not None:
            return self._in(dataset, disposal, proved_on)
        read = self._days[store.last_run] >= proved_on and not self._unread & {place, (disposal.store, "")}
        return "gone" if read and place in self._known else "unseen"

    def _in(self, dataset: RegisteredDataset, disposal: Disposal, proved_on: date) -> Seen:
        """Of a dataset that is there: whether some of its rows are not."""
        day = self._days[dataset.last_run]
        if day < proved_on or (dataset.store, dataset.name) in self._unread:
            return "unseen"
        if disposal.before or disposal.rows:
            # rows that a sample does not show may be there
            whole = dataset.records is not None and dataset.rows_read >= dataset.records
            if self._rows_gone(dataset, disposal):
                return "gone" if whole else "unseen"
        # a scan of the same day may have been before the erasure
        return "there" if day > proved_on else "unseen"

    @staticmethod
    def _rows_gone(dataset: RegisteredDataset, disposal: Disposal) -> bool:
        if disposal.rows and disposal.rows not in {part.row_filter for part in dataset.partitions}:
            return True
        return disposal.before is not None and dataset.oldest is not None and dataset.oldest >= disposal.before
