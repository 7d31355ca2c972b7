"""Words beside a number that say what it is (`vocabulary/cues.yml`): is one there, and how far away."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.vocabulary import data_categories, rows

REACH = 40
"""How many characters before a number a cue word may stand."""
_AFTER, _NOT_BEFORE = 8, 12
_LATIN = re.compile(r"[A-Za-z]")
_LABEL = re.compile(r"[^0-9。]{1,20}")
_OTHER_NUMBER = re.compile(r"[0-9](?:[0-9-]{4,}[0-9])")
_SEVERAL = frozenset({"phone", "fax", "email", "url", "bank_account", "yucho_account", "insured_number", "ip_address"})
"""What is often written twice behind one word, or behind other numbers of its own."""
_NO = (False, False)


@dataclass(frozen=True, slots=True)
class Cues:
    """Words beside a number that say what it is (`vocabulary/cues.yml`)."""

    id: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


class _Found(NamedTuple):
    """A cue word in a text; the end first, so that those before a number are found by it."""

    end: int
    start: int
    goes_on: tuple[bool, bool]
    """Whether it is Latin and another Latin letter stands right before it, right behind it."""


class CueWords:
    """The cue words of one text, looked for once, and how far from its numbers they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._before: dict[str, list[_Found]] = {}
        """By category, in order of their ends."""
        self.categories: set[str] = set()
        """Categories of which a cue word stands somewhere in the text: most numbers need one."""
        automaton, words = _cued()
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            word = words[index]
            goes_on = (
                _NO
                if not word.latin
                else (bool(start and _LATIN.match(text, start - 1)), bool(_LATIN.match(text, end)))
            )
            for category in word.before:
                self._before.setdefault(category, []).append(_Found(end, start, goes_on))
            self.categories.update(word.categories)

    def distance(self, start: int, end: int, category: str) -> int | None:
        """How many characters from a number the nearest cue word of its category is, 0 right beside; None without."""
        if category not in self.categories:
            return None
        after = _after().get(category)
        if after and after.match(self._text[end : end + _AFTER]):
            return 0
        last = self._last_before(start, category)
        # The word speaks for the number that comes first after it.
        if last is None or (category not in _SEVERAL and _OTHER_NUMBER.search(self._text, last, start)):
            return None
        return start - last

    def _last_before(self, start: int, category: str) -> int | None:
        """Where the last cue word in a number's line ends; of words that overlap the first counts, the longest."""
        found = self._before.get(category)
        if not found:
            return None
        line, last = _line(self._text, start), None
        near = found[bisect_left(found, (line,)) : bisect_left(found, (start + 1,))]
        for word in sorted(near, key=lambda one: (one.start, -one.end)):
            before, behind = word.goes_on
            cut_out = (before and word.start > line) or (behind and word.end < start)
            if word.start >= (line if last is None else last) and not cut_out:
                last = word.end
        return last


class _Word(NamedTuple):
    """A cue word, what it speaks for before a number, and in any place."""

    latin: bool
    before: tuple[str, ...]
    categories: tuple[str, ...]


@cache
def _cued() -> tuple[AhoCorasick, tuple[_Word, ...]]:
    """Every cue word in one automaton."""
    words = dict.fromkeys(word for row in _cue_rows() for word in (*row.before, *row.after))
    known = (
        _Word(
            word.isascii(),
            tuple(row.id for row in _cue_rows() if word in row.before),
            tuple(row.id for row in _cue_rows() if word in (*row.before, *row.after)),
        )
        for word in words
    )
    return AhoCorasick(list(words), matchkind=MatchKind.Standard), tuple(known)


@cache
def _cue_rows() -> tuple[Cues, ...]:
    categories = data_categories()
    own = {row.id: row for row in rows("cues", Cues)}
    listed = {*own, *(name for name, row in categories.items() if row.cues)}
    bare = ((own.get(name, Cues(name)), categories[name].cues if name in categories else ()) for name in sorted(listed))
    return tuple(Cues(row.id, (*row.before, *more), row.after, row.not_before) for row, more in bare)


@cache
def _after() -> dict[str, re.Pattern[str]]:
    """Of the categories that have words behind the number, an expression for them."""
    return {
        row.id: re.compile(rf"[ )】」,、]*(?:{_any(row.after)})(?![産活態徒命涯成])")
        for row in _cue_rows()
        if row.after
    }


@cache
def _not_before() -> dict[str, re.Pattern[str]]:
    return {row.id: re.compile(rf"(?:{_any(row.not_before)})[ .:]*\Z") for row in _cue_rows() if row.not_before}


def _any(words: Iterable[str]) -> str:
    """Words as an expression; Latin ones stand apart from other Latin letters."""
    found = sorted(set(words), key=len, reverse=True)
    return "|".join(
        rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word) for word in found
    )


def _line(text: str, start: int) -> int:
    """Where the line of a number begins, or what of it is near enough, or the label that stands alone above it."""
    first = max(0, start - REACH)
    end_above = text.rfind("\n", first, start)
    if end_above < 0:
        return first
    if not text[end_above + 1 : start].strip():
        above = max(first, text.rfind("\n", first, end_above) + 1)
        if _LABEL.fullmatch(text[above:end_above].strip()):
            return above
    return end_above + 1


def ruled_out(text: str, start: int, category: str) -> bool:
    """Whether a word right before a number says that it is something else: バージョン 1.2.3.4."""
    words = _not_before().get(category)
    return words is not None and words.search(text[max(0, start - _NOT_BEFORE) : start]) is not None
