"""What must be seen before a correction or a stop is closed: every row group, and everybody who has got the data."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.casebook.gates.moving import CHANGING, RefusedError
from pipelines.casebook.progress import GRANTED, RECORDS, Addressee, Candidate, Item, Measure, Progress, What

OWNER = ("owner",)
"""The reason of a candidate that no search found: its store's owner said so."""
State = Literal["open", "gone", "corrected", "blocked", "kept"]
_SEARCHED = ("correction", "stop_use")
"""Kinds whose end a new search has to show. Of a stop of provision the rows rightly stay."""


@dataclass(frozen=True, slots=True)
class Group:
    """One dataset's rows of the individual, and what became of one thing that was decided for them."""

    id: str
    """`store/dataset`."""
    name: str
    """As the company calls it."""
    kind: str
    state: State
    until: date | None = None
    """Until when a law says that it is kept."""


def groups(progress: Progress) -> tuple[Group, ...]:
    """Every row group that something was decided for, as the decision, the measures and the new search show it.

    What the new search found where nothing of the individual was before goes with what was granted of its kind.
    """
    names = {one.group: one.name or one.group for one in _all(progress)}
    return tuple(
        Group(group, names.get(group, group), item.kind, _state(progress, item, group), item.until)
        for item, of_item in _decided(progress)
        for group in of_item
    )


def unnamed(rows: Iterable[Candidate], kind: str, items: Iterable[Item]) -> tuple[Candidate, ...]:
    """The rows whose groups no item of the kind names; of a correction those alone that say what is wrong, where any
    do, and what an owner answered: nobody has seen what that says."""
    named = {group for one in items if one.kind == kind for group in one.groups}
    rows = tuple(rows)
    if kind == "correction":
        wrong = any(one.uncorrected for one in rows)
        rows = tuple(one for one in rows if one.uncorrected or one.reasons == OWNER or not wrong)
    return tuple(one for one in rows if one.group not in named)


def undone(progress: Progress) -> tuple[str, ...]:
    """The row groups, by name, for which nothing was reported that the letter may tell as done."""
    return tuple(dict.fromkeys(
        one.name
        for one in groups(progress)
        if one.kind in _SEARCHED and one.state != "kept" and not _reported(progress, one.id)
    ))  # fmt: skip


def is_carried_out(progress: Progress) -> bool:
    """Whether what was instructed in our own stores is done, and a stop stands on the stop list."""
    own = [one for one in progress.measures if not one.what.startswith("tell_")]
    done = progress.stopped_on or own
    return bool(done) and all(one.acknowledged_on for one in own) and not undone(progress)


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody who must be told, of one row group, and whether that is done."""

    addressee: Addressee
    name: str
    """Of the row group."""
    done: bool

    @property
    def to(self) -> str:
        """Who it is. Of a record of provision, which a private person may stand in, its number alone."""
        return f"{self.name} の提供先" if self.addressee.group.startswith(f"{RECORDS}/") else self.addressee.to


def words(progress: Progress) -> tuple[Word, ...]:
    """Who must be told, group by group. A trustee is no third party: a stop of provision alone does not concern it."""
    kinds: dict[str, set[str]] = {}
    for one in groups(progress):
        if one.state != "kept":
            kinds.setdefault(one.id, set()).add(one.kind)
    if kinds:
        kinds |= {f"{RECORDS}/{one.locator}": {*CHANGING} for one in progress.released if one.store == RECORDS}
    names = {one.group: one.name or one.group for one in _all(progress)}
    names |= {f"{RECORDS}/{one.locator}": one.name for one in progress.released if one.store == RECORDS}
    return tuple(
        Word(one, names.get(one.group, one.group), any(_tells(measure, one) for measure in progress.measures))
        for one in _addressees(progress)
        if (concerned := kinds.get(one.group))
        if one.what == "tell_recipient" or concerned & {*_SEARCHED}
    )


def finished(progress: Progress) -> None:
    """Nothing is left of a correction or a stop; raises RefusedError, naming what is."""
    if waiting := [one.id for one in progress.measures if not one.settled]:
        raise RefusedError("unacknowledged", *waiting)
    if silent := [word for word in words(progress) if not word.done]:
        raise RefusedError("untold", *dict.fromkeys(f"{word.to}（{word.name}）" for word in silent))
    if _needs_search(progress):
        if not progress.recheck:
            raise RefusedError("not_rechecked", *dict.fromkeys(one.name for one in groups(progress)))
        if progress.recheck.open:
            raise RefusedError("open_stores", *(one.store for one in progress.recheck.open))
    if left := [one for one in groups(progress) if one.state == "open"]:
        raise RefusedError("still_there", *dict.fromkeys(one.name for one in left))


def _needs_search(progress: Progress) -> bool:
    items = progress.decision.items if progress.decision else ()
    return any(item.kind in _SEARCHED and item.outcome in GRANTED and not item.until for item in items)


def _decided(progress: Progress) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Every item that changes something, or says what is kept, with its row groups."""
    items = progress.decision.items if progress.decision else ()
    found_anew = set[str]()
    for item in items:
        if item.kind not in CHANGING or not (item.outcome in GRANTED or item.until):
            continue
        groups = item.groups or tuple(one.group for one in unnamed(progress.rows, item.kind, items))
        if item.kind not in found_anew and not item.until and not _has_rest(items, item):
            found_anew.add(item.kind)
            groups += tuple(one.group for one in _found_anew(progress, item.kind, items))
        yield item, tuple(dict.fromkeys(groups))


