"""The Act as data: its texts with the day each is in force from, what articles are about, its closed lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import AfterValidator

from expectations.published import Label, Row, Text


class Change(Label):
    """What an amendment changes of what a company must show, and the rules that ask it."""

    rules: tuple[str, ...] = ()
    awaits: str = ""
    """Why no rule asks it yet; '' where one does."""
    awaits_en: str = ""


class LawVersion(Label):
    """A text of the Act."""

    id: Text
    in_force_from: date | None
    """None: promulgated, and no day is set yet."""
    at_latest: date | None = None
    changes: tuple[Change, ...] = ()


class ListedItem(Label):
    """An item of a closed list of the Act, and the data categories that hold it."""

    law: Text
    categories: tuple[str, ...]


class Law(Row):
    """`law.yml`."""

    versions: tuple[LawVersion, ...]
    """The oldest first."""
    articles: Mapping[str, Label]
    identification_codes: tuple[ListedItem, ...]
    special_care: tuple[ListedItem, ...]

    def version(self, id: str) -> LawVersion:
        """The text of that id; raises KeyError."""
        return {row.id: row for row in self.versions}[id]

    def in_force(self, day: date, judged_by: str = "") -> tuple[LawVersion, ...]:
        """The texts that hold on a day, the newest last; with `judged_by` also that one and those before it."""
        ahead = [row.id for row in self.versions].index(judged_by) if judged_by else -1
        return tuple(
            row
            for number, row in enumerate(self.versions)
            if number <= ahead or (row.in_force_from is not None and row.in_force_from <= day)
        )


def _known(id: str) -> str:
    texts = [row.id for row in law().versions]
    if id not in texts:
        raise ValueError(f"no text of the Act of that name; there are {', '.join(texts)}")
    return id


LawId = Annotated[str, AfterValidator(_known)]
"""The id of a text of the Act."""


@cache
def law() -> Law:
    """The Act as this version of the software knows it."""
    return Law.model_validate(yaml.safe_load(files("expectations").joinpath("law.yml").read_text(encoding="utf-8")))
