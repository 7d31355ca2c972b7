"""A column's name and label against the vocabulary: which data categories its words speak for, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from classifiers.compounds import Piece, pieces
from classifiers.headers.entries import Entry, Spelling, entries, grammar, spelling, traps
from classifiers.headers.glued import unglued
from classifiers.headers.heads import READ, head
from classifiers.headers.spans import DEMOTED, HeaderMatch, Span, ends, graded, spans_of, windows
from classifiers.normalize import fold
from classifiers.tags import FREE_TEXT, NOT_PERSONAL
from classifiers.vocabulary import data_categories

_PARENTHESES = re.compile(r"[(\[【〔<「『]([^()\[\]【】〔〕<>「」『』]*)[)\]】〕>」』]")
_REMARK = re.compile(r"[※:。\n;]|(?<=[a-z])[.,] |(?<=[^ -~]),|(?<=.)[、]")
# What a form says around the name of a field: お持ちの資格があればご記入ください, 生年月日を教えてください.
_ASKED = re.compile(
    r"(?:が?(?:あれば|ある場合は?))?[をは]?(?:ご|お)?(?:自由に)?(?:ご|お)?"
    r"(?:記入|入力|選択|回答|選び|書き|聞かせ|教え|答え|知らせ|選ん|書い)(?:して|[てで])?(?:ください|下さい|願います).*|は?[?]$"
)
# What a Japanese label goes on with is no part of a sentence: 入金口座番号,銀行:7桁 郵便局:12桁.
_NOTE = re.compile(r"(?<=[^ -~])[,:(※]")
_URL = re.compile(r"https?://(?:[^ ]*[/#])?(?=[^/#]+$)")
"""What stands before a property's own name where linked data heads a column: https://schema.org/name."""
_LEFT_OPEN = re.compile(r"(?<=.)[(\[【〔<「『][^)\]】〕>」』]*$")
"""A parenthesis that a remark in it has cut: 配偶者の有無(デフォルト: false)."""
_SENTENCE = 7
_FLAG, _COUNT = (HeaderMatch(NOT_PERSONAL, word, "medium") for word in ("is", "num"))
"""What a name is that only says that it is a yes or no, or that it counts: `is_restricted`, `num_followers`."""
_CODES_MEAN = re.compile("[0-9] ?[:=→] ?[^0-9 ]")
"""A label that only says what a column's codes mean: 0:無効、1:有効."""
_SOMEBODY = re.compile("[たいるすくむぶつぬうぐ](?:人|方)[1-9１-９]?$")
"""How a label ends that says in words who is meant: 墓を継承して欲しい人, 立ち会った方."""
_TASTE = re.compile(r"(?:大?好きな|好みの|嫌いな|苦手な|お気に入りの?|fav(?:ou?rite)?_)(?=.)", re.IGNORECASE)
"""How a name begins that says what somebody likes or does not, whatever it is."""
# 社員No, 役職CD: written out, as the vocabulary has them.
_NUMBER = re.compile(r"(?<=[ぁ-んァ-ヶ一-龥々ー]) ?(?:[Nn][Oo]\.?|NO\.?)(?![A-Za-z])")
_CODE = re.compile(r"(?<=[ぁ-んァ-ヶ一-龥々ー]) ?(?:CD|Cd|cd|Code|CODE|code)(?![A-Za-z])")


@lru_cache(maxsize=65536)
def match(name: str, label: str = "") -> tuple[HeaderMatch, ...]:
    """The data categories that a column's name and label speak for, strongest first; `not_personal` is one of them.

    >>> [(found.category, found.word) for found in match("KAIIN_SHIMEI_KANA")]
    [('name_kana', 'shimei_kana')]
    >>> [(found.category, found.strength) for found in match("mail_flag")]
    [('not_personal', 'strong')]
    """
    found: dict[str, HeaderMatch] = {}
    if label.startswith("性") and any(hit.category.startswith("surname") for hit in _matches(name)):
        # 性カナ beside `last_name_kana`: the other 姓 was typed.
        label = f"姓{label[1:]}"
    kept = bool(label) and any(hit.word in grammar("keepers").values() for hit in _matches(name))
    for text in (label, name):
        # A label that is a sentence speaks of many things.
        told = len(pieces(_NOTE.split(fold(text), maxsplit=1)[0])) >= _SENTENCE
        labelled = [hit for hit in found.values() if hit.category != NOT_PERSONAL and hit.strength != "weak"]
        # 旅行名 beside `name`: the label has said of what.
        of_thing = any(
            hit.category == NOT_PERSONAL and hit.word in grammar("name_heads").values() for hit in found.values()
        )
        grave = any(data_categories()[hit.category].special_care for hit in labelled)
        for hit in _matches(text):
            # A label says whose the thing is that an English word names: `weight`, 出産期の体重.
            impersonal = hit.category == NOT_PERSONAL
            if of_thing and hit.strength == "weak" and hit.word in grammar("name_heads").values():
                continue
            if told or (labelled and (impersonal or _differs(hit, labelled))):
                hit = graded(hit, "weak" if grave and impersonal else DEMOTED[hit.strength])
            if kept and hit.category == "name":
                hit = graded(hit, "weak")
            held = found.get(hit.category)
            if held is None or hit.score > held.score:
                found[hit.category] = hit
    return tuple(sorted(found.values(), key=lambda hit: -hit.score))


