"""Names that columns of the same run hold, found in its texts: in memory only, never stored, logged or printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers import names
from classifiers.normalize import fold
from classifiers.people.letters import unify
from classifiers.tags import Mention
from classifiers.texts.reasons import person
from classifiers.vocabulary import entity_words

_SHORTEST = 2
"""Characters of a name that may be looked for in running text: one letter stands everywhere."""
_LONE = 3
"""A name of so many letters at most may be a surname alone."""
_COMPANY_SCORE = 0.95
_NAME = re.compile(r"[^0-9@:/\n]{2,40}")
_JOINED = {"kanji": re.compile("[一-龥々ァ-ヴー]"), "latin": re.compile("[A-Za-z0-9]")}


class KnownNames:
    """Values of a run's columns of names, ready to be found in folded texts."""

    def __init__(self, values: Collection[str]) -> None:
        """`values`: cells of columns of persons' and companies' names, as they stand there."""
        spellings: dict[str, str] = {}
        whole = list(dict.fromkeys(filter(None, map(fold, values))))
        for value, kind in zip(whole, names.kinds(whole), strict=True):
            if value in entity_words("not_person") or not _NAME.fullmatch(value):
                continue
            for spelling in {value, value.replace(" ", "")}:
                if len(spelling) >= _SHORTEST:
                    spellings.setdefault(unify(spelling), kind or "name")
        self._kinds = tuple(spellings.values())
        self._automaton = AhoCorasick(list(spellings), matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Mention]:
        """Every known name of a folded text that is no part of a longer word, in order."""
        for index, start, end in self._automaton.find_matches_as_indexes(unify(text)):
            kind = self._kinds[index]
            if kind == "company_name":
                yield Mention(start, end, kind, _COMPANY_SCORE, "text_known")
            elif not _is_part(text, start, end, kind):
                yield person(start, end, "text_known", kind)


def _is_part(text: str, start: int, end: int, kind: str) -> bool:
    """Whether a lone surname or a name in Latin or kana goes on in the letters beside it: 山田 in 山田製作所."""
    if kind == "name" and end - start > _LONE:
        return False
    latin = text[start].isascii()
    letters = _JOINED["latin" if latin else "kanji"]
    after = letters.match(text, end) is not None and not _HONOURED.match(text, end)
    return after or (start > 0 and letters.match(text, start - 1) is not None)


_HONOURED = re.compile("様|氏|殿|先生|部長|課長|社長|君|宛")
