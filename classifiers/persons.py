"""Names of persons in a folded text whose identifiers, addresses and organisations are masked already.

Sudachi's 姓/名 first, then what stands beside a name (敬称, 肩書, 氏名：), then dictionaries for kana and romaji.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from classifiers import names, nlp
from classifiers.organisations import alternation, entity_words
from classifiers.tags import Mention

MASK = "、"
"""What stands for a masked character: it ends every word."""

_SCORES = {
    "text_full_name": 0.97,
    "text_honorific": 0.95,
    "text_label": 0.95,
    "text_kana_name": 0.9,
    "text_romaji_name": 0.9,
    "text_foreign_name": 0.75,
    "text_surname": 0.7,
    "text_given_name": 0.6,
    "text_model": 0.65,
}
_CATEGORY = {"text_surname": "surname", "text_given_name": "given_name", "text_romaji_name": "name_romaji"}


def person(start: int, end: int, why: str, category: str = "") -> Mention:
    """A mention of a person with the score its reason has."""
    return Mention(start, end, category or _CATEGORY.get(why, "name"), _SCORES[why], why)


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf" ?(?:{alternation('honorific')})(?!々|子)|[ (]{{0,2}}(?:{alternation('title')})")


@cache
def _title() -> re.Pattern[str]:
    return re.compile(alternation("title"))


@cache
def _title_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('title')}|{alternation('label')})$")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[\n 、。,「\[{{\"'(【・■●◆□○*|\t])(?:ご)?(?:{alternation('label')})[\"'】]? ?[:=は] ?[\"']?(?P<value>[^\n、。,\"'|:;(\[<{{]{{1,30}})"
    )


_LATIN_PAIR = re.compile(r"(?<![A-Za-z@./_-])([A-Z][A-Za-z'’-]+),? {1,2}([A-Z][A-Za-z'’-]+)(?![A-Za-z@_])")
_LATIN_ONE = re.compile(
    r"(?<![A-Za-z@./_-])(?:(?:Mr|Ms|Mrs|Dr)\.? ?([A-Z][A-Za-z'-]+)|([A-Za-z][A-Za-z'-]+)(?= ?(?:様|さん|氏|さま|殿)|-san))"
)
_KANA_RUN = re.compile(r"[ァ-ヴー]{2,}(?:[ ・][ァ-ヴー]{2,})?")
_HIRAGANA_NAME = re.compile(r"(?<![ぁ-ん])([ぁ-んー]{2,7}) ([ぁ-んー]{2,6})")
_HIRAGANA_RUN = re.compile(r"(?<![ぁ-ん一-龥ァ-ヶ])[ぁ-ん]{4,9}(?![ぁ-ん一-龥ァ-ヶ])")
_FOREIGN = re.compile(r"[ァ-ヴー]{2,}(?:[・=][ァ-ヴーA-Z.]{1,})+")
_BEFORE = re.compile(r"[一-龥々〆ヶケァ-ヴー]{1,8}(?: [一-龥々ヶケァ-ヴー]{1,4})?$|(?<![ぁ-ん])[ぁ-ん]{2,6}$")
_KANJI = re.compile(r"[一-龥々]")
_KANJI_WORD = re.compile(r"[一-龥々ヶケ]{1,4}")
_GLUED = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9]")
_LIST_MARKS = frozenset("・、,/→")
_LISTED = re.compile(r" ?[・、,/→] ?")
_NAME_LETTERS = re.compile(r"[一-龥々]{2,5}|[ァ-ヴー・]{3,}")
_DOUBTED = frozenset({"surname", "given", "person", "unknown"})
_HIRAGANA = re.compile(r"[ぁ-ん]+")


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
    unified = [names.unify(text) for text in texts]
    return [_reading(text, tokens) for text, tokens in zip(unified, nlp.nouns(unified), strict=True)]


def _reading(text: str, tokens: Sequence[nlp.Token]) -> Reading:
    mentions = _merge(_found(text, tokens))
    left = [token for token in tokens if all(token.end <= one.start or one.end <= token.start for one in mentions)]
    doubts = tuple(token for token in left if token.kind in _DOUBTED and _doubtful(text, token))
    words = tuple(token for token in left if token.kind in ("noun", "place") and token.end - token.start > 1)
    return Reading(tuple(mentions), doubts, words)


def _doubtful(text: str, token: nlp.Token) -> bool:
    word = text[token.start : token.end]
    if token.kind == "unknown" and not _NAME_LETTERS.fullmatch(word):
        return False
    return word not in entity_words("not_name") and not _GLUED.match(text, token.end)


def confirmed(reading: Reading, start: int, end: int) -> bool:
    """Whether a span that the language model takes for a person is made of doubtful words, and of no known ones."""
    inside = any(start <= token.start and token.end <= end for token in reading.doubts)
    return inside and not any(token.start < end and start < token.end for token in reading.words)


def _found(text: str, tokens: Sequence[nlp.Token]) -> list[Mention]:
    found = [
        *_labelled(text),
        *_by_tokens(text, tokens),
        *_before_honorifics(text, tokens),
        *_kana(text, tokens),
        *_latin(text),
    ]
    return [*found, *_beside_names(text, tokens, found)]


def _merge(found: Sequence[Mention]) -> list[Mention]:
    """Of overlapping mentions the longest: a whole name beats its part; then the score decides."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.start - one.end, -one.score)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _labelled(text: str) -> Iterator[Mention]:
    for match in _label().finditer(text):
        value = match["value"]
        trimmed = value.rstrip()
        honorific = re.search(rf" ?(?:{alternation('honorific')})$", trimmed)
        trimmed = trimmed[: honorific.start()] if honorific else trimmed
        if is_name(trimmed):
            start = match.start("value")
            yield person(start, start + len(trimmed), "text_label", _kind(trimmed))