def _matches(text: str) -> list[HeaderMatch]:
    if _CODES_MEAN.match(fold(text)):
        return [HeaderMatch(NOT_PERSONAL, "区分", "medium")]
    if _SOMEBODY.search(text):
        return [HeaderMatch("name", "人", "medium")]
    if _TASTE.match(text):
        return [HeaderMatch("personal_other", "好み", "medium")]
    # Capitals inside a word (HbA1c, eMail) are no words of their own where they lead nowhere.
    whole = _found(spelled(text)) or _found(spelled(text.lower()))
    return (_outside(text, whole) or whole) if whole and _PARENTHESES.search(fold(text)) else whole


def _outside(text: str, whole: list[HeaderMatch]) -> list[HeaderMatch]:
    """What a name is without its parentheses, where they only say whose or where: 役職名（担当者）."""
    before = _found(spelled(_PARENTHESES.sub(" ", fold(text))))
    if not before or before[0].strength != "strong" or before[0].category in (NOT_PERSONAL, FREE_TEXT):
        return []
    rows = data_categories()
    inner, outer = rows[whole[0].category], rows[before[0].category]
    in_script = outer.id in READ and inner.data_type.startswith("person_name")
    told = inner.special_care or inner.id == NOT_PERSONAL or inner.data_type == outer.data_type or in_script
    return [] if told else before


def _found(spelt: Spelling) -> list[HeaderMatch]:
    if not spelt.text:
        return []
    spelt = Spelling(spelt.text, spelt.edges.union(ends(spelt)))
    refused = {entry.category: entry for entry in _inside(spelt, traps())}
    spans = [span for span in spans_of(spelt) if span.entry.category not in refused]
    found = head(spelt, spans)
    if not found and not refused and _begins(spelt, "count_prefixes"):
        return [_COUNT]
    if not found and refused:
        trap = next(iter(refused.values()))
        return [HeaderMatch(NOT_PERSONAL, trap.word, "strong", trap=True)]
    return _with_sensitive(found, spans, flagged=_begins(spelt, "flag_prefixes"))


def _differs(hit: HeaderMatch, labelled: list[HeaderMatch]) -> bool:
    """Whether a label is sure of another data type than the one that the name beside it speaks for."""
    rows = data_categories()
    told = {rows[one.category].data_type for one in labelled if one.strength == "strong"}
    return bool(told) and rows[hit.category].data_type not in told


def trapped(text: str) -> Iterator[Entry]:
    """The words in a name that look like a data category's and are not."""
    return _inside(spelled(text), traps())


@lru_cache(maxsize=65536)
def spelled(text: str) -> Spelling:
    """A name ready for look-up: notes and unknown parentheses away, glued words apart."""
    told = _LEFT_OPEN.sub("", _REMARK.split(_URL.sub("", fold(text)), maxsplit=1)[0])
    told = told.replace("さま", "様")
    cut = _CODE.sub("コード", _NUMBER.sub("番号", _ASKED.sub("", told) or told))
    kept = _PARENTHESES.sub(_known_parenthesis, cut) if _PARENTHESES.search(cut) else cut
    return spelling(_apart(pieces(kept or cut)))


def _known_parenthesis(found: re.Match[str]) -> str:
    spelt = spelling(pieces(found.group(1))).text
    named = any(entry.category != NOT_PERSONAL for entry in entries().get(spelt, ()))
    known = named or spelt in grammar("readings") or spelt in grammar("spellings")
    return f" {found.group(1)} " if known else " "


def _apart(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple(
        Piece(word, ascii=True) if piece.ascii else piece
        for piece in found
        for word in (unglued(piece.text) if piece.ascii else (piece.text,))
    )


def _inside(spelt: Spelling, words: Mapping[str, tuple[Entry, ...]]) -> Iterator[Entry]:
    for start, end in windows(spelt):
        yield from words.get(spelt.text[start:end], ())


def _begins(spelt: Spelling, part: str) -> bool:
    """Whether a name begins with a word of a row of the grammar, and goes on."""
    return any(edge < len(spelt.text) and spelt.text[:edge] in grammar(part) for edge in spelt.edges if edge)


def _with_sensitive(head: list[HeaderMatch], spans: list[Span], *, flagged: bool) -> list[HeaderMatch]:
    """A flag or date of a sensitive thing may tell it too (障害者手帳_有無): never simply not personal."""
    impersonal = flagged or any(hit.category == NOT_PERSONAL for hit in head)
    if flagged:
        head = [HeaderMatch(NOT_PERSONAL, spans[0].entry.word, "strong") if spans else _FLAG]
    if not impersonal:
        return head
    sensitive: dict[str, HeaderMatch] = {}
    for span in spans:
        row = data_categories()[span.entry.category]
        if (row.special_care or row.id in ("my_number", "restricted_item")) and span.entry.strength == "strong":
            sensitive[row.id] = graded(span.entry, "weak" if row.id == "my_number" else "medium")
    return [*sensitive.values(), *(graded(hit, "weak") for hit in head)] if sensitive else head
