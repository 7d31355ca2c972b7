"""Surname and given name with a space between them (帯広 由香, 鍬形 ゑい): one known part tells what the other is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from classifiers import nlp
from classifiers.people.dictionary import is_kana_given
from classifiers.tags import Mention
from classifiers.texts.given_names import kana_given_end, known_given
from classifiers.texts.name_shapes import is_other_word
from classifiers.texts.reasons import person
from classifiers.texts.words import Words, surnames
from classifiers.vocabulary import entity_words

_KANJI = "一-龥々ヶ㐀-䶿\U00020000-\U0002ffff"
_LETTER = rf"{_KANJI}ぁ-んァ-ヴーA-Za-z"
_PAIR = re.compile(
    rf"(?P<first>[{_KANJI}](?<![{_KANJI}ァ-ヴーA-Za-z0-9].)[{_KANJI}ノ]{{0,6}}) "
    rf"(?P<second>[{_KANJI}]{{1,6}}|[ぁ-んァ-ヴー]{{1,4}}[子江代美枝恵乃吉夫男香奈佳菜治蔵]|[ァ-ヴー]{{2,8}}|[ぁ-んー]{{2,9}})"
)
_SINGLE_BEHIND = re.compile(rf" (?![様氏殿])[{_KANJI}](?: |\n|\Z)")
_SINGLE_BEFORE = re.compile(rf"(?:[ \n]|(?<!.))[{_KANJI}] ")
_LETTERS = re.compile(rf"[{_LETTER}]")
_SHORT_ROLES = frozenset({"氏名", "被告", "原告", "甲", "乙", "妻", "夫", "父", "母", "故"})
_HIRAGANA = re.compile("[ぁ-んー]+")
_ENDS = ("honorific", "title", "after_name", "name_verb")
_GROUPS = tuple("部課係室班科局署組会店社所院校園館場氏")
"""What a word for a group of people or a workplace ends in: 営業部 翼 is nobody's name."""
_COUNTERS = frozenset("円年月回日時分個名件本枚台号階")
_LONGEST_UNKNOWN, _LONGEST_GIVEN = 4, 4

Sure = Literal["certain", "possible", "none"]


def spaced(words: Words) -> Iterator[Mention]:
    """Every pair of a surname and a given name that a single space keeps apart."""
    text = words.text
    at = 0
    while match := _PAIR.search(text, at):
        at = match.end("first")
        start = match.start("second")
        if _LETTERS.match(text, match.start() - 1) and match.start() and match.start() not in words.starting:
            continue
        end = _given_end(words, start, match.end())
        if end is not None and is_spelled_word(text, match.start(), start, end):
            continue
        if end is not None and (first := _surname_start(words, *match.span("first"), text[start:end])) is not None:
            yield person(first, end, "text_full_name")
            at = end


def is_spelled_word(text: str, first: int, second: int, end: int) -> bool:
    """Whether single letters with spaces between them make a word up: 領 収 証, 職 務, and no 林 誠."""
    if second - first > 2 or not (end - second == 1 or text.startswith(" ", first - 1)):
        return False
    goes_on = _SINGLE_BEHIND.match(text, end) is not None or _SINGLE_BEFORE.match(text, max(0, first - 3)) is not None
    word = text[first] + text[second]
    return goes_on or (end - second == 1 and (nlp.is_common_noun(word) or is_other_word(word)))


def pair_end(words: Words, at: int) -> int | None:
    """Where a pair ends that starts there, behind a word that says a name must: a place or a thing may be a surname."""
    match = _PAIR.match(words.text, at)
    if not match or (end := _given_end(words, match.start("second"), match.end())) is None:
        return None
    first, second = match["first"], words.text[match.start("second") : end]
    named = (
        _given(second) != "none"
        and second not in entity_words("not_given")
        and not (second in surnames() and first in surnames())
    )
    return None if not named or is_other_word(first) or is_other_word(second) else end


