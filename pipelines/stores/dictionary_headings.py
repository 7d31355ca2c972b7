"""Which column of a listing tells what: the headings of table definition documents and catalogue exports."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_MARKS = re.compile(r"[\s_()\[\]【】「」<>・:*※/.-]")

UNDERSTOOD = (
    "表は「テーブル名・表名・テーブル物理名・table」、項目は「項目名・カラム名・列名・フィールド名・物理名・column」、"
    "和名は「テーブル論理名・項目論理名・論理名・日本語名・和名・表示名・説明・コメント・table_label・column_label」、"
    "型は「型・データ型・sql_type」の見出しで読みます"
)
"""Some headings of each kind, for whoever wrote a listing without them; `dictionary_headings.yml` has all."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a listing says of one column; '' where it says nothing."""

    table: str
    table_label: str
    column: str
    column_label: str
    sql_type: str


@dataclass(frozen=True, slots=True)
class Heads:
    """Positions of the headings of a listing, best first, by what they tell; several where one may be blank."""

    table: tuple[int, ...]
    table_label: tuple[int, ...]
    column: tuple[int, ...]
    column_label: tuple[int, ...]
    label: tuple[int, ...]
    """Those that may be either's."""
    sql_type: tuple[int, ...]

    @property
    def make_a_header(self) -> bool:
        """Whether a row of such headings is one: it tells columns, and something else of them."""
        return bool(self.column and (self.table or self.column_label or self.label or self.sql_type))

    def settled(self, rows: Sequence[Sequence[str]]) -> Heads:
        """With every label given to table or column: a table's is the same on all of the table's lines."""
        of_table = tuple(at for at in self.label if self._is_of_table(at, rows))
        of_column = tuple(at for at in self.label if at not in of_table)
        return Heads(
            self.table,
            (*self.table_label, *of_table),
            self.column,
            (*self.column_label, *of_column),
            (),
            self.sql_type,
        )

    def member(self, row: Sequence[str]) -> Member:
        """What a line says."""
        told = (self.table, self.table_label, self.column, self.column_label, self.sql_type)
        return Member(*(next((row[at] for at in positions if row[at]), "") for positions in told))

    def _is_of_table(self, at: int, rows: Sequence[Sequence[str]]) -> bool:
        if not self.table:
            return False
        labels: dict[str, list[str]] = {}
        for row in rows:
            if row[at]:
                labels.setdefault(row[self.table[0]], []).append(row[at])
        alike = [len(set(of)) == 1 for of in labels.values() if len(of) > 1]
        return bool(alike) and all(alike)


def heads(headings: Sequence[str]) -> Heads:
    """What each heading of a listing tells; one that nobody knows tells nothing.

    >>> heads(["カラム名", "項目名", "型（桁）"]).column, heads(["項目名", "型"]).column
    ((0,), (0,))
    """
    known = [_known().get(folded(heading), ("", 0)) for heading in headings]
    by_kind: dict[str, list[int]] = {}
    for at in sorted(range(len(known)), key=lambda at: known[at][1]):
        by_kind.setdefault(known[at][0], []).append(at)
    found = {kind: tuple(by_kind.get(kind, ())) for kind in _names()}
    return Heads(
        table=found["table"][:1],
        table_label=(*found["table_label"], *found["table"][1:]),
        column=found["column"][:1],
        column_label=(*found["column_label"], *found["column"][1:]),
        label=found["label"],
        sql_type=found["sql_type"][:1],
    )


def folded(heading: str) -> str:
    """A heading without what its spellings differ in.

    >>> folded("テーブル名（物理）"), folded("Table_Name")
    ('テーブル名物理', 'tablename')
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", heading).lower())


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    content = files(__package__).joinpath("dictionary_headings.yml").read_text(encoding="utf-8")
    return {kind: tuple(names) for kind, names in yaml.load(content, yaml.CSafeLoader).items()}


@cache
def _known() -> Mapping[str, tuple[str, int]]:
    """Folded heading → what it tells, and how well."""
    return {folded(name): (kind, at) for kind, names in _names().items() for at, name in enumerate(names)}
