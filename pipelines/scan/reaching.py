"""How far back a dataset's records reach, as the days in them say: what was kept longest among what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from classifiers.masking import mask_identifier
from classifiers.normalize import fold
from classifiers.people.dates import dates
from classifiers.tags import Column, ColumnTag

_FIRST = 1950
"""The year before which no record of a company's systems was made: an earlier day stands for none known."""
_MOSTLY = 0.8
_NONE_KNOWN = re.compile(r"(?:1900|1970|0001)[-/.年]?0?1[-/.月]?0?1|9999.*")
_PLAIN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(?![0-9])")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?$")


@dataclass(frozen=True, slots=True)
class Reach:
    """The oldest month that a column of days holds."""

    column: str = field(repr=False)
    """Masked as the register masks it."""
    month: date
    """Its first day: a single record's very day is nobody's business here."""


def reach(columns: Sequence[Column], tags: Sequence[ColumnTag], as_of: date) -> Reach | None:
    """The oldest month in the columns that say since when records are held; None where no column says so."""
    found = [
        Reach(mask_identifier(column.name), oldest.replace(day=1))
        for column, tag in zip(columns, tags, strict=True)
        if tag.data_category != "birth_date" and _says_since_when(column)
        if (oldest := _oldest(column.values, as_of)) is not None
    ]
    return min(found, key=lambda one: one.month, default=None)


def _says_since_when(column: Column) -> bool:
    name = fold(f"{column.name} {column.label}").lower()
    return any(word in name for word in _words())


def _oldest(values: Sequence[str], as_of: date) -> date | None:
    known = [value for value in values if not _NONE_KNOWN.match(value.strip())]
    days = list(_days(known))
    if not days or len(days) < _MOSTLY * len(known):
        return None
    past = [day for day in days if day.year >= _FIRST and day <= as_of]
    return min(past, default=None)


def _days(values: Iterable[str]) -> Iterator[date]:
    for value in values:
        text = value.strip()
        if plain := _PLAIN.match(text) or _COMPACT.match(text):
            try:
                yield date(*map(int, plain.groups()))
            except ValueError:
                continue
        elif len(meant := dates(text)) == 1:
            yield next(iter(meant))


@cache
def _words() -> tuple[str, ...]:
    text = files(__package__).joinpath("reaching.yml").read_text(encoding="utf-8")
    return tuple(fold(word).lower() for word in yaml.safe_load(text))
