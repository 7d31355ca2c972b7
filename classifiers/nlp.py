"""The only place that loads Sudachi and GiNZA: lazily, once a process, one caller at a time.

Neither may be shared between threads (Sudachi raises `Already borrowed`), so a lock guards both; work that should run
in parallel runs in processes. Sudachi refuses texts above 49,149 bytes: longer ones are cut where a line or sentence
ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.language import Language
    from sudachipy import Dictionary, Tokenizer

Kind = Literal["surname", "given", "person", "place", "noun", "unknown"]

_LOCK = RLock()
_LONGEST = 12_000
"""Characters a piece has at most: four UTF-8 bytes each stay below Sudachi's limit of 49,149 bytes."""
_MODEL = "ja_ginza"
_UNUSED = ("parser", "morphologizer", "attribute_ruler", "compound_splitter", "bunsetu_recognizer")
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: what Sudachi's dictionary says it names. `unknown`: it stands in no dictionary."""

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

    return _dictionary().create(mode=SplitMode.C)


@cache
def _matchers() -> tuple[tuple[Kind, Callable[..., bool]], ...]:
    """Native part-of-speech tests, the most telling first."""
    kinds: dict[Kind, Callable[[tuple[str, ...]], bool]] = {
        "surname": lambda pos: pos[2] == "人名" and pos[3] == "姓",
        "given": lambda pos: pos[2] == "人名" and pos[3] == "名",
        "person": lambda pos: pos[2] == "人名" and pos[3] == "一般",
        "place": lambda pos: pos[2] == "地名",
        "noun": lambda pos: pos[0] == "名詞",
    }
    return tuple((kind, _dictionary().pos_matcher(test)) for kind, test in kinds.items())


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max((found.end() for found in re.finditer(r"[\n。]", window)), default=0) or _LONGEST
        yield start, window[:cut]
        start += cut
    yield start, text[start:]


def nouns(texts: Sequence[str]) -> list[list[Token]]:
    """The nouns of every text, in order, by Sudachi (split mode C): names, places, other nouns, unknown words."""
    with _LOCK:
        tokenizer, matchers = _tokenizer(), _matchers()
        found: list[list[Token]] = []
        for text in texts:
            tokens: list[Token] = []
            for offset, piece in _pieces(text):
                for morpheme in tokenizer.tokenize(piece):
                    kind = next((kind for kind, matches in matchers if matches(morpheme)), None)
                    if kind is None:
                        continue
                    if kind == "noun" and morpheme.is_oov():
                        kind = "unknown"
                    tokens.append(Token(offset + morpheme.begin(), offset + morpheme.end(), kind))
            found.append(tokens)
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
