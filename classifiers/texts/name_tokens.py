"""Names of persons in a text by its words: what Sudachi calls 姓 and 名, and what the dictionary adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifiers import nlp
from classifiers.names.scripts import kana_kind
from classifiers.people.dictionary import is_given, is_surname
from classifiers.tags import Mention
from classifiers.texts.name_marks import honorific, person, title, titled_before
from classifiers.vocabulary import entity_words

GLUED = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9]")
"""A letter that makes one longer word with a name beside it."""
_KANJI = re.compile(r"[一-龥々]")
_KANJI_WORD = re.compile(r"[一-龥々ヶケ]{1,4}")
_LIST_MARKS = frozenset("・、,/→")
_LISTED = re.compile(r" ?[・、,/→] ?")
_HIRAGANA = re.compile(r"[ぁ-ん]+")


def by_tokens(text: str, tokens: Sequence[nlp.Token]) -> Iterator[Mention]:
    """Full names, and surnames and given names that stand alone."""
    taken = 0
    for before, token, following in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if token.start < taken or token.kind not in ("surname", "given", "person"):
            continue
        word = text[token.start : token.end]
        if token.kind == "surname" and is_surname(word[:-1]) and title().match(text, token.end - 1):
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
    if is_surname(word) or before.kind == "surname":
        return True
    return not apart and before.kind in ("place", "unknown") and len(word) <= 3 and given.end - given.start > 1


def _given_end(text: str, surname: nlp.Token, following: nlp.Token | None) -> int | None:
    """Where the given name ends that follows a surname, as Sudachi reads it or as the dictionary has it (翔|真)."""
    if honorific().match(text, surname.end):
        return None
    at = surname.end + (text[surname.end : surname.end + 1] == " ")
    if following and following.start == at and following.kind == "given":
        word = text[at : following.end]
        joined = at == surname.end
        return None if joined and len(word) == 1 and word in entity_words("place_end") else following.end
    for size in (4, 3, 2, 1):
        word = text[at : at + size]
        if len(word) < size or not is_given(word) or (size == 1 and word in entity_words("place_end")):
            continue
        if size > 1 or not _KANJI.match(text, at + 1):
            return at + size
    return None


def _alone(text: str, token: nlp.Token) -> bool:
    """Whether a lone surname or given name may count: no place's, house's, firm's or common word's."""
    word = text[token.start : token.end]
    if honorific().match(text, token.end):
        return word not in entity_words("not_person")
    if len(word) < 2 or word in entity_words("not_name") or _HIRAGANA.fullmatch(word):
        return False
    if token.kind == "surname" and not (is_surname(word) or kana_kind(word)):
        return False
    if GLUED.match(text, token.end) or (text.startswith("・", token.end) and not _KANJI.match(word)):
        return False
    return not (token.start and GLUED.match(text, token.start - 1)) or titled_before(text, token.start)


def beside_names(text: str, tokens: Sequence[nlp.Token], found: Sequence[Mention]) -> Iterator[Mention]:
    """Surnames that are places too (上田, 横山): after a title or label, or in one list with other names."""
    starts, ends = {mention.start for mention in found}, {mention.end for mention in found}
    for token in tokens:
        word = text[token.start : token.end]
        if token.kind != "place" or not is_surname(word) or GLUED.match(text, token.end):
            continue
        after = _LISTED.match(text, token.end)
        listed = (after and after.end() in starts) or any(
            text[token.start - size : token.start].strip() in _LIST_MARKS and token.start - size in ends
            for size in (1, 2)
        )
        if listed or titled_before(text, token.start):
            yield person(token.start, token.end, "text_surname")
