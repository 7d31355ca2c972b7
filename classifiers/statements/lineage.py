"""What many statements say together: which dataset feeds which, and which come to lie side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
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


def beside(
    statements: Iterable[Statement], of: Collection[str] | None = None
) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Every pair of datasets whose rows are put side by side, in order of name, and by which of the statements (0 is
    the first): matching entrusted data with one's own is what art 25 and the Commission's Q&A 7-37 forbid.

    `of`: only pairs that one of these datasets is in.

    A view or a table that is made on the way stands for what it was made of: where `tmp` is made of `client_list`, a
    join of `tmp` with `customers` puts `client_list` beside `customers`.

    >>> from classifiers.statements import read
    >>> script = "CREATE TABLE tmp AS SELECT * FROM client_list; SELECT 1 FROM tmp JOIN customers USING (mail)"
    >>> sorted(beside(read(script)))
    [('client_list', 'customers'), ('customers', 'tmp')]
    """
    known = tuple(statements)
    names = same_names({name for one in known for name in (one.target, *one.sources, *sum(one.together, ()))} - {""})
    wanted = None if of is None else {names.get(name, name) for name in of}
    made: dict[str, set[str]] = {}
    for target, sources in made_of(known).items():
        made.setdefault(names[target], set()).update(names[source] for source in sources)
    meeting = _Meeting(made, wanted)
    pairs: dict[tuple[str, str], list[int]] = {}
    for at, statement in enumerate(known):
        together = {(names[left], names[right]) for left, right in statement.together}
        for pair in {pair for left, right in together if left != right for pair in meeting.of(left, right)}:
            pairs.setdefault(pair, []).append(at)
    return {pair: tuple(pairs[pair]) for pair in sorted(pairs)}


class _Meeting:
    """What comes to lie side by side where two datasets do, and did not in one of them already."""

    def __init__(self, made: Mapping[str, set[str]], wanted: set[str] | None) -> None:
        # not of every dataset at once: in a warehouse nearly everything may hang together
        self._origins = lru_cache(maxsize=1024)(partial(origins_of, made=made))
        self._wanted = wanted
        into = into_of(made)
        self._within = {name: origins_of(name, into) for name in wanted or ()}
        """What each of the wanted went into."""

    def of(self, left: str, right: str) -> Iterator[tuple[str, str]]:
        if self._wanted is None or self._wanted & {left, right}:
            yield min(left, right), max(left, right)
        ones, others = self._held(left), self._held(right)
        if ones is None or others is None:
            sides = [(self._origins(left) - self._origins(right), self._origins(right) - self._origins(left))]
        elif ones == others:
            return
        else:
            sides = [
                (ones - others, self._origins(right) - self._origins(left)),
                (others - ones, self._origins(left) - self._origins(right)),
            ]
        yield from ((min(pair), max(pair)) for side in sides for pair in product(*side))

    def _held(self, name: str) -> set[str] | None:
        """Which of the wanted went into a dataset; None: all are wanted."""
        return None if self._wanted is None else {one for one in self._wanted if name in self._within[one]}


def into_of(made: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """What everything goes into, from what everything is made of."""
    into: dict[str, set[str]] = {}
    for target, sources in made.items():
        for source in sources:
            into.setdefault(source, set()).add(target)
    return into


def made_of(statements: Iterable[Statement]) -> dict[str, set[str]]:
    """What every dataset that is written is made of, as the statements call them."""
    made: dict[str, set[str]] = {}
    for statement in statements:
        # what is inserted lies in the target, what is only filtered by does not; both were looked at with its rows
        if statement.target and statement.kind in _MADE | {"insert", "merge", "update", "unreadable"}:
            made.setdefault(statement.target, set()).update(statement.sources)
    return made


def origins_of(name: str, made: Mapping[str, Iterable[str]]) -> set[str]:
    """A dataset and everything it was made of."""
    found, open_ = {name}, [name]
    while open_:
        below = set(made.get(open_.pop(), ())) - found
        found |= below
        open_ += below
    return found


def same_names(names: Iterable[str]) -> dict[str, str]:
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
