"""What many labelled tables taught: what columns like one held, by its names, its values and what stands around it.

A softmax regression over traits (`traits.py`), the rules' own decision among them. Its weights are those of
`learnt.npz`, which `python -m benchmarks.train_columns` learns from labelled tables, most of them by people who had not
read the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from zlib import crc32

from classifiers.tags import Evidence
from classifiers.vocabulary import data_categories

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS: Final = "learnt.npz"
SPECIAL: Final = "special_care"
"""The class of special care of kinds too rare to be learnt one by one."""
_TOLD = frozenset({"told", "name", "word"})
"""Traits that are letters of the column's own names."""
_TELLING = 0.3
"""Weight from which a piece of a name is told as what spoke for the answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a column."""

    likely: Mapping[str, float]
    """Data category, or `SPECIAL` → how likely, 0..1 and 1 together."""
    spoke: Mapping[str, NDArray[np.float32]]
    """The column's traits that the model knows → how much each speaks for each class."""

    @property
    def special(self) -> float:
        """How likely special care of any kind is, 0..1."""
        return sum(share for category, share in self.likely.items() if is_special(category))

    def answer(self, known: Sequence[str]) -> tuple[str, float]:
        """The data category of the likeliest type, by preference one of the `known` ones, and the type's share."""
        types: dict[str, float] = {}
        for category, share in self.likely.items():
            types[data_type(category)] = types.get(data_type(category), 0.0) + share
        best = max(types, key=types.__getitem__)
        of_type = (category for category in known if data_type(category) == best)
        return next(of_type, self._likeliest(best)), types[best]

    def evidence(self, category: str, share: float) -> Evidence:
        """Why: how likely, and the piece of the names that speaks most for it, where one does."""
        learnt = category if category in self.likely else self._likeliest(data_type(category))
        place = list(self.likely).index(learnt)
        told = {
            trait.partition(":")[2].strip("^$_"): float(weights[place])
            for trait, weights in self.spoke.items()
            if trait.partition(":")[0] in _TOLD and not any(letter.isdigit() for letter in trait)
        }
        piece = max(told, key=lambda one: (told[one], len(one)), default="")
        words: dict[str, str | int | float] = {"share": round(100 * share)}
        if not piece or told[piece] < _TELLING:
            return Evidence("column_learnt", category, 0.3, words)
        return Evidence("column_learnt_word", category, 0.3, words | {"word": piece})

    def _likeliest(self, wanted: str) -> str:
        return max((one for one in self.likely if data_type(one) == wanted), key=self.likely.__getitem__)


def read(found: Iterable[str]) -> Reading:
    """What the model makes of a column with these traits. The same for the same traits, in whatever order."""
    import numpy as np

    model = _model()
    known = sorted((row, trait) for trait in found if (row := model.rows.get(hashed(trait))) is not None)
    spoke = model.weights[[row for row, _ in known]]
    scores = spoke.sum(axis=0) + model.bias
    likely = np.exp(scores - scores.max())
    shares = map(float, likely / likely.sum())
    return Reading(
        likely=dict(zip(model.classes, shares, strict=True)),
        spoke=dict(zip((trait for _, trait in known), spoke, strict=True)),
    )


def hashed(trait: str) -> int:
    """What a trait is known by in the weights."""
    return crc32(trait.encode("utf-8", "surrogatepass"))


def is_special(category: str) -> bool:
    """Whether a class or a data category is special care."""
    return category == SPECIAL or bool(data_categories()[category].special_care)


def data_type(category: str) -> str:
    """The data type of a class or a category; special care of rare kinds is of the type of the others."""
    return data_categories()["personal_other" if category == SPECIAL else category].data_type


@dataclass(frozen=True, slots=True)
class _Model:
    rows: Mapping[int, int]
    """CRC-32 of a trait → its row."""
    weights: NDArray[np.float32]
    """Traits × classes."""
    bias: NDArray[np.float32]
    classes: tuple[str, ...]


@cache
def _model() -> _Model:
    import numpy as np

    with files(__package__).joinpath(WEIGHTS).open("rb") as file, np.load(file) as held:
        traits_known, scale = held["traits"], float(held["scale"])
        weights, bias = held["weights"].astype(np.float32) * scale, held["bias"].astype(np.float32)
        classes = tuple(map(str, held["classes"]))
    return _Model({int(trait): row for row, trait in enumerate(traits_known)}, weights, bias, classes)
