"""A column's name and label against the vocabulary: which data categories its words speak for, and how much.

Japanese and English compounds end with what they are (氏名変更日 is a date, `mail_flag` a switch), so the word that
stands last decides, the longest such word first; a word that changes nothing (電話番号1, 住所欄) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from classifiers.compounds import Piece, pieces
from classifiers.header_words import Entry, Spelling, Strength, endings, entries, grammar, spelling, traps, unglued
from classifiers.normalize import fold
from classifiers.tags import NOT_PERSONAL
from classifiers.vocabulary import data_categories

SCORES: dict[Strength, float] = {"strong": 0.9, "medium": 0.6, "weak": 0.3}
_DEMOTED: dict[Strength, Strength] = {"strong": "medium", "medium": "weak", "weak": "weak"}
_PARENTHESES = re.compile(r"[(\[【〔<「『]([^()\[\]【】〔〕<>「」『』]*)[)\]】〕>」』]")
_REMARK = re.compile(r"[※:。\n;]|(?<=[a-z])[.,] |(?<=.)[、]")
_PERSON_PARTS = {
    "name": ("name_kana", "name_romaji"),
    "surname": ("surname_kana", "name_romaji"),
    "given_name": ("given_name_kana", "name_romaji"),
    "former_name": ("name_kana", "name_romaji"),
    "bank_account_holder": ("bank_account_holder", "bank_account_holder"),
}
_LONGEST = 48
# An unknown word of so few letters is the table's own prefix (`ed_name`), not somebody that bears a name.
_TABLE_PREFIX = 4


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A data category that a column's name speaks for."""

    category: str
    word: str
    """The vocabulary's word that was found, as the vocabulary spells it."""
    strength: Strength
    trap: bool = False
    """Not personal because the word only looks like a category's (システム障害)."""

    @property
    def score(self) -> float:
        """0..1: strong .9, medium .6, weak .3."""
        return SCORES[self.strength]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    entry: Entry


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
        for hit in _matches(text):
            held = found.get(hit.category)
            if held is None or hit.score > held.score:
                found[hit.category] = hit
    return tuple(sorted(found.values(), key=lambda hit: -hit.score))


def _matches(text: str) -> list[HeaderMatch]:
    spelt = spelled(text)
    if not spelt.text:
        return []
    spelt = Spelling(spelt.text, spelt.edges.union(_ends(spelt)))
    refused = {entry.category: entry for entry in _inside(spelt, traps())}
    spans = [span for span in _spans(spelt) if span.entry.category not in refused]
    head = _head(spelt, spans)
    if not head and refused:
        trap = next(iter(refused.values()))
        return [HeaderMatch(NOT_PERSONAL, trap.word, "strong", trap=True)]
    return _with_sensitive(head, spans, flagged=_is_flag(spelt))


def spelled(text: str) -> Spelling:
    """A name ready for look-up: notes and unknown parentheses away, glued words apart."""
    cut = _REMARK.split(fold(text), maxsplit=1)[0]
    kept = _PARENTHESES.sub(_known_parenthesis, cut) if _PARENTHESES.search(cut) else cut
    return spelling(_apart(pieces(kept or cut)))


def _known_parenthesis(found: re.Match[str]) -> str:
    spelt = spelling(pieces(found.group(1))).text
    known = spelt in entries() or spelt in grammar("readings") or spelt in grammar("spellings")
    return f" {found.group(1)} " if known else " "


