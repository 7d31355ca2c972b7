"""Persons in what stores call their things: names as in a text, and bare words that would be none there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from classifiers import nlp, organisations
from classifiers.masking.kept_words import is_kept
from classifiers.names import kinds
from classifiers.names.scripts import romaji_kind
from classifiers.people.dictionary import is_romaji_given, is_romaji_surname
from classifiers.texts.masked import MASK
from classifiers.texts.persons import read
from classifiers.vocabulary import entity_words

_JAPANESE = re.compile(r"[一-龥々〆ヶケぁ-んァ-ヴー]+(?: [一-龥々ヶケぁ-んァ-ヴー]+)?")
_WORD = re.compile(r"[一-龥々〆ヶケぁ-んァ-ヴー]+")
LATIN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""A Latin word of a name, camelCase apart."""


def blanked(text: str, start: int, end: int) -> str:
    """The text with a stretch of it taken out of play, its length kept."""
    return text[:start] + MASK * (end - start) + text[end:]


def persons(text: str) -> Iterator[tuple[int, int]]:
    """Where a person's name may stand in a folded name of a file, table or column, by its offsets."""
    rest = text
    for start, end in organisations.workplaces(text):
        rest = blanked(rest, start, end)
    for mention in read([rest])[0].mentions:
        yield mention.start, mention.end
    pairs = [match.span() for match in _JAPANESE.finditer(rest)]
    words = sorted({*pairs, *(match.span() for match in _WORD.finditer(rest))})
    spelled = [rest[start:end] for start, end in words]
    for (start, end), word, kind, nouns in zip(words, spelled, kinds(spelled), nlp.nouns(spelled), strict=True):
        # some family has called a child 結果: a rare given name that everybody else uses as a word is the word
        common = kind == "given_name" and [(noun.kind, noun.end) for noun in nouns] == [("noun", len(word))]
        if kind and kind != "company_name" and len(word) > 1 and not common and word not in entity_words("not_name"):
            yield start, end
    yield from _latin([(match[0], *match.span()) for match in LATIN.finditer(rest)])


def _latin(words: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    free = [(word, start, end) for word, start, end in words if not is_kept(word)]
    long = sum(len(word) > 1 for word, _, _ in free)
    for (first, start, _), (second, second_start, end) in pairwise(words):
        known = is_kept(first) + is_kept(second)
        if known < 2 and second_start - start <= len(first) + 2 and romaji_kind(f"{first} {second}"):
            yield start, end
    for word, start, end in free:
        surname, given = is_romaji_surname(word), is_romaji_given(word)
        lone = long == 1 and len(word) > 2 and (surname or given)
        if lone or (surname and len(word) > 3) or _joined(word.lower()):
            yield start, end


def _joined(word: str) -> bool:
    """Whether a surname and a given name written as one: `yamadataro`."""
    return any(is_romaji_surname(word[:cut]) and is_romaji_given(word[cut:]) for cut in range(4, len(word) - 3))
