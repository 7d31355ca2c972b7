"""Names of datasets and columns as they leave a statement: unquoted, and masked where they may name a person."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from classifiers.statements.templates import UNKNOWN

if TYPE_CHECKING:
    from sqlglot import exp

_PART = re.compile(r'"((?:[^"]|"")*)"|([^\s."]+)')
_NOTHING = frozenset({"dual", UNKNOWN})


@lru_cache(maxsize=8192)
def safe(name: str) -> str:
    """A name as the register shows it."""
    from classifiers.masking import mask_identifier

    return mask_identifier(name)


class Names:
    """The names that one statement's answer holds: whatever else stands in it is an alias or somebody's word."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        """Case-folded part of a name → the part, masked."""
        self._datasets: dict[int, str] = {}

    def dataset(self, table: exp.Table) -> str:
        """A table's name, qualified as it stands; '' for a function, a variable or what a template fills in."""
        if id(table) not in self._datasets:
            self._datasets[id(table)] = self._of_table(table)
        return self._datasets[id(table)]

    def _of_table(self, table: exp.Table) -> str:
        from sqlglot import exp

        if not isinstance(table.this, (exp.Identifier, exp.Dot)):
            return ""
        parts = [part.name for part in table.parts if isinstance(part, exp.Identifier)]
        name = self.of_parts(parts)
        return (
            f"#{name}" if name and isinstance(table.this, exp.Identifier) and table.this.args.get("temporary") else name
        )

    def of_text(self, text: str) -> str:
        """A name as it stands in a statement's text."""
        return self.of_parts([quoted.replace('""', '"') if quoted else bare for quoted, bare in _PART.findall(text)])

    def of_parts(self, parts: list[str]) -> str:
        """A name's parts joined; what a template fills in is left out."""
        known = [part for part in parts if part and part.casefold() not in _NOTHING]
        if not known or parts[-1].casefold() in _NOTHING or parts[-1].startswith("@"):
            return ""
        for part in known:
            self._keep(part)
        return safe(".".join(known))

    def column(self, name: str) -> str:
        """A column's name; '' for what is none."""
        if not name or name.casefold() in _NOTHING or name.startswith("@"):
            return ""
        self._keep(name)
        return safe(name)

    def _keep(self, part: str) -> None:
        self.kept[part.casefold()] = safe(part)
