"""What became of the register between two runs: held anew, held no more, held as something else, judged otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.clock import TOKYO
from pipelines.register import RegisterError
from pipelines.reports.words import Pair, verdicts, vocabulary, worded

if TYPE_CHECKING:
    from pipelines.register import Change, Register, Run

KINDS: dict[str, Pair] = {
    "dataset": {"ja": "データ", "en": "dataset"},
    "partition": {"ja": "本人", "en": "whose"},
    "column": {"ja": "列", "en": "column"},
    "verdict": {"ja": "判定", "en": "verdict"},
    "ruling": {"ja": "人の判断", "en": "ruling"},
    "stops": {"ja": "停止リスト", "en": "stop list"},
}
"""What can change, in the order of display."""
_HELD: Pair = {"ja": "保有", "en": "held"}
_NOTHING: Pair = {"ja": "なし", "en": "none"}


class Difference(NamedTuple):
    """One thing that is otherwise than it was."""

    kind: str
    store: str
    dataset: str
    """Masked, as the register has it."""
    item: str
    """The column's masked name, the rows' filter, what a verdict is about; '' for a dataset."""
    before: str
    """An id of the vocabulary, a verdict, a count; '' it is new."""
    after: str
    """'' it is gone."""
    before_words: Pair
    after_words: Pair


def run_before(register: Register, since: str) -> int:
    """The run that `since` names: by its number, or the last that had finished before that day began in Japan.

    0 where there was none by that day: all that is held is new since. Raises RegisterError.
    """
    runs = {run.id: run for run in register.runs()}
    if since.isdigit():
        if int(since) not in runs:
            last = f"1–{max(runs)}" if runs else "-"
            raise RegisterError(f"{since}: その番号の実行はありません（{last}） · there is no such run")
        return int(since)
    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise RegisterError(
            f"{since}: 実行の番号か 2026-01-31 の形の日付を書いてください · neither a run's number nor a day"
        ) from None
    found = _last_before(register, day)
    return found.id if found else 0


def run_of(register: Register, day: date | None) -> Run:
    """The last run that had finished when that day ended in Japan; None: the last of all. Raises RegisterError where
    there was none yet."""
    found = _last_before(register, day + timedelta(days=1) if day else date.max)
    if found is None:
        by = f"{day}: " if day else ""
        raise RegisterError(f"{by}終わった実行がまだありません · no run had finished yet")
    return found


def _last_before(register: Register, day: date) -> Run | None:
    moment = datetime.combine(day, time(), TOKYO)
    return next((run for run in register.runs() if run.finished and run.finished < moment), None)


def differences(register: Register, after: int) -> Iterator[Difference]:
    """What is otherwise now than it was after that run, by kind, store and dataset."""
    places, last = register.places(), register.last_run()
    judged = {row["id"]: row for row in register.verdicts()}
    changes = register.between(after, last.id if last else 0)
    order = {kind: number for number, kind in enumerate(KINDS)}
    where = ("", "")
    for change in sorted(
        changes,
        key=lambda one: (order.get(one.kind, len(order)), one.kind, places.get(one.dataset_id, where), one.item),
    ):
        store, dataset = places.get(change.dataset_id, where)
        verdict = judged.get(change.item) if change.kind == "verdict" else None
        yield Difference(
            change.kind,
            verdict["store"] if verdict else store,
            verdict["dataset"] if verdict else dataset,
            _about(verdict) if verdict else "" if change.kind == "verdict" else change.item,
            change.before,
            change.after,
            _words(change, change.before),
            _words(change, change.after),
        )


def _about(verdict: dict[str, Any]) -> str:
    about = (verdict["use"], verdict["column"], verdict["row_filter"])
    return " ".join(one for one in about if one) or verdict["rule"]


def _words(change: Change, state: str) -> Pair:
    if not state:
        return _NOTHING
    if change.kind == "dataset":
        return _HELD
    if change.kind == "column":
        return worded(vocabulary("data_category"), state)
    if change.kind == "verdict":
        return worded(verdicts(), state)
    if change.kind == "partition":
        subject, _, custody = state.partition(" ")
        words = worded(vocabulary("subject"), subject)
        return {"ja": f"{words['ja']}（受託）", "en": f"{words['en']} ({custody})"} if custody else words
    return {"ja": state, "en": state}
