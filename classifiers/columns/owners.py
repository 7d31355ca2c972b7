"""Whose a number is: by what it counts, where its name tells, by whom it points at, and whether it is only a key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from classifiers.columns.context import Context
from classifiers.headers import words
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

_KEY_WORD = re.compile(r"(?:_|^|[^a-z])(?:u?id|U?ID)$")
_INTEGER = re.compile(r"int|serial|number\(|numeric|decimal|uuid|guid", re.IGNORECASE)
_TEXTUAL = re.compile(r"char|text|string|文字", re.IGNORECASE)


def is_whole(column: Column, hit: HeaderMatch) -> bool:
    """Whether a word is all that a name or a label says: 番号, not 親番号."""
    return written(hit.word) in (spelled(column.name).text, spelled(column.label).text)


def is_nearly_whole(column: Column, hit: HeaderMatch) -> bool:
    """Whether a letter at most stands beside a word, and nothing is said of it: `S_YMD`."""
    told = "".join(words(column.name))
    return is_whole(column, hit) or (not column.label and len(told) <= len(hit.word) + 1)


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


def points_at_a_person(column: Column, matches: Sequence[HeaderMatch]) -> bool:
    """Whether a label calls a key by who is meant: `created_account_id`, 登録者."""
    return bool(column.label) and any(hit.category == "name" and hit.strength == "medium" for hit in matches)


def is_of_firms(hit: HeaderMatch, around: Context) -> bool:
    """Whether a number of somebody who may be a person or a firm (`client_code`) is a firm's, or nobody says whose."""
    both = hit.word in grammar("person_nouns").values() and hit.word in grammar("organisation_nouns").values()
    return both and (around.companies or not around.persons)


def is_key(column: Column, hit: HeaderMatch) -> bool:
    """Whether a `customer_id` is only a key to another table: an integer, or a bare English `…_id`."""
    if hit.word.lower().endswith("id") and (_INTEGER.search(column.sql_type) or column.name.lower() == "id"):
        return True
    if not column.name.isascii() and hit.word.lower().endswith("id"):
        # Who writes 生徒ID at the head of a sheet means the number that the pupil has.
        return False
    if hit.strength == "medium" and hit.word.lower().endswith(("no", "num", "number")):
        # A `cust_no` is given, and an `emp_number` that is an integer counted.
        return bool(_INTEGER.search(column.sql_type))
    keyed = hit.word.lower().endswith(("id", "cd", "code", "no", "num", "number"))
    return hit.strength != "strong" and keyed and not (_TEXTUAL.search(column.sql_type) and _KEY_WORD.search(hit.word))


@cache
def _registering() -> re.Pattern[str]:
    """What says of a number that it is one: 番号, 管理, 登録."""
    return re.compile(alternation((*_in_japanese("reference_heads"), *_in_japanese("registering"))))


@cache
def _persons() -> re.Pattern[str]:
    return re.compile(alternation((*_in_japanese("person_nouns"), *_in_japanese("person_endings"))))


def _in_japanese(part: str) -> tuple[str, ...]:
    return tuple(spelt for spelt in grammar(part) if not spelt.isascii())
