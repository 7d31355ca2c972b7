"""The word of a name that decides: the last that means something, the longest of those.

Japanese and English compounds end with what they are (氏名変更日 is a date, `mail_flag` a switch). A word that changes
nothing (電話番号1, 住所欄) is passed over; a word for a script (カナ) or for a name (～名) takes the meaning of what is
before it (会社名カナ, サーバ名).
"""

from __future__ import annotations

import re

from classifiers.headers.entries import Spelling, grammar
from classifiers.headers.licences import licensed
from classifiers.headers.nouns import named_by
from classifiers.headers.references import carded, numbered, referring
from classifiers.headers.spans import DEMOTED, HeaderMatch, Span, ends, graded, spans_of
from classifiers.tags import NOT_PERSONAL

READ = {
    "name": ("name_kana", "name_romaji"),
    "surname": ("surname_kana", "name_romaji"),
    "given_name": ("given_name_kana", "name_romaji"),
    "former_name": ("name_kana", "name_romaji"),
    "bank_account_holder": ("bank_account_holder", "bank_account_holder"),
    # A login has no reading: アカウント名（かな） is its bearer's.
    "account_id": ("name_kana", "name_romaji"),
    # Nor has a sex: 性カナ is 姓カナ, typed wrong.
    "gender": ("surname_kana", "name_romaji"),
}
# What has a name of its own that says no more than itself: 部署名, 銀行名, 職業名.
_HAVE_NAMES = frozenset(
    {"department", "job_title", "occupation", "bank_name", "company_name", "nationality", "prefecture", "municipality"}
    | {"building", "education", "medical_history", "disability"}
)
_SUMMED = frozenset({"income"})
# What is kept as a code as often as in words; alone a code tells its values of a few.
_CODED = frozenset(
    {
        "income",
        "gender",
        "occupation",
        "job_title",
        "department",
        "nationality",
        "prefecture",
        "municipality",
        "postal_code",
    }
    | {"bank_name", "family", "education"}
)
# What is told at length.
_TOLD = frozenset({"work_history", "education", "medical_history", "personal_other", "family"})
_TOLD_BY_CODES = frozenset({"income", "gender", "postal_code", "occupation", "nationality", "prefecture"})
_LIVED = frozenset({"work_history", "education", "family", "income", "nationality"})
_HIDDEN = frozenset({"email", "phone", "account_id", "my_number", "password", "address", "birth_date", "name"})
_BASES = {
    "amounts": _SUMMED,
    "codes": _CODED,
    "contents": _TOLD,
    "presences": _LIVED,
    "carriers": _TOLD | {"photo", "drivers_licence", "passport", "residence_card"},
    "hidings": _HIDDEN,
}
"""What an end of a name leaves as it is, by the grammar's row of such ends."""
_HISTORY = "～歴"
# An unknown word of so few letters is the table's own prefix (`ed_name`), not somebody that bears a name.
_TABLE_PREFIX = 4
_NUMBERED = re.compile("(?<=[^ -~])[|][0-9]+[|]$")
"""Which one of several, behind a Japanese noun: 駅1."""
_FIRM = 2
"""Letters that a word for a firm has at least to stand alone for one."""


def head(spelt: Spelling, spans: list[Span]) -> list[HeaderMatch]:
    """What the deciding word of a name speaks for; `spans` are the words in it. [] where there is none."""
    for end in ends(spelt):
        if composed := (
            _reading(spelt, spans, end)
            or _bearer(spelt, spans, end)
            or licensed(spelt, end)
            or carded(spelt, spans, end)
            or numbered(spelt, spans, end)
            or _of_base(spelt, spans, end)
            or referring(spelt, spans, end)
        ):
            return composed
        at_end = [span for span in spans if span.end == end]
        if at_end:
            first = min(span.start for span in at_end)
            found = [graded(span.entry, span.entry.strength) for span in at_end if span.start == first]
            read = spelt.text[:first].endswith(tuple(grammar("readings")))
            return [_in_script(hit, 0) for hit in found] if read else found
    if lone := _lone(spelt):
        return [lone]
    # 利益 in 利益相反先 tells nothing of a head that nobody knows; a person's word before one still hints.
    hinting = [span for span in spans if span.entry.category != NOT_PERSONAL]
    if not hinting:
        return []
    last = max(span.end for span in hinting)
    at_end = [span for span in hinting if span.end == last]
    first = min(span.start for span in at_end)
    return [graded(span.entry, DEMOTED[span.entry.strength]) for span in at_end if span.start == first]


