"""Text folded before anything is matched, with a way back to the text as it was given.

`normalize` keeps the length, so that offsets need no map; `fold` is for whole cells, where offsets do not matter;
`align` also combines half-width kana and opens ligatures, and remembers where every character came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\ufe58\ufe63\uff0d"
_SPACES = "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
_TILDES = "\u223c\u301c\uff5e"


class Letters:
    """Letters and what is written for each, put into texts.

    >>> Letters({"髙": "高", "邊": "辺"}).put("髙橋と渡邊")
    '高橋と渡辺'
    """

    _HANDFUL = 24

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = dict(table)
        self._letters = frozenset(self._table)
        self._translation = str.maketrans(self._table)

    def put(self, text: str) -> str:
        """The text with its letters replaced: one by one where they are few, which is faster than to translate all."""
        there = self._letters.intersection(text)
        if len(there) > self._HANDFUL:
            return text.translate(self._translation)
        for letter in there:
            text = text.replace(letter, self._table[letter])
        return text


def _table() -> dict[str, str]:
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ") | dict.fromkeys(_TILDES, "~")
    # Half of a pair alone is no character: Sudachi and the automata refuse it.
    table |= dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
    table |= dict(zip("｡｢｣､･￥", "。「」、・¥", strict=True))
    for letter in map(chr, (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))):
        folded = unicodedata.normalize("NFKC", letter)
        if len(folded) == 1:
            table[letter] = folded
    return table


_FOLDED = Letters(_table())
# A long-vowel mark between digits is a hyphen typed with the kana keyboard. The mark stands first in the expression,
# so that `re` looks for it alone.
_KANA_DASH = re.compile(r"[ーｰ](?<=[0-9)].)(?=[0-9(])")
# What one character becomes two of, or two become one of. Circled digits stay: ①090-… is no eleven-digit number.
_VOICED = r"[\u3041-\u30ff\uff66-\uff9f][\u3099\u309a\uff9e\uff9f]"
_OPENED = r"\uff66-\uff9f\u3200-\u3243\u32c0-\u32cb\u32ff\u3300-\u3357\u337b-\u337f\u2121\u213b\ufb00-\ufb06"
_RESIZED = re.compile(rf"{_VOICED}|[{_OPENED}]")
_MAY_RESIZE = re.compile(rf"[\u3099\u309a{_OPENED}]")
"""A letter of each of them: one set, which is quicker to look for."""
# A form read by a machine, or set wide: 届 出 人, 小 山 内, 0 9 0 - 1 2 3 4. The space stands first, so that `re` looks
# for it alone; one of full width keeps words apart, not letters.
_WIDE = "[一-龥々ぁ-んァ-ヶー]"
_FIGURE = "[0-9０-９－−-]"
_SPELLED = re.compile(
    rf"(?<!\S){_WIDE}(?: {_WIDE})+(?![^\s:：、（(])|(?<![^\s:：])(?=[^ ]){_FIGURE}(?: {_FIGURE}){{6,}}(?!\S)"
)
_MAY_BE_SPELLED = re.compile(rf" (?<={_WIDE} ){_WIDE} {_WIDE}(?!\S)| (?<={_FIGURE} ){_FIGURE} {_FIGURE} {_FIGURE} ")
_SPELLED_OFTEN = 3
"""So many words spelled out make a pair of letters another one; by itself it may be a surname and a given name."""
_STRAYS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def normalize(text: str) -> str:
    """The text with full-width ASCII, dashes, spaces and compatibility ideographs folded, length kept.

    >>> normalize("ＴＥＬ：０３−１２３４ー５６７８")
    'TEL:03-1234-5678'
    """
    if text.isascii():
        return text.replace("\t", " ")
    return _KANA_DASH.sub("-", _FOLDED.put(text))


def fold(text: str) -> str:
    """A whole cell folded: NFKC, dashes, runs of spaces, variation selectors. Its length changes.

    >>> fold("㈱ﾔﾏﾀﾞ　０９０―１２３４")
    '(株)ヤマダ 090-1234'
    """
    if text.isascii():
        return " ".join(text.split())
    return " ".join(normalize(unicodedata.normalize("NFKC", _FOLDED.put(_STRAYS.sub("", text)))).split())


@dataclass(frozen=True, slots=True)
class Aligned:
    """A folded text that knows where its characters stood in the original one."""

    text: str = field(repr=False)
    _breaks: tuple[int, ...] = ()
    """Positions in `text` where a stretch begins: plain and resized ones in turn, a plain one first."""
    _origins: tuple[int, ...] = ()
    """Where in the original those stretches begin."""

    @property
    def plain(self) -> bool:
        """Whether every character stands where it stood in the original."""
        return not self._breaks

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the original behind `text[start:end]`, which is not empty: whole characters always."""
        if not self._breaks:
            return start, end
        first, last = bisect_right(self._breaks, start) - 1, bisect_right(self._breaks, end - 1) - 1
        return (
            self._origins[first] + (0 if first % 2 else start - self._breaks[first]),
            self._origins[last + 1] if last % 2 else self._origins[last] + end - self._breaks[last],
        )


def align(text: str) -> Aligned:
    """The text normalised, half-width and decomposed kana combined, ㍻ ㈱ ℡ opened, spelled-out words closed, offsets
    kept.

    >>> aligned = align("ﾔﾏﾀﾞ様 ㍻3年")
    >>> aligned.text, aligned.span(0, 3), aligned.span(5, 7)
    ('ヤマダ様 平成3年', (0, 4), (6, 7))
    >>> aligned = align("届 出 人　小 山 内　誠")
    >>> aligned.text, aligned.span(4, 7)
    ('届出人 小山内 誠', (6, 11))
    """
    plain = normalize(text)
    if plain.isascii():
        return Aligned(plain)
    closed = _closed(text, plain) if _MAY_BE_SPELLED.search(text) else []
    if not closed and not _MAY_RESIZE.search(plain):
        return Aligned(plain)
    changed = [(*match.span(), unicodedata.normalize("NFKC", match[0])) for match in _RESIZED.finditer(plain)]
    pieces: list[str] = []
    breaks, origins = [0], [0]
    read = written = 0
    for begin, end, new in sorted([*changed, *closed]):
        pieces += (plain[read:begin], new)
        start = written + begin - read
        read, written = end, start + len(new)
        if end - begin != len(new):
            breaks += (start, written)
            origins += (begin, end)
    pieces.append(plain[read:])
    folded = _KANA_DASH.sub("-", "".join(pieces))
    return Aligned(folded) if len(breaks) == 1 else Aligned(folded, tuple(breaks), tuple(origins))


def _closed(text: str, plain: str) -> list[tuple[int, int, str]]:
    """Letters of spelled-out words and numbers, each with the space behind it, and the letter alone."""
    words = list(_SPELLED.finditer(text))
    if len(words) < _SPELLED_OFTEN:
        words = [word for word in words if len(word[0]) > _SPELLED_OFTEN]
    return [(at, at + 2, plain[at]) for word in words for at in range(word.start(), word.end() - 1, 2)]
