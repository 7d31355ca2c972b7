"""Words that whole cells are made of (部長, 長男, …銀行): what they say of a column whose name says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from classifiers.lexicon import alternation
from classifiers.normalize import fold
from classifiers.vocabulary import word_lists

_ANY = "～"
PLACEHOLDERS = "placeholders"


def is_placeholder(value: str) -> bool:
    """Whether a folded cell only says that there is no value.

    >>> is_placeholder("N/A"), is_placeholder("要確認"), is_placeholder("無")
    (True, True, False)
    """
    return bool(_patterns()[PLACEHOLDERS].fullmatch(value.lower()))


def marked(values: Iterable[str], category: str) -> list[bool]:
    """Which of the folded values are words of a row of `vocabulary/value_words.yml`.

    >>> marked(["営業部", "代表取締役", "山田銀行"], "department"), marked(["みほん信用金庫"], "bank_name")
    ([True, False, False], [True])
    """
    pattern = _patterns()[category]
    return [bool(pattern.fullmatch(value.lower())) for value in values]


def spoken_of(values: Iterable[str], category: str) -> list[bool]:
    """Which of the folded values hold a word of a row somewhere: 左膝の打撲, アレルギー(小麦).

    >>> spoken_of(["左膝の打撲", "手紙"], "medical_history")
    [True, False]
    """
    pattern = _inner()[category]
    return [bool(pattern.search(value.lower())) for value in values]


@cache
def _inner() -> Mapping[str, re.Pattern[str]]:
    # One letter (手, 目) stands inside many words that mean something else, and Latin words inside longer ones.
    return {
        row: re.compile(
            alternation(
                told
                for word in words
                if len(told := fold(word.strip(_ANY)).lower()) > 1 and not told.isascii() and _ANY not in told
            )
        )
        for row, words in word_lists("value_words").items()
    }


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {row: re.compile(_written(words)) for row, words in word_lists("value_words").items()}


def _written(words: tuple[str, ...]) -> str:
    folded = [(word, fold(word.strip(_ANY)).lower()) for word in words]
    whole = alternation(text for word, text in folded if _ANY not in word)
    first = alternation(text for word, text in folded if word.endswith(_ANY) and _ANY not in word[:-1])
    last = alternation(text for word, text in folded if word.startswith(_ANY) and _ANY not in word[1:])
    inner = (word for word in words if _ANY in word.strip(_ANY))
    several = "|".join(".+".join(re.escape(fold(part).lower()) for part in word.split(_ANY)) for word in inner)
    forms = ((whole, whole), (first, f"(?:{first}).+"), (last, f".+(?:{last})"), (several, several))
    return "|".join(form for held, form in forms if held)
