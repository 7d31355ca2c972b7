"""Names that something behind them gives away: 様, さん, 部長, と申します."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers import nlp
from classifiers.addresses.gazetteer import places
from classifiers.names.scripts import kana_kind
from classifiers.tags import Mention
from classifiers.texts.given_names import full_name_end, known_given
from classifiers.texts.name_shapes import GAP, is_other_word
from classifiers.texts.reasons import person
from classifiers.texts.words import NAMED, Mark, Words, surnames
from classifiers.vocabulary import entity_words

_LETTERS = r"[一-龥々ヶ]"
_BACKWARDS = re.compile(
    rf"{_LETTERS}{{1,8}}(?: {_LETTERS}{{1,4}})?|[ぁ-ん]{_LETTERS}{{2,3}}(?![一-龥々ヶぁ-ん])"
    rf"|(?:[ぁ-ん]{{2,6}}|[ァ-ヴー]{{2,8}}) ?{_LETTERS}{{1,4}}"
    r"|[ァ-ヴー]{2,12}(?:[・ ][ァ-ヴー]{2,12}){0,3}|[ぁ-ん]{2,6}(?: [ぁ-ん]{2,6})?(?![ぁ-ん])"
)
"""The letters of a name, the last one first: read from a mark on, there is one place where they can begin."""
_REACH = 26
_LONGEST_LONE = 5
_KANJI_ALONE = re.compile(r"[一-龥々ヶ㐀-䶿]{1,2}|[一-龥々ヶ㐀-䶿]+(?<![都道府県市区町村郡駅])")
_KANJI_ONLY = re.compile(r"[一-龥々ヶ㐀-䶿]+")
_INITIAL_BEHIND = re.compile(r"[一-龥々ヶ]{2,3}[ぁ-ん]")
_NOT_HONORIFIC = re.compile(r"[子々相態式々]")
_NOT_TITLE = re.compile(r"[会室席職級制用別間向化団権戦陣]|以[上下]|クラス")
_GLUE = re.compile(r"[一-龥々ァ-ヴーA-Za-z]")


def before_marks(words: Words) -> Iterator[Mention]:
    """Every name right before an honorific, a title, or what only a person does."""
    for mark in words.marks.values():
        parts = mark.parts
        if ("honorific" in parts or "title" in parts) and (found := _before_honorific(words, mark)):
            yield found
        if "name_verb" in parts and (found := _before_verb(words, mark)):
            yield found


def _before_honorific(words: Words, mark: Mark) -> Mention | None:
    text = words.text
    honorific = "honorific" in mark.parts
    if words.cut(mark) or (text[mark.start - 1 : mark.start] in "ご御" and text.startswith("夫妻", mark.start)):
        return None
    if (_NOT_HONORIFIC if honorific else _NOT_TITLE).match(text, mark.end):
        return None
    if (
        honorific
        and mark.end - mark.start == 1
        and text[mark.start] in "君氏殿嬢"
        and _KANJI_NEXT.match(text, mark.end)
    ):
        return None
    end = mark.start
    if not honorific and text[end - 1 : end + 1] and any(text[end - size : end + 1] in surnames() for size in (1, 2)):
        # 山本|部長 is no 山|本部長.
        end += text[end + 1 : mark.end] in entity_words("title")
    while end > mark.start - 2 and end and text[end - 1] in " (」』":
        end -= 1
    # A value on the line or in the field before belongs to no title after it: 田中 部長 does, 田中、部長 does not.
    floor = _floor(text, end)
    return _ending_at(words, floor, end, honoured=honorific) if floor < end else None


def _floor(text: str, end: int) -> int:
    """Where the letters begin right before a mark of which some may be a name."""
    before = _BACKWARDS.match(text[max(0, end - _REACH) : end][::-1])
    return end - before.end() if before else end


_KANJI_NEXT = re.compile(r"[一-龥](?<![宛宅側曰])")


def _ending_at(words: Words, floor: int, end: int, *, honoured: bool) -> Mention | None:
    """The longest name that ends right there and starts at a word, or where its letters begin."""
    text = words.text
    starts = sorted({floor, *(token.start for token in words.between(floor, end))})
    # 乗務員1名佐久間様: a surname of the dictionary beats a longer word that nobody knows.
    if len(starts) > 1:
        starts.sort(key=lambda start: not _is_known(words, start, end))
    for start in starts:
        word = text[start:end]
        if is_other_word(word):
            continue
        joined = start > floor and _GLUE.match(text, start - 1) is not None
        if full_name_end(words, start) == end:
            return person(start, end, "text_honorific")
        if _is_lone_name(words, start, end, sure=not joined, honoured=honoured):
            kind = "surname" if word in surnames() else "given_name" if known_given(word) else ""
            return person(start, end, "text_honorific", kind or ("name" if len(word) > 3 else "surname"))
    return None


def _is_known(words: Words, start: int, end: int) -> bool:
    word = words.text[start:end]
    if "ぁ" <= word[0] <= "ん":
        return kana_kind(word) in ("surname_kana", "given_name_kana") and start in words.starting
    return word in surnames() or "surname" in nlp.senses(word) or full_name_end(words, start) == end


def _is_lone_name(words: Words, start: int, end: int, *, sure: bool, honoured: bool) -> bool:
    word = words.text[start:end]
    if "ぁ" <= word[0] <= "ん" and not honoured:
        return False
    if _INITIAL_BEHIND.fullmatch(word):
        # 川口ひさん and 川口まさん: the initial of a given name
        return honoured and word[:-1] in surnames()
    if " " in word and not kana_kind(word) and not "ァ" <= word[0] <= "ヴ":
        return False
    if word in surnames() or kana_kind(word):
        return True
    if "ぁ" <= word[0] <= "ん":
        # わたぬきさん: no word of the dictionary's.
        short = len(word) <= _LONGEST_LONE and start in words.starting
        return short and sure and not nlp.senses(word) and not words.inside(start)
    if "ァ" <= word[0] <= "ヴ":
        known = any(one.kind in ("noun", "place") for one in words.between(start, end))
        return sure and (honoured or not known) and not any(is_other_word(part) for part in GAP.split(word))
    inside = words.between(start, end)
    if inside and inside[0].start == start and inside[0].kind in NAMED:
        return not any(one.kind in ("noun", "place") and one.end - one.start > 1 for one in inside[1:])
    if sure and _is_nobody_else(word, honoured=honoured):
        return True
    others = [one for one in inside if one.kind in ("noun", "place") and one.end - one.start > 1]
    if not sure or any(one.kind == "noun" or not honoured or word in places() for one in others):
        return False
    return 2 <= len(word) <= 4 and (honoured or (_KANJI_ONLY.fullmatch(word) is not None and start in words.starting))


def _is_nobody_else(word: str, *, honoured: bool) -> bool:
    """Whether a word before 様 or さん can only be a surname: a small place (余市), or in no dictionary (圷)."""
    senses = nlp.senses(word)
    if "surname" in senses or "given" in senses:
        return "noun" not in senses or len(word) > 1 or honoured
    if not honoured:
        return False
    return (
        senses <= {"place"}
        and len(word) <= _LONGEST_LONE
        and _KANJI_ALONE.fullmatch(word) is not None
        and (bool(senses) or len(word) == 1)
    )


def _before_verb(words: Words, mark: Mark) -> Mention | None:
    """A surname right before what only a person does: 松本と申します."""
    text = words.text
    end = mark.start
    quoted = text[end - 1 : end] in "」』" and end > 1
    end -= quoted
    floor = _floor(text, end)
    if floor == end:
        return None
    for start in sorted({floor, *(token.start for token in words.between(floor, end))}):
        word = text[start:end]
        token = words.starting.get(start)
        whole = token is not None and token.end == end
        if word in entity_words("not_person") or (
            start > floor
            and _GLUE.match(text, start - 1)
            and not words.after_noun(start)
            and not (whole and token and token.kind == "surname" and words.ending(start) is None)
        ):
            continue
        if full_name_end(words, start) == end:
            return person(start, end, "text_verb")
        unknown = bool(whole and token and token.kind == "unknown" and "ァ" <= word[0] <= "ヴ")
        called = quoted and kana_kind(word) is not None and word not in entity_words("not_given")
        if unknown or called or word in surnames() or (whole and token and token.kind in NAMED):
            return person(start, end, "text_verb", kana_kind(word) or "surname")
    return None
