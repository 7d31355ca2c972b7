"""Where an organisation's name begins and ends beside its legal form or line of business."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from classifiers import nlp
from classifiers.lexicon import alternation
from classifiers.people.dictionary import is_surname
from classifiers.vocabulary import entity_words

_LETTERS = r"[一-龥々〆ァ-ヶーA-Za-z0-9&.'・-]"
_BACKWARDS = re.compile(rf"(?:(?![様氏殿]){_LETTERS}){{1,20}}")
_AFTER = re.compile(rf"{_LETTERS}{{1,24}}")
_HIRAGANA_BEFORE, _HIRAGANA_AFTER = re.compile(r"[ぁ-ん]\Z"), re.compile(r"[一-龥々ァ-ヶー]{0,6}[ぁ-ん]")
# A particle behind a word and the end of a verb end no noun: Sudachi need not be asked.
_NO_NOUN_ENDS = re.compile("[一-龥々ァ-ヶー、 )」A-Za-z0-9][をはがにへでの]|する|して|たが|[てで]は")
_FIELD = re.compile(
    "(?!のみ|など|から|まで|より|という|では|には|とは|[をはがにでへもの])[ぁ-ん]{2,6}[一-龥々ァ-ヶー]{0,10}"
    "(?=[ )」、\\n(]|\\Z)"
)
_WINDOW = 24
_OPENS = re.compile("[\n。、 「『(:・→／/【〈>*#,|]")
# し|のはら医院, うみ|の歯科医院: hiragana from the very beginning of a field or of a sentence is the name's, if it is
# no word that goes before one.
_HIRAGANA_NAME = re.compile(
    "(?!(?:この|その|あの|どの|いつも|うち|となり|よそ|ほか|いま|また|まだ|もう|ただ|あと|ここ|なお|さて|もし|かつ|ちなみ|あるい|それ|これ|"
    "お|ご|できれば|たとえば|すでに|いわゆる|もと|とある|おそらく|ほぼ|すべて|かかりつけ|かつて|さらに|まず|なぜ|ぜひ|やはり|やっぱり|つい|どこ|だれ))"
    "[ぁ-ん]{2,6}(?<!です)(?<!ます)(?<!した)(?<!して)(?<!する)(?<!ある)(?<!ない)(?<!から)(?<!まで)(?<!より)(?<!では)(?<!には)(?<!にて)"
    "(?<!という)(?<!など)(?<!んの)(?<!への)(?<!くの)(?<!しい)(?<![をはにへ])"
)
_LINKED_NAME = re.compile("[ぁ-んァ-ヶー]{2,6}(?:の|が|ヶ|や)[一-龥]{1,3}|[ぁ-んァ-ヶー]{2,6}[がヶ][丘岡谷原浜崎沢]")
# Behind a legal form a name may go on through the particles of its own: りんごの里, ゆめのしま製菓, ヨシとくらす会.
_PARTICLE = (
    "(?!から|まで|より|では|には|との?こと|とは|とも|への|での|でも|にも|にて|という|など|です|でし|ます|まし|さん|さま|ちゃん|及び"
    "|[をはにへでもおご])"
)


@cache
def _trimmed_front() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(entity_words('before_organisation'))}|[0-9]+[月日年時分円])+")


@cache
def _trimmed_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(entity_words('after_organisation'))})")


def first_letter(text: str, floor: int, end: int) -> int:
    """Where the name begins that ends right there, no word before it taken for a part of it."""
    begin = max(floor, end - _WINDOW)
    match = _BACKWARDS.match(text[begin:end][::-1])
    first = end - match.end() if match else end
    trim = _trimmed_front().match(text, first, end)
    if trim and trim.end() < end:
        first = trim.end()
    elif trim and trim.end() == end:
        return end
    elif first > begin and _HIRAGANA_BEFORE.search(text, begin, first):
        letters = first
        first = _through_hiragana(text, begin, first, end)
        if first > begin and _HIRAGANA_BEFORE.search(text, begin, first):
            first = min(first, _whole_field(text, begin, letters))
    while first < end and text[first] in "・-.'&ー":
        first += 1
    return first


def _through_hiragana(text: str, begin: int, first: int, end: int) -> int:
    """Where a name with hiragana in it begins (私立さくら女子大学): its words are nouns side by side."""
    cut = max(text.rfind(mark, begin, first) for mark in "\n。、 「(:")
    begin = max(begin, cut + 1)
    if _NO_NOUN_ENDS.match(text, first - 2):
        return first
    nouns = {token.end: token.start for token in nlp.nouns([text[begin : end + 2]])[0]}
    at = first - begin
    while at in nouns:
        at = nouns[at]
    if at < first - begin and (trim := _trimmed_front().match(text, begin + at, first)):
        at = min(trim.end() - begin, first - begin)
    return begin + at if at < first - begin else first


def _whole_field(text: str, begin: int, first: int) -> int:
    """Where a field begins that holds nothing but a name with hiragana in it."""
    cut = max((match.start() for match in _OPENS.finditer(text, begin, first)), default=begin - 1)
    if cut < begin and begin > 0:
        return first
    field = text[cut + 1 : first]
    return cut + 1 if _HIRAGANA_NAME.fullmatch(field) or _LINKED_NAME.fullmatch(field) else first


@cache
def _following() -> re.Pattern[str]:
    words = {word for role in ("after_organisation", "title", "honorific", "workplace") for word in entity_words(role)}
    return re.compile(f" ?(?:{alternation(words)})")


def follows_name(text: str, end: int) -> bool:
    """Whether what stands right there is no part of an organisation's name: a title, a department, a surname."""
    return bool(_following().match(text, end)) or any(is_surname(text[end : end + size]) for size in (2, 3))


