"""Exported query logs: their statements, each once however often it ran."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from classifiers.statements import dialects
from classifiers.statements.log_entries import entries
from classifiers.statements.reading import read
from classifiers.statements.scrubbing import scrub
from classifiers.statements.smoothing import smooth
from classifiers.statements.statement import Statement

_LONGEST = 1_000_000
"""Characters of one entry; longer ones are cut: a dump that went through a log says its names at the beginning."""
MOST = 50_000
"""Statements that differ by more than their literals: more are no log of anybody's, and would take hours."""


class LogTooLongError(Exception):
    """A log has more statements that differ than are read."""


def read_log(lines: Iterable[str], dialect: str = "", most: int = MOST) -> tuple[Statement, ...]:
    """The distinct statements of a query log, in order of first appearance; statements that differ by their literals
    alone are one.

    `lines` are those of a file as it was exported: CSV or TSV with a column of statements (quoted cells may run over
    several lines), JSON lines (a statement anywhere inside), a script, or a server's own log with times and prefixes.
    `most`: so many statements that differ; LogTooLongError where there are more.

    >>> log = ["2026-04-01 02:00 JST [12] LOG:  statement: SELECT a FROM t WHERE x = 1", "\\tAND y = 2",
    ...        "2026-04-01 02:01 JST [12] LOG:  statement: SELECT a FROM t WHERE x = 8 AND y = 9"]
    >>> [(found.kind, found.sources) for found in read_log(log)]
    [('select', ('t',))]
    """
    quoting = dialects.quoting(dialects.dialect_named(dialect))
    seen: set[bytes] = set()
    found: dict[Statement, None] = {}
    for line, entry in entries(lines):
        text = entry[:_LONGEST]
        # of a long log, digests: the texts themselves may be as much as all of it
        key = blake2b(smooth(scrub(text, quoting).text).encode(errors="surrogatepass"), digest_size=16).digest()
        if key in seen:
            continue
        if len(seen) == most:
            raise LogTooLongError
        seen.add(key)
        for statement in read(text, dialect):
            found.setdefault(replace(statement, line=line))
    return tuple(found)
