"""団体名: names of companies, offices, schools and clinics in folded texts, by their legal form or line of business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers import nlp
from classifiers.lexicon import alternation
from classifiers.organisations.edges import ends_in_line, first_letter, last_letter
from classifiers.organisations.fields import by_field, in_latin
from classifiers.organisations.lines import by_end, proper
from classifiers.people.dictionary import is_surname
from classifiers.vocabulary import entity_words

_AT_BANKS = re.compile(
    r"(?<![ァ-ヶー])(?:カ|ユ|ド|シヤ|ザイ|イ|ガク|フク|シユウ)\)[ァ-ヶー・-]{2,30}(?:\([ァ-ヶー]{1,8})?"
    r"|(?<![ァ-ヶー])[ァ-ヶー・-]{3,30}\((?:カ|ユ|ド|シヤ|ザイ)(?![ァ-ヶー])\)?"
)
"""An account holder as banks write firms: カ)ヤマダシヨウジ, ヤマダシヨウジ(カ (全銀協の略号)."""
_OPENS_FORM = frozenset(" \n、。:「>・→")
"""What stands before a form that lacks a bracket: 医)恵愛会."""
_BANKS_FORM = re.compile(r"\)(?<=[カユドヤイクウ].)|\((?=[カユドシザ])")
"""What stands in every such holder, and in few other texts."""
# What makes another word of a kind of shop, or goes on in the sentence: ホテルマン, スーパー駐車場, 居酒屋では.
_NO_SHOP = re.compile(
    " ?(?:[店屋業経専巡通好街付等用系代駅料]|[内前中外側着](?![一-龥])|駐車場|教室|予約|利用|従業員|あり|なし|有|無"
    "|にて|では|には|での|から|まで|より|など|[はがをにでもとへやか]|の(?![ぁ-ん]{3})|ストア"
    "|マーケット|マン|フロント|オレ|コード|カー|チェーン|ルーム|ロビー|メニュー|スタッフ|サイド|バイザー|カップ|ボール|ゲン|タイム|ライン|コン|ワーク|ビル|ワゴン|グッズ|サービス)"
)
_HIRAGANA_SHOP = re.compile(
    "[ァ-ヶー]{0,8}(?:[ぁ-ん]{2,8}(?=[ )」、。\\n:]|\\Z)"
    "|[ぁ-ん]{2,6}?(?:[屋亭庵堂軒座荘](?:本店)?|(?=[とはがをにでもの][一-龥、])))"
)
_FAMILY_SHOP, _FAMILY = re.compile(r"[屋亭堂軒庵](?![一-龥々])"), re.compile(r"(?<![一-龥々])[一-龥々]{2,3}\Z")
# A corporation and the house that it runs: 医療法人 青葉会 さくら台クリニック.
_RUNS = re.compile(
    "(?:社会|医療|学校|福祉|業務|農事)[^ ]{0,2}法人|\\(?[医福学社]\\)|独立行政法人|[^ ]{2,8}機構\\Z|NPO法人|[^ ]*社団 "
)


_LETTER, _KATAKANA, _KANJI = re.compile("[一-龥ァ-ヶー]"), re.compile("[ァ-ヶー]"), re.compile("[一-龥](?<!内)")
_FOREIGN, _NUMBER = re.compile("[ァ-ヶー]{3}|[A-Z]{2}"), re.compile("[^A-Za-z一-龥ァ-ヶ]*(?:No.)?[0-9]+")
_NO_HOUSE = (
    "では|には|から|まで|より|など|です|との|への|という|さん|さま|にて|での|でも|のみ|とは|とし|する|した|がある"
)
_HOUSE_NAME = re.compile(
    rf"(?:(?!{_NO_HOUSE})[ぁ-ん]{{2,6}}|[ァ-ヶー]{{2,10}}|[一-龥々]{{2,4}})(?:の[里家杜森丘郷])?(?=[ )」、。\n(:の]|\Z)"
)
_WORKPLACE = re.compile("(?:(?![様氏殿])[一-龥々ァ-ヶー]){1,8}")
"""What a branch, a building or a station is named after, the last letter first."""


@cache
def _automaton(role: str) -> AhoCorasick:
    return AhoCorasick(sorted(entity_words(role)), matchkind=MatchKind.LeftmostLongest)


def find(text: str) -> list[tuple[int, int]]:
    """Where organisations' names stand, in order, none overlapping."""
    found: list[tuple[int, int]] = []
    for start, end in sorted({*_by_form(text), *by_end(text, _words), *_by_start(text), *_elsewhere(text)}):
        if found and start < found[-1][1]:
            # of two that overlap, the longer one
            if end - start > found[-1][1] - found[-1][0]:
                found[-1] = (start, end)
        elif found and text[found[-1][1] : start] == " " and _RUNS.match(text[found[-1][0] : found[-1][1]]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _by_form(text: str) -> Iterator[tuple[int, int]]:
    """A legal form with the name before or after it: 株式会社山田, 山田(株), 山田 合同会社."""
    forms = [
        (start, end)
        for start, end in _words(text, "organisation_form")
        if text[end - 1] != ")" or text[start] == "(" or not start or text[start - 1] in _OPENS_FORM
    ]
    for number, (start, end) in enumerate(forms):
        floor = forms[number - 1][1] if number else 0
        ceiling = forms[number + 1][0] if number + 1 < len(forms) else len(text)
        if (first := first_letter(text, floor, start)) < start:
            yield first, end
        elif (last := last_letter(text, end, ceiling)) > end:
            yield start, last
        else:
            yield _apart(text, start, end, floor, ceiling)


def _apart(text: str, start: int, end: int, floor: int, ceiling: int) -> tuple[int, int]:
    """A form with a space on one side or on both of it: the side that is no person and no department."""
    gap_before, gap_after = text.startswith(" ", start - 1) and start > floor, text.startswith(" ", end)
    first = first_letter(text, floor, start - 1) if gap_before else start
    last = last_letter(text, end + 1, ceiling) if gap_after else end
    before = gap_before and first < start - 1 and not _NUMBER.fullmatch(text, first, start - 1)
    after = gap_after and last > end + 1
    if before and (not after or _named_after(text[end + 1 : last]) or _like_firm(text[first : start - 1])):
        return first, end
    return (start, last) if after else (start, end)


def _named_after(word: str) -> bool:
    """Whether what follows a form after a space is a person: 山田商事 株式会社 佐藤."""
    return not _like_firm(word) and any(is_surname(word[:size]) for size in (2, 3, 1) if len(word) - size <= 2)


def _like_firm(word: str) -> bool:
    return _FOREIGN.search(word) is not None or ends_in_line(word, 0, len(word))


def _by_start(text: str) -> Iterator[tuple[int, int]]:
    """A kind of shop before the shop's name: カフェ山田, 居酒屋 まんぷく."""
    for start, end, roles in _before_names(text):
        if "organisation_house" in roles and (last := _house_end(text, start, end)):
            yield start, last
        if "organisation_start" not in roles:
            continue
        if (start and _LETTER.match(text, start - 1)) or _NO_SHOP.match(text, end):
            continue
        at = end + text.startswith(" ", end)
        own = _HIRAGANA_SHOP.match(text, at)
        last = own.end() if own else last_letter(text, at, len(text))
        rest = text[at:last]
        if 2 <= last - at <= 12 or (at == end and _KANJI.fullmatch(rest) and end - start > 2):
            glued = at == end and _KATAKANA.match(rest) and _KATAKANA.match(text, end - 1)
            if not glued or not (nlp.is_common_noun(rest) or nlp.is_common_noun(text[start:last])):
                yield start, last


def _house_end(text: str, start: int, end: int) -> int | None:
    """Where an institution's own name ends behind the word for its kind: ケアプランセンターなごみ."""
    if start and _LETTER.match(text, start - 1):
        return None
    own = _HOUSE_NAME.match(text, end + text.startswith(" ", end))
    named = own and ("ぁ" <= own[0][0] <= "ん" or (proper(own[0]) and not nlp.is_common_noun(own[0])))
    return own.end() if own and named else None


def _elsewhere(text: str) -> Iterator[tuple[int, int]]:
    """Names that only their place or a foreign form tells, and holders of accounts as banks write them."""
    for match in _FAMILY_SHOP.finditer(text):
        family = _FAMILY.search(text[max(0, match.start() - 4) : match.start()])
        if family and is_surname(family[0]) and not is_surname(family[0] + match[0]):
            yield match.start() - len(family[0]), match.end()
    yield from in_latin(text)
    yield from by_field(text, _words)
    if _BANKS_FORM.search(text):
        yield from (match.span() for match in _AT_BANKS.finditer(text))


def workplaces(text: str) -> list[tuple[int, int]]:
    """Where branches, buildings, stations and the like stand: named after people, and none."""
    found: list[tuple[int, int]] = []
    for start, end in _words(text, "workplace"):
        before = _WORKPLACE.match(text[max(0, start - 8) : start][::-1])
        if before and text[end : end + 1] not in ("長", "員"):
            found.append((start - before.end(), end))
    return found


_BEFORE_NAMES = ("organisation_start", "organisation_house", "organisation_label")


@cache
def _before() -> tuple[AhoCorasick, tuple[frozenset[str], ...]]:
    roles: dict[str, set[str]] = {}
    for role in _BEFORE_NAMES:
        for word in entity_words(role):
            roles.setdefault(word, set()).add(role)
    return AhoCorasick(list(roles), matchkind=MatchKind.LeftmostLongest), tuple(map(frozenset, roles.values()))


@lru_cache(maxsize=1)
def _before_names(text: str) -> list[tuple[int, int, frozenset[str]]]:
    """The words of a text that stand before an organisation's own name, and their roles: looked for once."""
    automaton, roles = _before()
    return [(start, end, roles[index]) for index, start, end in automaton.find_matches_as_indexes(text)]


def _words(text: str, role: str) -> list[tuple[int, int]]:
    if role in _BEFORE_NAMES:
        return [(start, end) for start, end, roles in _before_names(text) if role in roles]
    return [(start, end) for _, start, end in _automaton(role).find_matches_as_indexes(text)]


@cache
def _whole() -> re.Pattern[str]:
    form = alternation(entity_words("organisation_form"))
    ending = alternation(entity_words("organisation_end") - entity_words("organisation_line"))
    return re.compile(
        rf"(?:{form}).+|.+(?:{form})(?: ?[^ ]{{1,12}}(?:支店|支社|営業所|店|部|課))?"
        rf"|[^ 、。]+(?:{ending})(?:[^ ]{{1,8}}(?:支店|支社|営業所|店))?"
    )


def is_organisation(value: str) -> bool:
    """Whether a whole folded value names an organisation.

    >>> is_organisation("株式会社山田製作所"), is_organisation("山田法律事務所"), is_organisation("山田太郎")
    (True, True, False)
    >>> is_organisation("石田鋼材"), is_organisation("営業企画"), is_organisation("商品開発")
    (True, False, False)
    """
    if _whole().fullmatch(value):
        return True
    line = _line().search(value)
    return bool(line and line.start() and " " not in value and proper(value[: line.start()], line[0]))


@cache
def _line() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(entity_words('organisation_line'))})\Z")
