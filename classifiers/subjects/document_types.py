"""What a document is (文書の種類): a curriculum vitae, an invoice, a consultation …"""

from __future__ import annotations

from functools import cache

from classifiers.lexicon import Lexicon, Phrases
from classifiers.tags import Evidence
from classifiers.vocabulary import Strength, document_types

OTHER = "other"
_TITLE_LINES, _TITLE_LETTERS = 3, 40
"""How far down and along a text a word is its title."""
_NAME: dict[Strength, float] = {"strong": 3.0, "medium": 1.2, "weak": 0.4}
_TITLE, _PHRASE, _DECIDES = 2.1, 0.7, 1.4
_MOST_PHRASES = 4


def type_of(name: str, text: str) -> tuple[str, tuple[Evidence, ...]]:
    """The type that name, first lines and phrases speak for most, and why."""
    weights: dict[str, dict[str, float]] = {}
    for hit in _type_names().find(name):
        weights.setdefault(hit.row, {})[hit.word] = _NAME[hit.strength]
    for type_id, word in _heads().find(_title(text)):
        known = weights.setdefault(type_id, {})
        known[word] = max(known.get(word, 0.0), _TITLE)
    for type_id, word in _type_phrases().find(text):
        if len(weights.setdefault(type_id, {})) < _MOST_PHRASES:
            weights[type_id].setdefault(word, _PHRASE)
    if not weights:
        return OTHER, ()
    best = max(weights, key=lambda type_id: (sum(weights[type_id].values()), type_id))
    if sum(weights[best].values()) < _DECIDES:
        return OTHER, ()
    row = document_types()[best]
    return best, tuple(
        Evidence("document_word", row.subject, weight, {"word": word, "type": row.ja, "type_en": row.en})
        for word, weight in weights[best].items()
    )


def _title(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line[:_TITLE_LETTERS] for line in [line for line in lines if line][:_TITLE_LINES])


@cache
def _type_names() -> Lexicon:
    rows = document_types().values()
    return Lexicon.of({row.id: row.names for row in rows}, (word for row in rows for word in row.not_names))


@cache
def _heads() -> Phrases:
    return Phrases(
        (row.id, word) for row in document_types().values() for word in row.names.strong if not word.isascii()
    )


@cache
def _type_phrases() -> Phrases:
    return Phrases((row.id, phrase) for row in document_types().values() for phrase in row.phrases)
