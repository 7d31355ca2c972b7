"""Names that end in a line of business: 田中法律事務所, みなと銀行, サンライズ警備."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from classifiers import nlp
from classifiers.addresses.gazetteer import places
from classifiers.organisations.edges import first_letter, follows_name
from classifiers.vocabulary import entity_words

_JOINT = re.compile("[一-龥々ァ-ヶー]{1,4}")
_KATAKANA, _LATIN = re.compile("[ァ-ヶー]+"), re.compile("[A-Za-z0-9]")
_HIRAGANA = re.compile("[ぁ-ん]{2,8}")
_SHOP = re.compile("(?:本|支)?店(?![長員舗])")
# 一級建築士, 組合せ, 交通費, 機械室: the word goes on and is another one.
_GOES_ON = re.compile("[士室費員食性業者料用品化法化率時場席便券税口]|合わせ|あわせ|せ|用途|サービスカウンター")
_ADDRESSED = re.compile(
    " ?(?:御中|様|さま|さん|殿|宛|ご担当|の担当|[へに](?:発注|納品|入庫|依頼|支払)|からの?(?:請求|入電|電話|値上))"
)
_TRAVELLED = frozenset(
    {"観光", "旅行", "ツアー", "交通", "道路", "不動産", "ホテル", "環境", "農産", "海産", "鉄道", "空調"}
)


def by_end(text: str, words: Callable[[str, str], list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """Where such names stand; `words` finds the words of a role."""
    floor = 0
    joined: list[tuple[int, int, bool]] = []
    everyday = entity_words("organisation_line")
    for start, end in words(text, "organisation_end"):
        weak = text[start:end] in everyday
        # 建築設計事務所, 産業交流協会: what stands between two lines of business belongs to them.
        gap = text[joined[-1][1] : start] if joined and start - joined[-1][1] <= 4 else None
        if gap == "" or (gap and _JOINT.fullmatch(gap) and not follows_name(text, joined[-1][1])):
            joined[-1] = (joined[-1][0], end, joined[-1][2] and weak)
        else:
            joined.append((start, end, weak))
    for start, end, weak in joined:
        # 電気ケトル is no firm of electricity.
        if text[end - 1] >= "一" and _KATAKANA.match(text, end):
            continue
        if shop := _SHOP.match(text, end):
            end = shop.end()
        elif _GOES_ON.match(text, end):
            continue
        first = first_letter(text, floor, start)
        # 発電機 is no firm of electricity
        if first < start and nlp.is_common_noun(text[start - 1 : end]):
            continue
        if first < start and (not weak or _named(text, first, start, end)):
            yield first, end
            floor = end


def _named(text: str, first: int, start: int, end: int) -> bool:
    """Whether the words before a line of business name somebody in it."""
    if _JOINT.match(text, end) and _JOINT.match(text, end - 1) and not follows_name(text, end):
        return False
    return proper(text[first:start], text[start:end]) or _ADDRESSED.match(text, end) is not None


@lru_cache(maxsize=20_000)
def proper(front: str, line: str = "") -> bool:
    """Whether a word is a name or holds one: no words of every day alone.

    >>> proper("石田"), proper("サンライズ", "警備"), proper("営業"), proper("京都", "観光")
    (True, True, False, False)
    """
    if line in _TRAVELLED and front in places():
        return False
    if len(front) > 3 and _KATAKANA.fullmatch(front) and line >= "一" and line not in entity_words("organisation_ware"):
        return True
    if len(front) < 2 or _LATIN.search(front):
        return False
    tokens = nlp.nouns([front])[0]
    words = [front[token.start : token.end] for token in tokens]
    named = [
        token.kind in ("surname", "given", "person", "place")
        or not nlp.is_common_noun(word)
        or bool(nlp.senses(word) & {"surname", "place"})
        for token, word in zip(tokens, words, strict=True)
        if len(word) > 1
    ]
    # 東條運転車両: somebody's name and a word of every day are no firm.
    if named and tokens[0].kind == "surname" and not all(named):
        return False
    return any(named) or _HIRAGANA.fullmatch(front) is not None
