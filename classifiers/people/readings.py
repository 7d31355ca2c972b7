"""Readings that a dictionary knows for a name in kanji, and where a name written in one piece may be parted.

A surname has one reading here and may have others in life (東海林: ショウジ, トウカイリン), a given name has many: a
match through a reading never proves anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from classifiers.people.dictionary import dictionary
from classifiers.people.kana import fold_kana

MOST = 64
"""Readings of one name that are considered: a given name of two letters may have dozens."""


def splits(folded: str) -> Iterator[tuple[str, str]]:
    """Every way to part a variant-folded name into a surname and a given name that the dictionary knows.

    >>> list(splits("山田太郎")), list(splits("ヤマダタロウ"))
    ([('山田', '太郎')], [('ヤマダ', 'タロウ')])
    """
    known = dictionary()
    sounds = fold_kana(folded)
    # a kana letter and its fold are one letter each but for ヴァ, which no listed name has
    for cut in range(1, len(folded)):
        if (folded[:cut] in known.surnames and folded[cut:] in known.given) or (
            len(sounds) == len(folded) and sounds[:cut] in known.surname_kana and sounds[cut:] in known.given_kana
        ):
            yield folded[:cut], folded[cut:]


def continues(before: str, name: str, after: str) -> bool:
    """Whether variant-folded text around a name makes it part of a longer one that the dictionary knows.

    >>> continues("小", "山田太郎", ""), continues("担当", "山田太郎", "様"), continues("", "山田一", "郎")
    (True, False, True)
    """
    known = dictionary()
    cuts = range(1, len(name) + 1)
    return any(
        before[-far:] + name[:cut] in known.surnames for far in (1, 2) if len(before) >= far for cut in cuts
    ) or any(name[-cut:] + after[:far] in known.given for far in (1, 2) if len(after) >= far for cut in cuts)


def readings(parts: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Readings in hiragana of a variant-folded surname and given name, in this order; none where one is unknown.

    >>> sorted(readings(("山田", "太郎")))
    [('やまだ', 'たろう')]
    """
    if len(parts) != 2:
        return frozenset()
    known = dictionary()
    pairs = product(sorted(known.surnames.get(parts[0], ())), sorted(known.given.get(parts[1], ())))
    return frozenset(pair for pair, _ in zip(pairs, range(MOST), strict=False))
