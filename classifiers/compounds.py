"""Names of columns, tables and files cut into pieces: camelCase, snake_case, digits, romaji, Japanese runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from classifiers.normalize import fold

_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[々〆ヶ〒ぁ-んァ-ヶー一-鿿㐀-䶿豈-﫿α-ωΑ-Ω]+")
_ACRONYM_PLURAL = re.compile(r"(?<=[A-Z]{2})s(?=[^a-z]|$)")
_SYLLABLES = re.compile(
    r"(?:(?:ky|gy|sy|sh|zy|jy|j|ty|ch|cch|tch|ny|hy|by|py|my|ry|ts|dz|dy|kk|ss|tt|pp|ssh|kky|[kgsztdnhfbpmyrwv])?[aeiou]"
    r"|n(?![aeiouy])|m(?=[bmp])|h(?![aeiou]))+"
)
# Every writing of a sound becomes the shortest one, so that `shimei`, `simei`, `jyuusyo` and `juusho` meet.
_SOUNDS = (
    (re.compile(r"tch|cch"), "tt"),
    (re.compile(r"ssh"), "ssy"),
    (re.compile(r"sh(?=[aeuo])"), "sy"),
    (re.compile(r"shi"), "si"),
    (re.compile(r"ch(?=[aeuo])"), "ty"),
    (re.compile(r"chi"), "ti"),
    (re.compile(r"tsu"), "tu"),
    (re.compile(r"fu"), "hu"),
    (re.compile(r"(?:jy|zy|dy|j)(?=[auoe])"), "zy"),
    (re.compile(r"ji|di"), "zi"),
    (re.compile(r"dzu|du"), "zu"),
    (re.compile(r"m(?=[bmp])"), "n"),
    (re.compile(r"nn(?![aeiouy])"), "n"),
    (re.compile(r"o[uh](?![aeiou])|oo"), "o"),
    (re.compile(r"uu"), "u"),
)
# After these stands what the word before them belongs to: `date_of_birth`, `equipment_for_children`.
_BELONGS = ("of", "for")
# Before "of" these count what stands after it: `no_of_positions`.
_COUNTED = frozenset({"number", "num", "no", "count"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one script in a name, folded."""

    text: str
    ascii: bool


@lru_cache(maxsize=65536)
def pieces(name: str) -> tuple[Piece, ...]:
    """The runs of letters, digits and Japanese in a name, in order; `a of b` and `a for b` are turned into `b a`.

    >>> [piece.text for piece in pieces("dateOfBirth")]
    ['birth', 'date']
    """
    found = [_piece(match.group()) for match in _PIECE.finditer(_ACRONYM_PLURAL.sub("", fold(name)))]
    words = [piece.text for piece in found]
    if belongs := next((word for word in words[1:-1] if word in _BELONGS), ""):
        at = words.index(belongs, 1)
        head = Piece("count", ascii=True) if words[at - 1] in _COUNTED else found[at - 1]
        found = [*found[: at - 1], *found[at + 1 :], head]
    return tuple(found)


def _piece(raw: str) -> Piece:
    if raw.isascii():
        return Piece(str(int(raw)) if raw.isdigit() else romaji(raw.lower()), ascii=True)
    return Piece(raw.lower(), ascii=False)


def is_romaji(word: str) -> bool:
    """Whether a lower-case word can be read as Japanese syllables."""
    return bool(_SYLLABLES.fullmatch(word))


def romaji(word: str) -> str:
    """A lower-case word with its romaji folded to one writing (APPI brief 4.4); other words stay as they are.

    >>> romaji("jyuusyo") == romaji("juusho"), romaji("number")
    (True, 'number')
    """
    if not is_romaji(word):
        return word
    for sound, folded in _SOUNDS:
        word = sound.sub(folded, word)
    return word
