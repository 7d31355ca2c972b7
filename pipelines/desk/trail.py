"""An entry of the casebook's audit as people read it: codes in words, counts as counts. No value of a case."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pipelines.desk.rendering import Words

if TYPE_CHECKING:
    from pipelines.desk.visit import Visit

_VALUES = {
    "step": "step", "role": "desk_role", "how": "how_sent", "kind": "letter_file", "keys": "person",
    "not_searched": "reason", "candidates": "suggestion", "at": "signing_by", "by": "signing_by",
    "side": "side", "of": "side", "channel": "channel", "why": "returned_why",
}  # fmt: skip
"""Name in an entry's detail → the list of words that its codes are of."""


def showing(visit: Visit) -> dict[str, Callable[[str], str]]:
    """What templates say an entry's subject and detail with, in the visitor's language."""
    word = Words(visit.language).w

    def subject(text: str) -> str:
        what, _, of = text.partition(" ")
        return f"{word('audit_subject', what)} {of.replace('/', '-')}" if of else text or "–"

    def plain(name: str, value: object) -> str:
        if isinstance(value, bool):
            return visit.says("あり", "yes") if value else visit.says("なし", "no")
        if isinstance(value, Mapping):
            said = (f"{word(_VALUES.get(name, 'audit_detail'), str(id))} {count}" for id, count in value.items())
            return visit.says("・", ", ").join(said)
        if isinstance(value, list):
            return visit.says("・", ", ").join(plain(name, one) for one in value)
        return word(_VALUES[name], str(value)) if name in _VALUES else str(value)

    def detail(text: str) -> str:
        said = ((name, plain(name, value)) for name, value in json.loads(text).items())
        return visit.says("　", "  ").join(f"{word('audit_detail', name)}: {value}" for name, value in said if value)

    return {"subject": subject, "detail": detail}
