"""Names with their reading in brackets: 百目鬼（どうめき）, 角田（つのだ）様. The reading says that a name is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from classifiers import nlp
from classifiers.names.scripts import kana_kind
from classifiers.people.dictionary import dictionary
from classifiers.people.kana import fold_kana
from classifiers.tags import Mention
from classifiers.texts.name_shapes import is_other_word
from classifiers.texts.reasons import person
from classifiers.texts.words import Words
from classifiers.vocabulary import entity_words

_KANA = r"(?:[ァ-ヴー]{2,}(?:[ ・][ァ-ヴー]{2,})?|[ぁ-んー]{2,}(?:[ ・][ぁ-んー]{2,})?)"
_READING = re.compile(rf" ?\(({_KANA})\)")
_BRACKETED = re.compile(rf"\(({_KANA})(?:様|さん|氏)?[、,;) ]")
_GLOSSED = re.compile(r"([一-龥々ヶ]{1,5}) ?\Z")
_REACH, _FARTHEST = 6, 40
_GLUE = re.compile("[一-龥々ヶァ-ヴーA-Za-z0-9]")
_GAP = re.compile("[ ・]")
_LETTER, _CAPITALISED = "(?![様氏殿])[一-龥々ヶ]", "[A-ZÀ-Þ][A-Za-zÀ-ž'-]+"
_WHOLE = re.compile(
    rf"(?:(?:{_LETTER}){{1,3}} ?(?:{_LETTER}){{1,3}}|(?:{_LETTER}){{1,3}} [ァ-ヴーぁ-ん]{{2,6}}"
    rf"|{_CAPITALISED} {_CAPITALISED}) ?\Z"
)
"""A name before a reading in two parts."""


def glossed(words: Words) -> Iterator[Mention]:
    """Surnames and given names whose reading follows in brackets, and the readings."""
    text = words.text
    for reading in _BRACKETED.finditer(text):
        if _GAP.search(reading[1]):
            whole = _WHOLE.search(text, max(0, reading.start() - _FARTHEST), reading.start())
            glued = whole is None or (whole.start() and _GLUE.match(text, whole.start() - 1))
            if whole and not glued and not is_other_word(whole[0].split(" ")[0]):
                yield person(whole.start(), whole.start() + len(whole[0].rstrip()), "text_gloss", "name")
        run = _GLOSSED.search(text, max(0, reading.start() - _REACH), reading.start())
        if run and (start := _name_start(run[1], fold_kana(reading[1]))):
            yield person(run.start() + start - 1, run.end(1), "text_gloss", "surname")
            yield person(*reading.span(1), "text_kana_name", kana_kind(reading[1]) or "surname_kana")


def _name_start(run: str, kana: str) -> int:
    """Where in a run of kanji the name begins that is read so, counted from 1; 0 where none is."""
    for start in range(len(run)):
        word = run[start:]
        readings = {*dictionary().surnames.get(word, ()), *nlp.name_readings(word)}
        if kana in map(fold_kana, readings):
            return start + 1
        if "surname" in nlp.senses(word) and len(word) > 1 and not nlp.is_common_noun(kana):
            return start + 1
    # In no dictionary, and read as some surname is: 圷（あくつ）.
    unknown = not nlp.senses(run) and len(run) <= 4
    return 1 if unknown and kana in dictionary().surname_kana else 0


def readings(text: str, names: Iterable[Mention]) -> Iterator[Mention]:
    """Readings in brackets behind names: 上白石 凪（カミシライシ ナギ）."""
    for name in names:
        match = _READING.match(text, name.end)
        if (
            match
            and match[1] not in entity_words("not_person")
            and not _is_remark(text[name.start : name.end], match[1])
        ):
            yield person(*match.span(1), "text_kana_name", "name_kana")


def _is_remark(name: str, kana: str) -> bool:
    """Whether what stands behind a name in brackets is a word, and not how the name is read: 谷口(インフル)."""
    return nlp.is_common_noun(kana) and fold_kana(kana) not in map(fold_kana, nlp.name_readings(name))
