"""Words beside a number that say what it is (`vocabulary/cues.yml`): is one there, and how far away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.vocabulary import data_categories, rows

REACH = 40
"""How many characters before a number a cue word may stand."""
_AFTER, _NOT_BEFORE = 8, 12
_LABEL = re.compile(r"[^0-9。]{1,20}")
_OTHER_NUMBER = re.compile(r"[0-9](?:[0-9-]{4,}[0-9])")
_SEVERAL = frozenset({"phone", "fax", "email", "url", "bank_account", "yucho_account", "insured_number", "ip_address"})
"""What is often written twice behind one word, or behind other numbers of its own."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Words beside a number that say what it is (`vocabulary/cues.yml`)."""

    id: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    before: re.Pattern[str]
    after: re.Pattern[str]
    not_before: re.Pattern[str]


@cache
def _cued() -> tuple[AhoCorasick, tuple[frozenset[str], ...]]:
    """Every cue word in one automaton, and the categories that each speaks for."""
    words: dict[str, set[str]] = {}
    for row in _cue_rows():
        for word in (*row.before, *row.after):
            words.setdefault(word, set()).add(row.id)
    return AhoCorasick(list(words), matchkind=MatchKind.Standard), tuple(map(frozenset, words.values()))


def categories_cued(text: str) -> set[str]:
    """Categories of which a cue word stands somewhere in the text: most numbers need one."""
    automaton, categories = _cued()
    hits = {index for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}
    return {category for index in hits for category in categories[index]}


@cache
def _cue_rows() -> tuple[Cues, ...]:
    categories = data_categories()
    own = {row.id: row for row in rows("cues", Cues)}
    listed = {*own, *(name for name, row in categories.items() if row.cues)}
    bare = ((own.get(name, Cues(name)), categories[name].cues if name in categories else ()) for name in sorted(listed))
    return tuple(Cues(row.id, (*row.before, *more), row.after, row.not_before) for row, more in bare)


def _any(words: Iterable[str]) -> str:
    """Words as an expression; Latin ones stand apart from other Latin letters."""
    found = sorted(set(words), key=len, reverse=True)
    return (
        "|".join(
            rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word) for word in found
        )
        or r"(?!)"
    )


@cache
def _cues() -> dict[str, _Cue]:
    return {
        row.id: _Cue(
            re.compile(_any(row.before)),
            re.compile(rf"[ )】」,、]*(?:{_any(row.after)})(?![産活態徒命涯成])"),
            re.compile(rf"(?:{_any(row.not_before)})[ .:]*\Z"),
        )
        for row in _cue_rows()
    }


def _line(text: str, start: int, reach: int) -> str:
    before = text[max(0, start - reach) : start]
    lines = before.rsplit("\n", 2)
    # A label may stand alone on the line above its number.
    label = lines[-2].strip() if len(lines) > 1 and not lines[-1].strip() else ""
    return before[-len(lines[-1]) - len(lines[-2]) - 1 :] if label and _LABEL.fullmatch(label) else lines[-1]


def ruled_out(text: str, start: int, category: str) -> bool:
    """Whether a word right before a number says that it is something else: バージョン 1.2.3.4."""
    cue = _cues().get(category)
    return cue is not None and cue.not_before.search(text[max(0, start - _NOT_BEFORE) : start]) is not None


def cue_distance(text: str, start: int, end: int, category: str) -> int | None:
    """How many characters away the nearest cue word of a number's category is, 0 right beside it; None without one."""
    cue = _cues().get(category)
    if cue is None:
        return None
    if cue.after.match(text[end : end + _AFTER]):
        return 0
    before = _line(text, start, REACH)
    last = None
    for last in cue.before.finditer(before):  # noqa: B007
        pass
    # The word speaks for the number that comes first after it.
    if last is None or (category not in _SEVERAL and _OTHER_NUMBER.search(before, last.end())):
        return None
    return len(before) - last.end()
