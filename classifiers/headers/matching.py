"""A column's name and label against the vocabulary: which data categories its words speak for, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from classifiers.compounds import Piece, pieces
from classifiers.headers.entries import Entry, Spelling, entries, grammar, spelling, traps
from classifiers.headers.glued import unglued
from classifiers.headers.heads import head
from classifiers.headers.spans import DEMOTED, HeaderMatch, Span, ends, graded, spans_of, windows
from classifiers.normalize import fold
from classifiers.tags import NOT_PERSONAL
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
_SENTENCE = 7
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
    for text in (label, name):
        # A label that is a sentence speaks of many things.
        told = len(pieces(_NOTE.split(fold(text), maxsplit=1)[0])) >= _SENTENCE
        labelled = any(hit.category != NOT_PERSONAL and hit.strength != "weak" for hit in found.values())
        for hit in _matches(text):
            # A label says whose the thing is that an English word names: `weight`, 出産期の体重.
            unsure = told or (labelled and hit.category == NOT_PERSONAL)
            hit = graded(hit, DEMOTED[hit.strength]) if unsure else hit
            held = found.get(hit.category)
            if held is None or hit.score > held.score:
                found[hit.category] = hit
    return tuple(sorted(found.values(), key=lambda hit: -hit.score))


def _matches(text: str) -> list[HeaderMatch]:
    # Capitals inside a word (HbA1c, eMail) are no words of their own where they lead nowhere.
    return _found(spelled(text)) or _found(spelled(text.lower()))


def _found(spelt: Spelling) -> list[HeaderMatch]:
    if not spelt.text:
        return []
    spelt = Spelling(spelt.text, spelt.edges.union(ends(spelt)))
    refused = {entry.category: entry for entry in _inside(spelt, traps())}
    spans = [span for span in spans_of(spelt) if span.entry.category not in refused]
    found = head(spelt, spans)
    if not found and refused:
        trap = next(iter(refused.values()))
        return [HeaderMatch(NOT_PERSONAL, trap.word, "strong", trap=True)]
    return _with_sensitive(found, spans, flagged=_is_flag(spelt))


def trapped(text: str) -> Iterator[Entry]:
    """The words in a name that look like a data category's and are not."""
    return _inside(spelled(text), traps())


@lru_cache(maxsize=65536)
def spelled(text: str) -> Spelling:
    """A name ready for look-up: notes and unknown parentheses away, glued words apart."""
    told = _REMARK.split(fold(text), maxsplit=1)[0]
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


def _is_flag(spelt: Spelling) -> bool:
    first = min((edge for edge in spelt.edges if edge), default=0)
    return first < len(spelt.text) and spelt.text[:first] in grammar("flag_prefixes")


def _with_sensitive(head: list[HeaderMatch], spans: list[Span], *, flagged: bool) -> list[HeaderMatch]:
    """A flag or date of a sensitive thing may tell it too (障害者手帳_有無): never simply not personal."""
    impersonal = flagged or any(hit.category == NOT_PERSONAL for hit in head)
    if flagged:
        first = spans[0].entry.word if spans else ""
        head = [HeaderMatch(NOT_PERSONAL, first, "strong")] if spans else []
    if not impersonal:
        return head
    sensitive: dict[str, HeaderMatch] = {}
    for span in spans:
        row = data_categories()[span.entry.category]
        if (row.special_care or row.id in ("my_number", "restricted_item")) and span.entry.strength == "strong":
            sensitive[row.id] = graded(span.entry, "weak" if row.id == "my_number" else "medium")
    return [*sensitive.values(), *(graded(hit, "weak") for hit in head)] if sensitive else head
