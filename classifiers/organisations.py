"""団体名: names of companies, offices, schools and clinics in folded texts, by their legal form or line of business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.lexicon import alternation
from classifiers.vocabulary import entity_words

_BEFORE = re.compile(
    r"(?:[一-龥々〆ァ-ヶーA-Za-z0-9&.'・-](?<![様氏殿])){1,16}\Z|(?<![ぁ-ん])[ぁ-ん]{2,7}[ほらこきしみりねまやむすつぐえよゆ]\Z"
)
_AFTER = re.compile(
    r" ?(?:[一-龥々〆ァ-ヶーA-Za-z0-9&.'・-]{1,24}|(?!の|は|が|を|に|と|で|も|や|へ|から|まで|さん)[ぁ-ん]{2,10}?"
    r"(?:[一-龥ァ-ヶ]{1,8}|(?=[のはがをにとでもや、。 (]|$)))"
)
_WINDOW = 24


@cache
def _automaton(*roles: str) -> AhoCorasick:
    return AhoCorasick(
        sorted({word for role in roles for word in entity_words(role)}), matchkind=MatchKind.LeftmostLongest
    )


def find(text: str) -> list[tuple[int, int]]:
    """Where organisations' names stand, in order, none overlapping."""
    found: list[tuple[int, int]] = []
    for start, end in _words(text, "organisation_form", "organisation_end"):
        if found and start < found[-1][1]:
            continue
        if found and start == found[-1][1]:
            found[-1] = (found[-1][0], end)
            continue
        floor = found[-1][1] if found else 0
        before = _BEFORE.search(text[max(floor, start - _WINDOW) : start])
        first = start - len(before[0]) if before else start
        if text[start:end] in entity_words("organisation_form") and (first == start or text[start] == "("):
            after = _AFTER.match(text, end)
            end = after.end() if after else end
        if end - first > end - start or first < start or text[start:end] not in entity_words("organisation_end"):
            found.append((first, end))
    return found


def workplaces(text: str) -> list[tuple[int, int]]:
    """Where branches, buildings, stations and the like stand: named after people, and none."""
    found: list[tuple[int, int]] = []
    for start, end in _words(text, "workplace"):
        before = re.search(r"(?:[一-龥々ァ-ヶー](?<![様氏殿])){1,8}\Z", text[max(0, start - 8) : start])
        if before and text[end : end + 1] not in ("長", "員"):
            found.append((start - len(before[0]), end))
    return found


def _words(text: str, *roles: str) -> Iterator[tuple[int, int]]:
    for _, start, end in _automaton(*roles).find_matches_as_indexes(text):
        yield start, end


@cache
def _whole() -> re.Pattern[str]:
    form, ending = alternation(entity_words("organisation_form")), alternation(entity_words("organisation_end"))
    return re.compile(
        rf"(?:{form}).+|.+(?:{form})(?: ?[^ ]{{1,12}}(?:支店|支社|営業所|店|部|課))?"
        rf"|[^ 、。]+(?:{ending})(?:[^ ]{{1,8}}(?:支店|支社|営業所|店))?"
    )


def is_organisation(value: str) -> bool:
    """Whether a whole folded value names an organisation.

    >>> is_organisation("株式会社山田製作所"), is_organisation("山田法律事務所"), is_organisation("山田太郎")
    (True, True, False)
    """
    return bool(_whole().fullmatch(value))
