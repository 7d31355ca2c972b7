"""The ledger's sheets and their fields, as `fields.yml` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipelines.reports.words import Pair, vocabulary

Cell = str | int | float | date | None
Rows = list[dict[str, Cell]]
"""A sheet's rows: field's id → what stands in it."""

TO_FILL: Pair = {"ja": "要記入", "en": "TO FILL IN"}
"""What neither a scan nor a declaration knows."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet."""

    id: str
    words: Pair
    group: str
    width: int
    """Characters."""
    fill: bool
    """People write it."""
    rules: bool
    """People write it where the machine is wrong, and leave it empty elsewhere: `daicho rulings import` reads it."""
    choices: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    id: str
    title: Pair
    key: str
    """The field that tells its rows apart, from one ledger to the next."""
    fields: tuple[Field, ...]


@cache
def sheets() -> Mapping[str, Sheet]:
    """Every sheet by its id."""
    listed = yaml.safe_load(files(__package__).joinpath("fields.yml").read_text(encoding="utf-8"))
    return {id: Sheet(id, row["title"], row["key"], tuple(map(_field, row["fields"]))) for id, row in listed.items()}


def to_fill(owner: str, language: str) -> str:
    """要記入, and whom to ask."""
    if language == "en":
        return f"{TO_FILL['en']} (ask {owner or 'the department in charge'})"
    return f"{TO_FILL['ja']}（{owner or '取扱部署'}に確認）"


def is_to_fill(cell: Any) -> bool:
    """Whether nobody has filled a cell in yet."""
    return cell is None or str(cell).strip() == "" or str(cell).startswith(tuple(TO_FILL.values()))


def _field(row: Mapping[str, Any]) -> Field:
    return Field(
        id=row["id"],
        words={"ja": row["ja"], "en": row["en"]},
        group=row["group"],
        width=row["width"],
        fill=row.get("fill", False) or row.get("rules", False),
        rules=row.get("rules", False),
        choices=_choices(row.get("choices", ())),
    )


def _choices(listed: Any) -> tuple[Pair, ...]:
    """The choices as they stand in a row, or the words of a list of the vocabulary."""
    if isinstance(listed, str):
        return tuple(vocabulary(listed).values())
    return tuple({"ja": ja, "en": en} for ja, en in listed)
