"""Names that only their place tells: after `勤務先：` and its like, and before 御中; and names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from classifiers import nlp
from classifiers.addresses.gazetteer import places
from classifiers.names.scripts import kana_kind
from classifiers.organisations.edges import ends_in_line
from classifiers.organisations.lines import proper
from classifiers.people.dictionary import is_surname
from classifiers.vocabulary import entity_words

_REST = r"[A-Za-z0-9&'.-]*(?: (?:of|and|de|the|for|&))?"
_FRONT = re.compile(rf"[A-Z](?<![A-Za-z0-9@./_-].){_REST}(?: [A-Z]{_REST}){{0,5}} ?,? ?\Z")
_FORM = re.compile(
    "[ ,](?=[A-Z])(?P<form>"
    "(?:University|College|Institute|Hospital|Clinic|Foundation|Association|Corporation|Company|Holdings|Group|Limited|Logistics|"
    "Industries|Partners|Bank|LLC|LLP|GmbH|PLC|KK|AB|AG|AS|Oy|OÜ|BV|NV|SA|SAS|SpA|LP|Pvt)(?![A-Za-z&-])"
    r"|(?:Inc|INC|Ltd|LTD|Corp|CORP|Co|CO|K\.K|G\.K|S\.A|B\.V|N\.V|Pte|Pty|Sdn|L\.L\.C)(?![A-Za-z])\.?"
    r"(?:,? ?(?:Ltd|LTD|Bhd|LLC)(?![A-Za-z])\.?)?)"
)
_REACH = 60
_UNIVERSITY_OF = re.compile(r"(?:University|Univ\.|Bank|Institute) of (?:[A-Z][A-Za-z]+ ?){1,3}(?<! )")
_VALUE = re.compile(
    r"(?:\([甲乙丙]\))?(?: ?[:「『] ?| )(?P<value>[一-龥々ァ-ヶーぁ-んA-Za-z0-9&'.・-]{2,24}(?: [A-Z][A-Za-z&]+)*)"
)
_ENGLISH_LABEL = re.compile(
    r"[CESV](?<![A-Za-z].)(?:ompany(?: Name)?|mployer|onsignee|ONSIGNEE|hipper|HIPPER|upplier|endor)"
    r" ?: ?(?P<value>[^\n,、(]{3,40})"
)
_TO = re.compile(r"(?P<value>[一-龥々ァ-ヶーぁ-んA-Za-z&・]{3,20}) ?御中")
_OF = re.compile(
    "の(?:(?=(?P<who>[一-龥々]{1,4})(?:です|でございます|と申|と言います|といいます))"
    "|(?P<shop>[ァ-ヶー]{3,6}|[ぁ-ん]{3,5}|[ぁ-ん]{1,5}屋|[一-龥々]{1,3}[屋堂亭庵])(?: ?[一-龥々]{1,4}店)?"
    "(?=[ )」、。\\n(:はでにをがへさ様]|\\Z))"
)
_BEFORE_OF = re.compile("(?:[一-龥ァ-ヶー]{1,5}|お[一-龥]{1,3}|[ぁ-ん]{2,4})\\Z")
_MEMBER = re.compile("[一-龥々ァ-ヶーA-Za-z0-9&・]{3,18}\\Z")
_LONGEST_MEMBER = 18
_DEPARTMENT = re.compile("(?:部|課|係|室|局|各位|担当|窓口|センター|本社|支店|営業所|先|元|者|様|名|番号|電話|住所)\\Z")
_SENTENCE = re.compile(
    "[ぁ-ん]*(?:です|ます|した|して|する|から|まで|より|では|には|とは|ある|ない|なし|あり|なる|こと|もの|お|ご|[をはがにでへも])"
)
_LATIN, _LATIN_NAME = re.compile("[A-Za-z0-9&'. -]+"), re.compile("[A-Z]{3}|[A-Z][a-z]+ [A-Z]")
_PERSON = re.compile("[一-龥々]{1,3}|[ァ-ヶー]{1,6}(?:・[ァ-ヶー]+)*")


def by_field(text: str, words: Callable[[str, str], list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """What stands after a label, or before 御中, and is no person, department or word of every day; `words` finds the
    words of a role.
    """
    for _, end in words(text, "organisation_label"):
        end += text.startswith("名", end)
        if (match := _VALUE.match(text, end)) and _is_name(match["value"], text[end] not in " "):
            yield match.span("value")
    for match in _OF.finditer(text):
        if found := _of_somebody(text, match) if match["who"] else _of_goods(text, match):
            yield found
    if "御中" in text:
        yield from (match.span("value") for match in _TO.finditer(text) if _is_name(match["value"], True))


def _of_somebody(text: str, of: re.Match[str]) -> tuple[int, int] | None:
    """The firm that a caller is of: 緑葉物流の佐藤です."""
    member = _MEMBER.search(text, max(0, of.start() - _LONGEST_MEMBER), of.start())
    return member.span() if member and is_surname(of["who"]) and _is_firm(member[0]) else None


def _of_goods(text: str, of: re.Match[str]) -> tuple[int, int] | None:
    """A shop's name behind what it sells: 薬のイノウエ, 文具のなかむら屋."""
    word = of["shop"]
    if word[-1] in "屋堂亭庵" or is_surname(word) or kana_kind(word) == "surname_kana":
        goods = _BEFORE_OF.search(text, max(0, of.start() - 5), of.start())
        if goods and goods[0] in entity_words("organisation_goods"):
            return goods.start(), of.end()
    return None


def in_latin(text: str) -> Iterator[tuple[int, int]]:
    """Names with a foreign legal form or kind of institution."""
    found: list[tuple[int, int]] = []
    for start, end in (match.span("form") for match in _FORM.finditer(text)):
        if found and start - found[-1][1] <= 1:
            found[-1] = (found[-1][0], end)
            continue
        begin = max(found[-1][1] if found else 0, start - _REACH)
        if front := _FRONT.search(text[begin:start]):
            found.append((begin + front.start(), end))
    yield from found
    if " of " in text:
        yield from (match.span() for match in _UNIVERSITY_OF.finditer(text))
    if ":" in text:
        yield from (match.span("value") for match in _ENGLISH_LABEL.finditer(text))


def _is_firm(word: str) -> bool:
    """Whether a word that somebody is of names a firm: no department, place or word of every day."""
    if _DEPARTMENT.search(word) or word in places() or nlp.is_common_noun(word) or word[0] in "0123456789第":
        return False
    return ends_in_line(word, 0, len(word)) or (len(word) > 3 and proper(word))


def _is_name(value: str, marked: bool) -> bool:
    """Whether a field's value names an organisation; behind a mere space it must look like one."""
    if _DEPARTMENT.search(value) or _SENTENCE.search(value) or value[0] in "0123456789第":
        return False
    if any(is_surname(value[:size]) for size in (1, 2, 3)) and len(value) <= 6:
        return False
    if _LATIN.fullmatch(value):
        return marked and _LATIN_NAME.match(value) is not None
    if _PERSON.fullmatch(value):
        return False
    tokens = nlp.nouns([value])[0]
    names = [one for one in tokens if one.kind != "noun" or not nlp.is_common_noun(value[one.start : one.end])]
    return bool(names) and (marked or len(tokens) > 1)
