"""sqlglot's trees made into statements."""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from classifiers.statements.envelopes import Envelope
from classifiers.statements.names import Names
from classifiers.statements.queries import QueryReading, read_query
from classifiers.statements.shapes import Shape, shapes
from classifiers.statements.statement import Feed, Statement
from classifiers.statements.wording import wording

_STRAYS = (SqlglotError, RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError)
"""What a parser of other people's SQL stumbles over; each means that the statement could not be read."""


def parse(text: str, dialect: str) -> exp.Expr | None:
    """The tree of one literal-free statement; None where it is none in this dialect."""
    try:
        found = sqlglot.parse(text, read=dialect or None)
    except _STRAYS:
        return None
    if len(found) != 1 or found[0] is None or isinstance(found[0], exp.Command):
        return None
    return found[0]


def understand(
    tree: exp.Expr, envelope: Envelope | None, *, variables: bool, text: str
) -> tuple[Statement, ...] | None:
    """What a tree does with which datasets; None where that cannot be told."""
    try:
        aliases = _aliases(tree)
        found = tuple(_statement(shape, envelope, text, aliases) for shape in shapes(tree, variables=variables))
    except _STRAYS:
        return None
    return found or None


def _aliases(tree: exp.Expr) -> frozenset[str]:
    """What a statement calls things for itself, case-folded: it stays out of what is answered."""
    found = {node.alias.casefold() for node in tree.find_all(exp.Alias, exp.CTE)}
    for node in tree.find_all(exp.TableAlias):
        found |= {node.name.casefold(), *(column.name.casefold() for column in node.columns)}
    return frozenset(found - {""})


def _statement(shape: Shape, envelope: Envelope | None, text: str, aliases: frozenset[str]) -> Statement:
    names = Names()
    reading = read_query(shape.query, names) if shape.query is not None else QueryReading()
    if envelope is None:
        kind = shape.kind
        target = names.dataset(shape.target) if shape.target is not None else ""
        listed = shape.columns
    else:
        kind = envelope.kind
        target = names.of_text(envelope.target)
        listed = _listed(envelope.columns)
    made = kind in ("view", "create")
    feeds: list[Feed] = []
    straight = len(listed) == len(reading.outputs) and all(name != "*" for name, _ in reading.outputs)
    for at, (name, places) in enumerate(reading.outputs):
        goes_to = listed[at] if straight else name if made or name == "*" else ""
        goes_to = goes_to if goes_to == "*" else names.column(goes_to)
        feeds += [Feed(dataset, column, goes_to) for dataset, column in places if dataset]
    written = [(target, column) for name in listed if target and (column := names.column(name))]
    sources = tuple(source for source in reading.sources if source != target)
    return Statement(
        kind=kind,
        target=target,
        sources=sources,
        passed_on=tuple(one for one in sources if "" in reading.passed_on or one in reading.passed_on),
        feeds=tuple(dict.fromkeys(feeds)) if kind not in ("select", "delete") or reading.outputs else (),
        joins=tuple(reading.joins),
        together=frozenset(reading.together),
        columns=tuple(dict.fromkeys([*reading.columns, *written])),
        filters=tuple(reading.filters),
        text=wording(text, names, aliases),
    )


def _listed(columns: str) -> tuple[str, ...]:
    """The names of a list of columns, `(a, "b" text COMMENT '')`."""
    parts = columns.strip()[1:-1].split(",") if columns else []
    words = [part.strip() for part in parts]
    return tuple(word[1:].split('"')[0] if word.startswith('"') else word.split()[0] for word in words if word)
