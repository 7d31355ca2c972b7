"""Learn what names are near to in meaning: `python -m benchmarks.train_meaning`.

Softmax regression on the vocabulary's Japanese words, and on the headers of the development tables and of the authored
tables that were read; writes `classifiers/headers/meaning.npz`. The test split and the fresh tables take no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import classifiers.headers
from benchmarks.corpus.schemas import authored, tables
from classifiers.headers.meaning import SENSES, WEIGHTS, Sense, described
from classifiers.tags import FREE_TEXT, NOT_PERSONAL
from classifiers.vocabulary import data_categories

_SEED = 20261123
_SHRINK = 3e-4
"""How much large weights cost (L2)."""
_OTHER = "other_personal"


def main() -> None:
    """Train on everything, say how many examples and how many of them come out right, and write the weights."""
    examples = [(found, sense) for name, sense in _examples() if (found := described(name)) is not None]
    inputs = np.array([found for found, _ in examples], dtype=np.float32)
    truths = np.array([SENSES.index(sense) for _, sense in examples])
    weights, bias = _trained(inputs, truths)
    right = float((np.argmax(inputs @ weights + bias, axis=1) == truths).mean())
    path = Path(classifiers.headers.__path__[0]) / WEIGHTS
    np.savez_compressed(path, weights=weights.astype(np.float16), bias=bias.astype(np.float16))
    print(f"{len(examples)} names, {right:.3f} of them right: {path}")


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


def _trained(inputs: NDArray[np.float32], truths: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (600 × senses) and bias (senses) with the least regularised cross-entropy."""
    n, size = inputs.shape
    senses = len(SENSES)
    wanted = np.eye(senses, dtype=np.float32)[truths]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = flat[: size * senses].reshape(size, senses).astype(np.float32), flat[size * senses :]
        scores = inputs @ weights + bias
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        off = (np.exp(logs) - wanted) / n
        slope = np.concatenate([(inputs.T @ off + _SHRINK * weights).ravel(), off.sum(axis=0)])
        return float(-(wanted * logs).sum() / n + _SHRINK / 2 * (weights**2).sum()), slope.astype(np.float64)

    best = minimize(loss, np.zeros(size * senses + senses), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return best[: size * senses].reshape(size, senses).astype(np.float32), best[size * senses :].astype(np.float32)


if __name__ == "__main__":
    main()
