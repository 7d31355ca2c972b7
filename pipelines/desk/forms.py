"""Forms and queries, read strictly: one encoding, so many fields, each once unless a page asks for several."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

MOST_FIELDS = 2_000
LONGEST_QUERY = 2_000
"""Bytes."""
LARGEST = 256 * 1024
"""Bytes of a form."""
KIND = "application/x-www-form-urlencoded"


class FormError(Exception):
    """A form or a query that no page of the desk sends."""


class Fields:
    """The fields of a form or a query."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        self._fields = fields

    def __call__(self, name: str) -> str:
        """A field's value, without blanks around it; '' where it was left out. Raises FormError where it is there
        twice."""
        found = self._fields.get(name, ())
        if len(found) > 1:
            raise FormError(name)
        return found[0].strip() if found else ""

    def raw(self, name: str) -> str:
        """A field's value with every blank of it: a secret."""
        found = self._fields.get(name, ())
        if len(found) > 1:
            raise FormError(name)
        return found[0] if found else ""

    def several(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return self._fields.get(name, ())

    def named(self, prefix: str) -> Mapping[str, str]:
        """The fields whose names begin so, by the rest of their names."""
        return {name.removeprefix(prefix): self(name) for name in self._fields if name.startswith(prefix)}


def read(content: bytes) -> Fields:
    """The fields of a form's body or of a query; raises FormError."""
    try:
        pairs = parse_qsl(
            content.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(content),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        # not ASCII, not UTF-8 behind its percent signs, no `=`, too many fields
        raise FormError from None
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise FormError
        fields[name] = (*fields.get(name, ()), value.replace("\r\n", "\n"))
    return Fields(fields)
