"""A folded text with the words that Sudachi finds in it and the marks that give names away (様, 部長, 氏名：)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers import nlp
from classifiers.people.dictionary import dictionary
from classifiers.vocabulary import entity_words

NAMED = frozenset({"surname", "given", "person"})
"""What Sudachi calls a word that names a person."""
_ROLES = ("honorific", "title", "label", "role", "role_end", "name_verb", "after_name", "department")


_SCRIPTS = re.compile("[ァ-ヴ][ァ-ヴー]*|ー[ァ-ヴー]+|[A-Za-z]+")


class Mark(NamedTuple):
    """A word of the vocabulary that stands beside names, by its place in the text."""

    start: int
    end: int
    parts: frozenset[str]
    """The rows of `entities.yml` that hold it."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text as names are looked for in it."""

    text: str = field(repr=False)
    tokens: Sequence[nlp.Token]
    marks: Mapping[int, Mark]
    """By their start, none inside another."""
    starting: Mapping[int, nlp.Token]
    _starts: Sequence[int]
    full_names: dict[int, int | None] = field(default_factory=dict, repr=False, compare=False)
    """Where full names end that start somewhere, as far as somebody asked."""

    @classmethod
    def of(cls, text: str, tokens: Sequence[nlp.Token]) -> Words:
        """The words of a folded text, given its nouns in order."""
        starting = {token.start: token for token in tokens}
        return cls(text, tokens, _marks(text), starting, list(starting))

    def between(self, first: int, last: int) -> Sequence[nlp.Token]:
        """The nouns that start in `first..last`, the last not among them."""
        return self.tokens[bisect_left(self._starts, first) : bisect_left(self._starts, last)]

    def inside(self, at: int) -> bool:
        """Whether one of Sudachi's nouns began before and goes on there."""
        after = bisect_left(self._starts, at)
        return after > 0 and self.tokens[after - 1].end > at

    def ending(self, at: int) -> nlp.Token | None:
        """Sudachi's noun that ends there."""
        after = bisect_left(self._starts, at)
        return self.tokens[after - 1] if after and self.tokens[after - 1].end == at else None

    def after_noun(self, at: int) -> bool:
        """Whether a word that can stand before a name ends there, with or without its last letter: 総務部, 作業|員."""
        token = self.ending(at) or self.ending(at - 1)
        return token is not None and token.kind in ("noun", "unknown") and token.end - token.start > 1

    def in_lines(self, *patterns: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Where the group `name` of a pattern stands that begins with a line's end: the first line has one too."""
        lined = f"\n{self.text}"
        for pattern in patterns:
            for match in pattern.finditer(lined):
                start, end = match.span("name")
                yield start - 1, end - 1

    def cut(self, mark: Mark) -> bool:
        """Whether a mark in katakana or Latin letters is a part of a longer word: サンシャイン, STEP."""
        last = self.text[mark.end - 1]
        if not ("ァ" <= last <= "ー" or last.isascii()):
            return False
        kind = _SCRIPTS.match(self.text, mark.end - 1)
        return kind is not None and kind.end() > mark.end

    def marked(self, at: int, *parts: str) -> Mark | None:
        """The mark that starts there, if it plays one of the parts."""
        mark = self.marks.get(at)
        return mark if mark and not mark.parts.isdisjoint(parts) else None


@cache
def _parts() -> tuple[AhoCorasick, tuple[frozenset[str], ...]]:
    words: dict[str, set[str]] = {}
    for part in _ROLES:
        for word in entity_words(part):
            words.setdefault(word, set()).add(part)
    return AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest), tuple(map(frozenset, words.values()))


def _marks(text: str) -> Mapping[int, Mark]:
    automaton, parts = _parts()
    return {start: Mark(start, end, parts[index]) for index, start, end in automaton.find_matches_as_indexes(text)}


@cache
def surnames() -> frozenset[str]:
    """The dictionary's surnames in kanji, and Chinese and Korean ones. Texts are unified before: variants are folded,
    and 々 stands as it is written.
    """
    known = dictionary().surnames
    doubled = {
        f"{name[:at]}々{name[at + 1 :]}" for name in known for at in range(1, len(name)) if name[at - 1] == name[at]
    }
    return frozenset({*known, *doubled, *entity_words("surname")})


@cache
def surname_sizes() -> Mapping[str, tuple[int, ...]]:
    """How long `surnames` are that begin with a letter, the longest first: most letters begin none."""
    sizes: dict[str, set[int]] = {}
    for name in surnames():
        sizes.setdefault(name[0], set()).add(len(name))
    return {letter: tuple(sorted(held, reverse=True)) for letter, held in sizes.items()}
