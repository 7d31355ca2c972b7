"""Which columns of which datasets a query reads, what becomes of them, and which datasets it puts side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, product

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from classifiers.statements.names import Names
from classifiers.statements.origins import Origins, Output
from classifiers.statements.statement import Join, Place

_EQUAL = (exp.EQ, exp.NullSafeEQ)
_COMPARES = (*_EQUAL, exp.Like, exp.ILike, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.RegexpLike)


@dataclass(slots=True)
class QueryReading:
    """What a query does with what it reads."""

    sources: list[str] = field(default_factory=list)
    passed_on: set[str] = field(default_factory=set)
    """The sources of which something is selected; '' where a column is selected that may be any source's."""
    outputs: list[Output] = field(default_factory=list)
    columns: list[Place] = field(default_factory=list)
    filters: list[Place] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    together: set[tuple[str, str]] = field(default_factory=set)


def read_query(query: exp.Query, names: Names) -> QueryReading:
    """What a query reads, and how; raises sqlglot's errors where it contradicts itself."""
    return _Reader(query, names).read()


class _Reader:
    def __init__(self, query: exp.Query, names: Names) -> None:
        self._query = query
        self._names = names
        self._scopes = traverse_scope(query)
        self._origins = Origins(self._scopes, names)
        self._answer = QueryReading()

    def read(self) -> QueryReading:
        answer = self._answer
        for scope in self._scopes:
            self._read(scope)
        root = self._origins.scope_of(self._query.unnest())
        if root is not None:
            answer.outputs = [(name, tuple(dict.fromkeys(places))) for name, places in self._origins.outputs(root)]
            answer.passed_on |= {dataset for _, places in answer.outputs for dataset, _ in places}
        answer.sources = list(dict.fromkeys(answer.sources))
        answer.columns = list(dict.fromkeys(answer.columns))
        answer.filters = list(dict.fromkeys(answer.filters))
        answer.joins = list(dict.fromkeys(answer.joins))
        return answer

    def _read(self, scope: Scope) -> None:
        answer = self._answer
        bases = []
        for _, source in scope.selected_sources.values():
            if isinstance(source, exp.Table) and (name := self._names.dataset(source)):
                answer.sources.append(name)
            bases.append(self._origins.bases(source))
        for one, other in combinations(bases, 2):
            self._beside(one, other)
        if isinstance(scope.expression, exp.SetOperation):
            branches = [self._origins.bases(branch) for branch in self._origins.branches(scope)]
            for one, other in combinations(branches, 2):
                self._beside(one, other)
        for node in scope.walk():
            if isinstance(node, exp.Column):
                self._column(scope, node)
            elif isinstance(node, _COMPARES):
                left, right = self._side(scope, node.this), self._side(scope, node.expression)
                self._match(left, right, equal=isinstance(node, _EQUAL))
            elif isinstance(node, exp.In) and (inner := node.args.get("query")) is not None:
                self._match(self._side(scope, node.this), self._side(scope, inner), equal=True)
        for join in scope.expression.args.get("joins") or ():
            self._using(scope, join)

    def _column(self, scope: Scope, column: exp.Column) -> None:
        places = self._origins.places(scope, column)
        self._answer.columns += places
        clause = column.find_ancestor(exp.Where, exp.Having, exp.Qualify, exp.Select)
        if isinstance(clause, (exp.Where, exp.Having, exp.Qualify)):
            self._answer.filters += places
        if not _decides(column):
            self._answer.passed_on |= {dataset for dataset, _ in places}

    def _using(self, scope: Scope, join: exp.Join) -> None:
        from_ = scope.expression.args.get("from_")
        if from_ is None:
            return
        for key in join.args.get("using") or ():
            sides = []
            for table in (from_.this, join.this):
                selected = scope.selected_sources.get(table.alias_or_name)
                sides.append([self._origins.through(selected[1], key.name)] if selected else [])
            self._match(sides[0], sides[1], equal=True)
            self._answer.columns += [place for side in sides for places in side for place in places]

    def _match(self, left: list[tuple[Place, ...]], right: list[tuple[Place, ...]], *, equal: bool) -> None:
        for ours, theirs in zip(left, right, strict=False):
            for (dataset, column), (other, key) in product(ours, theirs):
                if not dataset or not other or dataset == other:
                    continue
                self._beside({dataset}, {other})
                if equal:
                    self._answer.joins.append(Join(dataset, column, other, key))

    def _side(self, scope: Scope, node: exp.Expr) -> list[tuple[Place, ...]]:
        """The columns on one side of a comparison, row values apart; one that is made of two is none."""
        inner = node.unnest()
        if isinstance(inner, exp.Tuple):
            return [places for part in inner.expressions for places in self._side(scope, part)]
        if isinstance(inner, (exp.Any, exp.All)):
            return self._side(scope, inner.this)
        if isinstance(inner, exp.Query):
            below = self._origins.scope_of(inner)
            return [places for _, places in self._origins.outputs(below)] if below is not None else []
        columns = list(inner.find_all(exp.Column)) if not inner.find(exp.Query) else []
        found = dict.fromkeys(place for column in columns for place in self._origins.places(scope, column))
        return [tuple(found)] if len(columns) == 1 else []

    def _beside(self, one: Iterable[str], other: Iterable[str]) -> None:
        for left, right in product(one, other):
            if left != right:
                self._answer.together.add((min(left, right), max(left, right)))


def _decides(node: exp.Expr) -> bool:
    """Whether a part of a query only decides which rows are meant: it stands in a condition, however deep."""
    at: exp.Expr | None = node
    while at is not None:
        condition = isinstance(at, (exp.Where, exp.Having, exp.Qualify))
        if condition or (isinstance(at.parent, exp.Join) and at.arg_key in ("on", "using")):
            return True
        at = at.parent
    return False
