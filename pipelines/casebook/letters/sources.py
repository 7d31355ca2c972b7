"""What a letter is written from, as it is now: confirmed rows held against the review, codes with their words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from pipelines.casebook import gates
from pipelines.casebook.letters.meanings import meanings
from pipelines.casebook.letters.parts import Source
from pipelines.casebook.searching import Row, digests

if TYPE_CHECKING:
    from expectations.policy import Policy
    from pipelines.casebook.case import Case
    from pipelines.casebook.searching import Looked
    from pipelines.declarations import Declarations
    from pipelines.register import RegisteredDataset


def source(
    case: Case,
    looked: Looked | None,
    policy: Policy,
    known: Declarations,
    datasets: Mapping[str, RegisteredDataset],
    day: date,
    nth: int,
) -> Source:
    """What the case's letter number `nth` is written from; `looked` is None where no row was confirmed.

    Raises RefusedError where a confirmed row is another one by now.
    """
    if looked and (changed := gates.rows_changed(case.progress, digests(case, looked.rows))):
        raise gates.RefusedError("rows_changed", *changed)
    rows = looked.rows if looked else {}
    released = [row for one in case.progress.released if isinstance(row := rows.get(one.id), Row)]
    words = meanings(released, datasets, known.stores)
    return Source(policy, known.company, known.declared, datasets, rows, day, nth, words)
