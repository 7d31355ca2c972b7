"""Signals: what a dataset's names and columns say of whose it is, as evidence to be weighed.

A word's strength is the vocabulary's. The last word of a name weighs most (社員の家族 is of families), a file's own
name more than its folder's, and each further column for the same subject a little less than the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from classifiers.headers.entries import grammar
from classifiers.lexicon import Hit, Lexicon
from classifiers.spellings import with_romaji
from classifiers.tags import Column, ColumnTag, Evidence, Table
from classifiers.vocabulary import Strength, Words, subjects, word_list

_NAME: dict[Strength, float] = {"strong": 3.0, "medium": 1.3, "weak": 0.4}
_COLUMN: dict[Strength, float] = {"strong": 1.8, "medium": 0.8, "weak": 0.3}
_PERSON_COLUMN: dict[Strength, float] = {"strong": 0.7, "medium": 0.3, "weak": 0.0}
_THING: dict[Strength, float] = {"strong": 1.8, "medium": 0.8, "weak": 0.0}
_LINK: dict[Strength, float] = {"strong": 1.6, "medium": 1.0, "weak": 0.0}
_HOLDER = 1.2
_WHOLE_NAMES = ("name", "surname", "name_kana", "surname_kana")
_HEAD = 1.15
_FOLDER = 0.6
_HINT = 0.5
_STORE = 0.3
# `schema=crm`, `vendor=…`: what programs call a setting says nothing of whose data it is.
_KEY_OF_HINT = re.compile(r"^[A-Za-z_. -]+[=:](?!/)")
_CODES = re.compile(r"[0-9０-９][ 　]?[:：=＝.．]")
_NEXT = 0.7
"""What each further word for a subject says, as a share of what the one before it said."""


@cache
def name_lexicon() -> Lexicon:
    """Words of table, file, folder and sheet names."""
    rows = subjects().values()
    return with_romaji({row.id: row.names for row in rows}, tuple(word for row in rows for word in row.not_names))


@cache
def _column_lexicon() -> Lexicon:
    rows = subjects().values()
    return with_romaji({row.id: row.columns for row in rows}, tuple(word for row in rows for word in row.not_names))


@cache
def person_lexicon() -> Lexicon:
    """Words of persons inside column names; the columns that say who keeps the table (`none`) are nobody's."""
    rows = subjects().values()
    words = {row.id: Words(row.names.strong, row.names.medium) for row in rows if row.id != "none"}
    keepers = subjects()["none"].columns
    nothing = [*(word for word, _ in keepers.graded()), *(word for row in rows for word in row.not_names)]
    return Lexicon.of({"none": Words(weak=tuple(nothing)), **words})


def segments(table: Table) -> Iterator[tuple[str, float]]:
    """The names that speak of the whole dataset, each with how much it weighs."""
    path, _, sheet = table.name.partition("#")
    *folders, file = [part for part in path.rstrip("/").split("/") if part] or [""]
    if sheet:
        yield sheet, 1.0
    yield file, 0.8 if sheet else 1.0
    yield table.label, 0.9
    for folder in folders:
        yield folder, _FOLDER
    for hint in table.hints:
        yield _KEY_OF_HINT.sub("", hint), _HINT
    # What a store is called tells only of tables whose own names tell nothing: retired staff stands in `hr`, too.
    if not any(name_lexicon().find(name) for name in (sheet, file, table.label)):
        yield table.store, _STORE


def of_names(named: Iterable[tuple[str, float]]) -> list[Evidence]:
    """What names say: each word once, where it weighs most."""
    best: dict[tuple[str, str], float] = {}
    for name, share in named:
        hits = name_lexicon().find(name)
        for hit in hits:
            weight = _NAME[hit.strength] * share * (_HEAD if hit.end == hits[-1].end else 1.0)
            best[hit.row, hit.word] = max(weight, best.get((hit.row, hit.word), 0.0))
    return _lessening(("subject_name_word", row, word, weight) for (row, word), weight in best.items())


def of_columns(columns: Sequence[Column]) -> list[Evidence]:
    """What columns say: those that only one subject's data has, persons in their names, keys that point at persons."""
    found: dict[tuple[str, str], tuple[str, float]] = {}
    for column in columns:
        for name in _names(column):
            for hit, code, weight in _of_column(name):
                known = found.get((hit.row, hit.word), ("", 0.0))
                found[hit.row, hit.word] = max(known, (code, weight), key=lambda entry: entry[1])
    return _lessening((code, row, word, weight) for (row, word), (code, weight) in found.items() if weight)


def of_holders(columns: Sequence[Column], tags: Sequence[ColumnTag]) -> list[Evidence]:
    """Whose names stand in a table's first column of persons' names, by its header: 患者氏名, 申込人氏名, 顧客名."""
    for column, tag in zip(columns, tags, strict=True):
        if tag.data_category not in _WHOLE_NAMES:
            continue
        hits = [hit for name in _names(column) for hit in person_lexicon().find(name)]
        if not hits:
            return []
        said = {hit.row for hit in hits if hit.strength == "strong" and hit.row not in ("", "none")}
        if len(said) == 1:
            return [Evidence("subject_holder", said.pop(), _HOLDER, {"word": hits[-1].word})]
        return []
    return []


def links(columns: Sequence[Column]) -> tuple[Hit, ...]:
    """The words of persons that keys in these columns point at: `customer_id`, 社員番号."""
    return tuple(hit for column in columns for name in _names(column) if (hit := _link(name)))


def _names(column: Column) -> Iterator[str]:
    """A column's name and label, without the list of codes that a label may explain (`区分 1:顧客 2:取引先`)."""
    yield column.name
    if column.label:
        yield _CODES.split(column.label, maxsplit=1)[0]


def _lessening(said: Iterable[tuple[str, str, str, float]]) -> list[Evidence]:
    """Evidence of (code, subject, word, weight), each further word for a subject weighing less than the one before."""
    before: dict[str, int] = {}
    evidence: list[Evidence] = []
    for code, row, word, weight in sorted(said, key=lambda entry: (-entry[3], entry[2])):
        evidence.append(Evidence(code, row, round(weight * _NEXT ** before.get(row, 0), 2), {"word": word}))
        before[row] = before.get(row, 0) + 1
    return evidence


def _of_column(name: str) -> Iterator[tuple[Hit, str, float]]:
    for hit in _column_lexicon().find(name):
        if hit.row == "none":
            yield hit, "subject_thing_column", _THING[hit.strength]
        else:
            yield hit, "subject_column_word", _COLUMN[hit.strength]
    if pointed := _link(name):
        yield pointed, "subject_link", _LINK[pointed.strength]
        return
    for hit in person_lexicon().find(name):
        if hit.row != "none":
            yield hit, "subject_person_column", _PERSON_COLUMN[hit.strength]


def _link(name: str) -> Hit | None:
    hits = [hit for hit in person_lexicon().find(name) if hit.row != "none"]
    if not hits or hits[-1].word not in _persons() or not _keys().find(name):
        return None
    return hits[-1]


@cache
def _persons() -> frozenset[str]:
    nouns = grammar("person_nouns")
    return frozenset(
        word
        for row in subjects().values()
        for word in (*row.names.strong, *row.names.medium)
        if word in nouns.values() or word in subjects()[row.id].values
    )


@cache
def _keys() -> Lexicon:
    return Lexicon.of({"key": Words(strong=word_list("keys"))}, word_list("no_keys"))
