"""Licences: what a member of a licensed profession holds, and its number (税理士登録番号, 宅建士証, `bengoshi_no`)."""

from __future__ import annotations

from classifiers.headers.entries import Spelling, grammar
from classifiers.headers.nouns import ending
from classifiers.headers.spans import HeaderMatch

REGISTRATION = "professional_registration_number"
_ENDINGS = ("士", "師", "医")


def licensed(spelt: Spelling, end: int) -> list[HeaderMatch]:
    """The licence or its number that a name ends with, by the profession before it; [] where there is none.

    The name of a licence (薬剤師免許) may stand over its number or over what somebody is: the values tell.
    """
    for start in range(2, end):
        tail, before = spelt.text[start:end], spelt.text[:start].removesuffix("の")
        if tail in grammar("licence_numbers") and _profession(before):
            return [HeaderMatch(REGISTRATION, grammar("licence_numbers")[tail], "strong")]
        if tail in grammar("licences") and _profession(before):
            word = grammar("licences")[tail]
            return [HeaderMatch(REGISTRATION, word, "strong"), HeaderMatch("education", word, "strong")]
        if tail in grammar("bare_numbers") and _is_known_by_number(before):
            return [HeaderMatch(REGISTRATION, grammar("bare_numbers")[tail], "strong")]
    return []


def _is_known_by_number(before: str) -> bool:
    """Whether the bare number of a profession's member is that of their licence: 税理士番号, not 看護師番号."""
    word = _profession(before)
    return bool(word) and (word != "～" or before.endswith("士")) and not ending(before, "licensed_staff")


def _profession(before: str) -> str:
    """The word for a profession that a name ends with, ～ for one known by its ending only; '' where it has none."""
    if word := ending(before, "licensed"):
        return word
    known = before[:-1] and before.endswith(_ENDINGS) and not ending(before, "unlicensed")
    return "～" if known else ""
