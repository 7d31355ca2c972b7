"""What the kinds of columns say together: a birth date beside an address and no employer is a private person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from classifiers.tags import ColumnTag, Evidence
from classifiers.vocabulary import together

_CLEARLY = 1.2
"""Weight of words for another private person from which what any private person has says nothing."""


def says(tags: Sequence[ColumnTag], named: Iterable[Evidence]) -> Iterator[Evidence]:
    """What a dataset's data categories say of whose it is: one piece of evidence a combination that stands in it.

    `named`: what its names and columns say in words.
    """
    totals: defaultdict[str, float] = defaultdict(float)
    for reason in named:
        totals[reason.says] += reason.weight
    # A file without headers holds a private person's columns as well, and nobody said what it is for.
    held = {tag.data_category for tag in tags if _is_named(tag)}
    for row in together():
        others = max((totals[subject] for subject in row.yields), default=0.0)
        if others >= _CLEARLY and others > totals[row.says]:
            continue
        if all(held.intersection(one) for one in row.all) and held.isdisjoint(row.none):
            yield Evidence(f"subject_together_{row.id}", row.says, row.weight)


def _is_named(tag: ColumnTag) -> bool:
    """Whether a column's name speaks for what it holds, not its values alone."""
    return any(reason.code.startswith("column_header") and reason.weight > 0 for reason in tag.evidence)
