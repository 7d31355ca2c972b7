"""Names that stand again in the text that gave them away once: 城崎様 … → 城崎です, 観音寺 澄 … → 観音寺が."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifiers.tags import Mention
from classifiers.texts.given_names import known_given
from classifiers.texts.name_latin import is_latin_name
from classifiers.texts.reasons import person
from classifiers.texts.words import Words, surnames
from classifiers.vocabulary import entity_words

_SURE = frozenset({"text_full_name", "text_honorific", "text_label", "text_verb", "text_known", "text_listed"})
_LATIN = re.compile(r"[A-Z][a-z'’-]{2,}")
_GLUED = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9]")
_APART = re.compile(r"[ ・=]")
_AFTER = ("honorific", "title", "after_name", "name_verb")
_SHORTEST = 2


def again(words: Words, found: Sequence[Mention]) -> Iterator[Mention]:
    """Every other place where a surname, or a whole name, stands that the text has shown to be somebody's."""
    text = words.text
    for part in _parts(text, found):
        at = text.find(part)
        while at >= 0:
            end = at + len(part)
            if _stands_alone(words, at, end):
                kind = "" if len(part) > _SHORTEST + 1 else "surname"
                yield person(at, end, "text_again", kind)
            at = text.find(part, end)


def _parts(text: str, found: Sequence[Mention]) -> list[str]:
    again: dict[str, None] = {}
    for mention in found:
        name = text[mention.start : mention.end]
        apart = " " in name or "・" in name or "=" in name
        if not apart and text.count(name[:_SHORTEST]) < 2:
            continue
        if mention.why == "text_romaji_name":
            words = _APART.split(name)
            for word in words if len(words) > 1 else ():
                if text.count(word) > 1 and _LATIN.fullmatch(word) and is_latin_name(word):
                    again[word] = None
            continue
        if mention.why not in _SURE and not (len(name) == 1 and mention.why == "text_role"):
            continue
        parts = _APART.split(name) if apart else (name,)
        for piece in (name, *(parts if len(parts) > 1 else _cut(text, name))):
            if text.count(piece) > 1 and _may_stand_again(piece):
                again[piece] = None
    # The longest first: 和食 多津子 before 和食.
    return sorted(again, key=len, reverse=True)


def _cut(text: str, name: str) -> list[str]:
    """The surname of a name that is written in one, if it may stand again: 山田 of 山田太郎."""
    if text.count(name[:_SHORTEST]) < 2:
        return []
    sizes = [size for size in range(min(4, len(name) - 1), 1, -1) if name[:size] in surnames()]
    return [name[: sizes[0]]] if sizes and known_given(name[sizes[0] :]) else []


def _may_stand_again(part: str) -> bool:
    long_enough = len(part) >= _SHORTEST and (len(part) > _SHORTEST or not part.isascii())
    if len(part) == 1:
        return part in surnames()
    return long_enough and part not in entity_words("not_name") and part not in entity_words("not_person")


def _stands_alone(words: Words, start: int, end: int) -> bool:
    text = words.text
    if start and _GLUED.match(text, start - 1):
        return False
    if end - start == 1:
        # (西), 資材の岡宛
        return (
            text[start - 1 : end + 1] == f"({text[start]})" or words.marked(end, "after_name", "name_verb") is not None
        )
    if "ぁ" <= text[start] <= "ん" and start and "ぁ" <= text[start - 1] <= "ん":
        return False
    if "ぁ" <= text[end - 1] <= "ん" and words.inside(end):
        return False
    return not _GLUED.match(text, end) or words.marked(end, *_AFTER) is not None
