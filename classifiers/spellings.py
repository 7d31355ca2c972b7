"""Japanese words of the vocabulary as a programmer types them: 会員番号 is `kaiinbango` and `kaiin_bango`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from classifiers.headers.entries import entries as headers
from classifiers.headers.entries import written
from classifiers.lexicon import Lexicon
from classifiers.nlp import readings
from classifiers.people.romaji import spell
from classifiers.vocabulary import Strength, Words

_SHORTEST, _CLEAR = 5, 8
"""Letters of a spelling under which it could be anything, and from which hardly anything else is spelt so."""
_LESS: Mapping[Strength, Strength] = {"strong": "medium", "medium": "weak"}


def with_romaji(words: Mapping[str, Words], nothing: tuple[str, ...]) -> Lexicon:
    """The lexicon of each row's words and of those that mean nothing, with the romaji of the Japanese ones among them.

    A spelling that several rows share says nothing of either, and one that the vocabulary has as it stands stays there.
    """
    entries: list[tuple[str, str, Strength]] = [
        (row, word, strength) for row, held in words.items() for word, strength in held.graded()
    ]
    entries += [("", word, "weak") for word in nothing]
    spelt: dict[str, tuple[str, str, Strength]] = {}
    # What columns of data are called says nothing of whose they are: 指名 is spelt as 氏名 is.
    shared = {word for _, word, _ in entries if word.isascii()}
    for row, word, strength in entries:
        for spelling in _spellings(word):
            known = spelt.setdefault(spelling, (row, word, strength))
            if known[0] != row or written(spelling) in headers():
                shared.add(spelling)
    alike = [
        (row, spelling, graded)
        for spelling, (row, _, strength) in spelt.items()
        if spelling not in shared and (graded := strength if len(spelling) >= _CLEAR else _LESS.get(strength))
    ]
    return Lexicon([*entries, *alike], {spelling: word for spelling, (_, word, _) in spelt.items()})


@cache
def _spellings(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_spelt(word))) if not word.isascii() else ()


def _spelt(word: str) -> Iterator[str]:
    parts = [spell(reading) for reading in readings(word)]
    glued = "".join(parts)
    if glued.isascii() and glued.isalpha() and len(glued) >= _SHORTEST:
        yield glued
        yield "_".join(parts)