def ends_in_line(text: str, start: int, end: int) -> bool:
    """Whether a line of business or a kind of institution ends right there: 田中|法律事務所, みなと|銀行."""
    words, sizes = _lines()
    return any(text[end - size : end] in words for size in sizes if end - size >= start)


@cache
def _lines() -> tuple[frozenset[str], Sequence[int]]:
    words = entity_words("organisation_end") | {"縫製"}
    return words, sorted({len(word) for word in words})


@cache
def _own_particles() -> re.Pattern[str]:
    ends = alternation(entity_words("organisation_end"))
    tails = "[里家杜丘郷湯花実樹園村風空海虹音輪和国街庭窓光声道華宿蔵糸詩鐘翼環舟扉夢手木穂月雫羽]"
    return re.compile(
        rf"の{tails}(?![一-龥]|(?![がはをにでと])[ぁ-ん])|(?<=[ぁ-ん])の[森泉星橋](?![一-龥ぁ-ん])"
        r"|の(?!こと|もの|ため|とき|よう|うち|はず|ところ)[ぁ-ん]{3,6}(?=[ )」、。\n]|\Z)"
        rf"|{_PARTICLE}[ぁ-ん]{{1,5}}(?:[一-龥ァ-ヶー]{{0,3}}(?:{ends})|[会舎堂屋館組座])(?![一-龥])"
        r"|(?<=[ぁ-ん])[やきりたらしいまみけ](?=[ )」\n]|\Z)"
    )


def last_letter(text: str, start: int, ceiling: int) -> int:
    """Where the name ends that begins right there."""
    match = _AFTER.match(text, start, min(ceiling, start + _WINDOW))
    last = match.end() if match else start
    if not match and (field := _FIELD.match(text, start, ceiling)):
        last = field.end()
    if _HIRAGANA_AFTER.match(text, last if match else start, ceiling) and (not match or last - start < 4):
        last = _on_through_hiragana(text, start, last, ceiling)
    if last == start:
        return start
    if own := _own_particles().match(text, last, min(ceiling, start + _WINDOW)):
        return own.end()
    if ends_in_line(text, start, last):
        return last
    for found in _trimmed_end().finditer(text, start, min(last + 4, len(text))):
        if found.start() > start and found.end() >= last:
            last = min(last, found.start())
            break
        if found.start() == start and found.end() >= last:
            return start
    while last > start and text[last - 1] in "・-.&":
        last -= 1
    return last


def _on_through_hiragana(text: str, start: int, last: int, ceiling: int) -> int:
    stop = min(ceiling, start + _WINDOW)
    at = 0
    for token in nlp.nouns([text[start:stop]])[0]:
        if token.start != at:
            break
        at = token.end
    return max(last, start + at)
