"""The words that columns are named by, ready to be looked up in a name: the rows' `headers` and the grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from classifiers.compounds import Piece, pieces
from classifiers.vocabulary import Strength, data_categories, word_lists

_SUFFIX = "～"
_APART = frozenset({
    "acts", "animals_columns", "animals_keepers", "animals_staff", "keepers", "machines", "machines_ills",
    "masters", "no_persons", "patients", "person_endings", "postings", "registering",
})  # fmt: skip
"""Rows of the grammar that tell something of a word beside another, or of a table, and make no words of a name."""
_SPELT_OUT = {"nm": "name"}
"""What old systems shorten everywhere, as the vocabulary writes it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A vocabulary word: whose it is, how it is spelt there and how much it says."""

    category: str
    word: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as one string to look words up in: ASCII words and digits between bars, Japanese as it stands."""

    text: str
    edges: frozenset[int]
    """Offsets at which a run of one script starts or ends."""


def spelling(found: tuple[Piece, ...]) -> Spelling:
    """The pieces of a name as one string."""
    text, edges = "", {0}
    for piece in found:
        text += f"|{_SPELT_OUT.get(piece.text, piece.text)}|" if piece.ascii else piece.text
        edges.add(len(text))
    return Spelling(text, frozenset(edges))


def written(word: str) -> str:
    """A vocabulary word as `spelling` would write it."""
    return spelling(pieces(word.removeprefix(_SUFFIX))).text or word


@cache
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """Every header word by its spelling."""
    return _by_spelling(suffixes=False)


@cache
def endings() -> Mapping[str, tuple[Entry, ...]]:
    """Every word that counts only as the end of a longer one, by its spelling."""
    return _by_spelling(suffixes=True)


def _by_spelling(*, suffixes: bool) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for category in data_categories().values():
        for word, strength in category.headers.graded():
            if word.startswith(_SUFFIX) == suffixes:
                found.setdefault(written(word), []).append(Entry(category.id, word, strength))
    return {spelt: tuple(words) for spelt, words in found.items()}


@cache
def traps() -> Mapping[str, tuple[Entry, ...]]:
    """Every word that looks like a category's and is not, by its spelling."""
    found: dict[str, list[Entry]] = {}
    for category in data_categories().values():
        for word in category.not_headers:
            found.setdefault(written(word), []).append(Entry(category.id, word, "strong"))
    return {spelt: tuple(words) for spelt, words in found.items()}


@cache
def grammar(part: str) -> Mapping[str, str]:
    """The words of one row of `header_grammar.yml`, which says the part they play in a name: spelling → word."""
    # Of several words with one spelling the first one listed stands in evidence.
    return {written(word): word for word in reversed(word_lists("header_grammar")[part])}


@cache
def single_words() -> frozenset[str]:
    """Every single word, ASCII or Japanese, that the vocabulary and the grammar know."""
    parts = [part for part in word_lists("header_grammar") if part not in _APART]
    spelt = [*entries(), *endings(), *traps(), *(word for part in parts for word in grammar(part))]
    return frozenset(word for text in spelt for word in text.replace("|", " ").split())
