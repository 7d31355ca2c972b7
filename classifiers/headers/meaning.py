"""What a Japanese name that no word of the vocabulary decides is nearest to in meaning.

A linear model over GiNZA's word vectors: the mean of the name's words, and its last one, which says what the whole is.
Its weights are those of `meaning.npz`, which `python -m benchmarks.train_meaning` learns from the vocabulary's words
and from the headers of the development tables. It answers for words that nobody listed (暮らし向き, 梱包材).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, get_args

from classifiers.nlp import meanings
from classifiers.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

Sense = Literal["not_personal", "special_care", "attribute", "note", "identity"]
"""What a name may be about: nothing of anybody's, special care, what somebody is or has, notes, who somebody is."""
SENSES: Final[tuple[Sense, ...]] = get_args(Sense)
_JAPANESE = re.compile("[一-龥ぁ-んァ-ヶ]")
_REMARK = re.compile("[(:：【\\[].*", re.DOTALL)
WEIGHTS = "meaning.npz"


@lru_cache(maxsize=50_000)
def senses(name: str) -> Mapping[Sense, float]:
    """How likely each sense of a column's name or label is, 0..1 and 1 together; {} where it has no word to go by.

    >>> near = senses("暮らし向き")
    >>> max(near, key=near.__getitem__)
    'attribute'
    >>> senses("KMK_07")
    {}
    """
    features = described(name)
    if features is None:
        return {}
    import numpy as np

    weights, bias = _model()
    scores = features @ weights + bias
    likely = np.exp(scores - scores.max())
    return dict(zip(SENSES, map(float, likely / likely.sum()), strict=True))


def described(name: str) -> NDArray[np.float32] | None:
    """The name as the model takes it: 600 numbers; None for a name without a Japanese word that has a vector."""
    told = fold(name)
    text = _REMARK.sub("", told) or told
    if not _JAPANESE.search(text):
        return None
    words = meanings(text)
    if not words:
        return None
    import numpy as np

    return np.concatenate([np.mean(words, axis=0), words[-1]])


@cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import numpy as np

    with files(__package__).joinpath(WEIGHTS).open("rb") as file, np.load(file) as held:
        return held["weights"].astype(np.float32), held["bias"].astype(np.float32)
