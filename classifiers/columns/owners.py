"""Whose a number is of which no word says it: what it counts, where its name tells, and how sure that is."""

from __future__ import annotations

import re
from functools import cache

from classifiers.headers.entries import grammar, written
from classifiers.headers.matching import spelled
from classifiers.headers.spans import HeaderMatch
from classifiers.lexicon import alternation
from classifiers.tags import Column

UNOWNED = 0.58
"""How surely a number is nobody's of which no word says what it counts, or that may be a key to a table of persons."""
OF_A_THING = 0.57
"""How surely it is where what it counts is said in Japanese, and by no word for a person (検知器番号), or where it is a
code, as kinds, places and firms have them (`STR_CD`)."""


def is_whole(column: Column, hit: HeaderMatch) -> bool:
    """Whether a word is all that a name or a label says: 番号, not 親番号."""
    return written(hit.word) in (spelled(column.name).text, spelled(column.label).text)


def is_unowned(column: Column, hit: HeaderMatch) -> bool:
    """Whether a word for a number stands behind one that nobody knows: `FFP_NO`, and not a bare コード."""
    return hit.strength == "medium" and hit.word in grammar("reference_heads").values() and not is_whole(column, hit)


def is_of_a_thing(column: Column, hit: HeaderMatch) -> bool:
    """Whether a number's Japanese name says what it counts, and no person in it, or whether it is a code of a thing."""
    spelt = spelled(column.label or column.name).text
    told = _registering().sub("", spelt)
    if spelt.isascii() or not told:
        return bool(told) and hit.word in grammar("codes").values()
    return any(not letter.isascii() for letter in told) and not _persons().search(told)


@cache
def _registering() -> re.Pattern[str]:
    """What says of a number that it is one: 番号, 管理, 登録."""
    return re.compile(alternation((*_in_japanese("reference_heads"), *_in_japanese("registering"))))


@cache
def _persons() -> re.Pattern[str]:
    return re.compile(alternation((*_in_japanese("person_nouns"), *_in_japanese("person_endings"))))


def _in_japanese(part: str) -> tuple[str, ...]:
    return tuple(spelt for spelt in grammar(part) if not spelt.isascii())
