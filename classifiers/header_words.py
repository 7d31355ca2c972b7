"""The words that columns are named by, ready to be looked up in a name: the rows' `headers` and the grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from classifiers.compounds import Piece, is_romaji, pieces
from classifiers.vocabulary import data_categories, rows

Strength = Literal["strong", "medium", "weak"]
_STRENGTHS: tuple[Strength, ...] = ("strong", "medium", "weak")
_SUFFIX = "～"
_VOWELS = re.compile("[aeiou]")
# Short words that may be glued to others (telno, zipcode, custid); other pieces of a glued word have four letters.
# fmt: off
_GLUED = frozenset({
    "tel", "zip", "fax", "dob", "sex", "sei", "mei", "emp", "org", "url", "kbn", "flg", "cust", "addr", "pref",
})
# fmt: on
_GLUED_LAST = frozenset({"no", "id", "cd", "nm", "at", "kana"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A vocabulary word: whose it is, how it is spelt there and how much it says."""

    category: str
    word: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Grammar:
    """A row of `header_grammar.yml`: words by the part they play in a name."""

    id: str
    words: tuple[str, ...]


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
        text += f"|{piece.text}|" if piece.ascii else piece.text
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
        for strength in _STRENGTHS:
            for word in getattr(category.headers, strength):
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
    """The words of one row of the grammar, spelling → word."""
    return {written(word): word for word in _grammar()[part]}


@cache
def _grammar() -> Mapping[str, tuple[str, ...]]:
    return {row.id: row.words for row in rows("header_grammar", Grammar)}


@cache
def lexicon() -> frozenset[str]:
    """Every single word, ASCII or Japanese, that the vocabulary and the grammar know."""
    spelt = [*entries(), *endings(), *traps(), *(word for part in _grammar() for word in grammar(part))]
    return frozenset(word for text in spelt for word in text.replace("|", " ").split())


def _voweled(word: str) -> str:
    """The romaji word that a word with all vowels but one dropped stands for; '' where none or several do."""
    bones = _VOWELS.sub("", word)
    whole = _skeletons().get(bones, "")
    if not whole or len(word) - len(bones) > 1 or not re.match(".*".join(word), whole):
        return ""
    # Three consonants alone stand for too much, unless the word is short.
    return whole if len(word) > 3 or len(whole) <= 5 else ""


@cache
def _skeletons() -> Mapping[str, str]:
    """The consonants of romaji words → the word, where only one has them: old systems write KKYK for kokyaku."""
    found: dict[str, set[str]] = {}
    for word in lexicon():
        if len(word) >= 5 and word[0] not in "aeiou" and is_romaji(word):
            found.setdefault(_VOWELS.sub("", word), set()).add(word)
    return {bones: next(iter(words)) for bones, words in found.items() if len(bones) >= 3 and len(words) == 1}


@cache
def unglued(word: str) -> tuple[str, ...]:
    """An ASCII word that the vocabulary does not know, as words it knows; itself where that does not work out.

    >>> unglued("kaiintel"), unglued("contacts"), unglued("ybn"), unglued("acidlevel")
    (('kaiin', 'tel'), ('contact',), ('yubin',), ('acidlevel',))
    """
    if word in lexicon() or len(word) < 3 or word.isdigit():
        return (word,)
    if word.endswith("s") and word[:-1] in lexicon():
        return (word[:-1],)
    if whole := _voweled(word):
        return (whole,)
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(word) + 1):
        cuts = [(*best[start], word[start:end]) for start in best if start < end and _may_be_glued(word, start, end)]
        if cuts:
            best[end] = min(cuts, key=len)
    return best.get(len(word), (word,))


def _may_be_glued(word: str, start: int, end: int) -> bool:
    piece = word[start:end]
    if piece in _GLUED or (end == len(word) and start and piece in _GLUED_LAST):
        return True
    return len(piece) >= 4 and piece in lexicon()