def _kind(value: str) -> str:
    return names.kana_kind(value) or names.romaji_kind(value) or ("surname" if names.is_surname(value) else "name")


def is_name(value: str) -> bool:
    """Whether a whole folded value, that something else says is a name, can be one."""
    if value in entity_words("not_person") or not value:
        return False
    return names.kinds([value])[0] not in (None, "company_name")


def _by_tokens(text: str, tokens: Sequence[nlp.Token]) -> Iterator[Mention]:
    taken = 0
    for before, token, following in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if token.start < taken or token.kind not in ("surname", "given", "person"):
            continue
        word = text[token.start : token.end]
        if token.kind == "surname" and names.is_surname(word[:-1]) and _title().match(text, token.end - 1):
            taken = token.end
            yield person(token.start, token.end - 1, "text_honorific", "surname")
        elif token.kind == "surname" and (end := _given_end(text, token, following)):
            taken = end
            yield person(token.start, end, "text_full_name")
        elif token.kind == "given" and before and before.start >= taken and _unread_surname(text, before, token):
            taken = token.end
            yield person(before.start, token.end, "text_full_name")
        elif _alone(text, token):
            yield person(token.start, token.end, "text_surname" if token.kind == "surname" else "text_given_name")


def _unread_surname(text: str, before: nlp.Token, given: nlp.Token) -> bool:
    """Whether the word right before a given name is its surname, though it is also a place or a common word."""
    word = text[before.start : before.end]
    apart = text[before.end : given.start]
    if (
        apart not in ("", " ")
        or not _KANJI_WORD.fullmatch(word)
        or text[given.start : given.end] in entity_words("not_name")
    ):
        return False
    if names.is_surname(word) or before.kind == "surname":
        return True
    return not apart and before.kind in ("place", "unknown") and len(word) <= 3 and given.end - given.start > 1


def _given_end(text: str, surname: nlp.Token, following: nlp.Token | None) -> int | None:
    """Where the given name ends that follows a surname, as Sudachi reads it or as the dictionary has it (翔|真)."""
    if _honorific().match(text, surname.end):
        return None
    at = surname.end + (text[surname.end : surname.end + 1] == " ")
    if following and following.start == at and following.kind == "given":
        word = text[at : following.end]
        joined = at == surname.end
        return None if joined and len(word) == 1 and word in entity_words("place_end") else following.end
    for size in (4, 3, 2, 1):
        word = text[at : at + size]
        if len(word) < size or not names.is_given(word) or (size == 1 and word in entity_words("place_end")):
            continue
        if size > 1 or not _KANJI.match(text, at + 1):
            return at + size
    return None


