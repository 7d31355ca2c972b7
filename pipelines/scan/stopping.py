"""One dataset held against the stop list while it is read: counts by scope, in memory that does not grow with its rows.

Which column holds what is known only when the dataset is classified. A sample waits for that; of a dataset that is read
whole a first piece is classified beforehand, and the rest is compared as it goes by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from classifiers.tags import SubjectTag
from pipelines.disclosure.places import places
from pipelines.scan.answers import StopCount
from pipelines.scan.reading import Observed, Reading
from pipelines.suppression.hashing import StopListError
from pipelines.suppression.screening import Answer, Stops, screen
from pipelines.suppression.standing import stops

if TYPE_CHECKING:
    import pyarrow as pa

Told = tuple[Mapping[str, str], Sequence[SubjectTag]]
"""Column → data category, as the store names it, and whose the rows are."""
FIRST = 2_000
"""Rows of the first piece."""
FAILED = "?"
"""Instead of the list's state, where a dataset that should have been compared could not be: it is due again."""


class Comparison:
    """One dataset's."""

    def __init__(self, reading: Reading, tell: Callable[[pa.Table], Told]) -> None:
        self._stops = _held(reading.stop_list, reading.stops) if reading.stop_list else None
        self._wanted, self._state, self._tell = bool(reading.stop_list), reading.stops, tell
        self._waiting: list[pa.RecordBatch] = []
        self._kinds: Mapping[str, str] | None = None
        self._shut = self._stops is None or not self._stops.entries
        self._rows = 0
        self._counts: dict[str, dict[Answer, int]] = {}

    def through(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches as they are, compared as they go by."""
        import pyarrow as pa

        for batch in batches:
            if not self._shut:
                self._waiting.append(batch)
                if self._kinds is None and sum(one.num_rows for one in self._waiting) >= FIRST:
                    pieces = [pa.Table.from_batches([one]) for one in self._waiting]
                    self._begin(*self._tell(pa.concat_tables(pieces, promote_options="default")))
                self._compare()
            yield batch

    def outcome(
        self, kinds: Mapping[str, str], partitions: Sequence[SubjectTag], observed: Observed
    ) -> tuple[tuple[StopCount, ...], str]:
        """The counts, and what of the list the answer rests on: its state, `FAILED`, or '' where it does not matter.

        What the columns hold and whose the rows are is told of the whole dataset by now.
        """
        if not self._wanted or not comparable(partitions) or observed.level == "metadata":
            return (), ""
        if self._stops is None:
            return (), FAILED
        if not self._shut:
            if observed.level == "sample":
                self._waiting += observed.records.to_batches()
            if self._kinds is None:
                self._begin(kinds, partitions)
            self._compare()
        elif self._stops.entries:
            return (), FAILED
        return tuple(
            StopCount(scope, self._rows, counts[Answer.YES], counts[Answer.PERSON])
            for scope, counts in sorted(self._counts.items())
        ), self._state

    def _begin(self, kinds: Mapping[str, str], partitions: Sequence[SubjectTag]) -> None:
        if not comparable(partitions) or self._stops is None:
            self._shut, self._waiting = True, []
            return
        self._kinds = kinds
        scopes = {entry.scope for entry in self._stops.entries.values()}
        self._counts = {scope: dict.fromkeys(Answer, 0) for scope in scopes}

    def _compare(self) -> None:
        if self._kinds is None or self._stops is None:
            return
        for batch in self._waiting:
            self._rows += batch.num_rows
            where = places([self._kinds.get(name, "") for name in batch.schema.names])
            for answers in screen(batch.columns, where, self._stops).rows.values():
                of_scope: dict[str, Answer] = {}
                for entry, answer in answers.items():
                    scope = self._stops.entries[entry].scope
                    of_scope[scope] = max(answer, of_scope.get(scope, Answer.NO))
                for scope, answer in of_scope.items():
                    self._counts[scope][answer] += 1
        self._waiting = []


def comparable(partitions: Sequence[SubjectTag]) -> bool:
    """Whether persons may and need be looked for: not in what others entrusted, nor in what is pseudonymised."""
    if any(one.custody == "entrusted" or one.nature in ("pseudonymised", "anonymous") for one in partitions):
        return False
    return any(one.nature != "none" for one in partitions)


@lru_cache(maxsize=1)
def _held(path: str, _state: str) -> Stops | None:
    try:
        return stops(Path(path))
    except StopListError:
        # the scan itself has opened it: here, on some other machine, the file or the key is missing
        return None
