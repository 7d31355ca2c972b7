"""要配慮個人情報 (APPI art 2(3)) in texts and values: words that say it of a person, unless they only look alike.

システム障害 is no disability: `vocabulary/special_care.yml` has both lists, a row a data category.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.normalize import normalize
from classifiers.tags import Mention
from classifiers.vocabulary import rows

_SCORE = 0.7
_TRAP = "\n"


@dataclass(frozen=True, slots=True)
class SpecialWords:
    """Words of one data category."""

    id: str
    words: tuple[str, ...]
    traps: tuple[str, ...] = ()
    """Words that only look like it and take their letters out of play."""


@dataclass(frozen=True, slots=True)
class _Automata:
    words: AhoCorasick
    traps: AhoCorasick
    categories: Mapping[str, str]


@cache
def _automata() -> _Automata:
    listed = rows("special_care", SpecialWords)
    categories = {normalize(word).lower(): row.id for row in listed for word in row.words}
    traps = {normalize(trap).lower() for row in listed for trap in row.traps}
    longest = MatchKind.LeftmostLongest
    return _Automata(
        AhoCorasick(list(categories), matchkind=longest), AhoCorasick(sorted(traps), matchkind=longest), categories
    )


def find(text: str) -> list[Mention]:
    """Every word of a folded text that speaks of special care-required information.

    >>> [(m.start, m.end, m.data_category) for m in find("システム障害の件。身体障害あり、ARCHIVEを参照")]
    [(9, 13, 'disability')]
    """
    automata = _automata()
    # Lower case may lengthen a few foreign letters; such a text is searched as it is.
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    if not automata.words.find_matches_as_indexes(lowered):
        return []
    for _, start, end in automata.traps.find_matches_as_indexes(lowered):
        lowered = lowered[:start] + _TRAP * (end - start) + lowered[end:]
    return [
        Mention(start, end, automata.categories[lowered[start:end]], _SCORE, "text_word")
        for _, start, end in automata.words.find_matches_as_indexes(lowered)
        if not _inside_latin(lowered, start, end)
    ]


def counted(values: Iterable[str]) -> Mapping[str, int]:
    """Special-care data category → how many of the folded values speak of it, most often first.

    >>> counted(["うつ病で通院中", "システム障害", "うつ病"])
    {'medical_history': 2, 'medical_care': 1}
    """
    spoken = (dict.fromkeys(mention.data_category for mention in find(value)) for value in values)
    found = Counter(category for categories in spoken for category in categories)
    return dict(found.most_common())


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Whether a Latin word is only a part of a longer one: HIV in ARCHIVE."""
    return any(
        inner.isascii() and inner.isalpha() and outer.isascii() and outer.isalpha()
        for inner, outer in ((text[start], text[start - 1 : start]), (text[end - 1], text[end : end + 1]))
        if outer
    )
