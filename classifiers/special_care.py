"""要配慮個人情報 in free text: words that speak of it, unless they stand in a word that only looks alike.

システム障害 is no disability: `vocabulary/special_care.yml` has both lists, a row a data category.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.normalize import normalize
from classifiers.tags import Mention
from classifiers.vocabulary import rows

_SCORE = 0.7


@dataclass(frozen=True, slots=True)
class SpecialCare:
    """Words of one data category."""

    id: str
    words: tuple[str, ...]
    not_words: tuple[str, ...] = ()
    """Longer words around them that mean another thing."""


@cache
def _automaton() -> tuple[AhoCorasick, Mapping[str, str]]:
    """The words, and what category each speaks for; '' for one that only looks alike."""
    categories: dict[str, str] = {}
    if files("classifiers.vocabulary").joinpath("special_care.yml").is_file():
        for row in rows("special_care", SpecialCare):
            categories |= dict.fromkeys(map(normalize, row.not_words), "")
            categories |= {normalize(word): row.id for word in row.words}
    return AhoCorasick(list(categories), matchkind=MatchKind.LeftmostLongest), categories


def find(text: str) -> list[Mention]:
    """Every word of a folded text that speaks of special care-required information."""
    automaton, categories = _automaton()
    return [
        Mention(start, end, category, _SCORE, "text_word")
        for _, start, end in automaton.find_matches_as_indexes(text)
        if (category := categories[text[start:end]])
    ]