def _alone(text: str, token: nlp.Token) -> bool:
    """Whether a lone surname or given name may count: no place's, house's, firm's or common word's."""
    word = text[token.start : token.end]
    if _honorific().match(text, token.end):
        return word not in entity_words("not_person")
    if len(word) < 2 or word in entity_words("not_name") or _HIRAGANA.fullmatch(word):
        return False
    if token.kind == "surname" and not (names.is_surname(word) or names.kana_kind(word)):
        return False
    if _GLUED.match(text, token.end) or (text.startswith("・", token.end) and not _KANJI.match(word)):
        return False
    return not (token.start and _GLUED.match(text, token.start - 1)) or _titled_before(text, token.start)


def _titled_before(text: str, start: int) -> bool:
    return bool(_title_before().search(text[max(0, start - 8) : start]))


def _before_honorifics(text: str, tokens: Sequence[nlp.Token]) -> Iterator[Mention]:
    for match in _honorific().finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        if not before:
            continue
        floor = match.start() - len(before[0])
        inside = [token for token in tokens if floor <= token.start < match.start()]
        for number, token in enumerate(inside):
            word = text[token.start : match.start()]
            if word in entity_words("not_person"):
                break
            if _could_be_name(word, inside[number:], titled=match[0].strip(" (") in entity_words("title")):
                yield person(token.start, match.start(), "text_honorific", "" if len(word) > 3 else "surname")
                break


def _beside_names(text: str, tokens: Sequence[nlp.Token], found: Sequence[Mention]) -> Iterator[Mention]:
    """Surnames that are places too (上田, 横山): after a title or label, or in one list with other names."""
    starts, ends = {mention.start for mention in found}, {mention.end for mention in found}
    for token in tokens:
        word = text[token.start : token.end]
        if token.kind != "place" or not names.is_surname(word) or _GLUED.match(text, token.end):
            continue
        after = _LISTED.match(text, token.end)
        listed = (after and after.end() in starts) or any(
            text[token.start - size : token.start].strip() in _LIST_MARKS and token.start - size in ends
            for size in (1, 2)
        )
        if listed or _titled_before(text, token.start):
            yield person(token.start, token.end, "text_surname")


def _could_be_name(word: str, tokens: Sequence[nlp.Token], *, titled: bool) -> bool:
    if names.is_surname(word) or names.kana_kind(word):
        return True
    if any(token.kind in ("surname", "given", "person") for token in tokens):
        return tokens[0].kind in ("surname", "given", "person")
    return not titled and all(token.kind == "unknown" for token in tokens) and 2 <= len(word) <= 6


def _kana(text: str, tokens: Sequence[nlp.Token]) -> Iterator[Mention]:
    named = {token.start for token in tokens if token.kind in ("surname", "given", "person")}
    for match in _KANA_RUN.finditer(text):
        if names.kana_kind(match[0]) == "name_kana":
            yield person(*match.span(), "text_kana_name", "name_kana")
    for match in _HIRAGANA_NAME.finditer(text):
        given = next((size for size in range(len(match[2]), 1, -1) if names.is_kana_given(match[2][:size])), 0)
        if given and names.kana_kind(f"{match[1]} {match[2][:given]}"):
            yield person(match.start(), match.start(2) + given, "text_kana_name", "name_kana")
    for match in _HIRAGANA_RUN.finditer(text):
        if names.kana_kind(match[0]) == "name_kana":
            yield person(*match.span(), "text_kana_name", "name_kana")
    for match in _FOREIGN.finditer(text):
        if any(match.start() <= start < match.end() for start in named):
            yield person(*match.span(), "text_foreign_name")


def _latin(text: str) -> Iterator[Mention]:
    for match in _LATIN_PAIR.finditer(text):
        if names.romaji_kind(f"{match[1]} {match[2]}"):
            yield person(*match.span(), "text_romaji_name")
    for match in _LATIN_ONE.finditer(text):
        group = 1 if match[1] else 2
        if names.is_romaji_surname(match[group]) or names.is_romaji_given(match[group]):
            yield person(*match.span(group), "text_romaji_name")
