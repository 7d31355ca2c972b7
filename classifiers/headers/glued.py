"""Words written as one (`kaiintel`) or without their vowels (`ybn`), as the words of the vocabulary they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from classifiers.compounds import is_romaji
from classifiers.headers.entries import single_words
from classifiers.lexicon import singular

_VOWELS = re.compile("[aeiou]")
# Short words that may be glued to others (telno, zipcode, custid); other pieces of a glued word have four letters.
# fmt: off
_GLUED = frozenset({
    "tel", "zip", "fax", "dob", "sex", "sei", "mei", "emp", "org", "url", "kbn", "flg", "cust", "addr", "pref",
})
# fmt: on
_NUMBERED = re.compile("([a-z]{2,5})(no)")
_GLUED_LAST = frozenset({"no", "id", "cd", "nm", "at", "kana"})


@cache
def unglued(word: str) -> tuple[str, ...]:
    """An ASCII word that the vocabulary does not know, as words it knows; itself where that does not work out.

    >>> unglued("kaiintel"), unglued("contacts"), unglued("ybn"), unglued("stfno"), unglued("acidlevel")
    (('kaiin', 'tel'), ('contact',), ('yubin',), ('stf', 'no'), ('acidlevel',))
    """
    if word in single_words() or len(word) < 3 or word.isdigit():
        return (word,)
    if (one := singular(word)) in single_words():
        return (one,)
    if whole := _voweled(word):
        return (whole,)
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(word) + 1):
        cuts = [(*best[start], word[start:end]) for start in best if start < end and _may_be_glued(word, start, end)]
        if cuts:
            best[end] = min(cuts, key=len)
    return best.get(len(word)) or _numbered(word)


def _numbered(word: str) -> tuple[str, ...]:
    """A word that nobody knows and the number behind it: STFNO is some number, KANO is no 加 with one."""
    found = _NUMBERED.fullmatch(word)
    return found.groups() if found and not is_romaji(found[1]) else (word,)


def _may_be_glued(word: str, start: int, end: int) -> bool:
    piece = word[start:end]
    if piece in _GLUED or (end == len(word) and start and piece in _GLUED_LAST):
        return True
    return len(piece) >= 4 and piece in single_words()


def _voweled(word: str) -> str:
    """The romaji word that a word with all vowels but one dropped stands for; '' where none or several do."""
    bones = _VOWELS.sub("", word)
    whole = _skeletons().get(bones, "")
    if not whole or len(word) - len(bones) > 1 or not re.match(".*".join(word), whole):
        return ""
    # Three consonants alone stand for too much, unless the word is short.
    return whole if len(word) > 3 or len(whole) <= 5 else ""


@cache
def _skeletons() -> Mapping[str, str]:
    """The consonants of romaji words → the word, where only one has them: old systems write KKYK for kokyaku."""
    found: dict[str, set[str]] = {}
    for word in single_words():
        if len(word) >= 5 and word[0] not in "aeiou" and is_romaji(word):
            found.setdefault(_VOWELS.sub("", word), set()).add(word)
    return {bones: next(iter(words)) for bones, words in found.items() if len(bones) >= 3 and len(words) == 1}
