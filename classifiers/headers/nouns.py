"""Whose or what a name, a number, a code is: the noun for a person, a firm or a thing that stands before it."""

from __future__ import annotations

from classifiers.headers.entries import grammar
from classifiers.headers.spans import HeaderMatch
from classifiers.tags import NOT_PERSONAL
from classifiers.vocabulary import Strength


def named_by(before: str, *, whole: bool = False, personal: bool = False) -> tuple[list[HeaderMatch], str]:
    """What a name is of whom or what, by the noun that `before` ends with, or is as a `whole`; and that noun."""
    parts = ("person_nouns",) if personal else ("person_nouns", "organisation_nouns", "thing_nouns")
    nouns = {part: ending(before, part) for part in parts}
    longest = max(nouns.values(), key=len)
    if not longest or (whole and len(longest) < len(before)):
        return [], ""
    held = [part for part, noun in nouns.items() if len(noun) == len(longest)]
    shared: Strength = "medium" if {"person_nouns", "organisation_nouns"} <= set(held) else "strong"
    found = [
        HeaderMatch(category, grammar(part)[longest], shared)
        for part, category in (("person_nouns", "name"), ("organisation_nouns", "company_name"))
        if part in held
    ]
    return found or [HeaderMatch(NOT_PERSONAL, grammar("thing_nouns")[longest], "strong")], longest


def ending(text: str, part: str) -> str:
    """The longest word of a row of the grammar that a name ends with; '' where it ends with none."""
    words = grammar(part)
    return max((text[start:] for start in range(len(text)) if text[start:] in words), key=len, default="")
