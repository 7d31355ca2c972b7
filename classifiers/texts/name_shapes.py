"""What can be a person's name in a text by its letters and words, where something beside it says that one is meant."""

from __future__ import annotations

import re
from functools import cache

from classifiers import nlp
from classifiers.addresses.gazetteer import places
from classifiers.names.scripts import kana_kind
from classifiers.people.dictionary import dictionary, is_kana_given
from classifiers.texts.given_names import KANJI, STOPS, full_name_end, given_end, known_given, name_stop, surname_ends
from classifiers.texts.words import NAMED, Words
from classifiers.vocabulary import entity_words

_KATAKANA = re.compile(r"[ァ-ヴー]{1,12}(?:・[ァ-ヴー]{1,12}){1,3}|[ァ-ヴー]{2,12}(?: [ァ-ヴー]{2,12})?")
_HIRAGANA = re.compile(r"[ぁ-んー]{2,7}(?: [ぁ-んー]{2,6})?")
_HIRAGANA_PART = re.compile("[ぁ-んー]{2,6}")
GAP = re.compile("[ ・]")
"""What keeps the parts of a name in kana apart."""
_LETTER = re.compile(r"[一-龥々ァ-ヴーぁ-ん]")
_READINGS = 3
"""A letter that is read in so many ways as a given name is a common one: 愛, 翼."""


def name_end(words: Words, at: int, *, sure: bool) -> int | None:
    """Where a person's name ends that starts there; `sure`: what stands before says that one must."""
    text = words.text
    if run := KANJI.match(text, at):
        return _kanji_name_end(words, at, run.end(), sure=sure)
    if run := _KATAKANA.match(text, at):
        cuts = [run.end(), *(at + cut.start() for cut in reversed(list(GAP.finditer(run[0]))))]
        end = next((end for end in cuts if _is_katakana_name(words, at, end, sure=sure)), None)
        return (end and (_given_behind(words, end) if sure else None)) or end
    if (run := _HIRAGANA.match(text, at)) and sure and kana_kind(run[0]):
        return run.end()
    return None


def _given_behind(words: Words, at: int) -> int | None:
    """Where a given name in kanji or hiragana ends that follows a surname in katakana: デイビス和子, ミラー りさ."""
    text = words.text
    start = at + text.startswith(" ", at)
    if run := KANJI.match(text, start):
        stop = name_stop(words, start, run.end())
        whole = stop == run.end() or (stop - start > 1 and words.marked(stop, *STOPS) is not None)
        return stop if whole and known_given(text[start:stop]) else None
    run = _HIRAGANA_PART.match(text, start) if start > at else None
    return run.end() if run and is_kana_given(run[0]) and not is_other_word(run[0]) else None


def _kanji_name_end(words: Words, at: int, run_end: int, *, sure: bool) -> int | None:
    if end := full_name_end(words, at, sure=sure):
        return end
    text = words.text
    token = words.starting.get(at)
    # One letter must stand by itself, or be no ending of words: 資材部 舘, 長男林, and no 広報室 or 確認中.
    alone = not at or not _LETTER.match(text, at - 1)
    begun = alone or text[at] not in entity_words("suffix")
    for end in surname_ends(words, at):
        whole = (
            (end == run_end and (end - at > 1 or (begun and (sure or not words.inside(at)))))
            or words.marked(end, *STOPS)
            or (end in words.starting and end - at > 1)
        )
        if whole and text[at:end] not in entity_words("not_person"):
            return end
    stop = name_stop(words, at, run_end)
    word = text[at:stop]
    if word in entity_words("not_person") or len(word) > 5:
        return None
    if token and token.end == stop and token.kind in NAMED and len(word) > 1:
        return stop
    apart = len(word) > 1 or begun
    if sure and apart and stop == run_end and "surname" in nlp.senses(word):
        return stop
    if not sure or (stop in words.marks and not words.marked(stop, *STOPS)):
        return None
    if token and token.end == stop and token.kind == "place" and len(word) > 1:
        return None if word in places() else stop
    inside = words.between(at, stop)
    if any(one.kind in ("noun", "place") and one.end - one.start > 1 for one in inside):
        return None
    if words.inside(at):
        return None
    if len(word) == 1:
        if not apart:
            return None
        popular = len(dictionary().given.get(word, ())) >= _READINGS
        return stop if popular and stop == run_end else None
    if text.startswith(" ", stop) and (given := given_end(words, stop)):
        return given
    return stop if known_given(word) or stop == run_end else None


def _is_katakana_name(words: Words, at: int, end: int, *, sure: bool) -> bool:
    word = words.text[at:end]
    parts = GAP.split(word)
    if (words.text.startswith((":", "="), end) and len(parts) > 1) or any(is_other_word(part) for part in parts):
        return False
    if kana_kind(word):
        return True
    inside = words.between(at, end)
    if any(one.kind in NAMED for one in inside) and "・" in word:
        return True
    if sure and any(word[:size] in dictionary().surname_kana for size in range(2, len(word) - 1)):
        return True
    named = [one for one in inside if one.kind in NAMED]
    if named and not any(one.kind in ("noun", "place") and one.end - one.start > 1 for one in inside):
        return True
    strange = sure and bool(inside) and all(one.kind == "unknown" for one in inside)
    return strange or (sure and len(parts) > 1 and not any(nlp.is_common_noun(part) for part in parts))


def is_other_word(word: str) -> bool:
    """Whether a word of the vocabulary that stands beside names and is none."""
    return word in _other_words()


@cache
def _other_words() -> frozenset[str]:
    return frozenset[str]().union(
        *(entity_words(part) for part in ("not_person", "role", "label", "title", "honorific"))
    )
