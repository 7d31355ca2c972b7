"""The table of every page and who may see it (`access.yml`), and what answers them, found by its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from pipelines.desk import DeskError
from pipelines.desk.sessions import Role

if TYPE_CHECKING:
    from pipelines.desk.visit import Answer, Visit

    Answering = Callable[[Visit], Answer]


class Words(BaseModel):
    """The same in Japanese and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ja: str
    en: str


class Access(BaseModel):
    """A page's row."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: str
    method: Literal["GET", "POST"] = "GET"
    roles: tuple[Role, ...] | Literal["everybody"]
    personal: bool = False
    background: bool = False
    slow: bool = False
    menu: Words | None = None

    def lets(self, role: Role | None) -> bool:
        """Whether a role, or nobody yet (None), may see it."""
        return self.roles == "everybody" or role in self.roles


@cache
def table() -> Mapping[str, Access]:
    """Page → its row, in the order of the file."""
    text = files(__package__).joinpath("access.yml").read_text(encoding="utf-8")
    return {name: Access.model_validate(row) for name, row in yaml.safe_load(text).items()}


@cache
def answering() -> Mapping[str, Answering]:
    """Page → what answers it; raises DeskError where table and pages do not fit."""
    from pipelines.desk import pages

    found: dict[str, Answering] = {}
    for module in iter_modules(pages.__path__):
        found |= import_module(f"{pages.__name__}.{module.name}").ANSWERS
    if odd := sorted(found.keys() ^ table().keys()):
        raise DeskError(f"access.yml と pages/ が合いません · access.yml and pages/ do not fit: {', '.join(odd)}")
    return found


def menu(role: Role) -> tuple[tuple[str, Access], ...]:
    """The pages of a role's menu."""
    return tuple((name, row) for name, row in table().items() if row.menu and row.lets(role))
