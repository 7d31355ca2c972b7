"""What was read of an SQL statement: names and how they hang together, never a literal, a comment or an alias."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["view", "insert", "create", "select", "update", "delete", "merge", "export", "unreadable"]
"""`view`: a view or a dbt model; `create`: a table; `insert`: a load from a file, too; `export`: data leaves as a
file (COPY TO, INTO OUTFILE, UNLOAD, EXPORT DATA, SPOOL); `unreadable`: only what the words around the names told."""

Outlet = Literal["", "file", "storage", "stream"]
"""Where rows leave a database: as a file of its server or of who runs the statement, into an object storage (a bucket,
a stage, a table that lies there), or to a program or a client that reads them; '' they stay."""

Place = tuple[str, str]
"""Dataset and column; the dataset is '' where the statement alone does not say whose the column is."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A column that goes as it is into another dataset; `*` is every column."""

    source: str
    column: str
    target_column: str
    """'' where the statement does not name it: an INSERT without a list of columns, an export."""


@dataclass(frozen=True, slots=True)
class Join:
    """Columns of two datasets that are matched with each other."""

    left: str
    left_column: str
    right: str
    right_column: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. Names are qualified as the statement qualifies them, unquoted, and masked as the register's are.

    A column's new name in a view or a table that is created is that dataset's column name; every other alias is gone.
    """

    kind: Kind
    target: str = field(default="", repr=False)
    """The dataset that is written; '' where none is, or where the statement does not name it."""
    sources: tuple[str, ...] = field(default=(), repr=False)
    """The datasets that are read, the target not among them."""
    passed_on: tuple[str, ...] = field(default=(), repr=False)
    """Those of them of which something is selected, as it is or computed with; the others only decide which rows."""
    feeds: tuple[Feed, ...] = field(default=(), repr=False)
    joins: tuple[Join, ...] = field(default=(), repr=False)
    together: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    """Datasets whose rows are put beside each other: joined, matched by a subquery, or united. In order of name."""
    columns: tuple[Place, ...] = field(default=(), repr=False)
    """Every column that is read or written."""
    filters: tuple[Place, ...] = field(default=(), repr=False)
    """The columns that decide which rows are meant (WHERE, HAVING, QUALIFY)."""
    headings: tuple[str, ...] = ()
    """Words of the uses vocabulary in the comments before the statement."""
    remarks: tuple[str, ...] = ()
    """Words of the uses vocabulary in the comments inside it."""
    destinations: tuple[str, ...] = ()
    """Words of the uses vocabulary in the path, stage or bucket it exports to."""
    outlet: Outlet = ""
    text: str = field(default="", repr=False)
    """The statement on one line, `?` for every literal, `a1`, `a2` … for every alias; '' where it is unreadable."""
    line: int = field(default=0, compare=False)
    """Where it begins in the text it was read from, in a log where it stands first; 0 where a template made it."""
