"""Names that may hide a personal value, made safe to show: file, sheet, table and column names, labels, discriminators.

`履歴書_山田太郎.pdf` becomes `履歴書_〔伏〕.pdf`. Recall beats precision: what may be a name is masked. Words of the
vocabulary (顧客, 弁護士一覧, dtb_customer), dates, years and versions stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from classifiers import addresses, name_lookup, names, nlp, organisations, persons
from classifiers.identifiers import identifiers
from classifiers.normalize import align
from classifiers.organisations import entity_words
from classifiers.vocabulary import DataCategory, Subject, Use, Words, data_categories, subjects, uses

MASK = "〔伏〕"

_SHOWN = frozenset({"age", "gender", "birth_date"})
"""Words and dates, not somebody's number."""
_PATH = re.compile(r"[/\\#]")
"""What parts of a path stand apart by: a folder's name and a file's are no surname and given name."""
_APART = re.compile(r"[_.()\[\]{}<>「」【】+&=@:;,~|-]")
_JAPANESE = re.compile(r"[一-龥々〆ヶケぁ-んァ-ヴー]+(?: [一-龥々ヶケぁ-んァ-ヴー]+)?")
_WORD = re.compile(r"[一-龥々〆ヶケぁ-んァ-ヴー]+")
_EXTENSION = re.compile(r"[.][A-Za-z][A-Za-z0-9]{1,4}\Z")
_LATIN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NUMBER = re.compile(r"(?<![0-9.])[0-9](?:[- ]?[0-9]){5,}(?![0-9])(?!\.[0-9])")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[- ]?(?:0[1-9]|1[0-2])"
    r"(?:[- ]?(?:0[1-9]|[12][0-9]|3[01])(?:[- ]?[0-2][0-9][0-5][0-9](?:[0-5][0-9])?)?)?"
    r"|[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:19|20)[0-9]{2}[- ](?:19|20)[0-9]{2}"
)
_LABELS = re.compile(r"(?:[A-Z][a-z]+|[a-z]+|[A-Z]+)")


def mask(text: str) -> str:
    """The text with every name of a person, mail address, number that may identify and full address replaced.

    >>> mask("履歴書_山田太郎.pdf"), mask("yamada_taro_2025.xlsx"), mask("顧客一覧_20250401.csv")
    ('履歴書_〔伏〕.pdf', '〔伏〕_2025.xlsx', '顧客一覧_20250401.csv')
    """
    return _masked(text, _spans(text))


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    masked, end = "", 0
    for start, stop in spans:
        masked += text[end:start] + MASK if start >= end else ""
        end = max(end, stop)
    return masked + text[end:]


def mask_identifier(text: str) -> str:
    """The name of a table or column made safe to show. As `mask`, but a programmer wrote it: its Latin words are a
    person's only as a surname and a given name side by side, neither of them a word of the vocabulary.

    >>> mask_identifier("emp_nick_name"), mask_identifier("tbl_yamada_taro"), mask_identifier("田中")
    ('emp_nick_name', 'tbl_〔伏〕', '〔伏〕')
    """
    if not text.isascii():
        return mask(text)
    words = list(_LATIN.finditer(text))
    pairs = [
        (first.start(), second.end())
        for first, second in pairwise(words)
        if second.start() - first.end() <= 1
        and not {first[0].lower(), second[0].lower()} & _latin_words()
        and min(len(first[0]), len(second[0])) > 2
        and names.romaji_kind(f"{first[0]} {second[0]}")
    ]
    numbers = [(found.start, found.end) for found in identifiers(text) if found.data_category not in _SHOWN]
    numbers += [match.span() for match in _NUMBER.finditer(text) if not _DATE.fullmatch(match[0])]
    return _masked(text, sorted({*pairs, *numbers}))


def holds_person(text: str) -> bool:
    """Whether `mask` would change the text."""
    return next(iter(_spans(text)), None) is not None


