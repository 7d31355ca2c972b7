"""What commands share that write people's words into the declarations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from pipelines.declarations import Declarations
    from pipelines.register import Register

Made = TypeVar("Made")

BY = click.option("--by", required=True, help="する人（役職・部署） who does it: an office or a role")
NOTE = click.option("--note", default="", help="備考 a note")
DAY = click.DateTime(["%Y-%m-%d"])


def opened(declarations: str, register: str) -> tuple[Declarations, Register]:
    """The declarations and the register that a command is of; raises what those raise."""
    from pipelines import declarations as declared
    from pipelines.register import Register

    return declared.load(declarations), Register.open(register, create=False)


def made(make: Callable[[], Made]) -> Made:
    """A row that somebody asks for; click.UsageError where it is not whole."""
    from pydantic import ValidationError

    try:
        return make()
    except ValidationError as error:
        raise click.UsageError("; ".join(one["msg"] for one in error.errors())) from None


def written(place: str, write: Callable[[], Path]) -> None:
    """Write and say where; click.UsageError where nothing can be written."""
    try:
        click.echo(write())
    except OSError:
        raise click.UsageError(f"{place}: 書けません · cannot be written") from None
