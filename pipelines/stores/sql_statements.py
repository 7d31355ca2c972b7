"""A view's definition without its literals and comments: they may name a person, the words around them say its use."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from pipelines.stores import Dataset

if TYPE_CHECKING:
    from classifiers.statements import Statement

_TOKEN = re.compile(
    r"""
    (?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<literal>'(?:[^']|'')*(?:'|\Z)|\$(?P<tag>[A-Za-z_0-9]*)\$.*?(?:\$(?P=tag)\$|\Z))
    |(?P<quoted>"(?:[^"]|"")*(?:"|\Z)|`[^`]*(?:`|\Z)|\[[^\]]*(?:\]|\Z))
    |(?P<number>(?:(?<=[\s(,=<>+*/|%!-])|^)(?:0[xX][0-9A-Fa-f]+|[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?))
    """,
    re.VERBOSE | re.DOTALL,
)


def of_a_view(dataset: Dataset) -> tuple[Statement, ...]:
    """What a view's definition does; nothing where the dataset is no view."""
    if not dataset.statement:
        return ()
    from classifiers.statements import read  # a parser, which tables do not need

    return read(dataset.statement, name=".".join(f'"{part}"' for part in dataset.name.split(".", 1)))


def without_literals(statement: str, names: Collection[str]) -> str:
    """The statement with `?` for every literal; what is quoted stays where it is one of `names`, the database's own.

    >>> without_literals('SELECT "氏名" FROM t -- for Mr X\\nWHERE "山田" = \\'x\\' AND n > 10', {"氏名"})
    'SELECT "氏名" FROM t WHERE ? = ? AND n > ?'
    """
    if "\\" in statement and "'" in statement:
        # whether a backslash escapes a quote differs between databases: where literals end cannot be told
        first, last = statement.index("'"), statement.rindex("'")
        statement = f"{statement[:first]}?{statement[last + 1 :]}"

    def shown(token: re.Match[str]) -> str:
        if token["comment"] is not None:
            return " "
        quoted = token["quoted"]
        return quoted if quoted is not None and quoted[1:-1] in names else "?"

    return " ".join(_TOKEN.sub(shown, statement).split())
