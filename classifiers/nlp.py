"""The only place that loads Sudachi and GiNZA: lazily, once a process, one caller at a time.

Neither may be shared between threads (Sudachi raises `Already borrowed`), so a lock guards both; work that should run
in parallel runs in processes. Sudachi refuses texts above 49,149 bytes: longer ones are cut where a line or sentence
ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count, takewhile
from threading import RLock
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.vectors import Vectors
    from sudachipy import Dictionary, Tokenizer

Kind = Literal["surname", "given", "person", "place", "noun", "unknown"]

_LOCK = RLock()
_LONGEST = 12_000
"""Characters a piece has at most: four UTF-8 bytes each stay below Sudachi's limit of 49,149 bytes."""
_MODEL = "ja_ginza"
_UNUSED = ("parser", "morphologizer", "attribute_ruler", "compound_splitter", "bunsetu_recognizer")
_BATCH = 32


_ENDINGS = {"日": "ビ", "者": "シャ", "先": "サキ", "名": "メイ", "人": "ニン", "額": "ガク", "歴": "レキ"}
"""How the words that end compounds are read there; alone most of them are read in another way."""
_FUNCTION = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})
"""Parts of speech of words that mean nothing by themselves."""
_GLUED = frozenset("者先人員主客生師士")


@dataclass(slots=True)
class Token:
    """A word of a text: what Sudachi's dictionary says it names. `unknown`: it stands in no dictionary.

    Not frozen: a text has hundreds, and a frozen one takes three times as long to build.
    """

    start: int
    end: int
    kind: Kind


@cache
def _dictionary() -> Dictionary:
    from sudachipy import Dictionary

    return Dictionary(dict="core")


@cache
def _tokenizer() -> Tokenizer:
    from sudachipy import SplitMode

    # What is not asked for is not loaded; by surface and part of speech Sudachi joins numbers and unknown katakana.
    return _dictionary().create(mode=SplitMode.C, fields={"surface", "pos"})


_NAMES: dict[tuple[str, str], Kind] = {("人名", "姓"): "surname", ("人名", "名"): "given", ("人名", "一般"): "person"}


@cache
def _kind(part_of_speech: int) -> Kind | None:
    """What words of a part of speech name, by the number the dictionary gives it; None: it is no noun."""
    pos = _dictionary().pos_of(part_of_speech)
    if pos is None or pos[0] != "名詞":
        return None
    return _NAMES.get((pos[2], pos[3])) or ("place" if pos[2] == "地名" else "noun")


@cache
def _kinds() -> tuple[Kind | None, ...]:
    """`_kind` of every part of speech, by its number."""
    dictionary = _dictionary()
    return tuple(_kind(number) for number in takewhile(lambda number: dictionary.pos_of(number) is not None, count()))


@cache
def _common() -> frozenset[int]:
    """The numbers of the parts of speech that are 普通名詞."""
    dictionary = _dictionary()
    return frozenset(number for number in range(len(_kinds())) if dictionary.pos_of(number)[1] == "普通名詞")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max((found.end() for found in re.finditer(r"[\n。]", window)), default=0) or _LONGEST
        yield start, window[:cut]
        start += cut
    yield start, text[start:]


_JOINED = 0x0FFF_FFFF
"""The number that Sudachi gives to a word that it joined from letters in katakana, and that its dictionary lacks."""


def nouns(texts: Sequence[str]) -> list[list[Token]]:
    """The nouns of every text, in order, by Sudachi (split mode C): names, places, other nouns, unknown words."""
    with _LOCK:
        tokenizer, kinds = _tokenizer(), _kinds()
        found: list[list[Token]] = []
        morphemes = None
        for text in texts:
            tokens: list[Token] = []
            for offset, piece in _pieces(text):
                bracketed = "(" in piece
                # One list for all answers: Sudachi writes over the one before.
                morphemes = tokenizer.tokenize(piece, out=morphemes)
                for morpheme in morphemes:
                    kind = kinds[morpheme.part_of_speech_id()]
                    if kind is None:
                        continue
                    begin, end = morpheme.begin(), morpheme.end()
                    if (
                        kind == "noun"
                        and begin < end
                        and (morpheme.is_oov() or ("ァ" <= piece[begin] <= "ー" and morpheme.word_id() == _JOINED))
                    ):
                        kind = "unknown"
                    if bracketed and kind != "noun" and piece[end - 1] == ")":
                        # Sudachi takes what stands in brackets for the word's reading: 谷口(インフル)
                        end = piece.find("(", begin, end) if "(" in piece[begin + 1 : end] else end
                    # ㎡ is two words to Sudachi (m, 2): the second one has no letter of its own
                    if begin < end:
                        tokens.append(Token(offset + begin, offset + end, kind))
            found.append(tokens)
        return found


