"""Names of persons in a folded text whose identifiers, addresses and organisations are masked already.

What stands beside a name first (敬称, 肩書, 氏名：), then Sudachi's 姓/名, then dictionaries for kana and romaji.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from classifiers import nlp
from classifiers.names.scripts import kana_kind
from classifiers.people.letters import unify
from classifiers.tags import Mention
from classifiers.texts.name_again import again
from classifiers.texts.name_fields import in_fields
from classifiers.texts.name_glosses import glossed, readings
from classifiers.texts.name_latin import in_latin
from classifiers.texts.name_lists import (
    beside_names,
    in_lines,
    in_rosters,
    in_spaced_lists,
)
from classifiers.texts.name_marks import before_marks
from classifiers.texts.name_pairs import spaced
from classifiers.texts.name_roles import after_roles
from classifiers.texts.name_scripts import in_kana
from classifiers.texts.name_tokens import GLUED, as_speakers, by_tokens
from classifiers.texts.spans import Apart
from classifiers.texts.words import Words
from classifiers.vocabulary import entity_words

_FINDERS: tuple[Callable[[Words], Iterable[Mention]], ...] = (
    before_marks,
    after_roles,
    as_speakers,
    by_tokens,
    spaced,
    glossed,
    in_fields,
    in_lines,
    in_kana,
    in_latin,
)
_KATAKANA = re.compile("[ァ-ヴー・]+")
_NAME_LETTERS = re.compile(r"[一-龥々]{2,5}|[ァ-ヴー・]{3,}")


@dataclass(frozen=True)
class Reading:
    """What rules and dictionaries make of one text; what they leave open is worked out when it is asked for."""

    mentions: tuple[Mention, ...]
    _words: Words = field(repr=False)

    @cached_property
    def _left(self) -> Sequence[nlp.Token]:
        found = Apart(self.mentions)
        return [token for token in self._words.tokens if found.free(token.start, token.end)]

    @cached_property
    def doubts(self) -> Sequence[nlp.Token]:
        """Words that may be names and are not explained: the language model is asked about these."""
        return [token for token in self._left if _is_doubtful(self._words, token)]

    @cached_property
    def others(self) -> Sequence[nlp.Token]:
        """Words in the dictionary that name no person."""
        asked = {token.start for token in self.doubts}
        return [
            token
            for token in self._left
            if token.kind in ("noun", "place", "surname") and token.end - token.start > 1 and token.start not in asked
        ]


def read(texts: Sequence[str], known: Sequence[Iterable[Mention]] = ()) -> list[Reading]:
    """The persons of every text, in order, none overlapping, and the words that remain in doubt.

    `known`, one a text, are names that something else has found already: they claim their letters first.
    """
    unified = [unify(text) for text in texts]
    words = [Words.of(text, tokens) for text, tokens in zip(unified, nlp.nouns(unified), strict=True)]
    given = known or [()] * len(texts)
    return [_reading(one, [*held, *found]) for one, held, found in zip(words, given, _found(words), strict=True)]


def _reading(words: Words, names: Iterable[Mention]) -> Reading:
    # A whole name beats its part; of equal spans the better reason.
    apart = Apart(sorted(names, key=lambda one: (one.start - one.end, -one.score)))
    return Reading(tuple(_by_script(words.text, mention) for mention in _joined(words.text, apart)), words)


def _joined(text: str, names: Iterable[Mention]) -> Iterator[Mention]:
    """Names in order, one of parts that a space keeps apart being one: シュミット 杏, ペレイラ ルイス."""
    held: Mention | None = None
    for name in names:
        if held and name.start == held.end + 1 and text[held.end] == " " and _continues(text, held, name):
            held = held._replace(end=name.end, data_category="name")
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


def _continues(text: str, before: Mention, name: Mention) -> bool:
    """Whether the second name goes on where the first ends: a given name, or one more foreign word."""
    foreign = _KATAKANA.fullmatch(text, before.start, before.end) is not None
    if foreign and _KATAKANA.fullmatch(text, name.start, name.end):
        return {before.why, name.why} <= {"text_surname", "text_given_name"}
    alone = before.data_category == "surname" or foreign
    return alone and name.data_category == "given_name" and before.why not in ("text_listed", "text_signed")


def _by_script(text: str, mention: Mention) -> Mention:
    """A name in kana alone is a reading, and tagged as one."""
    kind = kana_kind(text[mention.start : mention.end])
    if kind is None or mention.data_category.endswith("_kana"):
        return mention
    return mention._replace(data_category=f"{mention.data_category}_kana")


def _is_doubtful(words: Words, token: nlp.Token) -> bool:
    text, word = words.text, words.text[token.start : token.end]
    if token.kind in ("noun", "place"):
        # 氷室様 is somebody though 氷室 is a thing, and ヒース首相 though heath is one; お客様 is not.
        honoured = words.marked(token.end, "honorific") is not None
        foreign = _KATAKANA.fullmatch(word) and words.marked(token.end, "title") is not None
        return bool(
            ((honoured and 2 <= len(word) <= 3) or foreign)
            and word not in entity_words("not_person")
            and not (token.start and GLUED.match(text, token.start - 1))
        )
    if token.kind == "unknown" and not _NAME_LETTERS.fullmatch(word):
        return False
    if token.kind == "surname" and nlp.is_common_noun(word):
        return False
    return word not in entity_words("not_name") and not GLUED.match(text, token.end) and not text[token.start].isascii()


def _found(texts: Sequence[Words]) -> list[list[Mention]]:
    """What each text's finders find in it."""
    found: list[list[Mention]] = [[] for _ in texts]
    # One finder over all texts, then the next: its code and its expressions stay in the processor's nearest cache.
    for finder in _FINDERS:
        for words, mine in zip(texts, found, strict=True):
            mine += finder(words)
    return [_with_neighbours(words, mine) for words, mine in zip(texts, found, strict=True)]


def _with_neighbours(words: Words, found: list[Mention]) -> list[Mention]:
    """The finds of a text and what these give away in turn."""
    if listed := list(in_spaced_lists(words)):
        found = [one for one in found if not any(_straddles(one, item) for item in listed)]
        found += listed
    found += beside_names(words, found)
    found += in_rosters(words, found)
    return [*found, *again(words, found), *readings(words.text, found)]


def _straddles(one: Mention, item: Mention) -> bool:
    """Whether a find reaches into a list's item or over its beginning: 岡林 和田 is no pair where both are listed."""
    return one.start <= item.start < one.end < item.end or one.start < item.start < one.end
