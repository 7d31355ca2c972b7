"""One individual, looked up in every store at request time: candidates per store, and the proof of what was searched.

Read-only, live, and in this process alone: no flow, no log, no copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from pipelines import clock
from pipelines.disclosure.findings import Candidate, Entrusted, Finding, LookupResult, NotSearched, Searched
from pipelines.disclosure.following import follow
from pipelines.disclosure.links import DeclaredLink
from pipelines.disclosure.opened import search
from pipelines.disclosure.person import Person, PersonError
from pipelines.disclosure.sought import seek
from pipelines.disclosure.weighing import DISPOSITIONS
from pipelines.disclosure.where import RegisteredDataset, StoreToSearch
from pipelines.scan import reach

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.register import Register

Record = Callable[[str, Mapping[str, Any]], str]
"""Adds an event and what is said of it to the audit, kept when it returns, and answers the entry's name."""

Keep = Callable[[Candidate, Sequence[str], Sequence[str]], None]
"""Is handed every candidate with the names and the cells of its row, in memory only: for whoever answers the person."""
Step = Callable[[str], None]
"""Is told the id of a store that was searched."""

AT_ONCE = 4
"""Stores that are searched side by side: reading and comparing whole columns leaves Python to other threads."""

_LONGEST_REASON = 200
_UNLISTED = "データストアの一覧を取れませんでした (its store could not be listed)"
_GONE = "台帳にありますが、データストアにはもうありません (in the register, no longer in its store)"


def drop(_candidate: Candidate, _names: Sequence[str], _cells: Sequence[str]) -> None:
    """Keeps nothing."""


def unseen(_store: str) -> None:
    """Tells nobody."""


def lookup(
    person: Person,
    stores: Iterable[StoreToSearch],
    datasets: Sequence[RegisteredDataset],
    today: date,
    keep: Keep = drop,
    step: Step = unseen,
) -> LookupResult:
    """Look the person up in every dataset of the stores that is not proven impersonal, registered or not.

    Stores are searched side by side, and answered in their order. Never raises for a store's sake: what could not be
    read, half or wholly, stands in `not_searched`, beside what was found before it failed.
    """
    at = datetime.now(clock.TOKYO)
    sought, found = seek(person), list[Finding]()
    known = {one.id: one for one in datasets}
    with ThreadPoolExecutor(AT_ONCE) as threads:
        opened = list(threads.map(lambda store: search(store, known, sought, today, step), stores))
        follow([dataset for searched in opened for dataset in searched.searches], threads)
    for searched in opened:
        for dataset in searched.searches:
            found += dataset.findings()
            for hit in dataset.hits.values():
                keep(hit.candidate, hit.names, hit.cells)
        found += searched.other
    seen = {one.dataset_id for one in found}
    failed = {one.store for one in found if isinstance(one, NotSearched) and not one.dataset_id}
    for one in datasets:
        if one.id not in seen:
            hint = _UNLISTED if one.store in failed else _GONE
            found.append(NotSearched(one.store, one.id, one.name, "missing", hint))
    candidates = [one for one in found if isinstance(one, Candidate)]
    return LookupResult(
        at=at,
        kinds=person.kinds(),
        candidates=tuple(sorted(candidates, key=_order)),
        entrusted=tuple(one for one in found if isinstance(one, Entrusted)),
        searched=tuple(one for one in found if isinstance(one, Searched)),
        not_searched=tuple(one for one in found if isinstance(one, NotSearched)),
    )


def run_lookup(
    person: Person,
    stores: Sequence[StoreDeclaration],
    register: Register,
    record: Record,
    reason: str,
    keep: Keep = drop,
    step: Step = unseen,
) -> LookupResult:
    """Look the person up in the declared stores; beginning and end stand in the audit, or nothing is looked up.

    `keep` is handed every candidate's row, in memory; `step` is called for every store that was searched, from any
    thread. Raises what `record` raises, PersonError where the reason is
    missing or holds a key.
    """
    reason = _reason(reason, person)
    begun = record("lookup_begun", {"reason": reason, "keys": person.kinds()})
    today = clock.today()
    searched = [_declared(store) for store in stores if store.holds_rows]
    result = lookup(person, searched, register.datasets(), today, keep, step)
    record(
        "lookup_done",
        {
            "begun": begun,
            "reason": reason,
            "keys": person.kinds(),
            "searched": {"datasets": len(result.searched), "rows": sum(one.rows for one in result.searched)},
            "not_searched": Counter(one.reason for one in result.not_searched),
            "candidates": result.counts(),
            "entrusted": sum(one.rows for one in result.entrusted),
            "result": result.digest(),
        },
    )
    return result


def _order(candidate: Candidate) -> tuple[int, float]:
    return DISPOSITIONS.index(candidate.weighed.disposition), -candidate.weighed.strength


def _declared(store: StoreDeclaration) -> StoreToSearch:
    links = tuple(
        DeclaredLink(dataset.name, link.column, link.to.store or store.id, link.to.dataset, link.to.column, link.prefix)
        for dataset in store.datasets
        for link in dataset.links
    )
    return StoreToSearch(store.id, partial(reach, store, whole=True), store.custody or "own", store.label, links)


def _reason(reason: str, person: Person) -> str:
    """The reason on one line, which stands in the audit: no key in it, in no spelling."""
    line = " ".join(reason.split())
    if not line or len(line) > _LONGEST_REASON:
        raise PersonError(
            f"照会の理由を 1〜{_LONGEST_REASON} 文字で指定してください (reason: give a case number, or why)"
        )
    if seek(person).shows_in(line):
        raise PersonError(
            "理由に本人の手がかりがあります。受付番号を使ってください (the reason holds a key: give a case number)"
        )
    return line
