"""Where an organisation's name begins and ends beside its legal form or line of business."""

from __future__ import annotations

import re
from functools import cache

from classifiers import nlp
from classifiers.lexicon import alternation
from classifiers.vocabulary import entity_words

_LETTERS = r"[一-龥々〆ァ-ヶーA-Za-z0-9&.'・-]"
_BEFORE = re.compile(rf"(?:{_LETTERS}(?<![様氏殿])){{1,20}}\Z")
_AFTER = re.compile(rf"{_LETTERS}{{1,24}}")
_HIRAGANA_BEFORE, _HIRAGANA_AFTER = re.compile(r"[ぁ-ん]\Z"), re.compile(r"[一-龥々ァ-ヶー]{0,6}[ぁ-ん]")
_WINDOW = 24


@cache
def _trimmed_front() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(entity_words('before_organisation'))}|[0-9]+[月日年時分円])+")


@cache
def _trimmed_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(entity_words('after_organisation'))})")


def first_letter(text: str, floor: int, end: int) -> int:
    """Where the name begins that ends right there, no word before it taken for a part of it."""
    begin = max(floor, end - _WINDOW)
    match = _BEFORE.search(text, begin, end)
    first = match.start() if match else end
    trim = _trimmed_front().match(text, first, end)
    if trim and trim.end() < end:
        first = trim.end()
    elif trim and trim.end() == end:
        return end
    elif first > begin and _HIRAGANA_BEFORE.search(text, begin, first):
        first = _through_hiragana(text, begin, first, end)
    while first < end and text[first] in "・-.'&ー":
        first += 1
    return first


def _through_hiragana(text: str, begin: int, first: int, end: int) -> int:
    """Where a name with hiragana in it begins (私立さくら女子大学): its words are nouns side by side."""
    cut = max(text.rfind(mark, begin, first) for mark in "\n。、 「(:")
    begin = max(begin, cut + 1)
    nouns = {token.end: token.start for token in nlp.nouns([text[begin : end + 2]])[0]}
    at = first - begin
    while at in nouns:
        at = nouns[at]
    if at < first - begin and (trim := _trimmed_front().match(text, begin + at, first)):
        at = min(trim.end() - begin, first - begin)
    return begin + at if at < first - begin else first


def last_letter(text: str, start: int, ceiling: int) -> int:
    """Where the name ends that begins right there."""
    match = _AFTER.match(text, start, min(ceiling, start + _WINDOW))
    last = match.end() if match else start
    if _HIRAGANA_AFTER.match(text, last if match else start, ceiling) and (not match or last - start < 4):
        last = _on_through_hiragana(text, start, last, ceiling)
    if last == start:
        return start
    for found in _trimmed_end().finditer(text, start, min(last + 4, len(text))):
        if found.start() > start and found.end() >= last:
            last = min(last, found.start())
            break
        if found.start() == start and found.end() >= last:
            return start
    while last > start and text[last - 1] in "・-.&":
        last -= 1
    return last


def _on_through_hiragana(text: str, start: int, last: int, ceiling: int) -> int:
    stop = min(ceiling, start + _WINDOW)
    at = 0
    for token in nlp.nouns([text[start:stop]])[0]:
        if token.start != at:
            break
        at = token.end
    return max(last, start + at)
