"""Names that may hide a personal value, made safe to show: file, sheet, table and column names, labels, discriminators.

`履歴書_山田太郎.pdf` becomes `履歴書_〔伏〕.pdf`. Recall beats precision: what may be a name is masked. Words of the
vocabulary (顧客, 弁護士一覧, dtb_customer), dates, years and versions stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from classifiers import addresses, organisations
from classifiers.masking.kept_words import is_kept, kept
from classifiers.masking.persons import LATIN, blanked, persons
from classifiers.names.scripts import romaji_kind
from classifiers.normalize import align
from classifiers.texts.identifiers import identifiers

MASK = "〔伏〕"

_SHOWN = frozenset({"age", "gender", "birth_date"})
"""Words and dates, not somebody's number."""
_PATH = re.compile(r"[/\\#]")
"""What parts of a path stand apart by: a folder's name and a file's are no surname and given name."""
_APART = re.compile(r"[_.()\[\]{}<>「」【】+&=@:;,~|-]")
_EXTENSION = re.compile(r"[.][A-Za-z][A-Za-z0-9]{1,4}\Z")
_NUMBER = re.compile(r"(?<![0-9.])[0-9](?:[- ]?[0-9]){5,}(?![0-9])(?!\.[0-9])")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[- ]?(?:0[1-9]|1[0-2])"
    r"(?:[- ]?(?:0[1-9]|[12][0-9]|3[01])(?:[- ]?[0-2][0-9][0-5][0-9](?:[0-5][0-9])?)?)?"
    r"|[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:19|20)[0-9]{2}[- ](?:19|20)[0-9]{2}"
)


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
    words = list(LATIN.finditer(text))
    pairs = [
        (first.start(), second.end())
        for first, second in pairwise(words)
        if second.start() - first.end() <= 1
        and not (is_kept(first[0]) or is_kept(second[0]))
        and min(len(first[0]), len(second[0])) > 2
        and romaji_kind(f"{first[0]} {second[0]}")
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
            rest = blanked(rest, mention.start, mention.end)
    for match in _NUMBER.finditer(rest):
        if not _DATE.fullmatch(match[0]):
            yield match.span()
            rest = blanked(rest, *match.span())
    for place in addresses.find(rest):
        if place.depth == 4:
            yield place.start, place.end
        if place.depth > 1:
            rest = blanked(rest, place.start, place.end)
    for start, end in organisations.find(rest):
        rest = blanked(rest, start, end)
    known = kept(rest)
    extension = _EXTENSION.search(rest)
    named = blanked(rest, *extension.span()) if extension else rest
    for start, end in persons(_APART.sub(" ", _PATH.sub("\n", named))):
        if not any(first <= start and end <= last for first, last in known):
            yield start, end