def _has_rest(items: Iterable[Item], item: Item) -> bool:
    """Whether another item of its kind is of all that no item names."""
    return bool(item.groups) and any(one.kind == item.kind and not one.groups for one in items)


def _found_anew(progress: Progress, kind: str, items: Iterable[Item]) -> tuple[Candidate, ...]:
    """What the new search found in row groups that no item of the kind names."""
    if not progress.recheck:
        return ()
    theirs = [one for one in progress.recheck.candidates if _is_theirs(progress, one)]
    if kind == "correction":
        theirs = [one for one in theirs if one.uncorrected or one.reasons == OWNER]
    return unnamed(theirs, kind, items)


def _state(progress: Progress, item: Item, group: str) -> State:
    if item.until:
        return "kept"
    done = _reported(progress, group)
    if item.kind == "stop_provision":
        listed = any(one.what == "stop_list" and one.acknowledged_on for one in progress.measures)
        return "blocked" if progress.stopped_on or listed or done & {"stop", "block", "erase"} else "open"
    if progress.recheck is None:
        return "open"
    here = [one for one in progress.recheck.candidates if one.group == group and _is_theirs(progress, one)]
    if not here:
        return "gone"
    rows = [one for one in progress.rows if one.group == group]
    # beside the rows that said what is wrong, others rightly stay as they are
    before = {one.id: one.digest for one in [one for one in rows if one.uncorrected] or rows}
    wrong = any(one.uncorrected or before.get(one.id) == one.digest for one in here)
    if item.kind == "correction" and "correct" in done and not wrong:
        return "corrected"
    return "blocked" if done & {"stop", "block"} else "open"


def _reported(progress: Progress, group: str) -> set[What]:
    """What was done to a row group, as its owner says."""
    return {one.what for one in progress.measures if one.acknowledged_on and group in one.groups}


def _is_theirs(progress: Progress, found: Candidate) -> bool:
    """Whether what a new search found is the individual's, as far as nobody ruls upon it any more."""
    if found.store == RECORDS:
        return False
    before = {one.id for one in progress.rows}
    if found.id in before:
        return True
    seen = {one.id for one in (progress.search.candidates if progress.search else ())}
    if found.id in seen:
        return False
    # a row without a key has another id when its content is another one, and then speaks as it did
    alike = {one.suggestion for one in progress.rows if one.group == found.group}
    return found.suggestion == "release" or found.reasons == OWNER or found.suggestion in alike - {"excluded"}


def _addressees(progress: Progress) -> Iterator[Addressee]:
    """Who has got data by either search; what an owner answered stands for all the declared rows of its store."""
    owned = {one.store: one.group for one in _all(progress) if one.reasons == OWNER}
    seen = set[tuple[str, str, str]]()
    for search in (progress.search, progress.recheck):
        for one in search.addressees if search else ():
            store = one.group.partition("/")[0]
            for group in dict.fromkeys((one.group, owned.get(store, one.group))):
                if (key := (one.what, one.to, group)) not in seen:
                    seen.add(key)
                    yield one.model_copy(update={"group": group})


def _tells(measure: Measure, addressee: Addressee) -> bool:
    if not (measure.what.startswith("tell_") and measure.settled):
        return False
    return _folded(measure.to) == _folded(addressee.to) and (not measure.groups or addressee.group in measure.groups)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _all(progress: Progress) -> Iterator[Candidate]:
    for search in (progress.recheck, progress.search):
        yield from search.candidates if search else ()
