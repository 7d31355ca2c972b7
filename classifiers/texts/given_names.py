"""Where a surname ends, and the given name behind it: joined or apart, in kanji, kana or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from classifiers.nlp import senses
from classifiers.people.dictionary import is_given, is_kana_given
from classifiers.texts.words import NAMED, Words, surname_sizes, surnames
from classifiers.vocabulary import entity_words

KANJI = re.compile(r"[一-龥々ヶ]{1,12}")
"""No name is longer, and a text may be one run of kanji."""
_TITLES = ("honorific", "title")
STOPS = (*_TITLES, "after_name", "name_verb")
"""Parts of marks that end a name."""
_GIVEN_KANA = re.compile(r"[ァ-ヴー]{2,8}|[ぁ-んー]{2,7}")
_GIVEN_MIXED = re.compile(r"(?:[ァ-ヴー]{1,3}|[ぁ-ん]{2,3})[子江代美枝恵]")
_PARTICLES = frozenset("のはがをにともへやでかよね")
_LONGEST_SURNAME, _LONGEST_GIVEN = 5, 4
_WEEKDAYS = frozenset("日月火水木金土")

known_given = lru_cache(maxsize=50_000)(is_given)
"""Whether a given name of the dictionary, in kanji."""


def surname_ends(words: Words, at: int) -> Sequence[int]:
    """Where a surname that starts there may end, by the dictionary or by Sudachi, the longest first."""
    text, token, known = words.text, words.starting.get(at), surnames()
    ends = [at + size for size in surname_sizes().get(text[at : at + 1], ()) if text[at : at + size] in known]
    if token and token.kind == "surname" and token.end not in ends and token.end - at <= _LONGEST_SURNAME:
        ends = sorted((*ends, token.end), reverse=True)
    return ends


def given_end(words: Words, surname_end: int, *, sure: bool = False) -> int | None:
    """Where the given name ends that follows a surname, joined to it or after a space; None without one.

    `sure`: what stands before says that the whole is a name, so that 都 and 町 may be one's last letter.
    """
    text = words.text
    apart = text.startswith(" ", surname_end)
    at = surname_end + apart
    first = text[at : at + 1]
    if not first.isalpha() or first.isascii():
        return None
    if words.marked(at, "honorific", "title") or (apart and _is_no_given(words, at)):
        return None
    if run := KANJI.match(text, at):
        end = _kanji_given_end(words, at, run.end(), apart=apart or sure)
    elif (run := _GIVEN_MIXED.match(text, at)) and not _goes_on(words, run.end()):
        return run.end()
    else:
        run = _GIVEN_KANA.match(text, at)
        end = kana_given_end(words, at, run.end(), apart=apart) if run else None
        if run and not end and sure and apart and _is_unknown_kana(words, at, run.end()):
            return run.end()
    # 佐藤 電話: goes on with the next label.
    return None if end and apart and text.startswith((":", "="), end) else end


def _is_unknown_kana(words: Words, at: int, end: int) -> bool:
    """Whether a word in kana fills its field and is none of the dictionary: parents are free to choose."""
    text = words.text
    word = text[at:end]
    filled = end == len(text) or text[end] in " \n)(、,/"
    return filled and end - at <= _LONGEST_GIVEN and at not in words.marks and "noun" not in senses(word)


def _goes_on(words: Words, at: int) -> bool:
    """Whether a name that seems to end there is a part of a longer word."""
    return KANJI.match(words.text, at) is not None and not words.marked(at, *STOPS)


def _is_no_given(words: Words, at: int) -> bool:
    """Whether what stands after a surname and a space is the next surname of a list, or a day of the week."""
    run = KANJI.match(words.text, at)
    if not run:
        return False
    return run[0] in _WEEKDAYS or (run[0] in surnames() and not known_given(run[0]))


def _kanji_given_end(words: Words, at: int, run_end: int, *, apart: bool) -> int | None:
    text = words.text
    stop = name_stop(words, at, run_end)
    if stop - at <= _LONGEST_GIVEN and _is_given_part(words, at, stop, apart=apart):
        return stop
    ends = (at + size for size in range(min(_LONGEST_GIVEN, stop - at - 1), 0, -1))
    return next(
        (
            end
            for end in ends
            if end in words.starting and known_given(text[at:end]) and _is_given_part(words, at, end, apart=apart)
        ),
        None,
    )


def name_stop(words: Words, at: int, run_end: int) -> int:
    """Where in a run of kanji something other than a name begins: a title, or a longer word."""
    for position in range(at + 1, run_end):
        token = words.starting.get(position)
        if mark := words.marks.get(position):
            if not mark.parts.isdisjoint(_TITLES):
                return position
            apart = token is not None or (mark.end == run_end and not known_given(words.text[at:run_end]))
            if apart and not mark.parts.isdisjoint(STOPS):
                return position
        if token and token.kind in ("noun", "place") and token.end - token.start > 1:
            # 健|一部|長 is cut wrongly: the title begins inside the word.
            if any(words.marked(inner, "honorific", "title") for inner in range(position + 1, token.end)):
                continue
            return position
    return run_end


def _is_given_part(words: Words, at: int, end: int, *, apart: bool) -> bool:
    word = words.text[at:end]
    if not word or word in entity_words("not_person"):
        return False
    if len(word) == 1 and not apart:
        token = words.starting.get(at)
        given = token is not None and token.end == end and token.kind == "given"
        return (given or known_given(word)) and word not in entity_words("place_end")
    if known_given(word):
        return True
    token = words.starting.get(at)
    if token and token.end == end and token.kind in NAMED:
        return True
    # Letters that make no word of the dictionary: parents are free to choose them.
    inside = words.between(at, end)
    return len(word) <= 3 and not any(one.kind in ("noun", "place") and one.end - one.start > 1 for one in inside)


def kana_given_end(words: Words, at: int, run_end: int, *, apart: bool) -> int | None:
    """Where a given name in kana ends that starts there, in a run of kana that may go on with a particle."""
    text = words.text
    if "ァ" <= text[at] <= "ヴ":
        return run_end if apart or is_kana_given(text[at:run_end]) else None
    for end in range(run_end, at + 1, -1):
        ended = end == run_end or text[end] in _PARTICLES or words.marked(end, "honorific")
        if not ended or not is_kana_given(text[at:end]):
            continue
        token = words.starting.get(at)
        if apart or (token and token.end <= end and (end - at > 2 or token.end == end)):
            return end
    return None


def full_name_end(words: Words, at: int, *, sure: bool = False) -> int | None:
    """Where a surname and a given name end that start there, in kanji or mixed; None without both."""
    if sure:
        return _name_end(words, at, sure=True)
    known = words.full_names
    if at not in known:
        known[at] = _name_end(words, at, sure=False)
    return known[at]


def _name_end(words: Words, at: int, *, sure: bool) -> int | None:
    for stop in surname_ends(words, at):
        if end := given_end(words, stop, sure=sure):
            return end
    return None
