"""Names of columns and first rows of tables: their words, what they speak for, and where a table's header is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.compounds import pieces
from classifiers.headers.entries import endings, entries, single_words
from classifiers.headers.matching import match, spelled
from classifiers.headers.spans import HeaderMatch
from classifiers.normalize import fold

__all__ = ["HeaderMatch", "header_row", "looks_like_header", "match", "words"]

# What only data looks like: numbers, dates, times, phones, mails, postal codes, amounts, ids, URLs.
_DATA = re.compile(
    r"[¥$+-]?[0-9][0-9,. :/+()年月日時分秒歳円件%-]*[0-9円歳日%)分秒件]?|[^ ]+@[^ ]+|https?://[^ ]*|〒[0-9-]+"
    r"|[A-Za-z]{0,4}[-_]?[0-9]{4,}[-0-9A-Za-z]*|(?:明治|大正|昭和|平成|令和|[MTSHR])[0-9元]+[年./-].*"
    r"|.*[都道府県].*[市区町村郡].*|.*[0-9]+-[0-9]+.*|true|false|null|none|n/a|-|○|×|有|無|男|女|男性|女性"
)
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.\-\[\]][A-Za-z0-9\[\]]+)*")
_LONGEST_HEADER = 40
_LOOK_AT = 20


def words(name: str) -> tuple[str, ...]:
    """A table's, column's or file's name as words: NFKC, lower case, Japanese cut at known words.

    Romaji is folded (`shimei` and `simei` are both `simei`): compare with words that went through here too.

    >>> words("custTelNo1"), words("顧客電話番号_bk")
    (('cust', 'tel', 'no', '1'), ('顧客', '電話番号', 'bk'))
    """
    spelt = spelled(name)
    text = spelt.text
    runs = [run for run in re.split(r"\|", text) if run]
    return tuple(word for run in runs for word in ([run] if run.isascii() else _japanese(run)))


def _japanese(run: str) -> list[str]:
    found: list[str] = []
    start = unknown = 0
    while start < len(run):
        size = next((size for size in range(len(run) - start, 1, -1) if run[start : start + size] in single_words()), 0)
        if size:
            if unknown < start:
                found.append(run[unknown:start])
            found.append(run[start : start + size])
            unknown = start + size
        start += size or 1
    return [*found, run[unknown:]] if unknown < len(run) else found


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether a row's cells are names of columns rather than data, by the cells alone."""
    filled = [fold(cell) for cell in cells if cell and cell.strip()]
    if not filled or len(filled) * 2 < len(cells) or len({cell.lower() for cell in filled}) < len(filled) * 0.8:
        return False
    known = sum(map(_is_known, filled))
    data = sum(map(_is_data, filled))
    if data > len(filled) * 0.25 or any(len(cell) > _LONGEST_HEADER for cell in filled if not _is_known(cell)):
        return False
    identifiers = sum(bool(_IDENTIFIER.fullmatch(cell)) and not cell.istitle() for cell in filled)
    return known * 2 >= len(filled) or (known > data and known * 3 >= len(filled)) or identifiers == len(filled)


def _is_known(cell: str) -> bool:
    """A cell that is a column's name: most of it is a vocabulary word, or it ends as columns' names do."""
    if _is_data(cell):
        return False
    spelt = spelled(cell).text
    if not spelt or len(cell) > _LONGEST_HEADER:
        return False
    if spelt in entries():
        return True
    if any(spelt.endswith(ending) for ending in endings() if len(spelt) <= len(ending) + 8 and len(ending) > 1):
        return True
    return any(hit.strength == "strong" and _covers(hit.word, cell) for hit in match(cell))


def _covers(word: str, cell: str) -> bool:
    letters = sum(len(piece.text) for piece in pieces(cell))
    return bool(letters) and 2 * len(word.lstrip("～").replace("_", "")) >= letters


def _is_data(cell: str) -> bool:
    return bool(_DATA.fullmatch(cell.lower() if cell.isascii() else cell)) or "@" in cell


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the row that names the columns among a table's first rows; None where there is none (headerless).

    Title rows, notes and empty rows may stand above it; a first row of data (a person's name, a date) is no header.

    >>> header_row([["会員名簿", "", ""], ["", "", ""], ["氏名", "電話番号", "備考"], ["山田花子", "03-0000-0000", ""]])
    2
    >>> header_row([["山田花子", "03-0000-0000"], ["佐藤次郎", "03-0000-0001"]]) is None
    True
    """
    first = list(rows[:_LOOK_AT])
    width = max((_filled(row) for row in first), default=0)
    for index, row in enumerate(first):
        filled = _filled(row)
        if filled == 0 or (filled == 1 and width > 1) or filled * 2 < width:
            continue
        if looks_like_header(row) or _unlike(row, first[index + 1 :]):
            return index
        if any(_is_data(fold(cell)) for cell in row if cell):
            return None
    return None


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell and cell.strip()) for cell in row)


def _unlike(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether no cell is data and several columns below hold only numbers, dates or the like."""
    full = [other for other in below if _filled(other)]
    if len(full) < 2 or any(_is_data(fold(cell)) for cell in row if cell) or _filled(row) < len(row):
        return False
    columns = [[fold(other[at]) for other in full if at < len(other) and other[at].strip()] for at in range(len(row))]
    return sum(bool(cells) and all(map(_is_data, cells)) for cells in columns) * 3 >= len(row) > 1
