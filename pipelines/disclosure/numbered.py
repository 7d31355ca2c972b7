"""Whose number a column is, by its name and its table's: what a look-up infers links from where nobody declared them.

A number's name is a noun and an ending (顧客ID, `member_no`); the register of customers calls its own number `id`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from classifiers.compounds import pieces, romaji
from classifiers.normalize import fold
from classifiers.tags import NOT_PERSONAL, UNRESOLVED
from classifiers.vocabulary import word_lists
from pipelines.disclosure.acting import says_who_acted

Noun = tuple[str, ...]
"""What is numbered, the same word for 顧客 and customer."""

_ASIDE = re.compile(r"[(\[].*?[)\]]|〔.*?〕")
"""What is said beside a name: 会員番号(7桁)."""
_NUMBERS = frozenset({"account_id", "employee_number", "personal_other", NOT_PERSONAL, UNRESOLVED})
"""Data categories that a company's own number may have. Never a My Number, an account or a card: nobody is found by
those (番号法)."""
_IDENTITY = frozenset(
    {"name", "surname", "given_name", "name_kana", "surname_kana", "given_name_kana", "name_romaji", "email", "phone"}
)
"""Data categories by which a row says whose it is."""


@dataclass(frozen=True, slots=True)
class Number:
    """A column that holds somebody's or something's number."""

    column: str
    """As the store names it."""
    noun: Noun
    ending: str
    """`id`, `number` or `code`: a table that has two of a noun has two numbers."""
    is_known: bool
    """Whether the noun means the same in every store."""
    is_register: bool
    """Whether the table is the register of what the noun names, by its name."""
    is_bare: bool
    """Whether only the table's name says of what: `id`."""
    is_key: bool
    """Whether it is the table's primary key."""
    beside_names: bool
    """Whether the table says whose its rows are."""
    is_only: bool
    """Whether the table has no other number of that noun."""

    def fits(self, other: Number) -> bool:
        """Whether the two may be the same number."""
        return self.noun == other.noun and (self.ending == other.ending or (self.is_only and other.is_only))


def numbers(dataset: str, key: str, columns: Sequence[str], categories: Sequence[str]) -> tuple[Number, ...]:
    """The numbers among a dataset's columns; `categories` are the columns' data categories, `key` is its primary key.

    >>> [(one.column, one.noun) for one in numbers("followups", "", ["顧客ID", "内容"], ["account_id", "free_text"])]
    [('顧客ID', ('顧客',))]
    """
    found = list(_named(dataset, key, columns, categories))
    several = {one for one in found if sum(other[1] == one[1] for other in found) > 1}
    beside_names = not _IDENTITY.isdisjoint(categories)
    register = _noun_of_table(dataset)
    return tuple(
        Number(
            column=column,
            noun=noun,
            ending=ending,
            is_known=_is_known(noun),
            is_register=noun == register,
            is_bare=noun_of(column)[0] == (),
            is_key=column == key,
            beside_names=beside_names,
            is_only=(column, noun, ending) not in several,
        )
        for column, noun, ending in found
    )


def _named(
    dataset: str, key: str, columns: Sequence[str], categories: Sequence[str]
) -> Iterator[tuple[str, Noun, str]]:
    said = set()
    for column, category in zip(columns, categories, strict=True):
        noun, ending = noun_of(column)
        if noun and category in _NUMBERS and not says_who_acted(column) and "[]" not in column:
            said.add((noun, ending))
            yield column, noun, ending
    register = _noun_of_table(dataset)
    for column, category in zip(columns, categories, strict=True):
        ending = _ending_of(column)
        # a register that names its number has an id of its own beside it: of another ending, or it says nothing
        if ending and _is_known(register) and category in _NUMBERS and column == (key or column):
            if (register, ending) not in said:
                yield column, register, ending
            return


@cache
def noun_of(column: str) -> tuple[Noun, str]:
    """What a column numbers, and its ending; () where it is no number, or one of a list's own lines.

    >>> noun_of("CUST_NO"), noun_of("家族会員番号"), noun_of("customer_name"), noun_of("管理番号")
    ((('顧客',), 'number'), (('家族会員',), 'number'), ((), ''), ((), 'number'))
    """
    *parts, last = _words(column) or ("",)
    for head, ending in _heads().items():
        if last == head:
            return _counting(parts), ending
        if last.endswith(head) and (not head.isascii() or last.removesuffix(head) in _nouns()):
            return _counting([*parts, last.removesuffix(head)]), ending
    return (), ""


def _counting(parts: Sequence[str]) -> Noun:
    noun = _said(parts)
    return noun if _listed("counted").isdisjoint(noun) else ()


@cache
def _noun_of_table(name: str) -> Noun:
    """What a table is the register of, by its name: `public.m_customer_2026` of customers.

    >>> _noun_of_table("public.m_customer_2026"), _noun_of_table("人事/社員名簿.xlsx#社員"), _noun_of_table("会員履歴")
    (('顧客',), ('社員',), ('会員履歴',))
    """
    last = name.rpartition("/")[2]
    end = last.rpartition(".")[2]
    # a schema before a table's name says nothing; a file's ending does no harm
    named = _words(last if "#" in last or end.lower() in _listed("around") else end)
    return _said([noun for part in named if not part.isdigit() and (noun := _without(part))])


def _without(part: str) -> str:
    """A word of a table's name without what stands around a noun: 顧客 of 顧客一覧."""
    if part in _nouns():
        return part
    while around := next((word for word in _around() if part.endswith(word)), ""):
        part = part.removesuffix(around)
    return "" if part in _listed("around") else part


def _ending_of(bare: str) -> str:
    """The ending of a column that is nothing but one: `id`; '' of every other."""
    said = _words(bare)
    return _heads()[said[0]] if len(said) == 1 and said[0] in _listed("keys") else ""


def _words(name: str) -> tuple[str, ...]:
    return tuple(piece.text for piece in pieces(_ASIDE.sub(" ", fold(name))))


def _said(parts: Sequence[str]) -> Noun:
    return tuple(dict.fromkeys(_nouns().get(part) or part for part in parts if part not in ("fk", "pk")))


def _is_known(noun: Noun) -> bool:
    return len(noun) == 1 and noun[0] in _nouns()


@cache
def _nouns() -> Mapping[str, str]:
    return {romaji(word): row[0] for row in _read()["nouns"] for word in row}


@cache
def _heads() -> Mapping[str, str]:
    """Every ending and its kind, the longest first."""
    found = {romaji(head): kind for kind, heads in _read()["heads"].items() for head in heads}
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


@cache
def _listed(part: str) -> frozenset[str]:
    return frozenset(map(romaji, _read()[part]))


@cache
def _around() -> tuple[str, ...]:
    """Japanese words that a run of letters may end with, the longest first."""
    return tuple(sorted((word for word in _listed("around") if not word.isascii()), key=lambda word: -len(word)))


@cache
def _read() -> Mapping[str, Any]:
    text = files("pipelines.disclosure").joinpath("numbered.yml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


def blanks() -> Sequence[str]:
    """What people write where there is no number."""
    return (*word_lists("value_words")["placeholders"], *_read()["blank"])