def _lone(spelt: Spelling) -> HeaderMatch | None:
    """受注先, 荷主, `customer`: a header that is nothing but a word for a firm or somebody may hold their name."""
    found, noun = named_by(spelt.text, whole=True)
    if not found or found[0].category == NOT_PERSONAL or len(noun) < _FIRM:
        return None
    # `customer` is a key as often as a name.
    return graded(found[0], "weak" if spelt.text.isascii() else "medium")


def _reading(spelt: Spelling, spans: list[Span], end: int) -> list[HeaderMatch]:
    """会社名カナ, `fullNameEn`: what the word before a word for kana or letters is, in that script."""
    for part, script in (("readings", 0), ("spellings", 1), ("kanji", None)):
        for start in range(1, end):
            if (start not in spelt.edges and spelt.text[start].isascii()) or spelt.text[start:end] not in grammar(part):
                continue
            before = Spelling(spelt.text[:start], spelt.edges | {start})
            base = named_by(spelt.text[:start], whole=True)[0]
            if not base or base[0].category == NOT_PERSONAL:
                # 銀行 is a thing that has a name, and somebody's bank.
                base = head(before, spans_of(before)) or base
            if base and len(spelt.text[start:end].strip("|")) == 1 and base[0].category not in READ:
                # NAME_K is a reading; of FAMILY_K nobody knows what K is.
                continue
            longer = any(span.end == end and span.start < start for span in spans)
            if base and not (longer and (base[0].category in READ or base[0].strength != "strong")):
                return [hit if script is None else _in_script(hit, script) for hit in base]
    return []


def _in_script(hit: HeaderMatch, script: int) -> HeaderMatch:
    return HeaderMatch(READ.get(hit.category, (hit.category,) * 2)[script], hit.word, hit.strength)


def _of_base(spelt: Spelling, spans: list[Span], end: int) -> list[HeaderMatch]:
    """退職金額, 役職コード: somebody's pay is pay, however its sum is called, and a coded attribute is one."""
    for part, categories in _BASES.items():
        for start in range(1, end):
            if spelt.text[start:end] not in grammar(part) or (start not in spelt.edges and spelt.text[start].isascii()):
                continue
            if any(_is_explicit(span, start, end) for span in spans):
                continue
            before = Spelling(spelt.text[:start], spelt.edges | {start})
            base = head(before, spans_of(before))
            if base and base[0].category in categories and (part == "hidings" or _is_told(base[0])):
                return [graded(base[0], "strong" if base[0].category in _TOLD_BY_CODES else "medium")]
    return []


def _bearer(spelt: Spelling, spans: list[Span], end: int) -> list[HeaderMatch]:
    """受講者の氏名, `vendor_name`, サーバ名, 部署名: whose name a word for name is, by what stands before it."""
    heads = [start for start in range(1, end) if spelt.text[start:end] in grammar("name_heads")]
    if not heads:
        return []
    before = _NUMBERED.sub("", spelt.text[: heads[0]].removesuffix("の"))
    personal = any(_is_personal(span) for span in spans if (span.start, span.end) == (heads[0], end))
    found, noun = named_by(before, personal=personal)
    explicit = [s.start for s in spans if s.end == end and s.start < heads[0] and s.entry.strength != "weak"]
    if explicit and min(explicit) <= len(before) - len(noun):
        return []
    if found:
        return found
    named = head(Spelling(before, spelt.edges | {len(before)}), [span for span in spans if span.end <= len(before)])
    if named and named[0].category in _HAVE_NAMES and named[0].strength != "weak" and not personal:
        return named
    known = [span for span in spans if span.end == end and span.entry.strength != "weak"]
    if known or (before.isascii() and len(before.strip("|")) <= _TABLE_PREFIX):
        return []
    return [HeaderMatch(NOT_PERSONAL, grammar("name_heads")[spelt.text[heads[0] : end]], "weak")]


def _is_told(base: HeaderMatch) -> bool:
    """Whether a word tells by itself what it is of somebody: 学歴, and whatever ends as histories do (処分歴)."""
    return base.strength == "strong" or base.word == _HISTORY


def _is_explicit(span: Span, start: int, end: int) -> bool:
    """Whether a longer word says itself what the name is: 都道府県コード; 金額 in 退職金額 says no more than 額."""
    return span.end == end and span.start < start and span.entry.category != NOT_PERSONAL


def _is_personal(span: Span) -> bool:
    """氏名, unlike 名, is nobody's but a person's."""
    return span.entry.category == "name" and span.entry.strength == "strong"
