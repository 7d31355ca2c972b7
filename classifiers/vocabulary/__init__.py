"""The vocabulary: rows, not code. One YAML file a list, read once, wrong rows named all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

import yaml

Row = TypeVar("Row")
Strength = Literal["strong", "medium", "weak"]
"""How much a word says: strong decides, medium needs a second signal, weak only supports."""


class VocabularyError(Exception):
    """A vocabulary file has wrong rows; the message names every one of them."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that speak for a row, by their strength."""

    strong: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def graded(self) -> Iterator[tuple[str, Strength]]:
        """Every word with its strength, the strong ones first."""
        yield from ((word, "strong") for word in self.strong)
        yield from ((word, "medium") for word in self.medium)
        yield from ((word, "weak") for word in self.weak)


@dataclass(frozen=True, slots=True)
class DataCategory:
    """個人情報の項目: what one column or mention holds."""

    id: str
    data_type: str
    ja: str
    en: str
    id_code: bool = False
    """個人識別符号 (APPI art 2(2), the closed list of Cabinet Order art 1): never a card, an account or a phone."""
    special_care: str = ""
    """要配慮個人情報 (APPI art 2(3)): which of the eleven items; '' none."""
    property_loss: bool = False
    """Misuse can cause a loss of property (Enforcement Rules art 7(ii)): cards, account passwords."""
    headers: Words = Words()
    not_headers: tuple[str, ...] = ()
    """Words that look like the row's headers and are not: `システム障害` is no disability."""
    cues: tuple[str, ...] = ()
    """Words that, within some 40 characters, let a bare number in a text count."""


@dataclass(frozen=True, slots=True)
class Subject:
    """本人の種類: whose the data is, policy-free."""

    id: str
    ja: str
    en: str
    names: Words = Words()
    """Words in table, file, folder, sheet and column names."""
    values: tuple[str, ...] = ()
    """Values of a kind or status column that mark a row as this subject's."""
    columns: Words = Words()
    """Columns that only this subject's data has (退職日, 志望動機, 所属弁護士会)."""
    phrases: tuple[str, ...] = ()
    """Phrases in documents and mails."""
    not_names: tuple[str, ...] = ()
    """Words that look like the row's names or columns and are not: `弁護士費用` is money."""
    states: tuple[str, ...] = ()
    """Values that mark the subject only in a dataset of such persons: 退職 among staff, 法人 among buyers."""


@dataclass(frozen=True, slots=True)
class Circumstance:
    """受託・情報の性質: how the company holds a dataset: for somebody else, pseudonymised, as statistics …"""

    id: str
    ja: str
    en: str
    names: Words = Words()
    columns: Words = Words()
    phrases: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordList:
    """Words that speak for no row and help to read names, values and texts, by the part they play there."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trap:
    """A word that means another thing beside certain others: 応募者 beside 賞品 is no job applicant."""

    id: str
    words: tuple[str, ...]
    near: tuple[str, ...]
    """Any of these in the same dataset's names, labels, hints or columns springs it."""
    means: str
    """The subject the words speak for then; '' none."""
    named: bool = False
    """Only where a word of `near` stands in the dataset's own name: an HR master has 緊急連絡先 among its columns."""


@dataclass(frozen=True, slots=True)
class Together:
    """Data categories that stand together in the tables of one kind of person, whatever the columns are called."""

    id: str
    says: str
    """The subject they speak for."""
    weight: float
    all: tuple[tuple[str, ...], ...]
    """Of each of these one must stand in the table."""
    none: tuple[str, ...]
    """None of these may."""
    yields: tuple[str, ...] = ()
    """Subjects who have these columns, too: where words speak for one of them, the combination says nothing."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """文書の種類: what a document is, and whose data such a document is by itself."""

    id: str
    ja: str
    en: str
    subject: str
    """The subject it speaks for; `unresolved` where its kind alone does not say."""
    names: Words = Words()
    """Words in its file name, its title or its first line."""
    phrases: tuple[str, ...] = ()
    """Phrases of its body that tell the type where the name does not."""
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """利用: what data is used for, policy-free (fideslang's data use)."""

    id: str
    ja: str
    en: str
    names: Words = Words()
    not_names: tuple[str, ...] = ()


def rows(name: str, row: type[Row]) -> tuple[Row, ...]:
    """Every row of `vocabulary/{name}.yml` as a `row`; raises VocabularyError naming all wrong rows."""
    document = yaml.load(files(__package__).joinpath(f"{name}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    wrong: list[str] = []
    good: list[Row] = []
    seen: set[str] = set()
    for number, raw in enumerate(document, start=1):
        if problems := _problems(raw, row):
            wrong += [f"{name}.yml, row {number}: {problem}" for problem in problems]
            continue
        if raw["id"] in seen:
            wrong.append(f"{name}.yml, row {number}: id {raw['id']!r} stands twice")
        seen.add(raw["id"])
        good.append(row(**{key: _frozen(key, value) for key, value in raw.items()}))
    if wrong:
        raise VocabularyError("\n".join(wrong))
    return tuple(good)


def _problems(raw: Any, row: type[Any]) -> list[str]:
    if not isinstance(raw, Mapping):
        return ["is not a mapping"]
    known = {field.name: field for field in fields(row)}
    required = {name for name, field in known.items() if field.default is MISSING and field.default_factory is MISSING}
    return [f"unknown key {key!r}" for key in raw.keys() - known.keys()] + [
        f"{key!r} is missing" for key in sorted(required - raw.keys())
    ]


_WORDS = {"headers", "names", "columns"}


def _frozen(key: str, value: Any) -> Any:
    if key in _WORDS:
        return Words(**{strength: tuple(map(str, words)) for strength, words in value.items()})
    if isinstance(value, list):
        return tuple(tuple(map(str, one)) if isinstance(one, list) else str(one) for one in value)
    return value


@cache
def data_categories() -> Mapping[str, DataCategory]:
    """Every data category by its id."""
    return {row.id: row for row in rows("data_categories", DataCategory)}


@cache
def subjects() -> Mapping[str, Subject]:
    """Every subject by its id."""
    return {row.id: row for row in rows("subjects", Subject)}


@cache
def custody() -> Mapping[str, Circumstance]:
    """Every custody that words tell, by its id."""
    return {row.id: row for row in rows("custody", Circumstance)}


@cache
def natures() -> Mapping[str, Circumstance]:
    """Every nature of information that words tell, by its id."""
    return {row.id: row for row in rows("natures", Circumstance)}


@cache
def word_lists(name: str) -> Mapping[str, tuple[str, ...]]:
    """Every list of words of `{name}.yml` by its id."""
    return {row.id: row.words for row in rows(name, WordList)}


def word_list(name: str) -> tuple[str, ...]:
    """The words of one row of `word_lists.yml`; KeyError where there is no such row."""
    return word_lists("word_lists")[name]


@cache
def entity_words(role: str) -> frozenset[str]:
    """The words of one row of `entities.yml`: what stands around names of persons, firms and places."""
    return frozenset(word_lists("entities")[role])


@cache
def traps() -> tuple[Trap, ...]:
    """Every trap, in the order in which they are tried."""
    return rows("traps", Trap)


@cache
def together() -> tuple[Together, ...]:
    """Every combination of data categories that speaks for a subject."""
    return rows("together", Together)


@cache
def document_types() -> Mapping[str, DocumentType]:
    """Every type of document by its id."""
    return {row.id: row for row in rows("document_types", DocumentType)}


@cache
def uses() -> Mapping[str, Use]:
    """Every use by its id."""
    return {row.id: row for row in rows("uses", Use)}
