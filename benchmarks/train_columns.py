"""Learn from labelled tables what columns hold: `python -m benchmarks.train_columns`; six minutes on two cores.

Softmax regression on the traits of every column of the tables that were read (the development split, the authored
tables) and of those that are only learnt from. Each is shown four times: as it is, with its header hidden, by its
names alone as in a data dictionary, and a few of its columns and rows alone. Writes `classifiers/columns/learnt.npz`.
The test split and the fresh tables take no part, and the words of the test split neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import classifiers.columns
from benchmarks.corpus.labels import LabelledColumn, LabelledTable
from benchmarks.corpus.schemas import authored, tables
from benchmarks.tables import arrow, described, headless
from classifiers.columns.learnt import SPECIAL, WEIGHTS, hashed
from classifiers.columns.rules import by_rules
from classifiers.columns.traits import traits
from classifiers.tags import Column, Table
from classifiers.vocabulary import data_categories

_SEED, _ROWS = 20261123, 300
_UNREAD = 2.0
"""How much more a column counts whose answer nobody tuned the rules to."""
_TABLES = 4
"""Tables that a trait must stand in to be learnt."""
_EXAMPLES = 250
"""Examples, several to each column, that a data category must have to be a class of its own."""
_FEW_COLUMNS, _FEW_ROWS = (2, 6), (3, 40)
"""Columns and rows of a table of which only a few are shown."""
_STRENGTH = 0.4
"""Inverse of how much large weights cost (L2)."""
_FAINT = 0.1
"""Weight that a trait must have for some class to be kept."""
_STEPS = 127


@dataclass(frozen=True, slots=True)
class _Example:
    table: str
    category: str
    counts: float
    traits: frozenset[str]


def main() -> None:
    """Train on everything, say how many examples and classes there are, and write the weights."""
    shown = [
        *((table, 1.0) for table in chain(tables(_SEED, "dev", _ROWS), authored(_SEED, "authored", _ROWS))),
        *((table, _UNREAD) for table in authored(_SEED, "learnt", _ROWS)),
    ]
    with ProcessPoolExecutor() as pool:
        examples = list(chain.from_iterable(pool.map(_examples, shown, chunksize=8)))
    known = _known(examples)
    classes = _classes(examples)
    model = LogisticRegression(C=_STRENGTH, max_iter=200, tol=1e-3).fit(
        _matrix(examples, known),
        [classes[one.category] for one in examples],
        sample_weight=[one.counts for one in examples],
    )
    path = Path(classifiers.columns.__path__[0]) / WEIGHTS
    kept = _write(path, known, model.coef_.T, model.intercept_, model.classes_)
    print(f"{len(examples)} examples, {len(model.classes_)} classes, {kept} of {len(known)} traits: {path}")


def _examples(shown: tuple[LabelledTable, float]) -> list[_Example]:
    labelled, counts = shown
    table = described(labelled, arrow(labelled))
    return [
        _Example(labelled.id, column.data_category, counts, frozenset(found))
        for view, columns in _views(table, labelled.columns)
        for column, found in zip(columns, traits(view, by_rules(view)), strict=True)
    ]


def _views(table: Table, labels: Sequence[LabelledColumn]) -> Iterator[tuple[Table, Sequence[LabelledColumn]]]:
    yield table, labels
    yield headless(table), labels
    yield replace(table, columns=tuple(_cut(column, 0) for column in table.columns)), labels
    dice = Random(table.name)
    places = sorted(dice.sample(range(len(labels)), min(len(labels), dice.randint(*_FEW_COLUMNS))))
    rows = dice.randint(*_FEW_ROWS)
    few = tuple(_cut(table.columns[place], rows) for place in places)
    yield replace(table, columns=few), [labels[place] for place in places]


def _cut(column: Column, rows: int) -> Column:
    """A column's first so many distinct values, each in one row; none where no row is wanted."""
    values = column.values[:rows]
    return replace(column, values=values, counts=(1,) * len(values), rows=rows)


def _known(examples: Sequence[_Example]) -> list[str]:
    """The traits that stand in several tables, sorted."""
    first: dict[str, str] = {}
    again: dict[str, set[str]] = {}
    for one in examples:
        for trait in one.traits:
            if first.setdefault(trait, one.table) != one.table:
                again.setdefault(trait, {first[trait]}).add(one.table)
    return sorted(trait for trait, found in again.items() if len(found) >= _TABLES)


def _classes(examples: Sequence[_Example]) -> dict[str, str]:
    """Data category → the class it is learnt as: itself, or the most frequent one of its type where it is rare."""
    counts = Counter(one.category for one in examples)
    common: dict[str, str] = {}
    for category, _ in counts.most_common():
        common.setdefault(data_categories()[category].data_type, category)
    return {
        category: category
        if number >= _EXAMPLES
        else SPECIAL
        if data_categories()[category].special_care
        else common[data_categories()[category].data_type]
        for category, number in counts.items()
    }


def _matrix(examples: Sequence[_Example], known: Sequence[str]) -> csr_matrix:
    places = {trait: place for place, trait in enumerate(known)}
    rows = [[places[trait] for trait in one.traits if trait in places] for one in examples]
    ends = np.cumsum([0, *map(len, rows)])
    held = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(ends[-1]))
    return csr_matrix((np.ones(len(held), np.float32), held, ends), shape=(len(rows), len(known)))


def _write(
    path: Path, known: Sequence[str], weights: NDArray[np.float64], bias: NDArray[np.float64], classes: NDArray[np.str_]
) -> int:
    """The weights in 127 steps to either side, with the traits that have any; how many these are."""
    told = np.abs(weights).max(axis=1) >= _FAINT
    scale = np.abs(weights).max() / _STEPS
    np.savez_compressed(
        path,
        traits=np.array([hashed(trait) for trait, kept in zip(known, told, strict=True) if kept], dtype=np.uint32),
        weights=np.round(weights[told] / scale).astype(np.int8),
        bias=bias.astype(np.float32),
        scale=np.float32(scale),
        classes=classes.astype(str),
    )
    return int(told.sum())


if __name__ == "__main__":
    main()