@lru_cache(maxsize=50_000)
def _parts_of_speech(word: str) -> frozenset[int]:
    """The numbers of the parts of speech that the dictionary's entries for a word have."""
    with _LOCK:
        return frozenset(entry.part_of_speech_id() for entry in _dictionary().lookup(word) if entry.surface() == word)


@lru_cache(maxsize=20_000)
def is_common_noun(word: str) -> bool:
    """Whether a word is also a common noun by Sudachi: 小川 and 大石 are surnames and things of the landscape.

    >>> is_common_noun("小川"), is_common_noun("佐藤")
    (True, False)
    """
    with _LOCK:
        return not _common().isdisjoint(_parts_of_speech(word))


@lru_cache(maxsize=50_000)
def senses(word: str) -> frozenset[Kind]:
    """What a word can be by Sudachi's dictionary, whatever it is in a sentence; empty where it stands in none.

    >>> sorted(senses("種子島")), sorted(senses("帯刀")), senses("圷")
    (['place', 'surname'], ['given', 'noun', 'surname'], frozenset())
    """
    with _LOCK:
        kinds = _kinds()
        return frozenset(kind for number in _parts_of_speech(word) if (kind := kinds[number]))


@cache
def _reader() -> Tokenizer:
    from sudachipy import SplitMode

    return _dictionary().create(mode=SplitMode.A, fields={"surface", "pos", "reading_form"})


def readings(word: str) -> list[str]:
    """How a compound is read, a katakana reading for each of its words; what ends one (者, 日, 先) goes with its own.

    >>> readings("加入者番号"), readings("退職日")
    (['カニュウシャ', 'バンゴウ'], ['タイショク', 'ビ'])
    """
    with _LOCK:
        read: list[str] = []
        for morpheme in _reader().tokenize(word):
            surface = morpheme.surface()
            reading = (_ENDINGS.get(surface) if read else None) or morpheme.reading_form()
            if read and surface in _GLUED:
                read[-1] += reading
            else:
                read.append(reading)
        return read


@lru_cache(maxsize=20_000)
def name_readings(word: str) -> frozenset[str]:
    """How a word is read as a surname or a given name by Sudachi's dictionary, in katakana.

    >>> sorted(name_readings("百目鬼"))
    ['ドウメキ', 'ドメキ']
    """
    with _LOCK:
        entries = [entry for entry in _dictionary().lookup(word) if entry.surface() == word]
        return frozenset(
            entry.reading_form() for entry in entries if _kind(entry.part_of_speech_id()) in ("surname", "given")
        )


@cache
def _vectors() -> Vectors:
    from spacy.util import get_package_path
    from spacy.vectors import Vectors

    # The table alone: the rest of the model takes twice as long to load.
    return Vectors().from_disk(next(get_package_path(_MODEL).glob(f"{_MODEL}-*/vocab")))


@lru_cache(maxsize=50_000)
def _vector(word: str) -> NDArray[np.float32] | None:
    import numpy as np
    from spacy.strings import get_string_id

    row = _vectors().key2row.get(get_string_id(word))
    if row is None:
        return None
    found: NDArray[np.float32] = _vectors().data[row]
    return found / np.linalg.norm(found)


def meanings(text: str) -> list[NDArray[np.float32]]:
    """GiNZA's vectors (chiVe, 300 dimensions) of the content words of a short text, of length 1; of a compound that has
    none, those of its parts. Words without one are left out."""
    from sudachipy import SplitMode

    with _LOCK:
        found: list[NDArray[np.float32]] = []
        for word in _tokenizer().tokenize(text[:_LONGEST]):
            if word.part_of_speech()[0] in _FUNCTION:
                continue
            whole = _vector(word.surface())
            parts = [whole] if whole is not None else [_vector(part.surface()) for part in word.split(SplitMode.A)]
            found += [part for part in parts if part is not None]
        return found


@cache
def _model() -> Language:
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    # blis picks generic kernels on some processors; NumPy's BLAS is two to three times faster there.
    set_current_ops(NumpyOps(use_blis=False))
    return spacy.load(_MODEL, exclude=list(_UNUSED))


def persons(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Where GiNZA's entity recogniser sees a person in every text; some 9,000 characters a second."""
    with _LOCK:
        cut = [(number, offset, piece) for number, text in enumerate(texts) for offset, piece in _pieces(text) if piece]
        found: list[list[tuple[int, int]]] = [[] for _ in texts]
        documents = _model().pipe((piece for _, _, piece in cut), batch_size=_BATCH)
        for (number, offset, _), document in zip(cut, documents, strict=True):
            found[number] += [
                (offset + entity.start_char, offset + entity.end_char)
                for entity in document.ents
                if entity.label_ == "Person"
            ]
        return found
