"""A statement's text as it may be shown: no literal, no alias, no name that may be a person's."""

from __future__ import annotations

import re
from collections.abc import Collection

from classifiers.statements.names import Names

_WORD = re.compile(r"\"(?:[^\"]|\"\")*\"|''|(?<![0-9A-Za-z_.])0(?![0-9A-Za-z_])|[^\s\"'(),;.=<>+*/|%!?:@\[\]{}^&~-]+")


def wording(text: str, names: Names, aliases: Collection[str]) -> str:
    """The literal-free `text` with `?` for literals and `a1`, `a2` … for aliases and for what is no known name."""
    called: dict[str, str] = {}

    def shown(found: re.Match[str]) -> str:
        word = found[0]
        if word in ("''", "0"):
            return "?"
        quoted = word.startswith('"')
        bare = (word[1:-1].replace('""', '"') if quoted else word).casefold()
        if bare in names.kept:
            return f'"{names.kept[bare]}"' if quoted else names.kept[bare]
        if quoted or bare in aliases or not word.isascii():
            return called.setdefault(bare, f"a{len(called) + 1}")
        return word

    return _WORD.sub(shown, text)
