"""What stands beside a person's name in a text and gives it away: 様, さん, 部長, 氏名：."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from classifiers import names, nlp
from classifiers.lexicon import alternation
from classifiers.names.scripts import kana_kind, romaji_kind
from classifiers.people.dictionary import is_surname
from classifiers.tags import Mention
from classifiers.texts.spans import within
from classifiers.vocabulary import entity_words

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


_BEFORE = re.compile(r"[一-龥々〆ヶケァ-ヴー]{1,8}(?: [一-龥々ヶケァ-ヴー]{1,4})?\Z|(?<![ぁ-ん])[ぁ-ん]{2,6}\Z")


def _any(role: str) -> str:
    return alternation(entity_words(role))


@cache
def honorific() -> re.Pattern[str]:
    """An honorific or a title, from where a name ends."""
    return re.compile(rf" ?(?:{_any('honorific')})(?!々|子)|[ (]{{0,2}}(?:{_any('title')})")


@cache
def title() -> re.Pattern[str]:
    """A title (部長, 弁護士)."""
    return re.compile(_any("title"))


@cache
def _title_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('title')}|{_any('label')})\Z")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[\n 、。,「\[{{\"'(【・■●◆□○*|\t])(?:ご)?(?:{_any('label')})[\"'】]? ?[:=は] ?[\"']?"
        r"(?P<value>[^\n、。,\"'|:;(\[<{]{1,30})"
    )


def titled_before(text: str, start: int) -> bool:
    """Whether a title or a label stands right before a place in the text."""
    return bool(_title_before().search(text[max(0, start - 8) : start]))


def labelled(text: str) -> Iterator[Mention]:
    """Names that follow a label: 氏名：山田太郎, "name": "…"."""
    for match in _label().finditer(text):
        value = match["value"]
        # `佐藤 電話:` ends with the next label, not with a given name.
        trimmed = value.rpartition(" ")[0] if text[match.end() : match.end() + 1] == ":" else value.rstrip()
        honorific = re.search(rf" ?(?:{_any('honorific')})$", trimmed)
        trimmed = trimmed[: honorific.start()] if honorific else trimmed
        if _is_name(trimmed):
            start = match.start("value")
            yield person(start, start + len(trimmed), "text_label", _kind(trimmed))


def _kind(value: str) -> str:
    return kana_kind(value) or romaji_kind(value) or ("surname" if is_surname(value) else "name")


def _is_name(value: str) -> bool:
    """Whether a whole folded value, that something else says is a name, can be one."""
    if value in entity_words("not_person") or not value:
        return False
    return names.kinds([value])[0] not in (None, "company_name")


def before_honorifics(text: str, tokens: Sequence[nlp.Token]) -> Iterator[Mention]:
    """Names right before 様, さん, 部長 …, where the words there can be one."""
    starts = [token.start for token in tokens]
    for match in honorific().finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        if not before:
            continue
        floor = match.start() - len(before[0])
        inside = tokens[within(starts, floor, match.start())]
        for number, token in enumerate(inside):
            word = text[token.start : match.start()]
            if word in entity_words("not_person"):
                break
            if _could_be_name(word, inside[number:], titled=match[0].strip(" (") in entity_words("title")):
                yield person(token.start, match.start(), "text_honorific", "" if len(word) > 3 else "surname")
                break


def _could_be_name(word: str, tokens: Sequence[nlp.Token], *, titled: bool) -> bool:
    if is_surname(word) or kana_kind(word):
        return True
    if any(token.kind in ("surname", "given", "person") for token in tokens):
        return tokens[0].kind in ("surname", "given", "person")
    return not titled and all(token.kind == "unknown" for token in tokens) and 2 <= len(word) <= 6