def _given_end(words: Words, start: int, end: int) -> int | None:
    """Where the second word ends: before an honorific or a title, else where its letters do."""
    text = words.text
    if _HIRAGANA.fullmatch(text, start, end):
        return kana_given_end(words, start, end, apart=True)
    for position in range(start + 1, end + 1):
        if words.marked(position, *_ENDS) and not known_given(text[start:end]):
            return position
    glued = end < len(text) and _LETTERS.match(text, end) is not None
    if glued and not "ぁ" <= text[end - 1] <= "ん" and "ぁ" <= text[end] <= "ん":
        # 犬神 惣一は: a particle follows the name.
        glued = not known_given(text[start:end])
    return None if glued else end


def _surname_start(words: Words, start: int, end: int, given: str) -> int | None:
    """Where the surname begins in the first word, behind a role written with it (被告犬神); None without one."""
    text = words.text
    first, sure = text[start:end], _given(given)
    if first[-1] in "様氏殿" and len(first) > 1 and words.marked(end - 1, "honorific"):
        return None
    honoured = words.marked(end + 1 + len(given), "honorific") is not None
    if honoured and sure == "none" and _family(words, start, end) == "certain" and len(given) <= _LONGEST_UNKNOWN:
        return start
    if (
        sure == "none"
        or given in entity_words("not_given")
        or is_other_word(given)
        or first in entity_words("not_person")
    ):
        return None
    family = _family(words, start, end)
    if family != "none" and not is_other_word(first):
        return start if _fit(family, sure, given) else None
    for cut in range(start + 1, end):
        role = (end - cut > 1 or first[: cut - start] in _SHORT_ROLES) and _is_role(words, start, cut)
        if role and _fit(_family(words, cut, end), sure, given):
            return cut
    return start if sure == "certain" and not _is_compound(words, start, end) and not is_other_word(first) else None


def _fit(family: Sure, given: Sure, word: str) -> bool:
    if family == "none":
        return False
    if word in surnames() and given != "certain":
        # 岡林 和田: two of a list.
        return False
    return family == "certain" or given == "certain" or len(word) > 1


def _is_role(words: Words, start: int, end: int) -> bool:
    """Whether a word for who somebody is: 亡妻, 被告, 本人, 審査員."""
    word = words.text[start:end]
    return any(word in entity_words(part) for part in ("role", "label", "title")) or word in _SHORT_ROLES


def _is_compound(words: Words, start: int, end: int) -> bool:
    """Whether words of the dictionary make the first word up (作業内容), or it is no surname by its last letter."""
    inside = words.between(start, end)
    held = any(one.kind in ("noun", "place") and 1 < one.end - one.start < end - start for one in inside)
    return held or words.text[start:end].endswith(_GROUPS) or end - start > _LONGEST_UNKNOWN


def _family(words: Words, start: int, end: int) -> Sure:
    """`certain`: a surname and no thing; `possible`: a thing too, a place, or in no dictionary."""
    word = words.text[start:end]
    senses = nlp.senses(word)
    if word in surnames() or "surname" in senses:
        return "possible" if nlp.is_common_noun(word) else "certain"
    if senses == {"place"}:
        return "possible"
    return "none" if senses or _is_compound(words, start, end) else "possible"


def _given(word: str) -> Sure:
    senses = nlp.senses(word)
    if is_kana_given(word):
        return "certain"
    if known_given(word) or "given" in senses:
        return "possible" if nlp.is_common_noun(word) or "place" in senses else "certain"
    if word[-1] in _COUNTERS:
        return "none"
    if senses or len(word) > _LONGEST_GIVEN or _HIRAGANA.fullmatch(word):
        return "none"
    return "none" if _is_two_nouns(word) else "possible"


@lru_cache(maxsize=20_000)
def _is_two_nouns(word: str) -> bool:
    """Whether ordinary words make a longer one up: 家事|都合."""
    held = [token for token in nlp.nouns([word])[0] if token.end - token.start > 1]
    return len(word) > _LONGEST_GIVEN - 1 and any(token.kind == "noun" for token in held)