def _apart(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple(
        Piece(word, ascii=True) if piece.ascii else piece
        for piece in found
        for word in (unglued(piece.text) if piece.ascii else (piece.text,))
    )


def _inside(spelt: Spelling, words: Mapping[str, tuple[Entry, ...]]) -> Iterator[Entry]:
    for start, end in _windows(spelt):
        yield from words.get(spelt.text[start:end], ())


def _windows(spelt: Spelling) -> Iterator[tuple[int, int]]:
    size = len(spelt.text)
    for start in range(size):
        for end in range(start + 1, min(size, start + _LONGEST) + 1):
            yield start, end


def _spans(spelt: Spelling) -> list[_Span]:
    found = []
    for start, end in _windows(spelt):
        alone = start in spelt.edges and end in spelt.edges
        if end - start > 1 or alone:
            named = entries().get(spelt.text[start:end], ())
            found += [_Span(start, end, entry) for entry in named if not (start and entry.word[-1].isdigit())]
        if start and end in spelt.edges and start not in spelt.edges:
            found += [_Span(start, end, entry) for entry in endings().get(spelt.text[start:end], ())]
    return found


def _head(spelt: Spelling, spans: list[_Span]) -> list[HeaderMatch]:
    for end in _ends(spelt):
        if composed := _reading(spelt, spans, end) or _bearer(spelt, spans, end):
            return composed
        at_end = [span for span in spans if span.end == end]
        if at_end:
            first = min(span.start for span in at_end)
            return [_hit(span.entry, span.entry.strength) for span in at_end if span.start == first]
    if not spans:
        return []
    last = max(span.end for span in spans)
    at_end = [span for span in spans if span.end == last]
    first = min(span.start for span in at_end)
    return [_hit(span.entry, _DEMOTED[span.entry.strength]) for span in at_end if span.start == first]


def _hit(entry: Entry, strength: Strength) -> HeaderMatch:
    return HeaderMatch(entry.category, entry.word, strength)


def _ends(spelt: Spelling) -> Iterator[int]:
    """The end of the name, then each end that is left when a word that changes nothing is taken off."""
    end, neutral = len(spelt.text), grammar("neutral")
    while end > 0:
        yield end
        before = spelt.text[:end]
        starts = [start for start in range(end) if before[start:] in neutral or before[start:].strip("|").isdigit()]
        starts = [start for start in starts if start in spelt.edges or not before[start].isascii()]
        if not starts:
            return
        end = starts[0]


def _reading(spelt: Spelling, spans: list[_Span], end: int) -> list[HeaderMatch]:
    """会社名カナ, `fullNameEn`: what the word before a word for kana or letters is, in that script."""
    for part, script in (("readings", 0), ("spellings", 1)):
        for start in range(1, end):
            if (start not in spelt.edges and spelt.text[start].isascii()) or spelt.text[start:end] not in grammar(part):
                continue
            before = Spelling(spelt.text[:start], spelt.edges | {start})
            base = _head(before, _spans(before))
            longer = any(span.end == end and span.start < start for span in spans)
            if base and not (longer and (base[0].category in _PERSON_PARTS or base[0].strength != "strong")):
                return [
                    HeaderMatch(_PERSON_PARTS.get(hit.category, (hit.category,) * 2)[script], hit.word, hit.strength)
                    for hit in base
                ]
    return []


def _bearer(spelt: Spelling, spans: list[_Span], end: int) -> list[HeaderMatch]:
    """受講者の氏名, `vendor_name`, サーバ名: whose name a bare word for name is, by the noun before it."""
    heads = [start for start in range(1, end) if spelt.text[start:end] in grammar("name_heads")]
    explicit = [s for s in spans if s.end == end and s.start < min(heads, default=0) and s.entry.strength != "weak"]
    if not heads or explicit:
        return []
    before = spelt.text[: heads[0]].removesuffix("の")
    person, organisation, thing = (
        _ending(before, grammar(nouns)) for nouns in ("person_nouns", "organisation_nouns", "thing_nouns")
    )
    longest = max(len(person), len(organisation), len(thing))
    shared: Strength = "medium" if len(person) == len(organisation) else "strong"
    if not longest:
        if before.isascii() and len(before.strip("|")) <= _TABLE_PREFIX:
            return []
        known = [span for span in spans if span.end == end and span.entry.strength != "weak"]
        return [] if known else [HeaderMatch(NOT_PERSONAL, grammar("name_heads")[spelt.text[heads[0] : end]], "medium")]
    found = []
    if len(person) == longest:
        found.append(HeaderMatch("name", grammar("person_nouns")[person], shared))
    if len(organisation) == longest:
        found.append(HeaderMatch("company_name", grammar("organisation_nouns")[organisation], shared))
    if len(thing) == longest and not found:
        found.append(HeaderMatch(NOT_PERSONAL, grammar("thing_nouns")[thing], "strong"))
    return found


def _ending(text: str, nouns: Mapping[str, str]) -> str:
    return max((text[start:] for start in range(len(text)) if text[start:] in nouns), key=len, default="")


def _is_flag(spelt: Spelling) -> bool:
    first = min((edge for edge in spelt.edges if edge), default=0)
    return first < len(spelt.text) and spelt.text[:first] in grammar("flag_prefixes")


def _with_sensitive(head: list[HeaderMatch], spans: list[_Span], *, flagged: bool) -> list[HeaderMatch]:
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
            sensitive[row.id] = _hit(span.entry, "weak" if row.id == "my_number" else "medium")
    return [*sensitive.values(), *(_hit_weak(hit) for hit in head)] if sensitive else head


def _hit_weak(hit: HeaderMatch) -> HeaderMatch:
    return HeaderMatch(hit.category, hit.word, "weak")
