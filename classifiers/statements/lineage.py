"""What many statements say together: which dataset feeds which, and which come to lie side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from classifiers.statements.statement import Join, Kind, Statement
from classifiers.tags import UseTag
from classifiers.uses import uses_of

_MADE: frozenset[Kind] = frozenset({"view", "create"})


@dataclass(frozen=True, slots=True)
class Edge:
    """One dataset feeds another."""

    source: str = field(repr=False)
    target: str = field(repr=False)
    """'' where the data leaves as a file."""
    kinds: tuple[Kind, ...]
    """By which kinds of statement."""
    uses: tuple[UseTag, ...]
    """What for, the surest first."""


def lineage(statements: Iterable[Statement]) -> tuple[Edge, ...]:
    """Every dataset that feeds another one or leaves as a file, in order of name.

    >>> from classifiers.statements import read
    >>> [(edge.source, edge.target) for edge in lineage(read("INSERT INTO dm_list SELECT mail FROM customers"))]
    [('customers', 'dm_list')]
    """
    kinds: dict[tuple[str, str], dict[Kind, None]] = {}
    tags: dict[tuple[str, str], dict[str, UseTag]] = {}
    for statement in statements:
        if statement.kind in ("select", "delete") or not (statement.target or statement.kind == "export"):
            continue
        for source in statement.sources:
            edge = (source, statement.target)
            kinds.setdefault(edge, {})[statement.kind] = None
            known = tags.setdefault(edge, {})
            for tag in uses_of(statement):
                if tag.use not in known or known[tag.use].confidence < tag.confidence:
                    known[tag.use] = tag
    return tuple(
        Edge(*edge, tuple(kinds[edge]), tuple(sorted(tags[edge].values(), key=lambda tag: (-tag.confidence, tag.use))))
        for edge in sorted(kinds)
    )


def joins_of(statements: Iterable[Statement]) -> tuple[Join, ...]:
    """Every pair of columns that is matched, each once, in order of first appearance."""
    return tuple(dict.fromkeys(join for statement in statements for join in statement.joins))


def beside(statements: Iterable[Statement]) -> frozenset[tuple[str, str]]:
    """Every pair of datasets whose rows are put side by side, in order of name: matching entrusted data with one's own
    is what art 25 and the Commission's Q&A 7-37 forbid.

    A view or a table that is made on the way stands for what it was made of: where `tmp` is made of `client_list`, a
    join of `tmp` with `customers` puts `client_list` beside `customers`.

    >>> from classifiers.statements import read
    >>> script = "CREATE TABLE tmp AS SELECT * FROM client_list; SELECT 1 FROM tmp JOIN customers USING (mail)"
    >>> sorted(beside(read(script)))
    [('client_list', 'customers'), ('customers', 'tmp')]
    """
    known = tuple(statements)
    names = _same_names({name for one in known for name in (one.target, *one.sources, *sum(one.together, ()))} - {""})
    made_of: dict[str, set[str]] = {}
    for statement in known:
        # what is inserted lies in the target, what is only filtered by does not; both were looked at with its rows
        if statement.target and statement.kind in _MADE | {"insert", "merge", "update", "unreadable"}:
            made_of.setdefault(names[statement.target], set()).update(names[source] for source in statement.sources)
    pairs: set[tuple[str, str]] = set()
    for left, right in {pair for statement in known for pair in statement.together}:
        lefts, rights = _origins(names[left], made_of), _origins(names[right], made_of)
        for one, other in product(lefts, rights):
            if one != other and not (one in rights and other in rights) and not (one in lefts and other in lefts):
                pairs.add((min(one, other), max(one, other)))
        if names[left] != names[right]:
            pairs.add((min(names[left], names[right]), max(names[left], names[right])))
    return frozenset(pairs)


def _origins(name: str, made_of: Mapping[str, Iterable[str]]) -> set[str]:
    """A dataset and everything it was made of."""
    found, open_ = {name}, [name]
    while open_:
        below = set(made_of.get(open_.pop(), ())) - found
        found |= below
        open_ += below
    return found


def _same_names(names: Iterable[str]) -> dict[str, str]:
    """Each name → how it is called here: `customers` is `crm.customers` where no other dataset is called so."""
    by_key: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (-name.count("."), name)):
        by_key.setdefault(name.casefold(), name)
    ends: dict[str, set[str]] = {}
    for key in by_key:
        parts = key.split(".")
        for at in range(1, len(parts)):
            ends.setdefault(".".join(parts[at:]), set()).add(key)
    called: dict[str, str] = {}
    for name in names:
        longer = ends.get(name.casefold(), set())
        called[name] = by_key[next(iter(longer))] if len(longer) == 1 else by_key[name.casefold()]
    return called
