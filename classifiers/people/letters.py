"""Letters of names: what is stripped, which kanji spell one another, which letters were lost.

The key ladder: `plain` (as written, without width, spaces and selectors), `fold_variants` (one letter for 高髙),
`fold_mixed` (for finding only: 斎 and 斉 are two letters that people mix up).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from classifiers.normalize import Letters
from classifiers.vocabulary import rows

SEPARATORS = " \t\r\n\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff,.・･，．"
"""The inside of a character class: what may stand between the letters of a name and says nothing."""
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""The inside of a character class: selectors of a letter's shape (SVS, IVS)."""
LOST = "〓?？●■□◆*＊\ufffd\ue000-\uf8ff"
"""The inside of a character class: marks and external characters (外字) that stand where a letter was lost."""

_SELECTOR = re.compile(f"[{SELECTORS}]")
_SEPARATOR = re.compile(f"[{SEPARATORS}]+")
_LOST = re.compile(f"[{LOST}]")
_REPEATED = re.compile("([\u4e00-\u9fff])々")
# In a kana name a dash is the long-vowel mark: ﾀﾛ- and タロ−.
_KANA_DASH = re.compile("(?<=[\u3041-\u3096\u30a1-\u30fa])[-‐‑‒–—―−]")
# Alone, these marks fold to a space and a combining mark; behind a kana letter they are its voice.
VOICES = {"゛": "\u3099", "゜": "\u309a"}
_VOICES = str.maketrans(VOICES)


@dataclass(frozen=True, slots=True)
class VariantGroup:
    """Letters that write the same name."""

    id: str
    """The letter the group folds to."""
    letters: str = ""
    """The same letter spelt otherwise (異体字, 旧字体)."""
    mixed: str = ""
    """Letters of the same sound that people mix up with it: for finding, not for scoring."""


@cache
def variant_groups() -> tuple[VariantGroup, ...]:
    """Every row of `vocabulary/variants.yml`."""
    return rows("variants", VariantGroup)


@cache
def _variants() -> Letters:
    return Letters({letter: group.id for group in variant_groups() for letter in group.letters})


@cache
def _variant() -> re.Pattern[str]:
    """A letter that is spelt otherwise: most texts have none, which is quicker to see than to replace nothing."""
    return re.compile(f"[{''.join(letter for group in variant_groups() for letter in group.letters)}]")


@cache
def _mixed() -> Letters:
    return Letters({letter: group.id for group in variant_groups() for letter in group.mixed})


@cache
def _spelt() -> Mapping[str, str]:
    spelt: dict[str, str] = {}
    for group in variant_groups():
        spelt[group.id] = spelt.get(group.id, group.id) + group.letters
    for group in variant_groups():
        for other in group.mixed:
            spelt[group.id] += spelt.get(other, other)
    return spelt


def prepare(text: str) -> str:
    """NFKC, small letters, no shape selectors: what every key and every search starts from.

    >>> prepare("ＹＡＭＡＤＡ　ﾀﾛ-")
    'yamada タロー'
    """
    if text.isascii():
        return text.lower()
    unmarked = _SELECTOR.sub("", unicodedata.normalize("NFKC", text.translate(_VOICES)))
    return _KANA_DASH.sub("ー", unmarked.lower())


def tokens(text: str) -> tuple[str, ...]:
    """The prepared text's parts between spaces, middle dots, commas and full stops.

    >>> tokens("山田　太郎"), tokens("Yamada, Taro")
    (('山田', '太郎'), ('yamada', 'taro'))
    """
    return tuple(part for part in _SEPARATOR.split(prepare(text)) if part)


def unify(text: str) -> str:
    """A text with every letter as the one that stands for its group; 々 stays, as dictionaries write names with it.

    >>> unify("髙橋・渡邊・佐々木")
    '高橋・渡辺・佐々木'
    """
    return _variants().put(text) if _variant().search(text) else text


def fold_variants(text: str) -> str:
    """As `unify`, and a repeated letter is written out: what names are compared by.

    >>> fold_variants("渡邉"), fold_variants("髙﨑"), fold_variants("佐々木")
    ('渡辺', '高崎', '佐佐木')
    """
    folded = unify(text)
    return _REPEATED.sub(r"\1\1", folded) if "々" in folded else folded


def fold_mixed(text: str) -> str:
    """A variant-folded text with letters that people mix up made one: to find by, never to score by.

    >>> fold_mixed("斉藤") == fold_mixed("斎藤")
    True
    """
    return text if text.isascii() else _mixed().put(text)


def spelt(letter: str) -> str:
    """Every letter that a search for this one must find, itself among them.

    >>> sorted(spelt("齋")) == sorted("斎齋斉齊")
    True
    """
    folded = fold_mixed(fold_variants(letter))
    return _spelt().get(folded, letter if folded == letter else folded + letter)


def has_lost(text: str) -> bool:
    """Whether a letter of the text was lost (外字, 〓, ?)."""
    return _LOST.search(text) is not None


def same_but_lost(one: str, other: str) -> bool:
    """Whether two folded texts agree in every letter that neither has lost, at least half of them.

    >>> same_but_lost("山〓太郎", "山田太郎"), same_but_lost("〓〓〓郎", "山田太郎"), same_but_lost("山?", "山田太郎")
    (True, False, False)
    """
    if len(one) != len(other):
        return False
    known = 0
    for left, right in zip(one, other, strict=True):
        if _LOST.match(left) or _LOST.match(right):
            continue
        if left != right:
            return False
        known += 1
    return known >= 2 and 2 * known >= len(one)
