"""Words that are never masked: the vocabulary's own, and what `vocabulary/entities.yml` says is no name."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.normalize import align
from classifiers.vocabulary import DataCategory, Subject, Use, Words, data_categories, entity_words, subjects, uses

_LABELS = re.compile(r"(?:[A-Z][a-z]+|[a-z]+|[A-Z]+)")


def is_kept(word: str) -> bool:
    """Whether a Latin word is one of the vocabulary's."""
    return word.lower() in _latin_words()


def kept(text: str) -> list[tuple[int, int]]:
    """Where words of the vocabulary stand in a folded text, none overlapping."""
    return [(start, end) for _, start, end in _known_automaton().find_matches_as_indexes(text)]


@cache
def _vocabulary() -> frozenset[str]:
    words: set[str] = set()
    vocabulary: tuple[DataCategory | Subject | Use, ...] = (
        *data_categories().values(),
        *subjects().values(),
        *uses().values(),
    )
    for row in vocabulary:
        for name in row.__slots__:
            value = getattr(row, name)
            if isinstance(value, str):
                words.add(value)
            elif isinstance(value, tuple):
                words.update(value)
            elif isinstance(value, Words):
                words.update(word for word, _ in value.graded())
    return frozenset(words)


@cache
def _latin_words() -> frozenset[str]:
    latin = {part.lower() for word in _vocabulary() if word.isascii() for part in _LABELS.findall(word)}
    return frozenset(latin | {word.lower() for word in entity_words("not_name_latin")})


@cache
def _known_automaton() -> AhoCorasick:
    # A name may stand in a row's words as an example of nothing: one character says too little to protect.
    words = {align(word).text for word in _vocabulary() if not word.isascii() and len(word) > 1}
    return AhoCorasick(sorted(words | entity_words("label")), matchkind=MatchKind.LeftmostLongest)
