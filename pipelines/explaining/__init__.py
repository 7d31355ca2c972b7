"""One verdict of a register, explained so that a second person can judge the case again.

Everything stands in the register already: the verdict, the facts it was made of, the check's day and versions, and what
became of it from check to check. The policy comes from the declarations, or is the shipped one that the check went by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from expectations.policy import Policy, load, policies
from expectations.tracing import Trace, trace
from pipelines.judging import as_ruled
from pipelines.register import Change, Register, RegisteredDataset, RegisteredStore, Run, masked
from pipelines.reports.words import FINDINGS
from pipelines.versions import versions

if TYPE_CHECKING:
    from pipelines.declarations import Declarations
    from pipelines.register import RegisteredVerdict

State = Literal["new", "open", "re-opened", "in order", "gone"]
"""`new`: the last check found it first; `re-opened`: it was found, then was not, and is again."""


class ExplainError(Exception):
    """There is nothing to explain by that id; the message says what there is (exit code 2)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a case was judged to be from a check on."""

    run: Run
    verdict: str
    """'' nothing was said of it any more."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict with everything it rests on."""

    id: str
    verdict: RegisteredVerdict | None
    """None: it is gone."""
    state: State
    stages: tuple[Stage, ...]
    """The case's history, whichever rule decided it, the earliest first."""
    check: Run
    """The last check."""
    policy: Policy
    trace: Trace | None
    """The case judged again by what the register holds now; None: it has no such case any more."""
    store: RegisteredStore | None
    dataset: RegisteredDataset | None
    scan: Run | None
    """The scan that last read the dataset."""
    changed: Mapping[str, tuple[str, str]]
    """What is otherwise now than at the check: `rules`, `vocabulary`, `policy`, `declarations`, `scan` → was, is."""

    @property
    def again(self) -> bool:
        """Whether the case, judged again, comes out the same, sentence for sentence."""
        now = self.trace.verdict if self.trace else None
        if self.verdict is None or now is None:
            return self.verdict is None and now is None
        return (now.id, now.digest) == (self.verdict.id, self.verdict.digest)


def explain(register: Register, id: str, known: Declarations | None = None) -> Explanation:
    """The verdict of an id, or of the only one that begins so; raises ExplainError, PolicyError, RegisterError."""
    check = register.last_run("check")
    if check is None:
        raise ExplainError("点検の記録がありません。先に daicho check を · no check yet: `daicho check` first")
    whole = _resolved(register, id)
    policy = _policy(check, known)
    datasets = {one.id: one for one in register.datasets()}
    found = register.verdict(whole)
    # as the check judged it: with what people had ruled, and with what SQL was seen to do
    judged, seen = as_ruled(register)
    traced = trace(policy, judged, register.declared(), check.as_of, whole, seen)
    runs = {run.id: run for run in register.runs()}
    stages = tuple(_stages(register.verdict_history(traced.ids if traced else [whole]), runs))
    dataset = datasets.get(found.dataset_id if found else _dataset_of(register, whole))
    stores = {one.id: one for one in register.stores()}
    store = found.store if found else dataset.store if dataset else ""
    return Explanation(
        id=whole,
        verdict=found,
        state=_state(found, stages, check),
        stages=stages,
        check=check,
        policy=policy,
        trace=traced,
        store=stores.get(store),
        dataset=dataset,
        scan=runs.get(dataset.last_run) if dataset else None,
        changed=_changed(check, policy, known, register, dataset),
    )


def _resolved(register: Register, id: str) -> str:
    """The whole id that `id` is the beginning of, among the verdicts there are and those that are gone."""
    rows = {row["id"]: row for row in register.verdicts()}
    known = [*rows, *dict.fromkeys(change.item for change in register.verdict_history() if change.item not in rows)]
    found = [one for one in known if one.startswith(id)] if id else []
    if id in known or len(found) == 1:
        return id if id in known else found[0]
    if found:
        raise ExplainError(f"{id}: {len(found)} 件に当たります · fits several: {', '.join(found[:8])}")
    # people have the id of a use, a dataset or an outcome at hand
    about = [
        f"{one} {row['verdict']} {row['use'] or row['column']} {row['store']} {row['dataset']}"
        for one, row in rows.items()
        if id and id in (row["use"], row["dataset"], row["store"], row["column"])
    ]
    near = about or get_close_matches(id, known, n=3)
    listed = "".join(f"\n  {one}" for one in near[:20]) or "\n  daicho export verdicts --register …"
    raise ExplainError(f"{id}: この番号の判定はありません · no such verdict; 近いもの · near:{listed}")


def _policy(check: Run, known: Declarations | None) -> Policy:
    if known is not None:
        from pipelines.judging import policy_of

        return policy_of(known)
    name = check.versions.get("policy", "").partition(" ")[0]
    if name not in policies():
        raise ExplainError(
            f"点検の方針は {name or '不明'} です。--declarations で宣言のフォルダを指定してください"
            " · judged by a policy of your own: name the folder by --declarations"
        )
    return load(name)


def _stages(history: Sequence[Change], runs: Mapping[int, Run]) -> list[Stage]:
    """One stage a check: where another rule decides, one id goes and another one comes."""
    by_run: dict[int, str] = {}
    for change in history:
        by_run[change.run] = change.after or by_run.get(change.run, "")
    return [Stage(runs[run], verdict) for run, verdict in by_run.items() if run in runs]


def _state(found: RegisteredVerdict | None, stages: Sequence[Stage], check: Run) -> State:
    if found is None:
        return "gone"
    if found.verdict not in FINDINGS:
        return "in order"
    was = [stage.verdict in FINDINGS for stage in stages]
    if any(before and not after for before, after in pairwise(was)):
        return "re-opened"
    first = next((stage.run.id for stage, finding in zip(stages, was, strict=True) if finding), check.id)
    return "new" if first == check.id else "open"


def _dataset_of(register: Register, id: str) -> str:
    return next((change.dataset_id for change in register.verdict_history([id])), "")


def _changed(
    check: Run, policy: Policy, known: Declarations | None, register: Register, dataset: RegisteredDataset | None
) -> dict[str, tuple[str, str]]:
    now = dict(versions())
    if known is not None:
        now["policy"] = f"{policy.id} {policy.version} {policy.digest}"
    found = {name: (check.versions.get(name, ""), is_) for name, is_ in now.items() if check.versions.get(name) != is_}
    if known is not None and register.declared().model_copy(update={"stops": ()}) != masked(known.declared):
        found["declarations"] = ("", "")
    if dataset and dataset.last_run > check.id:
        found["scan"] = (str(check.id), str(dataset.last_run))
    return found