def _spans(text: str) -> list[tuple[int, int]]:
    aligned = align(text)
    found = sorted({aligned.span(start, end) for start, end in _found(aligned.text)})
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" _.・-　")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _found(text: str) -> Iterator[tuple[int, int]]:
    rest = text
    for mention in identifiers(text):
        if mention.data_category not in _SHOWN:
            yield mention.start, mention.end
            rest = _blank(rest, mention.start, mention.end)
    for match in _NUMBER.finditer(rest):
        if not _DATE.fullmatch(match[0]):
            yield match.span()
            rest = _blank(rest, *match.span())
    for place in addresses.find(rest):
        if place.depth == 4:
            yield place.start, place.end
        if place.depth > 1:
            rest = _blank(rest, place.start, place.end)
    for start, end in organisations.find(rest):
        rest = _blank(rest, start, end)
    known = _known(rest)
    named = _EXTENSION.sub(lambda match: persons.MASK * len(match[0]), rest) if "." in text else rest
    for start, end in _persons(_APART.sub(" ", _PATH.sub("\n", named))):
        if not any(first <= start and end <= last for first, last in known):
            yield start, end


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + persons.MASK * (end - start) + text[end:]


def _persons(text: str) -> Iterator[tuple[int, int]]:
    blanked = text
    for start, end in organisations.workplaces(text):
        blanked = _blank(blanked, start, end)
    for mention in persons.read([blanked])[0].mentions:
        yield mention.start, mention.end
    pairs = [match.span() for match in _JAPANESE.finditer(blanked)]
    words = sorted({*pairs, *(match.span() for match in _WORD.finditer(blanked))})
    spelled = [blanked[start:end] for start, end in words]
    for (start, end), word, kind, nouns in zip(words, spelled, names.kinds(spelled), nlp.nouns(spelled), strict=True):
        # some family has called a child 結果: a rare given name that everybody else uses as a word is the word
        common = kind == "given_name" and [(noun.kind, noun.end) for noun in nouns] == [("noun", len(word))]
        if kind and kind != "company_name" and len(word) > 1 and not common and word not in entity_words("not_name"):
            yield start, end
    yield from _latin([(match[0], *match.span()) for match in _LATIN.finditer(blanked)])


def _latin(words: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    free = [(word, start, end) for word, start, end in words if word.lower() not in _latin_words()]
    long = sum(len(word) > 1 for word, _, _ in free)
    for (first, start, _), (second, second_start, end) in pairwise(words):
        known = (first.lower() in _latin_words()) + (second.lower() in _latin_words())
        if known < 2 and second_start - start <= len(first) + 2 and names.romaji_kind(f"{first} {second}"):
            yield start, end
    for word, start, end in free:
        surname, given = name_lookup.is_romaji_surname(word), name_lookup.is_romaji_given(word)
        lone = long == 1 and len(word) > 2 and (surname or given)
        if lone or (surname and len(word) > 3) or _joined(word.lower()):
            yield start, end


def _joined(word: str) -> bool:
    """Whether a surname and a given name written as one: `yamadataro`."""
    return any(
        name_lookup.is_romaji_surname(word[:cut]) and name_lookup.is_romaji_given(word[cut:])
        for cut in range(4, len(word) - 3)
    )


@cache
def _vocabulary() -> frozenset[str]:
    words: set[str] = set()
    vocabulary: tuple[DataCategory | Subject | Use, ...] = (
        *data_categories().values(),
        *subjects().values(),
        *uses().values(),
    )
    for row in vocabulary:
        for name in row.__slots__:
            value = getattr(row, name)
            if isinstance(value, str):
                words.add(value)
            elif isinstance(value, tuple):
                words.update(value)
            elif isinstance(value, Words):
                words.update(value.strong, value.medium, value.weak)
    return frozenset(words)


@cache
def _latin_words() -> frozenset[str]:
    latin = {part.lower() for word in _vocabulary() if word.isascii() for part in _LABELS.findall(word)}
    return frozenset(latin | {word.lower() for word in entity_words("not_name_latin")})


@cache
def _known_automaton() -> AhoCorasick:
    # A name may stand in a row's words as an example of nothing: one character says too little to protect.
    words = {align(word).text for word in _vocabulary() if not word.isascii() and len(word) > 1}
    return AhoCorasick(sorted(words | entity_words("label")), matchkind=MatchKind.LeftmostLongest)


def _known(text: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in _known_automaton().find_matches_as_indexes(text)]
