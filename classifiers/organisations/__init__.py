"""団体名: names of companies, offices, schools and clinics in folded texts, by their legal form or line of business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers.lexicon import alternation
from classifiers.organisations.edges import first_letter, last_letter
from classifiers.people.dictionary import is_surname
from classifiers.vocabulary import entity_words

_LEGAL_LATIN = re.compile(
    r"(?<![A-Za-z0-9@./_-])(?:[A-Z][A-Za-z0-9&'.-]*,? ){1,5}"
    r"(?:Inc|LLC|Ltd|Limited|GmbH|Corp|Corporation|Company|Co\.,? ?Ltd|K\.K|KK|PLC|LLP|LP|AG|S\.A|B\.V|N\.V"
    r"|Pte\.? Ltd|Pty\.? Ltd|Holdings|Group)(?![A-Za-z])\.?"
)
_AT_BANKS = re.compile(
    r"(?<![ァ-ヶー])(?:カ|ユ|ド|シヤ|ザイ|イ|ガク|フク|シユウ)\)[ァ-ヶー・-]{2,30}(?:\([ァ-ヶー]{1,8})?"
    r"|(?<![ァ-ヶー])[ァ-ヶー・-]{3,30}\((?:カ|ユ|ド|シヤ|ザイ)(?![ァ-ヶー])\)?"
)
"""An account holder as banks write firms: カ)ヤマダシヨウジ, ヤマダシヨウジ(カ (全銀協の略号)."""
_FAMILY_SHOP = re.compile(r"(?<![一-龥々])([一-龥々]{2,3})[屋亭堂軒庵](?![一-龥々])")
_KATAKANA, _CAPITAL = re.compile("[ァ-ヶー]"), re.compile("[A-Z][a-z]")


@cache
def _automaton(*roles: str) -> AhoCorasick:
    return AhoCorasick(
        sorted({word for role in roles for word in entity_words(role)}), matchkind=MatchKind.LeftmostLongest
    )


def find(text: str) -> list[tuple[int, int]]:
    """Where organisations' names stand, in order, none overlapping."""
    found: list[tuple[int, int]] = []
    for start, end in sorted({*_by_form(text), *_by_end(text), *_by_start(text), *_elsewhere(text)}):
        if found and start < found[-1][1]:
            # of two that overlap, the longer one
            if end - start > found[-1][1] - found[-1][0]:
                found[-1] = (start, end)
        else:
            found.append((start, end))
    return found


def _by_form(text: str) -> Iterator[tuple[int, int]]:
    """A legal form with the name before or after it: 株式会社山田, 山田(株), 山田 合同会社."""
    forms = list(_words(text, "organisation_form"))
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
    before = gap_before and first < start - 1
    after = gap_after and last > end + 1
    if before and (not after or _named_after(text[end + 1 : last]) or _like_firm(text[first : start - 1])):
        return first, end
    return (start, last) if after else (start, end)


def _named_after(word: str) -> bool:
    """Whether what follows a form after a space is a person: 山田商事 株式会社 佐藤."""
    return any(is_surname(word[:size]) for size in (2, 3, 1) if len(word) - size <= 2)


def _like_firm(word: str) -> bool:
    return bool(re.search(rf"[ァ-ヶー]{{3,}}|[A-Z]{{2,}}|(?:{alternation(entity_words('organisation_end'))})\Z", word))


def _by_end(text: str) -> Iterator[tuple[int, int]]:
    """A line of business at the end of a name: 田中法律事務所, みなと銀行."""
    floor = 0
    joined: list[tuple[int, int]] = []
    for start, end in _words(text, "organisation_end"):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for start, end in joined:
        # 電気ケトル is no firm of electricity.
        if _KATAKANA.match(text, end) and text[end - 1] >= "一":
            continue
        first = first_letter(text, floor, start)
        if first < start:
            yield first, end
            floor = end


def _by_start(text: str) -> Iterator[tuple[int, int]]:
    """A kind of shop before the shop's name: カフェ山田, 居酒屋 まんぷく."""
    for start, end in _words(text, "organisation_start"):
        if start and re.match("[一-龥ァ-ヶー]", text[start - 1]):
            continue
        at = end + text.startswith(" ", end)
        last = last_letter(text, at, len(text))
        if 2 <= last - at <= 12 and not re.match("[店屋業経専巡通好街]", text[at]):
            yield start, last


def _elsewhere(text: str) -> Iterator[tuple[int, int]]:
    """Names with a foreign legal form, and holders of accounts as banks write them."""
    for match in _FAMILY_SHOP.finditer(text):
        if is_surname(match[1]) and not is_surname(match[0]):
            yield match.span()
    if _CAPITAL.search(text):
        yield from (match.span() for match in _LEGAL_LATIN.finditer(text))
    if ")" in text or "(" in text:
        yield from (match.span() for match in _AT_BANKS.finditer(text))


def workplaces(text: str) -> list[tuple[int, int]]:
    """Where branches, buildings, stations and the like stand: named after people, and none."""
    found: list[tuple[int, int]] = []
    for start, end in _words(text, "workplace"):
        before = re.search(r"(?:[一-龥々ァ-ヶー](?<![様氏殿])){1,8}\Z", text[max(0, start - 8) : start])
        if before and text[end : end + 1] not in ("長", "員"):
            found.append((start - len(before[0]), end))
    return found


def _words(text: str, *roles: str) -> Iterator[tuple[int, int]]:
    for _, start, end in _automaton(*roles).find_matches_as_indexes(text):
        yield start, end


@cache
def _whole() -> re.Pattern[str]:
    form, ending = alternation(entity_words("organisation_form")), alternation(entity_words("organisation_end"))
    return re.compile(
        rf"(?:{form}).+|.+(?:{form})(?: ?[^ ]{{1,12}}(?:支店|支社|営業所|店|部|課))?"
        rf"|[^ 、。]+(?:{ending})(?:[^ ]{{1,8}}(?:支店|支社|営業所|店))?"
    )


def is_organisation(value: str) -> bool:
    """Whether a whole folded value names an organisation.

    >>> is_organisation("株式会社山田製作所"), is_organisation("山田法律事務所"), is_organisation("山田太郎")
    (True, True, False)
    """
    return bool(_whole().fullmatch(value))
