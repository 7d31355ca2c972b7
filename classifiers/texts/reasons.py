"""Why a stretch of a text is somebody's name, and how sure that makes it."""

from __future__ import annotations

from classifiers.tags import Mention

_SCORES = {
    "text_full_name": 0.97,
    "text_honorific": 0.95,
    "text_label": 0.95,
    "text_known": 0.95,
    "text_gloss": 0.9,
    "text_role": 0.85,
    "text_verb": 0.85,
    "text_kana_name": 0.9,
    "text_romaji_name": 0.9,
    "text_again": 0.8,
    "text_foreign_name": 0.75,
    "text_signed": 0.8,
    "text_listed": 0.75,
    "text_surname": 0.7,
    "text_given_name": 0.6,
    "text_model": 0.65,
}
_CATEGORY = {
    "text_listed": "surname",
    "text_surname": "surname",
    "text_given_name": "given_name",
    "text_romaji_name": "name_romaji",
}


def person(start: int, end: int, why: str, category: str = "") -> Mention:
    """A mention of a person with the score its reason has."""
    return Mention(start, end, category or _CATEGORY.get(why, "name"), _SCORES[why], why)
