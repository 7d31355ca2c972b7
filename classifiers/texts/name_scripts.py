"""Names of persons in a text that are written in kana: Sudachi knows few of them, the dictionary does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers import nlp
from classifiers.names.scripts import kana_kind
from classifiers.people.dictionary import is_kana_given
from classifiers.tags import Mention
from classifiers.texts.name_shapes import is_other_word
from classifiers.texts.reasons import person
from classifiers.texts.words import NAMED, Words
from classifiers.vocabulary import entity_words

# Every expression begins with a set of letters: the engine then skips over everything else.
_KANA_RUN = re.compile(r"[ァ-ヴー]{2,}")
_HIRAGANA_NAME = re.compile(r"([ぁ-んー](?<![ぁ-ん].)[ぁ-んー]{1,6}) ([ぁ-んー]{2,6})")
_HIRAGANA_GAP = re.compile(r" (?<=[ぁ-んー] )[ぁ-んー]")
_HIRAGANA_RUN = re.compile(r"[ぁ-ん](?<![ぁ-ん一-龥ァ-ヶ].)[ぁ-ん]{3,8}(?![ぁ-ん一-龥ァ-ヶ])")
_SHORT_GIVEN = 2
_GLUE = re.compile("[一-龥A-Z]")
_PARTS = re.compile("[・=]")
_JOINT = re.compile(r"[・=.](?<=[ァ-ヴーA-Z][・=]|[A-Z]\.)")
_FOREIGN = re.compile(
    r"[A-Zァ-ヴー](?<![ァ-ヴー].)(?:(?:(?<=[A-Z])\.[ァ-ヴー]{2,20}|(?<![A-Z])[ァ-ヴー]{1,19})"
    r"(?:(?:[・=]|(?<=\.)[ ・]?)(?:[A-Z]\.?|[ァ-ヴー]{1,}))+|(?<=[A-Z])(?<![A-Za-z].)・[ァ-ヴー]{2,20})"
)


def in_kana(words: Words) -> Iterator[Mention]:
    """Full names in katakana or hiragana by the dictionary, and foreign ones joined by a middle dot."""
    text = words.text
    for run in _KANA_RUN.finditer(text):
        word, end = run[0], run.end()
        if kana_kind(word) == "name_kana":
            yield person(run.start(), end, "text_kana_name", "name_kana")
        elif text.startswith(" ", end) and (second := _KANA_RUN.match(text, end + 1)) and _are_name(word, second[0]):
            yield person(run.start(), second.end(), "text_kana_name", "name_kana")
    for match in _HIRAGANA_NAME.finditer(text) if _HIRAGANA_GAP.search(text) else ():
        given = next((size for size in range(len(match[2]), 1, -1) if is_kana_given(match[2][:size])), 0)
        if given and match[1] not in entity_words("label") and kana_kind(f"{match[1]} {match[2][:given]}"):
            yield person(match.start(), match.start(2) + given, "text_kana_name", "name_kana")
    for match in _HIRAGANA_RUN.finditer(text):
        if kana_kind(match[0]) == "name_kana":
            yield person(*match.span(), "text_kana_name", "name_kana")
    for match in _FOREIGN.finditer(text) if _JOINT.search(text) else ():
        first = _PARTS.split(match[0])[0]
        if first in entity_words("label") or first in entity_words("role"):
            continue
        goes_on = _GLUE.match(text, match.end()) and not words.marked(match.end(), "honorific", "title")
        inside = words.between(*match.span())
        strange = match[0].count("・") > 1 and all(token.kind == "unknown" for token in inside)
        named = any(token.kind in NAMED for token in inside)
        honoured = words.marked(match.end() + text.startswith(" ", match.end()), "honorific", "title") is not None
        if not goes_on and (strange or named or honoured):
            yield person(*match.span(), "text_foreign_name")


def _are_name(surname: str, given: str) -> bool:
    """Whether both words are names: where all is katakana, every second word sounds like somebody (レンラク アリ)."""
    if kana_kind(surname) == "surname_kana":
        return is_kana_given(given)
    if kana_kind(given) == "surname_kana" and is_kana_given(surname):
        # マリア オサナイ
        return min(len(surname), len(given)) > _SHORT_GIVEN and not {"noun"} & {
            *nlp.senses(surname),
            *nlp.senses(given),
        }
    strange = "noun" not in nlp.senses(surname) and not is_other_word(surname)
    return strange and len(given) > _SHORT_GIVEN and is_kana_given(given) and not is_kana_given(surname)
