"""What may have happened, as rows: `causes.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from expectations.published import Flag, Label, Text


class Cause(Label):
    """One kind of cause."""

    id: Text
    wrongful: Flag
    acquiring: Flag = False


@cache
def causes() -> Mapping[str, Cause]:
    """Every cause by its id."""
    text = files(__package__).joinpath("causes.yml").read_text(encoding="utf-8")
    return {row.id: row for row in TypeAdapter(tuple[Cause, ...]).validate_python(yaml.safe_load(text))}
