"""Names of persons in a folded text whose identifiers, addresses and organisations are masked already.

Sudachi's 姓/名 first, then what stands beside a name (敬称, 肩書, 氏名：), then dictionaries for kana and romaji.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers import nlp
from classifiers.names.scripts import kana_kind
from classifiers.people.letters import unify
from classifiers.tags import Mention
from classifiers.texts.name_marks import before_honorifics, labelled
from classifiers.texts.name_scripts import in_kana, in_latin
from classifiers.texts.name_tokens import GLUED, beside_names, by_tokens
from classifiers.texts.spans import Apart
from classifiers.vocabulary import entity_words

MASK = "、"
"""What stands for a masked character: it ends every word."""

_NAME_LETTERS = re.compile(r"[一-龥々]{2,5}|[ァ-ヴー・]{3,}")
_DOUBTED = frozenset({"surname", "given", "person", "unknown"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What rules and dictionaries make of one text."""

    mentions: tuple[Mention, ...]
    doubts: tuple[nlp.Token, ...]
    """Words that may be names and are not explained: the language model is asked about these."""
    words: tuple[nlp.Token, ...] = ()
    """Words in the dictionary that name no person."""


def read(texts: Sequence[str]) -> list[Reading]:
    """The persons of every text, in order, none overlapping, and the words that remain in doubt."""
    unified = [unify(text) for text in texts]
    return [_reading(text, tokens) for text, tokens in zip(unified, nlp.nouns(unified), strict=True)]


def _reading(text: str, tokens: Sequence[nlp.Token]) -> Reading:
    # A whole name beats its part; of equal spans the better reason.
    found = Apart(sorted(_found(text, tokens), key=lambda one: (one.start - one.end, -one.score)))
    left = [token for token in tokens if found.free(token.start, token.end)]
    doubts = tuple(token for token in left if token.kind in _DOUBTED and _doubtful(text, token))
    words = tuple(token for token in left if token.kind in ("noun", "place") and token.end - token.start > 1)
    return Reading(tuple(_by_script(text, mention) for mention in found), doubts, words)


def _by_script(text: str, mention: Mention) -> Mention:
    """A name in kana alone is a reading, and tagged as one."""
    kind = kana_kind(text[mention.start : mention.end])
    if kind is None or mention.data_category.endswith("_kana"):
        return mention
    return replace(mention, data_category=f"{mention.data_category}_kana")


def _doubtful(text: str, token: nlp.Token) -> bool:
    word = text[token.start : token.end]
    if token.kind == "unknown" and not _NAME_LETTERS.fullmatch(word):
        return False
    return word not in entity_words("not_name") and not GLUED.match(text, token.end)


def confirmed(reading: Reading, start: int, end: int) -> bool:
    """Whether a span that the language model takes for a person is made of doubtful words, and of no known ones."""
    inside = any(start <= token.start and token.end <= end for token in reading.doubts)
    return inside and not any(token.start < end and start < token.end for token in reading.words)


def _found(text: str, tokens: Sequence[nlp.Token]) -> list[Mention]:
    found = [
        *labelled(text),
        *by_tokens(text, tokens),
        *before_honorifics(text, tokens),
        *in_kana(text, tokens),
        *in_latin(text),
    ]
    return [*found, *beside_names(text, tokens, found)]
