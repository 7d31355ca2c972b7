"""What letters are made of: their parts, what they are written from, and their words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import yaml

from expectations.facts import Declared
from expectations.policy import Policy
from pipelines.casebook.letters.meanings import Meanings
from pipelines.casebook.provisions.record import Provided
from pipelines.casebook.searching import Row

if TYPE_CHECKING:
    from pipelines.declarations import Company
    from pipelines.register import RegisteredDataset

Language = Literal["ja", "en"]
Kind = Literal["docx", "pdf", "csv", "json"]
"""Which file a letter goes out as; csv and json: a PDF and its annex as data."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Annex:
    """One record that is handed over, or the purposes of one category."""

    facts: tuple[tuple[str, str], ...] = field(repr=False)
    """What it is, whose, for what, since when, to whom: heading and text."""
    items: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Item and content; () only the purposes are told."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, to be put into a document."""

    language: Language
    title: str
    head: tuple[str, ...] = field(repr=False)
    """Number and day."""
    to: tuple[str, ...] = field(repr=False)
    sender: tuple[str, ...] = field(repr=False)
    opening: str = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    closing: str
    annex_title: str
    annex: tuple[Annex, ...] = field(repr=False)
    note: str
    """Said where something in the annex is blacked out."""

    @property
    def content(self) -> bytes:
        """All that it says, in whatever file."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Source:
    """What a letter is written from, beside the case."""

    policy: Policy
    company: Company
    declared: Declared
    datasets: Mapping[str, RegisteredDataset]
    """By id: names in business terms and the columns' labels."""
    rows: Mapping[str, Row | Provided] = field(repr=False)
    """The candidates' rows as they are now."""
    today: date
    nth: int = 1
    """Which letter of the case it is."""
    meanings: Meanings = field(default_factory=dict, repr=False)
    """What codes mean."""


@cache
def words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("letter.yml").read_text(encoding="utf-8"))
    return words


def said(word: str, language: Language, **gaps: Any) -> str:
    """One of the letter's words, filled in."""
    text: str = words()[word][language]
    return text.format(**gaps)


def day_of(day: date, language: Language) -> str:
    """A day as a letter writes it."""
    return said("issued", language, year=day.year, month=day.month, day=day.day)
