"""The ways in which the classifier reads a text, by name, the cheapest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from classifiers.tags import Mention
from classifiers.texts import mentions

MODES: Mapping[str, Callable[[Sequence[str]], list[tuple[Mention, ...]]]] = {
    "fast": partial(mentions, mode="fast"),
    "standard": partial(mentions, mode="standard"),
    "deep": partial(mentions, mode="deep"),
}
"""`fast` has rules and Sudachi; `standard` asks GiNZA where they leave something unexplained, `deep` on every text."""
