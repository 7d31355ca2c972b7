"""Learn what names are near to in meaning: `python -m benchmarks.train_meaning`.

Softmax regression on the vocabulary's Japanese words, and on the headers of the development tables and of the authored
tables that were read; writes `classifiers/headers/meaning.npz`. The test split and the fresh tables take no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import classifiers.headers
from benchmarks.corpus.schemas import authored, tables
from classifiers.headers.meaning import SENSES, WEIGHTS, Sense, described
from classifiers.tags import FREE_TEXT, NOT_PERSONAL
from classifiers.vocabulary import data_categories

_SEED = 20261123
_SHRINK = 3e-4
"""How much large weights cost (L2), beside the mean cross-entropy."""
_OTHER = "other_personal"


def main() -> None:
    """Train on everything, say how many examples and how many of them come out right, and write the weights."""
    examples = [(found, sense) for name, sense in _examples() if (found := described(name)) is not None]
    inputs = np.array([found for found, _ in examples], dtype=np.float32)
    truths = np.array([SENSES.index(sense) for _, sense in examples])
    model = LogisticRegression(C=1 / (_SHRINK * len(truths)), max_iter=200).fit(inputs, truths)
    path = Path(classifiers.headers.__path__[0]) / WEIGHTS
    np.savez_compressed(path, weights=model.coef_.T.astype(np.float16), bias=model.intercept_.astype(np.float16))
    print(f"{len(examples)} names, {model.score(inputs, truths):.3f} of them right: {path}")


def _examples() -> Iterator[tuple[str, Sense]]:
    for category, row in data_categories().items():
        for word in (*row.headers.strong, *row.headers.medium):
            if "～" not in word:
                yield word, _sense(category)
    for table in (*tables(_SEED, "dev", 20), *authored(_SEED, "authored", 20)):
        for column in table.columns if table.group != "impersonal" else ():
            # A label says more than the name beside it.
            yield (column.label if described(column.label) is not None else column.name), _sense(column.data_category)


def _sense(category: str) -> Sense:
    row = data_categories()[category]
    if row.special_care:
        return "special_care"
    told: dict[str, Sense] = {NOT_PERSONAL: "not_personal", FREE_TEXT: "note", _OTHER: "attribute"}
    return told.get(row.data_type, "identity")


if __name__ == "__main__":
    main()
