"""Words of the vocabulary found in names and texts: Japanese inside a run, English and romaji as whole words.

A name is rendered so that one automaton serves both scripts: every Latin word stands between underscores of its own
(`CustOrder2` → `_cust__order_`), Japanese runs stand bare, everything else is a break. The leftmost longest word wins,
so that 弁護士会員 is never read as 会員, and a word that means nothing (`not_names`) takes its letters out of play.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.compounds import pieces
from classifiers.normalize import fold
from classifiers.vocabulary import Strength, Words, word_list


@dataclass(frozen=True, slots=True)
class Hit:
    """A vocabulary word found in a text; `end` grows from left to right."""

    row: str
    """The row it speaks for."""
    word: str
    """As the vocabulary spells it: never a piece of the text."""
    strength: Strength
    end: int


def alternation(words: Iterable[str]) -> str:
    """Words as a regular expression that finds the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def singular(word: str) -> str:
    """A word without its English plural.

    >>> singular("companies"), singular("addresses"), singular("orders"), singular("status")
    ('company', 'address', 'order', 'status')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Lexicon:
    """Words of many rows, searched together."""

    def __init__(
        self, entries: Iterable[tuple[str, str, Strength]], spellings: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """`entries`: row id, word, strength. A row id of '' marks words that mean nothing. `spellings`: words among
        them that are other spellings of a word → that word, which a hit names."""
        self._entries: dict[str, list[tuple[str, str, Strength]]] = {}
        self._single: set[str] = set()
        for row, word, strength in entries:
            rendered = self._render(word)
            meanings = self._entries.setdefault(rendered, [])
            if all(known != row for known, _, _ in meanings):
                meanings.append((row, spellings.get(word, word), strength))
            if rendered.count("_") == 2 and rendered.startswith("_"):
                self._single.add(rendered.strip("_"))
        self._patterns = tuple(self._entries)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest) if self._patterns else None

    @classmethod
    def of(cls, words: Mapping[str, Words], nothing: Iterable[str] = ()) -> Lexicon:
        """The lexicon of each row's graded words, and of words that mean nothing."""
        entries = [(row, word, strength) for row, held in words.items() for word, strength in held.graded()]
        return cls([*entries, *(("", word, "weak") for word in nothing)])

    def find(self, text: str) -> tuple[Hit, ...]:
        """The words that stand in `text`, left to right, none inside another.

        >>> lexicon = Lexicon([("a", "会員", "strong"), ("b", "弁護士会員", "strong"), ("a", "cust", "strong")])
        >>> [(hit.row, hit.word) for hit in lexicon.find("弁護士会員一覧")], lexicon.find("CUSTMST")[0].row
        ([('b', '弁護士会員')], 'a')
        """
        if self._automaton is None:
            return ()
        found = self._automaton.find_matches_as_indexes(self._render(text))
        return tuple(
            Hit(row, word, strength, end)
            for index, _, end in found
            for row, word, strength in self._entries[self._patterns[index]]
            if row
        )

    def reading(self, text: str) -> tuple[str, float]:
        """The row whose words fill most of `text`, and the share of its letters they fill, 0..1; '' where none does."""
        rendered = self._render(text)
        letters = len(rendered.replace("_", "").replace(" ", ""))
        filled: dict[str, int] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(rendered) if self._automaton else ():
            for row, _, _ in self._entries[self._patterns[index]]:
                filled[row] = filled.get(row, 0) + len(rendered[start:end].replace("_", ""))
        filled.pop("", None)
        if not filled:
            return "", 0.0
        row = max(filled, key=filled.__getitem__)
        return row, filled[row] / letters

    def last(self, text: str) -> str:
        """The row whose word `text` ends with (常駐業者 is of 業者); '' where it ends with none of two letters."""
        rendered = self._render(text)
        for index, start, end in self._automaton.find_matches_as_indexes(rendered) if self._automaton else ():
            if end == len(rendered) and end - start > 1:
                return self._entries[self._patterns[index]][0][0]
        return ""

    def _render(self, text: str) -> str:
        rendered = ""
        for piece in pieces(text):
            if piece.ascii:
                rendered += "".join(f"_{word}_" for word in self._split(piece.text))
            else:
                # A break keeps two Japanese runs from making a word that nobody wrote.
                rendered += piece.text if rendered.endswith("_") or not rendered else f" {piece.text}"
        return rendered

    def _split(self, piece: str) -> tuple[str, ...]:
        word = singular(piece)
        if word.isdigit():
            return ()
        if word in self._single or len(word) < 5:
            return (word,)
        affixes = word_list("affixes")
        for cut in range(3, len(piece) - 1):
            head, tail = singular(piece[:cut]), piece[cut:]
            if head in self._single and tail in affixes:
                return (head, singular(tail))
            if piece[:cut] in affixes and singular(tail) in self._single:
                return (piece[:cut], singular(tail))
        return (word,)


class Phrases:
    """Phrases of many rows, searched together in running text: no word boundaries, nothing of the text is kept."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """`entries`: row id, phrase."""
        self._entries = tuple(entries)
        folded = [fold(phrase.replace("_", " ")).lower() for _, phrase in self._entries]
        self._automaton = AhoCorasick(folded, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[tuple[str, str]]:
        """The phrases that stand in `text`, as (row, phrase), each once, in order of first appearance."""
        found = self._automaton.find_matches_as_indexes(fold(text).lower())
        return list(dict.fromkeys(self._entries[index] for index, _, _ in found))
