"""Scopes of the stop list (停止リスト): what an entry stops, and which uses and provisions that reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import TypeAdapter

from expectations.published import Evidence, Label, Text

Scope = Literal["use", "provision", "opt_out", "marketing"]
_BY_LAW: tuple[Evidence, ...] = ("exception", "vital_interest")


class StopScope(Label):
    """One scope."""

    id: Scope
    law: Text
    includes: tuple[Scope, ...] = ()
    """Other scopes that it stops with it."""
    uses: tuple[str, ...] = ()
    grounds: tuple[Evidence | Literal["unnamed"], ...] = ()

    def reaches(self, use: str, provision: bool, ground: Evidence | None) -> bool:
        """Whether it stops a use, or a provision on a ground; None: a provision on no ground of the policy.

        What the law demands is never stopped by a request.
        """
        if provision and ground in _BY_LAW:
            return False
        if self.id == "use" or use in self.uses:
            return True
        return provision and (ground or "unnamed") in self.grounds


@cache
def scopes() -> Mapping[str, StopScope]:
    """Every scope by its id."""
    text = files("expectations").joinpath("stop_scopes.yml").read_text(encoding="utf-8")
    rows = TypeAdapter(tuple[StopScope, ...]).validate_python(yaml.safe_load(text))
    return {row.id: row for row in rows}


def stopping(what: Iterable[str]) -> frozenset[str]:
    """The scopes whose entries stop an export of one of these kinds; no kind: every entry counts.

    >>> sorted(stopping(["opt_out"])), sorted(stopping(["marketing"]))
    (['opt_out', 'provision', 'use'], ['marketing', 'use'])
    """
    wanted = frozenset(what)
    return frozenset(row.id for row in scopes().values() if not wanted or wanted & {row.id, *row.includes})
